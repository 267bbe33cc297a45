// Keeps the prices at the door that lists show, and with them what search knows of the offers: both hang on the same
// events, and a filter by destination is a word of the document.
import { sql } from 'kysely'
import type { Day } from '../../basis/day.ts'
import { parseAmount } from '../../basis/money.ts'
import { transact, type Database, type EventReader, type Tx } from '../../db/index.ts'
import type { DoorPrices } from '../door-prices.ts'
import { findOffers, keyOf, type OfferKey } from '../find-offers.ts'
import type { Offer } from '../offer.ts'
import type { DoorPrice } from '../price-at-door.ts'
import { leadVariant } from '../readiness.ts'
import { listed, refreshDocuments, type NamesOfCode } from '../search/refresh-documents.ts'

export interface RefreshParts {
  doors: DoorPrices
  namesOf: NamesOfCode
  today(): Day
  /** Lets others have the processor between one offer and the next. */
  pause?(): Promise<void>
}

/** Search and the lists of the shops follow what happens to offers, exactly once. */
export function shopReader(parts: RefreshParts): EventReader {
  return {
    name: 'shops',
    kinds: [
      ...['offer.saved', 'offer.published', 'offer.withdrawn'],
      ...['screening.decided', 'lanes.imported'],
    ],
    async handle(tx, events) {
      const keys = new Map<string, OfferKey>()
      for (const { hub, kind, subject, body } of events) {
        if (kind === 'lanes.imported') await letPricesAge(tx)
        else if (kind === 'screening.decided') await letGoodsAge(tx, hub, subject)
        else {
          const key = { homeHub: hub, businessId: String(body['business']), offerId: subject }
          keys.set(keyOf(key), key)
        }
      }
      await refreshShops(tx, [...keys.values()], parts)
    },
  }
}

/**
 * Prices and documents of these offers anew. For whoever wrote many at once and will not wait for the reader; some
 * hundred at a time.
 */
export async function refreshShops(
  tx: Tx,
  keys: readonly OfferKey[],
  parts: RefreshParts,
): Promise<void> {
  if (keys.length === 0) return
  const sorted = keys.toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1))
  const day = parts.today()
  const offers = (await findOffers(tx, sorted)).filter(({ status }) => status === 'published')
  const sellers = await sellersOf(tx, offers)
  const open = await openMarkets(tx, offers)
  const rows: PriceRow[] = []
  for (const offer of offers) {
    const from = sellers.get(offer.businessId)
    if (from === undefined) continue
    const prices = await pricesOf(offer, from, day, parts.doors)
    await parts.pause?.()
    rows.push(
      ...prices
        .filter(({ destination }) => open.has(`${keyOf(offer)} ${destination}`))
        .flatMap((price) => rowOf(offer, price, day)),
    )
  }
  await writePrices(tx, sorted, rows)
  await refreshDocuments(tx, sorted, parts.namesOf, day)
}

/** Reprices offers whose prices rest on the rules of an earlier day; says how many, 0 when all are of today. */
export async function repriceStale(
  database: Database,
  parts: RefreshParts,
  most = 100,
): Promise<number> {
  return transact(database, async (tx) => {
    const { rows } = await sql<{ home_hub: string; business_id: string; offer_id: string }>`
      select home_hub, business_id, offer_id from offer_documents
      where priced_on < ${parts.today()} order by priced_on limit ${most}
      for update skip locked`.execute(tx)
    const keys = rows.map((row) => ({
      homeHub: row.home_hub,
      businessId: row.business_id,
      offerId: row.offer_id,
    }))
    await refreshShops(tx, keys, parts)
    return keys.length
  })
}

/**
 * An officer has just let a business in or kept it out; nothing for a buyer. Who is kept out is found no more from now on.
 * Of who is let in it may be thousands of goods: their prices count as old, and are made anew bit by bit.
 */
async function letGoodsAge(tx: Tx, homeHub: string, businessId: string): Promise<void> {
  const allowed = sql`
    from businesses where home_hub = ${homeHub} and id = ${businessId} and screening <> 'blocked'`
  for (const table of ['offer_documents', 'offer_prices'])
    await sql`
      delete from ${sql.table(table)} where home_hub = ${homeHub} and business_id = ${businessId}
        and not exists (select ${allowed})`.execute(tx)
  await sql`
    insert into offer_documents (home_hub, business_id, offer_id, words, subheading, origin, published_at, priced_on)
    select home_hub, business_id, offer_id, '', subheading, origin, published_at, '0001-01-01'
      from offers where home_hub = ${homeHub} and business_id = ${businessId} and status = 'published'
        and exists (select ${allowed})
    on conflict on constraint offer_documents_key do update set priced_on = excluded.priced_on`.execute(
    tx,
  )
}

/** After rate cards or rules changed within a day: every price counts as old, and is made anew bit by bit. */
export async function letPricesAge(tx: Tx): Promise<void> {
  await sql`update offer_documents set priced_on = '0001-01-01'`.execute(tx)
}

/** Country of dispatch of each business that may trade: its own, where it named no other. */
async function sellersOf(tx: Tx, offers: readonly Offer[]): Promise<Map<string, string>> {
  const ids = [...new Set(offers.map(({ businessId }) => businessId))]
  const rows = await tx
    .selectFrom('businesses')
    .select(['id', 'country', 'ship_from', 'screening'])
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(
    rows.flatMap(({ id, country, ship_from, screening }) =>
      screening === 'blocked' ? [] : [[id, ship_from?.country ?? country] as const],
    ),
  )
}

/** As key of the offer and destination. */
async function openMarkets(tx: Tx, offers: readonly Offer[]): Promise<Set<string>> {
  const { rows } = await sql<{ h: string; b: string; o: string; destination: string }>`
    select m.home_hub as h, m.business_id as b, m.offer_id as o, m.destination
      from ${listed(offers)}
      join offer_markets m on (m.home_hub, m.business_id, m.offer_id) = (k.home_hub, k.business_id, k.offer_id)
     where m.open`.execute(tx)
  return new Set(
    rows.map(({ h, b, o, destination }) => {
      const key = keyOf({ homeHub: h, businessId: b, offerId: o })
      return `${key} ${destination}`
    }),
  )
}

async function pricesOf(
  offer: Offer,
  from: string,
  day: Day,
  doors: DoorPrices,
): Promise<readonly DoorPrice[]> {
  const variant = leadVariant(offer)
  if (!variant) return []
  return doors.everywhere(offer, variant, { from, day })
}

interface PriceRow {
  home_hub: string
  business_id: string
  offer_id: string
  destination: string
  day: Day
  state: string
  total_minor: string
  currency: string
  days_min: number | null
  days_max: number | null
  subheading: string | null
  origin: string | null
}

function rowOf(
  offer: Offer,
  { destination, status, total, days }: DoorPrice,
  day: Day,
): PriceRow[] {
  const minor = total === null ? undefined : parseAmount(total.amount, total.currency)
  if (total === null || minor === undefined) return []
  return [
    {
      home_hub: offer.homeHub,
      business_id: offer.businessId,
      offer_id: offer.offerId,
      destination,
      day,
      state: status,
      total_minor: String(minor),
      currency: total.currency,
      days_min: days?.min ?? null,
      days_max: days?.max ?? null,
      subheading: offer.subheading,
      origin: offer.origin,
    },
  ]
}

async function writePrices(
  tx: Tx,
  keys: readonly OfferKey[],
  rows: readonly PriceRow[],
): Promise<void> {
  await sql`
    delete from offer_prices p
    using jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k("homeHub" uuid, "businessId" uuid, "offerId" uuid)
    where p.home_hub = k."homeHub" and p.business_id = k."businessId" and p.offer_id = k."offerId"`.execute(
    tx,
  )
  if (rows.length === 0) return
  await sql`
    insert into offer_prices
    select * from jsonb_populate_recordset(null::offer_prices, ${JSON.stringify(rows)}::jsonb)
    -- Somebody else wrote the same offer meanwhile: the later word counts.
    on conflict on constraint offer_prices_key do update set
      (day, state, total_minor, currency, days_min, days_max, subheading, origin) =
      (excluded.day, excluded.state, excluded.total_minor, excluded.currency, excluded.days_min,
       excluded.days_max, excluded.subheading, excluded.origin)`.execute(tx)
}
