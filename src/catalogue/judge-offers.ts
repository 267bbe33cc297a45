import type { Day } from '../basis/day.ts'
import type { Tx } from '../db/index.ts'
import type { DoorPrices } from './door-prices.ts'
import type { Offer, Owner } from './offer.ts'
import { leadVariant, readiness, type Readiness, type Seller } from './readiness.ts'
import type { OfferVerdict } from './save-offers.ts'

export type JudgeParts = {
  readonly doors: DoorPrices
  /** Who sells: from which country, and whether screening keeps them from it. */
  readonly seller: (tx: Tx, owner: Owner) => Promise<Seller>
  readonly day: Day
}

/** The judge that saving asks before anything goes on sale. */
export const judgeWith =
  (parts: JudgeParts) =>
  async (tx: Tx, offers: readonly Offer[]): Promise<OfferVerdict[]> => {
    const sellers = new Map<string, Seller>()
    const verdicts: OfferVerdict[] = []
    for (const offer of offers) {
      const key = `${offer.homeHub} ${offer.businessId}`
      const seller = sellers.get(key) ?? (await parts.seller(tx, offer))
      sellers.set(key, seller)
      verdicts.push(verdictOf(offer, await readinessOf(parts, offer, seller, tx)))
    }
    return verdicts
  }

/** Readiness of one offer on a day, with the prices everywhere. */
export async function readinessOf(
  { doors, day }: Pick<JudgeParts, 'doors' | 'day'>,
  offer: Offer,
  seller: Seller,
  tx?: Tx,
): Promise<Readiness> {
  const variant = leadVariant(offer)
  const { from } = seller
  const prices =
    variant && from !== null ? await doors.everywhere(offer, variant, { from, day }, tx) : []
  return readiness(offer, seller, prices)
}

/** What is on sale stays so when it is sold out. */
function verdictOf({ status }: Offer, { needs, destinations }: Readiness): OfferVerdict {
  const ready = destinations
    .filter(({ state }) => state === 'ready')
    .map(({ destination }) => destination)
  const counted = needs.filter(({ code }) => !(code === 'stock' && status === 'published'))
  const codes = counted.map(({ code }) => code as string)
  if (codes.length === 0 && ready.length === 0) codes.push('no-destination')
  return { ready: codes.length === 0 ? ready : [], missing: codes }
}
