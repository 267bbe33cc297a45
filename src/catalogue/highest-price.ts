// What a seller may ask, so that a buyer pays no more than a wanted price at the door.
import type { Day } from '../basis/day.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { findMarkets, parseBasket, wantedPrice, type Tariff } from '../tariff/index.ts'
import type { Offer } from './offer.ts'
import { basketOf } from './door-basket.ts'
import { nationalOwner, type DoorPrice } from './price-at-door.ts'
import { leadVariant } from './readiness.ts'

export type HighestPrice = {
  /** What the buyer would pay, as the seller typed it, in the destination's currency. */
  readonly wanted: string
  /** For one piece, in the currency that is asked about; null where no price stays within it. */
  readonly ask: { readonly amount: string; readonly currency: string } | null
}

/**
 * The highest price of one piece whose price at the door of `price`, carried as there, stays within `wanted`; thresholds
 * of duty and tax included. Refused: `no-amount` for what is no amount of the destination's currency.
 */
export function highestPriceOf(
  tariff: Tariff,
  offer: Offer,
  price: DoorPrice,
  { from, day, wanted }: { from: string; day: Day; wanted: string },
): HighestPrice | Refused {
  const { destination, answer, lane } = price
  const variant = leadVariant(offer)
  const amount = answer && wantedPrice(wanted.trim(), answer.currency)
  if (!amount) return refused('no-amount')
  if (!variant || !lane) return { wanted: wanted.trim(), ask: null }
  const owner = nationalOwner(tariff, offer, destination)
  const lines = [{ offer, variant, quantity: 1 }]
  const parsed = parseBasket(basketOf(lines, { from, destination }, lane, () => owner))
  if ('faults' in parsed) return { wanted: wanted.trim(), ask: null }
  const there = Object.create(tariff, { destinations: { value: [destination] } }) as Tariff
  const [market] = findMarkets(there, parsed.basket, day, { wanted: amount })
  return { wanted: wanted.trim(), ask: market?.highestPrice ?? null }
}
