// What programs get of offers, as schemas: the document of the interface is made from them, and a test holds them
// against real answers.
import { z } from 'zod'

const text = z.string()
const words = z.record(text, text)
const id = z.string().describe('A UUID')
const instant = z.iso.datetime()
const country = z.string().regex(/^[A-Z]{2}$/)
const code = z.string().regex(/^\d{6}$/)
const figure = text.describe('An exact decimal')
const grams = z.int().nullable()
const millimetres = z.int().nullable()

export const money = z.strictObject({ amount: figure, currency: text }).meta({ id: 'Money' })
export const days = z
  .looseObject({ min: z.int(), max: z.int() })
  .describe('From the day on which it is handed over')
  .meta({ id: 'Days' })
const option = z.strictObject({ name: text, value: text })
const picture = z.strictObject({ large: text, thumb: text, alt: words })

export const doorStatuses = [
  'complete',
  'complete-except',
  'needs-facts',
  'cannot-decide',
  'incomplete',
  'no-lane',
  'prohibited',
  'no-border',
  'no-law',
  'no-rate',
  'closed',
] as const
const doorStatus = z
  .enum(doorStatuses)
  .describe(
    'complete: all in. complete-except: a price stands, but kinds of charges are left out. needs-facts, incomplete: a fact of the goods is missing. ' +
      'cannot-decide, no-law: the rules held do not reach. no-rate: no exchange rate to pay the seller or the carrier by. no-lane: no carrier takes it. no-border: no customs on the way. closed: the seller does not sell there.',
  )

const summary = {
  business: id,
  offerId: id,
  url: text.describe('The page of the offer'),
  seller: z.strictObject({ slug: text, name: text, country }),
  mainLocale: text,
  subheading: code.nullable().describe('HS 2022'),
  origin: country.nullable(),
  price: money.nullable().describe("Of one piece, in the seller's money, before anything is added"),
  inStock: z.boolean(),
}

export const foundOffer = z
  .strictObject({
    ...summary,
    texts: z.array(z.strictObject({ locale: text, title: text })),
    picture: z.strictObject({ large: text, thumb: text }).nullable(),
    atDoor: z
      .strictObject({ status: doorStatus, total: money.nullable(), days: days.nullable() })
      .describe('One piece at a door of `to`'),
  })
  .meta({ id: 'FoundOffer' })

export const searchAnswer = z
  .strictObject({
    to: country,
    offers: z.array(foundOffer),
    count: z.int().describe('How many goods fit; with `isMore`, at least so many'),
    isMore: z.boolean().describe('Not all were counted'),
    isLoose: z.boolean().describe('Nothing meets all words; these meet some'),
    unknown: z.array(text).describe('Words that no goods hold'),
    corrected: z
      .array(z.strictObject({ word: text, meant: z.array(text) }))
      .describe('What was read for a word that no goods hold'),
    next: text.nullable().describe('Send it as `after` for the next page'),
  })
  .meta({ id: 'FoundOffers' })

export const shownOffer = z
  .strictObject({
    ...summary,
    texts: z.array(z.strictObject({ locale: text, title: text, description: text })),
    materials: text.nullable(),
    brand: text.nullable(),
    measures: words,
    variants: z.array(
      z.strictObject({
        variantId: id,
        sku: text.nullable(),
        options: z.array(option),
        price: figure,
        inStock: z.boolean(),
        netMassG: grams,
        grossMassG: grams,
      }),
    ),
    pictures: z.array(picture),
    updatedAt: instant,
    atDoor: z
      .strictObject({
        destination: country,
        variantId: id,
        quantity: z.int(),
        status: doorStatus,
        total: money.nullable(),
        days: days.nullable(),
        lane: z
          .strictObject({
            carrier: text,
            service: text,
            transport: text,
            dutyPaid: z.boolean(),
            freight: money,
          })
          .nullable(),
        exchange: z
          .strictObject({
            ...{ goods: figure, freight: figure, spreadPoints: z.int() },
            rates: z.record(
              text,
              z.strictObject({ rate: text.describe('n/d'), source: text, day: text }),
            ),
          })
          .nullable()
          .describe(
            'What the price and the freight cost more, or less, than at the rate of customs, for money is changed for them; in the total, not in the answer. ' +
              'Rates by currency: how much of it one unit of the money of the total is',
          ),
        answer: z
          .looseObject({})
          .meta({ $ref: '#/components/schemas/Answer' })
          .nullable()
          .describe('Every charge with its rule and source; as from landed-cost'),
      })
      .nullable()
      .describe('null unless `to` was asked'),
  })
  .meta({ id: 'ShownOffer' })

const ownVariant = z.strictObject({
  variantId: id,
  sku: text.nullable(),
  options: z.array(option),
  price: figure,
  stock: z.int(),
  netMassG: grams,
  grossMassG: grams,
  lengthMm: millimetres,
  widthMm: millimetres,
  heightMm: millimetres,
  pictureId: id.nullable(),
  picture: text.nullable().describe('The digest of the picture that shows it'),
  active: z.boolean().describe('What is no longer sold stays, since orders name it'),
})

const own = {
  hub: id,
  business: id,
  offerId: id,
  slug: text,
  status: z.enum(['draft', 'published', 'withdrawn']),
  mainLocale: text,
  texts: z.array(
    z.strictObject({
      locale: text,
      title: text,
      description: text,
      source: z.enum(['seller', 'import', 'translated']),
    }),
  ),
  subheading: code.nullable(),
  classified: z
    .looseObject({})
    .nullable()
    .describe('How the code was found; without a code, how far the search for it is'),
  nationalCodes: words,
  origin: country.nullable(),
  materials: text.nullable(),
  brand: text.nullable(),
  measures: words,
  facts: z.record(text, z.union([text, z.boolean()])),
  proofs: z.array(text),
  currency: text,
  variants: z.array(ownVariant),
  pictures: z.array(
    z.strictObject({ pictureId: id, digest: text, alt: words, large: text, thumb: text }),
  ),
  version: z.int().describe('Send it back with a change that rests on it'),
  createdAt: instant,
  updatedAt: instant,
  publishedAt: instant.nullable(),
}

export const ownOffer = z.strictObject(own).meta({ id: 'Offer' })
export const ownOffers = z
  .strictObject({
    offers: z.array(ownOffer),
    next: text.nullable().describe('Send it as `after` for the next page'),
  })
  .meta({ id: 'Offers' })
export const readyOffer = z
  .strictObject({
    ...own,
    exportReady: z.boolean(),
    missing: z.array(text).describe('Facts that no destination can do without'),
    destinations: z.array(
      z.strictObject({
        destination: country,
        state: z.enum(['ready', 'missing', 'shut']),
        missing: z.array(text),
        atDoor: money.nullable(),
        days: days.nullable(),
      }),
    ),
  })
  .meta({ id: 'OfferWithDestinations' })

export const savedOffer = z
  .strictObject({
    offerId: id,
    slug: text,
    outcome: z.enum(['created', 'updated', 'unchanged']),
    status: z.enum(['draft', 'published', 'withdrawn']),
    missing: z.array(text).optional().describe('Why an offer that should be on sale is not'),
  })
  .meta({ id: 'SavedOffer' })
export const refusedOffer = z
  .strictObject({
    refused: text.describe('The code of the refusal; nothing of this offer was kept'),
    facts: z.looseObject({}),
  })
  .meta({ id: 'RefusedOffer' })
export const savedOffers = z
  .strictObject({
    outcomes: z.array(z.union([savedOffer, refusedOffer])).describe('In the order of the body'),
  })
  .meta({ id: 'SavedOffers' })
