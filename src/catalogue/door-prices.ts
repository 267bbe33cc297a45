import type { Day } from '../basis/day.ts'
import type { Tx } from '../db/index.ts'
import type { Lane, LaneQuote } from '../logistics/index.ts'
import { keyOf } from './find-offers.ts'
import type { Offer, Variant } from './offer.ts'
import {
  priceOn,
  priceTogether,
  priceWithLanes,
  type DoorAsk,
  type DoorLine,
  type DoorParts,
  type DoorPrice,
  type Journey,
} from './price-at-door.ts'

/** Prices at the door with a memory, for one hub. */
export type DoorPrices = {
  priceAtDoor(offer: Offer, variant: Variant, ask: DoorAsk): Promise<DoorPrice>
  /** One piece to every destination there are rules for, the country it leaves from among them. */
  everywhere(
    offer: Offer,
    variant: Variant,
    ask: Pick<DoorAsk, 'from' | 'day'>,
    tx?: Tx,
  ): Promise<readonly DoorPrice[]>
  /** Goods of one seller and one currency that go together, never from memory. */
  together(lines: readonly DoorLine[], journey: Journey): Promise<DoorPrice>
  /** The same by a lane that is known. */
  onLane(lane: LaneQuote, lines: readonly DoorLine[], journey: Journey): DoorPrice
}

/** Rate cards and rules may change within a day; what is kept is asked again after this. */
const keepMs = 60_000
/** An answer with all its charges and citations is some ten kilobytes. */
const most = 2_000

/**
 * Keeps prices by the version of the offer, the variant, the destination, the quantity and the day, and the lanes of a
 * country, for a minute. `now` is in Unix milliseconds.
 */
export function createDoorPrices(parts: DoorParts & { readonly now: () => number }): DoorPrices {
  const prices = keeping<DoorPrice>(parts.now)
  const lanes = keeping<Promise<ReadonlyMap<string, readonly Lane[]>>>(parts.now)
  const lanesFrom = (
    from: string,
    day: Day,
    tx?: Tx,
  ): Promise<ReadonlyMap<string, readonly Lane[]>> =>
    lanes(`${from} ${day}`, async () =>
      Map.groupBy(await parts.lanes({ from, day }, tx), ({ id }) => id.to),
    )
  const priced = (
    offer: Offer,
    variant: Variant,
    ask: DoorAsk,
    byCountry: ReadonlyMap<string, readonly Lane[]>,
  ): DoorPrice => {
    const { from, destination, quantity, day } = ask
    const { variantId } = variant
    const key = [keyOf(offer), offer.version, variantId, from, destination, quantity, day]
    return prices(key.join(' '), () => worked(offer, variant, ask, byCountry))
  }
  const worked: typeof priced = (offer, variant, ask, byCountry) =>
    priceWithLanes(parts, offer, variant, ask, byCountry.get(ask.destination) ?? [])
  return {
    priceAtDoor: async (offer, variant, ask) =>
      priced(offer, variant, ask, await lanesFrom(ask.from, ask.day)),
    together: async (lines, journey) => {
      const byCountry = await lanesFrom(journey.from, journey.day)
      return priceTogether(parts, lines, journey, byCountry.get(journey.destination) ?? [])
    },
    onLane: (lane, lines, journey) =>
      priceOn(lane, { tariff: parts.tariff(), change: parts.change }, lines, {
        ...journey,
        schemes: journey.schemes ?? parts.schemes,
      }),
    everywhere: async (offer, variant, { from, day }, tx) => {
      const byCountry = await lanesFrom(from, day, tx)
      // What a transaction has not committed may come to nothing, and its version be given to another change.
      const price = tx ? worked : priced
      return parts
        .tariff()
        .destinations.map((destination) =>
          price(offer, variant, { from, destination, quantity: 1, day }, byCountry),
        )
    },
  }
}

/** The oldest goes when there are too many; a promise that fails is not kept. */
function keeping<T>(now: () => number): (key: string, make: () => T) => T {
  const kept = new Map<string, { at: number; value: T }>()
  return (key, make) => {
    const found = kept.get(key)
    if (found && now() - found.at < keepMs) return found.value
    const value = make()
    kept.delete(key)
    if (kept.size >= most) kept.delete(kept.keys().next().value as string)
    kept.set(key, { at: now(), value })
    if (value instanceof Promise) value.catch(() => kept.delete(key))
    return value
  }
}
