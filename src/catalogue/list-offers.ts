import { sql } from 'kysely'
import { instantOf, timestamptz, type Db } from '../db/index.ts'
import { cleanLine } from '../basis/clean-text.ts'
import type { OfferStatus, Owner } from './offer.ts'
import './schema.ts'

/** What the seller's list shows of an offer. */
export type OfferRow = {
  readonly offerId: string
  readonly slug: string
  readonly status: OfferStatus
  readonly title: string
  readonly subheading: string | null
  readonly origin: string | null
  readonly currency: string
  readonly lowestMinor: bigint | null
  readonly highestMinor: bigint | null
  readonly variants: number
  readonly onHand: bigint
  readonly digest: string | null
  readonly openMarkets: number
  readonly updatedAt: number
}

export const offerFilters = ['no-code', 'no-origin', 'no-mass', 'sold-out'] as const
export type OfferFilter = (typeof offerFilters)[number]

export type OfferListing = {
  readonly status?: OfferStatus | undefined
  readonly lacking?: OfferFilter | undefined
  /** Words that a title or a seller's number contains. */
  readonly words?: string | undefined
  /** `cursorOf` of the last row seen. */
  readonly after?: string | undefined
  readonly limit: number
}

/** The place of a row in the list: the newest change first. */
export const cursorOf = ({ updatedAt, offerId }: OfferRow): string => `${updatedAt}.${offerId}`

/** The end of the year 9999: what PostgreSQL and ISO 8601 write with four digits. */
const lastInstant = 253_402_300_800_000

function readCursor(text: string | undefined): { at: string; id: string } | undefined {
  const match = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(
    text ?? '',
  )
  const milliseconds = Number(match?.[1])
  return match && milliseconds < lastInstant
    ? { at: timestamptz(milliseconds), id: match[2] as string }
    : undefined
}

/** A page of one business's offers and whether there are more; a cursor that is none begins at the start. */
export async function listOffers(
  db: Db,
  { homeHub, businessId }: Owner,
  locale: string,
  { status, lacking, words: typed = '', after, limit }: OfferListing,
): Promise<{ rows: OfferRow[]; more: boolean }> {
  const cursor = readCursor(after)
  const words = cleanLine(typed)
  const like = `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const { rows } = await sql<ListRow>`
    select o.offer_id, o.slug, o.status, o.subheading, o.origin, o.currency, o.updated_at,
      (select t.title from offer_texts t
        where (t.home_hub, t.business_id, t.offer_id) = (o.home_hub, o.business_id, o.offer_id)
        order by t.locale <> ${locale}, t.locale <> o.main_locale, t.locale limit 1) as title,
      v.lowest, v.highest, v.count, v.on_hand,
      (select p.digest from offer_pictures p
        where (p.home_hub, p.business_id, p.offer_id) = (o.home_hub, o.business_id, o.offer_id)
        order by p.position limit 1) as digest,
      (select count(*) from offer_markets m
        where (m.home_hub, m.business_id, m.offer_id) = (o.home_hub, o.business_id, o.offer_id) and m.open) as open_markets
    from offers o,
      lateral (select min(v.price_minor) as lowest, max(v.price_minor) as highest, count(*) as count,
          coalesce(sum(s.on_hand), 0)::bigint as on_hand,
          coalesce(bool_or(v.net_mass_g is null and v.gross_mass_g is null), true) as no_mass
        from variants v left join stock s
          on (s.home_hub, s.business_id, s.variant_id) = (v.home_hub, v.business_id, v.variant_id)
        where (v.home_hub, v.business_id, v.offer_id) = (o.home_hub, o.business_id, o.offer_id) and v.active) v
    where o.home_hub = ${homeHub} and o.business_id = ${businessId}
      ${status ? sql`and o.status = ${status}` : sql``}
      ${lacking ? lackingWhat[lacking] : sql``}
      ${cursor ? sql`and (o.updated_at, o.offer_id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      ${
        words === ''
          ? sql``
          : sql`and (exists (select 1 from offer_texts t
                  where (t.home_hub, t.business_id, t.offer_id) = (o.home_hub, o.business_id, o.offer_id)
                    and t.title ilike ${like})
                or exists (select 1 from variants w
                  where (w.home_hub, w.business_id, w.offer_id) = (o.home_hub, o.business_id, o.offer_id)
                    and w.active and w.sku ilike ${like}))`
      }
    order by o.updated_at desc, o.offer_id desc
    limit ${limit + 1}`.execute(db)
  return { rows: rows.slice(0, limit).map(toRow), more: rows.length > limit }
}

const lackingWhat = {
  'no-code': sql`and o.subheading is null`,
  'no-origin': sql`and o.origin is null`,
  'no-mass': sql`and v.no_mass`,
  'sold-out': sql`and v.on_hand = 0`,
}

type ListRow = {
  offer_id: string
  slug: string
  status: OfferStatus
  title: string | null
  subheading: string | null
  origin: string | null
  currency: string
  updated_at: string
  lowest: bigint | null
  highest: bigint | null
  count: bigint
  on_hand: bigint
  digest: string | null
  open_markets: bigint
}

const toRow = (row: ListRow): OfferRow => ({
  offerId: row.offer_id,
  slug: row.slug,
  status: row.status,
  title: row.title ?? row.slug,
  subheading: row.subheading,
  origin: row.origin,
  currency: row.currency,
  lowestMinor: row.lowest,
  highestMinor: row.highest,
  variants: Number(row.count),
  onHand: row.on_hand,
  digest: row.digest,
  openMarkets: Number(row.open_markets),
  updatedAt: instantOf(row.updated_at),
})

/** How many offers a business has, by status, for the tabs above its list. */
export async function countOffers(
  db: Db,
  { homeHub, businessId }: Owner,
): Promise<Record<OfferStatus, number>> {
  const rows = await db
    .selectFrom('offers')
    .select(['status', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)
    .groupBy('status')
    .execute()
  const counts = { draft: 0, published: 0, withdrawn: 0 }
  for (const { status, count } of rows) counts[status] = Number(count)
  return counts
}
