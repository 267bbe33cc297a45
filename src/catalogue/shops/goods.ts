// Goods as lists and feeds show them: the offer, who sells it, and what one piece costs at the visitor's door.
import { sql } from 'kysely'
import type { Day } from '../../basis/day.ts'
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { roundQuotient } from '../../basis/rounding.ts'
import { minorDigits } from '../../basis/currency.ts'
import type { Db } from '../../db/index.ts'
import { findOffers, keyOf, type OfferKey } from '../find-offers.ts'
import type { Offer } from '../offer.ts'
import type { PictureForm } from '../pictures/store-picture.ts'
import type { DoorStatus } from '../price-at-door.ts'
import { leadVariant } from '../readiness.ts'
import type { ShopParts } from './parts.ts'
import '../search/schema.ts'

export interface ShopSeller {
  homeHub: string
  id: string
  slug: string
  name: string
  country: string
  about: string
  screening: 'clear' | 'review' | 'blocked' | 'unscreened'
  /** Country of dispatch: the seller's own, where no other was named. */
  from: string
}

/** What one piece costs at a door. `closed`: there is a price, but the seller does not sell there. */
export interface ListPrice {
  status: DoorStatus | 'closed'
  total: { amount: string; currency: string } | null
  days: { min: number; max: number } | null
}

export interface Goods {
  offer: Offer
  seller: ShopSeller
  price: ListPrice
  /** The first picture in the size of lists. */
  picture?: { digest: string; width: number; height: number } | undefined
}

/** In the order of the keys. Prices come from the table of lists; what is missing there or old is worked out now. */
export async function readGoods(
  parts: ShopParts,
  keys: readonly OfferKey[],
  destination: string,
): Promise<Goods[]> {
  const db = parts.db.kysely
  if (keys.length === 0) return []
  const [offers, sellers, prices] = await Promise.all([
    findOffers(db, keys),
    readSellers(db, [...new Set(keys.map(({ businessId }) => businessId))]),
    readPrices(db, keys, destination, parts.today()),
  ])
  const pictures = await readSizes(
    db,
    offers.flatMap((offer) => offer.pictures[0]?.digest ?? []),
    'thumb',
  )
  const goods = await Promise.all(
    offers.map(async (offer) => {
      const seller = sellers.get(offer.businessId)
      if (!seller || seller.screening === 'blocked' || offer.status !== 'published') return []
      const price = prices.get(keyOf(offer)) ?? (await priceNow(parts, offer, seller, destination))
      return [{ offer, seller, price, picture: pictures.get(offer.pictures[0]?.digest ?? '') }]
    }),
  )
  return goods.flat()
}

/** Width and height of pictures, so that pages keep their place while they load. */
export async function readSizes(
  db: Db,
  digests: readonly string[],
  form: PictureForm,
): Promise<ReadonlyMap<string, { digest: string; width: number; height: number }>> {
  if (digests.length === 0) return new Map()
  const rows = await db
    .selectFrom('picture_files')
    .select(['digest', 'width', 'height'])
    .distinct()
    .where('digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .where('form', '=', form)
    .execute()
  return new Map(rows.map((row) => [row.digest, row]))
}

export async function readSellers(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShopSeller>> {
  const rows = await sellerRows(db)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, sellerOf(row)]))
}

/** Undefined for a seller who may not trade: the shop is closed. */
export async function findSeller(db: Db, slug: string): Promise<ShopSeller | undefined> {
  const row = await sellerRows(db).where('slug', '=', slug).executeTakeFirst()
  return row && row.screening !== 'blocked' ? sellerOf(row) : undefined
}

const sellerRows = (db: Db) =>
  db
    .selectFrom('businesses')
    .select(['home_hub', 'id', 'slug', 'name', 'country', 'about', 'screening', 'ship_from'])

interface SellerRow extends Omit<ShopSeller, 'homeHub' | 'from'> {
  home_hub: string
  ship_from: { country: string } | null
}

const sellerOf = ({ home_hub, ship_from, ...row }: SellerRow): ShopSeller => ({
  ...row,
  homeHub: home_hub,
  from: ship_from?.country ?? row.country,
})

async function readPrices(
  db: Db,
  keys: readonly OfferKey[],
  destination: string,
  today: Day,
): Promise<Map<string, ListPrice>> {
  const rows = await db
    .selectFrom('offer_prices')
    .select([
      'home_hub',
      'business_id',
      'offer_id',
      'state',
      'total_minor',
      'currency',
      'days_min',
      'days_max',
    ])
    .where('home_hub', '=', sql<string>`any(${keys.map(({ homeHub }) => homeHub)}::uuid[])`)
    .where('business_id', '=', sql<string>`any(${keys.map((key) => key.businessId)}::uuid[])`)
    .where('offer_id', '=', sql<string>`any(${keys.map(({ offerId }) => offerId)}::uuid[])`)
    .where('destination', '=', destination)
    .where('day', '=', today)
    .execute()
  return new Map(
    rows.map((row) => [
      keyOf({ homeHub: row.home_hub, businessId: row.business_id, offerId: row.offer_id }),
      {
        status: row.state,
        total: { amount: formatMinor(row.total_minor, row.currency), currency: row.currency },
        days:
          row.days_min === null || row.days_max === null
            ? null
            : { min: row.days_min, max: row.days_max },
      },
    ]),
  )
}

/** One piece of the offer's first variant, by the rules and rate cards of this minute. */
export async function priceNow(
  parts: ShopParts,
  offer: Offer,
  seller: ShopSeller,
  destination: string,
): Promise<ListPrice> {
  const variant = leadVariant(offer)
  if (!variant) return { status: 'incomplete', total: null, days: null }
  const { from } = seller
  const day = parts.today()
  const ask = { from, destination, quantity: 1, day }
  const { status, total, days } = await parts.doors.priceAtDoor(offer, variant, ask)
  if (total && !(await isOpen(parts.db.kysely, offer, destination)))
    return { status: 'closed', total: null, days: null }
  return { status, total, days }
}

/** Whether the seller sells the offer there. */
export async function isOpen(db: Db, offer: OfferKey, destination: string): Promise<boolean> {
  const row = await db
    .selectFrom('offer_markets')
    .select('open')
    .where('home_hub', '=', offer.homeHub)
    .where('business_id', '=', offer.businessId)
    .where('offer_id', '=', offer.offerId)
    .where('destination', '=', destination)
    .executeTakeFirst()
  return row?.open ?? false
}

/** An amount in another money, for the eye alone: what is owed stays as it is. */
export interface Shown {
  amount: string
  currency: string
  source: string
  date: Day
}

/** Converts for display by the newest reference rate held; undefined where there is none, or nothing to convert. */
export function shownIn(
  { amount, currency }: { amount: string; currency: string },
  wanted: string | undefined,
  { tariff, today }: Pick<ShopParts, 'tariff' | 'today'>,
): Shown | undefined {
  if (wanted === undefined || wanted === currency) return undefined
  const found = tariff().exchange.rate(currency, wanted, today(), { source: 'ecb', rule: 'latest' })
  const [from, to] = [minorDigits(currency), minorDigits(wanted)]
  const minor = parseAmount(amount, currency)
  if (!found || from === undefined || to === undefined || minor === undefined) return undefined
  const { rate, source, date } = found
  const converted = roundQuotient(
    minor * rate.n * 10n ** BigInt(to),
    rate.d * 10n ** BigInt(from),
    'half-up',
  )
  return { amount: formatMinor(converted, wanted), currency: wanted, source, date }
}
