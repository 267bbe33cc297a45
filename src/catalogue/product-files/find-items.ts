import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { OfferDraft } from '../offer.ts'
import type { ImportKey } from './find-imports.ts'
import type { Item, ItemNote } from './item.ts'

/** An item as it is kept, with what became of it. */
export type StoredItem = Omit<Item, 'draft'> & {
  readonly itemNo: number
  readonly draft: OfferDraft | null
  readonly expected: string | null
  readonly outcome: string | null
  readonly undone: string | null
  readonly offerId: string | null
  readonly versionAfter: bigint | null
  readonly before: Before | null
}

/** An offer as it was before it was changed, and what was on hand after. */
export type Before = {
  readonly draft: OfferDraft
  readonly onHandAfter: Readonly<Record<string, string>>
}

export type ItemsAsked = {
  /** The first number. */
  readonly from?: number
  readonly limit: number
  /** Of all of them together; the first item comes in any case. */
  readonly mostVariants?: number
  /** By the last that was done to them; all without it. */
  readonly only?: 'refused' | 'good'
}

export async function findItems(
  db: Db,
  { homeHub, businessId, importId }: ImportKey,
  { from = 0, limit, mostVariants = limit * 200, only }: ItemsAsked,
): Promise<StoredItem[]> {
  const some = only
    ? sql`and (coalesce(outcome, expected) = 'refused') = ${only === 'refused'}`
    : sql``
  const { rows } = await sql<StoredItem>`
    select item_no as "itemNo", row_nos as rows, key, title, draft, faults, notes, pictures, expected,
           outcome, undone, offer_id as "offerId", version_after as "versionAfter", before
      from (select *, sum(coalesce(jsonb_array_length(draft -> 'variants'), 1)) over (order by item_no) as variants,
                   row_number() over (order by item_no) as place
              from product_import_items
             where (home_hub, business_id, import_id) = (${homeHub}, ${businessId}, ${importId})
               and item_no >= ${from} ${some}
             order by item_no limit ${limit}) as items
     where variants <= ${mostVariants} or place = 1
     order by item_no`.execute(db)
  return rows
}

/** What happened to rows without stopping them, all of the file together. */
export async function findNotes(
  db: Db,
  { homeHub, businessId, importId }: ImportKey,
): Promise<ItemNote[]> {
  const { rows } = await sql<{ code: ItemNote['code']; count: bigint }>`
    select note ->> 'code' as code, sum((note ->> 'count')::int) as count
      from product_import_items, jsonb_array_elements(notes) as note
     where (home_hub, business_id, import_id) = (${homeHub}, ${businessId}, ${importId})
     group by 1 order by 1`.execute(db)
  return rows.map(({ code, count }) => ({ code, count: Number(count) }))
}
