import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { ProductImport } from './find-imports.ts'

/** A product of a file that brings no weight for it. */
export type Unweighed = {
  readonly itemNo: number
  readonly title: string
  readonly rows: readonly number[]
  /** The goods here that still have no weight; null until the file is saved. */
  readonly offerId: string | null
  /** The first of their variants without one, counted from 1 as on their page. */
  readonly variant: number | null
}

/**
 * Before the file is saved, the products whose rows name no weight; after, those whose goods here
 * still have none, so that they leave the list as somebody fills it in. `count` is of all of them.
 */
export async function findUnweighed(
  db: Db,
  { homeHub, businessId, importId, state }: ProductImport,
  { from = 0, limit }: { from?: number; limit: number },
): Promise<{ count: number; items: Unweighed[] }> {
  const isHere = state === 'saved'
  const { rows } = await sql<Unweighed & { count: bigint }>`
    select i.item_no as "itemNo", i.title, i.row_nos as rows, v.offer_id as "offerId",
           v.place::int as variant, count(*) over () as count
      from product_import_items i
      left join lateral (
             select offer_id, place
               from (select offer_id, net_mass_g, gross_mass_g,
                            row_number() over (order by position, variant_id) as place
                       from variants
                      where (home_hub, business_id, offer_id) = (i.home_hub, i.business_id, i.offer_id)
                        and active) as each_variant
              where net_mass_g is null and gross_mass_g is null
              order by place limit 1) as v on true
     where (i.home_hub, i.business_id, i.import_id) = (${homeHub}, ${businessId}, ${importId})
       and i.notes @> '[{"code": "mass-missing"}]'
       and ${isHere ? sql`v.offer_id is not null` : sql`coalesce(i.outcome, i.expected) <> 'refused'`}
       and i.item_no >= ${from}
     order by i.item_no limit ${limit}`.execute(db)
  return { count: Number(rows[0]?.count ?? 0), items: rows }
}

/** Where the weight is filled in; the mark is the field that the page of the goods asks for. */
export const weightHref = (
  { businessId }: ProductImport,
  { offerId, variant }: Unweighed,
): string => `/business/${businessId}/goods/${offerId}#mass-${variant}`
