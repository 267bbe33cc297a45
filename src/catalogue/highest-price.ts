// What a seller may ask, so that a buyer pays no more than a wanted price at the door.
import type { Day } from '../basis/day.ts'
import { parseAmount } from '../basis/money.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { findMarkets, parseBasket, wantedPrice, type Tariff } from '../tariff/index.ts'
import type { Offer } from './offer.ts'
import { basketOf } from './door-basket.ts'
import type { DoorPrices } from './door-prices.ts'
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
 * of duty and tax, and what changing money costs, included. Refused: `no-amount` for what is no amount of the
 * destination's currency.
 */
export function highestPriceOf(
  { tariff, doors }: { readonly tariff: () => Tariff; readonly doors: Pick<DoorPrices, 'onLane'> },
  offer: Offer,
  price: DoorPrice,
  { from, day, wanted }: { from: string; day: Day; wanted: string },
): HighestPrice | Refused {
  const { destination, answer, lane } = price
  const variant = leadVariant(offer)
  const typed = wanted.trim()
  const most = answer && wantedPrice(typed, answer.currency)
  if (!most) return refused('no-amount')
  const none = { wanted: typed, ask: null }
  if (!variant || !lane) return none
  const owner = nationalOwner(tariff(), offer, destination)
  const journey = { from, destination, day }
  const { schemes } = price.basket ?? {}
  const asked = { ...journey, ...(schemes ? { schemes } : {}) }
  const parsed = parseBasket(basketOf([{ offer, variant, quantity: 1 }], asked, lane, () => owner))
  if ('faults' in parsed) return none
  const there = Object.create(tariff(), { destinations: { value: [destination] } }) as Tariff
  // The tariff knows no dealer: what a price at the door has beyond its answer is taken off, until the whole fits.
  for (let { minor } = most; minor > 0n;) {
    const [market] = findMarkets(there, parsed.basket, day, { wanted: { ...most, minor } })
    const ask = market?.highestPrice
    const priceMinor = ask && parseAmount(ask.amount, ask.currency)
    if (!ask || !priceMinor) return none
    const lines = [{ offer, variant: { ...variant, priceMinor }, quantity: 1 }]
    const { total } = doors.onLane(lane, lines, journey)
    const whole = total && parseAmount(total.amount, total.currency)
    if (!whole) return none
    if (whole <= most.minor) return { wanted: typed, ask }
    minor -= whole - most.minor
  }
  return none
}
