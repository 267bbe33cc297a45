// POST /api/v1/businesses/:business/offers: many offers in one call, each with its own outcome, by the use case that
// saves one. Who sends the same again changes nothing, as every offer names itself.
import type { Context } from 'hono'
import { z } from 'zod'
import { refused } from '../basis/refusal.ts'
import { isUuid } from '../basis/uuid.ts'
import { transact } from '../db/index.ts'
import { faultsOf, readBody, signedInActor } from '../parties/index.ts'
import { offerSchema } from './pages/offers-api.ts'
import { savePartsOf } from './pages/show-offers.tsx'
import { businessOf, type CatalogueParts } from './parts.ts'
import { saveOffers, type SaveOffer, type SaveOutcome } from './save-offers.ts'

export const mostInBatch = 100

const sentOffer = offerSchema
  .safeExtend({
    offerId: z
      .string()
      .refine(isUuid, 'no UUID')
      .optional()
      .describe('A UUID of your own making; a new one makes a new offer'),
    slug: z.string().max(200).optional().describe('Names the offer where there is no `offerId`'),
    version: z
      .int()
      .nonnegative()
      .optional()
      .describe('The version the change rests on; after another one it is refused'),
  })
  .refine(({ offerId, slug }) => offerId !== undefined || slug !== undefined, {
    path: ['offerId'],
    message: 'offerId or slug must name the offer, so that sending it again makes no second one',
  })
  .meta({ id: 'SentOffer' })

/** As it is described; each offer is checked by itself, so that one that is wrong does not stop the others. */
export const batchSchema = z
  .strictObject({ offers: z.array(sentOffer).min(1).max(mostInBatch) })
  .meta({ id: 'SentOffers' })
export const batchParts = [sentOffer]

const uncheckedBatch = z.strictObject({ offers: z.array(z.unknown()).min(1).max(mostInBatch) })

export async function saveOffersApi(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const { offers } = await readBody(c, uncheckedBatch, 'bad-batch')
  const owner = { homeHub: business.homeHub, businessId: business.id }
  const read = offers.map((offer) =>
    commandOf(offer, { ...owner, actor: signedInActor(c).personId }),
  )
  const commands = read.filter((each) => 'draft' in each)
  const saved = await transact(parts.db, (tx) => saveOffers(tx, commands, savePartsOf(parts)))
  const outcomes = saved.values()
  return c.json({ outcomes: read.map((each) => ('draft' in each ? outcomes.next().value : each)) })
}

function commandOf(
  offer: unknown,
  by: Omit<SaveOffer, 'draft'>,
): SaveOffer | Extract<SaveOutcome, { refused: string }> {
  const checked = sentOffer.safeParse(offer)
  if (!checked.success) return refused('bad-offer', { faults: faultsOf(checked.error) })
  const { version, ...draft } = checked.data
  return { ...by, draft, ...(version === undefined ? {} : { version: BigInt(version) }) }
}
