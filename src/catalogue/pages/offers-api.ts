// Offers for programs: the same use cases as the pages, checked by a schema at this edge.
import type { Context } from 'hono'
import { z } from 'zod'
import { isRefused, type RefusalFacts } from '../../basis/refusal.ts'
import { formatMinor } from '../../basis/money.ts'
import { isUuid } from '../../basis/uuid.ts'
import { transact } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { findOffer, findOffers } from '../find-offers.ts'
import { readinessOf } from '../judge-offers.ts'
import { cursorOf, listOffers } from '../list-offers.ts'
import { pictureOf, type Offer } from '../offer.ts'
import { businessOf, judgeOf, sellerOf, type CatalogueParts } from '../parts.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { saveOffers } from '../save-offers.ts'
import { savePartsOf } from './show-offers.tsx'

const line = z.string().max(20_000)
const word = z.string().min(1).max(64)
const whole = z.number().int().nonnegative()
const measure = whole.positive().nullable().optional()

const variantSchema = z.strictObject({
  variantId: z.string().max(36).optional(),
  sku: line.nullable().optional(),
  options: z
    .array(z.strictObject({ name: line, value: line }))
    .max(10)
    .optional(),
  price: z
    .string()
    .max(30)
    .describe('A plain decimal in the currency of the offer, such as "120.00"'),
  stock: whole.optional(),
  netMassG: measure,
  grossMassG: measure,
  lengthMm: measure,
  widthMm: measure,
  heightMm: measure,
  picture: z.string().max(64).nullable().optional().describe('The digest of one of `pictures`'),
})

/** What a program sends. What is left out stays as it is, `null` takes it away; lists are whole. */
export const offerSchema = z.strictObject({
  slug: z.string().max(200).optional(),
  mainLocale: z.string().max(20).optional(),
  texts: z
    .array(
      z.strictObject({ locale: z.string().max(20), title: line, description: line.optional() }),
    )
    .max(100)
    .optional(),
  subheading: z.string().max(20).nullable().optional().describe('Six digits of HS 2022'),
  nationalCodes: z.record(word, word).optional(),
  origin: z.string().max(10).nullable().optional(),
  materials: line.nullable().optional(),
  brand: line.nullable().optional(),
  measures: z.record(word, z.string().max(40)).optional(),
  facts: z.record(word, z.union([z.boolean(), z.string().max(64)])).optional(),
  proofs: z.array(word).max(50).optional(),
  currency: z.string().max(10).optional(),
  variants: z.array(variantSchema).max(1000).optional(),
  pictures: z
    .array(z.strictObject({ digest: z.string().max(64), alt: z.record(word, line).optional() }))
    .max(100)
    .optional(),
  status: z.enum(['draft', 'published', 'withdrawn']).optional(),
})

/** GET /api/v1/businesses/:business/offers: whole offers, newest change first; `next` leads on. */
export async function listOffersApi(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const owner = { homeHub: business.homeHub, businessId: business.id }
  const query = new URL(c.req.url).searchParams
  const status = (['draft', 'published', 'withdrawn'] as const).find(
    (each) => each === query.get('status'),
  )
  const listing = { status, after: query.get('after') ?? undefined, limit: 100 }
  const { rows, more } = await listOffers(parts.db.kysely, owner, 'en', listing)
  const offers = await findOffers(
    parts.db.kysely,
    rows.map(({ offerId }) => ({ ...owner, offerId })),
  )
  const last = rows.at(-1)
  return c.json({ offers: offers.map(toJson), next: more && last ? cursorOf(last) : null })
}

/** GET /api/v1/businesses/:business/offers/:offer, with the state of every destination. */
export async function getOfferApi(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offerId = c.req.param('offer') ?? ''
  const key = { homeHub: business.homeHub, businessId: business.id, offerId }
  const offer = isUuid(offerId) ? await findOffer(parts.db.kysely, key) : undefined
  if (!offer) return problem(c, 404, 'not-found')
  const { exportReady, needs, destinations } = await readinessOf(
    judgeOf(parts),
    offer,
    sellerOf(business),
  )
  c.header('etag', `"${offer.version}"`)
  return c.json({
    ...toJson(offer),
    exportReady,
    missing: needs.map(({ code }) => code),
    destinations: destinations.map(({ destination, state, needs: missing, price }) => ({
      destination,
      state,
      missing: missing.map(({ code }) => code),
      atDoor: price.total,
      days: price.days,
    })),
  })
}

/** PUT /api/v1/businesses/:business/offers/:offer: makes or changes the offer with this id, safely again and again. */
export async function putOfferApi(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offerId = c.req.param('offer') ?? ''
  if (!isUuid(offerId)) return problem(c, 422, 'bad-id', { at: 'offer' })
  const body = await readJson(c)
  if (body === undefined) return problem(c, 400, 'broken-json')
  const checked = offerSchema.safeParse(body)
  if (!checked.success) {
    const faults = checked.error.issues
      .slice(0, 50)
      .map(
        ({ path, message }) =>
          `${path.map(String).join('.').slice(0, 200)}: ${message.slice(0, 200)}`,
      )
    return problem(c, 422, 'bad-offer', { faults })
  }
  // The hub itself marks the version as weak when it compresses the answer.
  const wanted = c.req.header('if-match')
  const match = /^(?:W\/)?"(\d{1,18})"$/.exec(wanted ?? '')?.[1]
  if (wanted !== undefined && match === undefined)
    return problem(c, 412, 'changed-meanwhile', { wanted: wanted.slice(0, 100) })
  const command = {
    homeHub: business.homeHub,
    businessId: business.id,
    actor: signedInActor(c).personId,
    draft: { ...checked.data, offerId },
    ...(match === undefined ? {} : { version: BigInt(match) }),
  }
  const [outcome] = await transact(parts.db, (tx) => saveOffers(tx, [command], savePartsOf(parts)))
  if (!outcome || isRefused(outcome))
    return problem(
      c,
      outcome?.refused === 'changed-meanwhile' ? 412 : 422,
      outcome?.refused ?? 'bad-offer',
      outcome?.facts,
    )
  return c.json(outcome, outcome.outcome === 'created' ? 201 : 200)
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return (await c.req.json()) as unknown
  } catch {
    return undefined
  }
}

const titles = {
  400: 'The request cannot be read',
  404: 'Nothing is here',
  412: 'Changed meanwhile',
  422: 'Refused',
}

/** An answer by RFC 9457. */
function problem(
  c: Context,
  status: keyof typeof titles,
  code: string,
  facts: RefusalFacts = {},
): Response {
  const body = {
    type: `urn:ewtp:problem:${code}`,
    title: titles[status],
    status,
    facts,
    instance: c.req.path,
    requestId: (c as Context<{ Variables: { requestId: string } }>).get('requestId'),
  }
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json; charset=utf-8',
  })
}

/** An offer as programs get it: exact decimals as text, no figures of ours inside. */
function toJson({
  homeHub,
  businessId,
  version,
  createdAt,
  updatedAt,
  publishedAt,
  ...offer
}: Offer) {
  return {
    ...offer,
    hub: homeHub,
    business: businessId,
    version: Number(version),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    publishedAt: publishedAt === null ? null : new Date(publishedAt).toISOString(),
    variants: offer.variants.map(({ priceMinor, onHand, ...variant }) => ({
      ...variant,
      picture: pictureOf(offer, variant)?.digest ?? null,
      price: formatMinor(priceMinor, offer.currency),
      stock: Number(onHand),
    })),
    pictures: offer.pictures.map((picture) => ({
      ...picture,
      large: pictureUrl(picture.digest, 'large'),
      thumb: pictureUrl(picture.digest, 'thumb'),
    })),
  }
}
