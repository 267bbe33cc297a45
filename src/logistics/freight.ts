import type { Day } from '../basis/day.ts'
import { isLower, scale, type Ratio } from '../basis/ratio.ts'
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import type { Lane, Parcel } from './lane.ts'
import { packLine, type PackItem } from './pack-line.ts'
import { inOrder, priceLane, type LaneQuote } from './price-lane.ts'

/** Goods that travel together: pieces by kind, and what holds for all of them. */
export type Load = Pick<Parcel, 'codes' | 'contains' | 'postcode' | 'value'> & {
  readonly items: readonly PackItem[]
}

export type LaneRefusal = {
  readonly lane: Lane['id']
  readonly carrier: string
  readonly service: string
} & Refused

export type Freight = {
  /** By currency, in each the cheapest first. */
  readonly quotes: readonly LaneQuote[]
  /** Lanes that do not take the goods, and why. */
  readonly refusals: readonly LaneRefusal[]
}

/**
 * Packs the goods for each lane by that lane's own limits and prices the parcels. Refuses with `no-lane` where no lane
 * was given, and with `no-lane-takes-it` where none of them takes the goods: there is no freight then, which is not the
 * same as free.
 */
export function priceLoad(lanes: readonly Lane[], load: Load, day: Day): Freight | Refused {
  if (lanes.length === 0) return refused('no-lane')
  const outcomes = lanes.map((lane) => ({ lane, outcome: loadOnLane(lane, load, day) }))
  const quotes = inOrder(outcomes.flatMap(({ outcome }) => (isRefused(outcome) ? [] : [outcome])))
  const refusals = outcomes.flatMap(({ lane, outcome }) =>
    isRefused(outcome)
      ? [{ lane: lane.id, carrier: lane.carrierName, service: lane.serviceName, ...outcome }]
      : [],
  )
  if (quotes.length > 0) return { quotes, refusals }
  const reasons = refusals.map((each) => `${each.carrier}, ${each.service}: ${each.refused}`)
  return refused('no-lane-takes-it', { lanes: lanes.length, reasons: [...new Set(reasons)] })
}

function loadOnLane(lane: Lane, load: Load, day: Day): LaneQuote | Refused {
  const packing = packLine(load.items, lane.limits)
  if (isRefused(packing)) return packing
  const { codes, contains, postcode, value } = load
  // The value of the whole load is held against the limit of each parcel: what lies in which is not decided here.
  const facts = { codes, contains, postcode, value }
  return priceLane(
    lane,
    packing.parcels.map((parcel) => ({ ...parcel, ...facts })),
    day,
  )
}

/** Units of one common currency for a minor unit of another; undefined where no rate is known. */
export type CommonValue = (currency: string) => Ratio | undefined

/**
 * The cheapest quote. Quotes in several currencies need `common` to be compared; one whose currency it does not know is
 * passed over unless there is no other. Equal amounts: the order of `inOrder` decides.
 */
export function cheapest(quotes: readonly LaneQuote[], common?: CommonValue): LaneQuote | Refused {
  const [first] = quotes
  if (!first) return refused('no-lane')
  const currencies = [...new Set(quotes.map(({ currency }) => currency))]
  if (currencies.length === 1) return inOrder(quotes)[0] ?? first
  const valued = inOrder(quotes).flatMap((quote) => {
    const rate = common?.(quote.currency)
    return rate ? [{ quote, worth: scale(rate, quote.amountMinor) }] : []
  })
  const [start, ...rest] = valued
  if (!start) return refused('currencies-not-comparable', { currencies })
  return rest.reduce((best, each) => (isLower(each.worth, best.worth) ? each : best), start).quote
}
