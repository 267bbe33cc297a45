// Goods on sale for programs: the search and the page of a product, by the functions that serve the pages.
import type { Context } from 'hono'
import { z } from 'zod'
import { formatMinor } from '../basis/money.ts'
import { Refusal } from '../basis/refusal.ts'
import { isUuid } from '../basis/uuid.ts'
import { readQuery } from '../parties/index.ts'
import type { searchAnswer, shownOffer } from './api-schemas.ts'
import { findOffer } from './find-offers.ts'
import { activeVariants, onHandOf, type Offer } from './offer.ts'
import { pictureUrl } from './pictures/serve-picture.ts'
import { leadVariant } from './readiness.ts'
import { searchOffers } from './search/search-offers.ts'
import { limitOf } from './shops/ask.ts'
import { offerHref } from './shops/card.tsx'
import { findSeller, isOpen, readGoods, readSellers, type ShopSeller } from './shops/goods.ts'
import type { ShopParts } from './shops/parts.ts'
import { moneyOf, siteOf } from './shops/visitor.ts'

const destination = z.string().regex(/^[A-Z]{2}$/)

export const searchQuery = z.strictObject({
  q: z.string().max(200).default('').describe('Words in any language; without them all goods'),
  to: destination.describe('Where goods shall go; prices are those at a door there'),
  category: z
    .string()
    .regex(/^\d{2}(\d{2})?$/)
    .optional()
    .describe('Two or four digits of the Harmonized System'),
  origin: destination.optional().describe('The country in which the goods were made'),
  shop: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional()
    .describe("A shop, by the word in its page's address"),
  low: z.string().max(20).optional().describe('At least so much at the door, in the money of `to`'),
  high: z.string().max(20).optional().describe('At most so much at the door'),
  sort: z.enum(['best', 'newest', 'price']).default('best'),
  anywhere: z
    .enum(['0', '1'])
    .default('0')
    .describe('1: also goods that do not reach `to`, with the reason in `atDoor.status`'),
  after: z.string().max(160).optional().describe('`next` of the page before'),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .default('24')
    .describe('Offers on a page, at most 100'),
})

const noBusiness = '00000000-0000-0000-0000-000000000000'

/** GET /api/v1/offers */
export async function searchOffersApi(c: Context, parts: ShopParts): Promise<Response> {
  const ask = readQuery(c, searchQuery)
  requireDestination(parts, ask.to)
  const db = parts.db.kysely
  const anywhere = ask.anywhere === '1'
  const shop = ask.shop === undefined ? undefined : await findSeller(db, ask.shop)
  const found = await searchOffers(db, {
    words: ask.q.replaceAll('\0', ''),
    origin: ask.origin,
    category: ask.category,
    // A shop that does not exist has no goods.
    business: ask.shop === undefined ? undefined : (shop?.id ?? noBusiness),
    destination: anywhere ? undefined : ask.to,
    priceFrom: anywhere ? undefined : limit(parts, ask, 'low'),
    priceTo: anywhere ? undefined : limit(parts, ask, 'high'),
    sort: ask.sort === 'best' ? undefined : ask.sort,
    after: ask.after,
    size: Number(ask.limit),
  })
  const goods = await readGoods(parts, found.keys, ask.to)
  const { count, isMore, isLoose, unknown, corrected } = found
  return c.json({
    to: ask.to,
    offers: goods.map(({ offer, seller, price }) => ({
      ...summaryOf(c, offer, seller),
      texts: offer.texts.map(({ locale, title }) => ({ locale, title })),
      picture: offer.pictures[0] ? linksOf(c, offer.pictures[0].digest) : null,
      atDoor: price,
    })),
    ...{ count, isMore, isLoose, unknown },
    corrected: corrected.map(({ word, meant }) => ({ word, meant: [...meant] })),
    next: found.next ?? null,
  } satisfies z.input<typeof searchAnswer>)
}

function requireDestination({ tariff }: ShopParts, to: string): void {
  if (!tariff().destinations.includes(to)) throw new Refusal('unknown-destination', { at: 'to' })
}

/** A limit of the price in the money of the destination; one that is no amount is refused. */
function limit(
  parts: ShopParts,
  ask: z.infer<typeof searchQuery>,
  name: 'low' | 'high',
): bigint | undefined {
  const text = ask[name]
  if (text === undefined) return undefined
  const minor = limitOf(text, moneyOf(ask.to, parts))
  if (minor === undefined)
    throw new Refusal('bad-query', { faults: [`${name}: no amount of the money of ${ask.to}`] })
  return minor
}

const linksOf = (c: Context, digest: string) => ({
  large: siteOf(c) + pictureUrl(digest, 'large'),
  thumb: siteOf(c) + pictureUrl(digest, 'thumb'),
})

function summaryOf(c: Context, offer: Offer, seller: ShopSeller) {
  const { currency } = offer
  const variant = leadVariant(offer)
  return {
    business: offer.businessId,
    offerId: offer.offerId,
    url: siteOf(c) + offerHref(seller, offer),
    seller: { slug: seller.slug, name: seller.name, country: seller.country },
    mainLocale: offer.mainLocale,
    subheading: offer.subheading,
    origin: offer.origin,
    price: variant ? { amount: formatMinor(variant.priceMinor, currency), currency } : null,
    inStock: onHandOf(offer) > 0n,
  }
}

export const offerQuery = z.strictObject({
  to: destination.optional().describe('Works out the price at a door there'),
  variant: z.string().max(36).optional().describe('Left out, the one that lists show'),
  quantity: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default('1')
    .describe('Pieces, at most 999'),
})

/** GET /api/v1/offers/:offer */
export async function showOfferApi(c: Context, parts: ShopParts): Promise<Response> {
  const ask = readQuery(c, offerQuery)
  if (ask.to !== undefined) requireDestination(parts, ask.to)
  const { offer, seller } = await offerOnSale(c, parts)
  const variants = activeVariants(offer)
  const variant =
    ask.variant === undefined
      ? leadVariant(offer)
      : variants.find(({ variantId }) => variantId === ask.variant)
  if (!variant) throw new Refusal('not-found')
  const quantity = Number(ask.quantity)
  return c.json({
    ...summaryOf(c, offer, seller),
    texts: offer.texts.map(({ locale, title, description }) => ({ locale, title, description })),
    materials: offer.materials,
    brand: offer.brand,
    measures: { ...offer.measures },
    variants: variants.map((each) => ({
      variantId: each.variantId,
      sku: each.sku,
      options: each.options.map(({ name, value }) => ({ name, value })),
      price: formatMinor(each.priceMinor, offer.currency),
      inStock: each.onHand > 0n,
      netMassG: each.netMassG,
      grossMassG: each.grossMassG,
    })),
    pictures: offer.pictures.map(({ digest, alt }) => ({ ...linksOf(c, digest), alt: { ...alt } })),
    updatedAt: new Date(offer.updatedAt).toISOString(),
    atDoor:
      ask.to === undefined
        ? null
        : await doorOf(parts, offer, seller, variant, { destination: ask.to, quantity }),
  } satisfies z.input<typeof shownOffer>)
}

/** What nobody can buy is not found: a draft, what was withdrawn, the goods of a seller who may not trade. */
async function offerOnSale(
  c: Context,
  { db }: ShopParts,
): Promise<{ offer: Offer; seller: ShopSeller }> {
  const offerId = c.req.param('offer') ?? ''
  if (!isUuid(offerId)) throw new Refusal('not-found')
  // An id is given once; had two businesses saved it in the same instant, the first one's goods are meant.
  const key = await db.kysely
    .selectFrom('offers')
    .select(['home_hub as homeHub', 'business_id as businessId', 'offer_id as offerId'])
    .where('offer_id', '=', offerId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (!key) throw new Refusal('not-found')
  const [offer, sellers] = await Promise.all([
    findOffer(db.kysely, key),
    readSellers(db.kysely, [key.businessId]),
  ])
  const seller = sellers.get(key.businessId)
  if (!seller || seller.screening === 'blocked' || offer?.status !== 'published')
    throw new Refusal('not-found')
  return { offer, seller }
}

async function doorOf(
  parts: ShopParts,
  offer: Offer,
  { from }: ShopSeller,
  variant: Offer['variants'][number],
  ask: { destination: string; quantity: number },
) {
  const [price, open] = await Promise.all([
    parts.doors.priceAtDoor(offer, variant, { ...ask, from, day: parts.today() }),
    isOpen(parts.db.kysely, offer, ask.destination),
  ])
  const { lane, exchange } = price
  const isClosed = price.total !== null && !open
  return {
    ...ask,
    variantId: variant.variantId,
    status: isClosed ? ('closed' as const) : price.status,
    total: isClosed ? null : price.total,
    days: isClosed ? null : price.days,
    lane: lane && {
      carrier: lane.carrier,
      service: lane.service,
      transport: lane.transport,
      dutyPaid: lane.dutyPaid,
      freight: { amount: formatMinor(lane.amountMinor, lane.currency), currency: lane.currency },
    },
    exchange: exchange && {
      goods: formatMinor(exchange.goods, price.total?.currency ?? ''),
      freight: formatMinor(exchange.freight, price.total?.currency ?? ''),
      ...{ spreadPoints: exchange.spreadPoints, rates: { ...exchange.rates } },
    },
    answer: price.answer as Record<string, unknown> | null,
  }
}
