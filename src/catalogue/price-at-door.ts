// What one variant of an offer costs a consumer at the door of another country: the price of the goods, the freight of a
// lane, and what the tariff of the destination says of duty, tax and fees on that day.
import type { Day } from '../basis/day.ts'
import { formatMinor, parseAmount } from '../basis/money.ts'
import { isRefused, Refusal } from '../basis/refusal.ts'
import type { Tx } from '../db/index.ts'
import { priceLoad, type Lane, type LaneQuestion, type LaneQuote } from '../logistics/index.ts'
import type { Answer, BasketJson, Tariff } from '../tariff/index.ts'
import { basketOf, goodsMinor, loadOf, massOf } from './door-basket.ts'
import { doorExchange, type DoorExchange, type MoneyChanger } from './door-exchange.ts'
import type { Offer, Variant } from './offer.ts'

/**
 * `complete`, `complete-except`, `needs-facts` and `cannot-decide` are the tariff's own words. The others have no answer
 * of a tariff: the offer lacks a fact that every price rests on, no lane takes the goods there, there is no customs
 * border on the way, or no rate is held at which the hub could change the buyer's money.
 */
export type DoorStatus =
  | Answer['status']
  | 'incomplete'
  | 'no-lane'
  | 'prohibited'
  | 'no-border'
  | 'no-law'
  | 'no-rate'

export type DoorPrice = {
  readonly destination: string
  readonly status: DoorStatus
  /** All in, in the currency of the destination; null where no figure can be named. */
  readonly total: { readonly amount: string; readonly currency: string } | null
  /** What the tariff was asked about. */
  readonly basket: BasketJson | null
  readonly answer: Answer | null
  /** What the total holds beyond the answer's, where money must be changed for the price or the freight. */
  readonly exchange: DoorExchange | null
  readonly lane: LaneQuote | null
  readonly days: LaneQuote['days'] | null
  /** Facts of the offer that are not there, for `incomplete`. */
  readonly missing: readonly OfferFact[]
  /** Why no lane takes it, for `no-lane`. */
  readonly reasons: readonly string[]
}

/** What every price rests on, by the field where the seller gives it. */
export type OfferFact = 'subheading' | 'origin' | 'mass' | 'price'

export type DoorParts = {
  readonly tariff: () => Tariff
  /** The second argument is the transaction of who asks inside one, so that it needs no further connection. */
  readonly lanes: (question: LaneQuestion, tx?: Tx) => Promise<readonly Lane[]>
  readonly change: MoneyChanger
  /** Registrations under customs schemes that the hub holds as a marketplace; undefined: not stated. */
  readonly schemes?: readonly string[] | undefined
  /** A territory whose rules cannot be read is told to whoever runs the hub. */
  readonly report?: ((fault: unknown, message: string) => void) | undefined
}

export type DoorAsk = {
  /** Country from which the business sends. */
  readonly from: string
  readonly destination: string
  readonly quantity: number
  readonly day: Day
}

/** What pricing needs when the lanes are known. */
export type PricingParts = Pick<DoorParts, 'tariff' | 'change' | 'report' | 'schemes'>

/** Looks at every kind of lane and proposes the one with which the whole costs least. */
export async function priceAtDoor(
  parts: DoorParts,
  offer: Offer,
  variant: Variant,
  ask: DoorAsk,
): Promise<DoorPrice> {
  const missing = missingFacts(offer, variant)
  if (missing.length > 0) return without(ask, 'incomplete', { missing })
  const lanes = await parts.lanes({ from: ask.from, to: ask.destination, day: ask.day })
  return priceWithLanes(parts, offer, variant, ask, lanes)
}

/** The same where the lanes are known. Pure. */
export const priceWithLanes = (
  parts: PricingParts,
  offer: Offer,
  variant: Variant,
  ask: DoorAsk,
  lanes: readonly Lane[],
): DoorPrice => priceTogether(parts, [{ offer, variant, quantity: ask.quantity }], ask, lanes)

/** Pieces of one variant. */
export type DoorLine = {
  readonly offer: Offer
  readonly variant: Variant
  readonly quantity: number
}

/** How goods go together: where from and to, by the law of which day, and what the basket says beyond its lines. */
export type Journey = Pick<DoorAsk, 'from' | 'destination' | 'day'> & {
  /** Other registrations than the hub's own. */
  readonly schemes?: readonly string[] | undefined
  /** What a scheme asks about the buyer: `cbec-used-this-year`. */
  readonly facts?: Readonly<Record<string, string>> | undefined
}

/**
 * What goods of one seller and one currency cost at the door when they go together, by the lane with which the whole
 * costs least. Pure. At least one line.
 */
export function priceTogether(
  { tariff, change, report, schemes }: PricingParts,
  lines: readonly DoorLine[],
  ask: Journey,
  lanes: readonly Lane[],
): DoorPrice {
  const missing = [...new Set(lines.flatMap(({ offer, variant }) => missingFacts(offer, variant)))]
  if (missing.length > 0) return without(ask, 'incomplete', { missing })
  const freight = priceLoad(lanes, loadOf(lines), ask.day)
  if (isRefused(freight))
    return without(ask, 'no-lane', {
      reasons: (freight.facts['reasons'] as readonly string[]) ?? [],
    })
  const journey = { ...ask, schemes: ask.schemes ?? schemes }
  try {
    const priced = apartAtCustoms(freight.quotes).map((lane) =>
      priceOn(lane, { tariff: tariff(), change }, lines, journey),
    )
    return priced.sort(byCost)[0] ?? without(ask, 'no-lane')
  } catch (error) {
    // A destination without rules, a broken file of rules, a day before the law: no price, and no fault of this offer.
    if (!isLackOfLaw(error)) throw error
    report?.(error, `no price at the door of ${ask.destination}`)
    return without(ask, 'no-law')
  }
}

/** Of lanes that customs cannot tell apart, the cheapest; quotes come cheapest first within a currency. */
function apartAtCustoms(quotes: readonly LaneQuote[]): LaneQuote[] {
  const kinds = new Map<string, LaneQuote>()
  for (const quote of quotes) {
    const kind = `${quote.transport} ${quote.dutyPaid} ${quote.currency}`
    if (!kinds.has(kind)) kinds.set(kind, quote)
  }
  return [...kinds.values()]
}

const isLackOfLaw = (error: unknown): boolean =>
  error instanceof Refusal
    ? error.code === 'unknown-destination' || error.code === 'no-law-on-day'
    : error instanceof Error && error.name === 'RulesError'

const without = (
  { destination }: Pick<DoorAsk, 'destination'>,
  status: DoorStatus,
  more: { missing?: readonly OfferFact[]; reasons?: readonly string[] } = {},
): DoorPrice => ({
  destination,
  status,
  total: null,
  basket: null,
  answer: null,
  exchange: null,
  lane: null,
  days: null,
  missing: more.missing ?? [],
  reasons: more.reasons ?? [],
})

/** Facts without which nothing can be asked. */
export function missingFacts(offer: Offer, variant: Variant): OfferFact[] {
  return [
    ...(offer.subheading ? [] : (['subheading'] as const)),
    ...(offer.origin ? [] : (['origin'] as const)),
    ...(massOf(variant) === undefined ? (['mass'] as const) : []),
    ...(variant.priceMinor > 0n ? [] : (['price'] as const)),
  ]
}

/** By one lane. */
export function priceOn(
  lane: LaneQuote,
  { tariff, change }: { readonly tariff: Tariff; readonly change: MoneyChanger },
  lines: readonly DoorLine[],
  ask: Journey,
): DoorPrice {
  const basket = basketOf(lines, ask, lane, (offer) =>
    nationalOwner(tariff, offer, ask.destination),
  )
  const answer = tariff.quote(basket, ask.destination, { on: ask.day })
  const status = statusOf(answer)
  const told = { basket, answer, lane, days: lane.days }
  if (status === 'no-border')
    return { ...without(ask, status), ...told, total: withinBorder(lines, lane) }
  const landed = landedOf(answer, status)
  if (landed === undefined) return { ...without(ask, status), ...told }
  const exchange = doorExchange(change, lines, lane, answer)
  if (isRefused(exchange))
    return { ...without(ask, 'no-rate', { reasons: [exchange.refused] }), ...told }
  const { currency } = answer
  const minor = landed + (exchange ? exchange.goods + exchange.freight : 0n)
  const total = { amount: formatMinor(minor, currency), currency }
  return { ...without(ask, status), ...told, total, exchange: exchange ?? null }
}

function landedOf({ totals, currency }: Answer, status: DoorStatus): bigint | undefined {
  if (status !== 'complete' && status !== 'complete-except') return undefined
  return totals.landed === null ? undefined : parseAmount(totals.landed, currency)
}

/** Where no customs border lies between: the price with its taxes as the seller states it, and the freight. */
function withinBorder(lines: readonly DoorLine[], lane: LaneQuote): DoorPrice['total'] {
  const [{ offer }] = lines as readonly [DoorLine]
  const { currency } = offer
  if (lane.currency !== currency) return null
  return { amount: formatMinor(goodsMinor(lines) + lane.amountMinor, currency), currency }
}

/** Whose line the seller has chosen: the destination's own, or that of the union whose tariff it has. */
export function nationalOwner(
  tariff: Tariff,
  offer: Offer,
  destination: string,
): string | undefined {
  const owners = Object.keys(offer.nationalCodes)
  if (owners.length === 0) return undefined
  if (owners.includes(destination)) return destination
  const unions = tariff.rules(destination).chain
  return owners.find((owner) => unions.includes(owner))
}

function statusOf({ status, reasons, findings }: Answer): DoorStatus {
  if (findings.some(({ code }) => code === 'prohibited')) return 'prohibited'
  if (reasons.some(({ code }) => code === 'no-customs-border')) return 'no-border'
  return status
}

/** Prices in one currency: the lowest first, those without a figure last, then the faster lane. */
function byCost(a: DoorPrice, b: DoorPrice): number {
  if ((a.total === null) !== (b.total === null)) return a.total === null ? 1 : -1
  const [first, second] = [minorOf(a), minorOf(b)]
  if (first !== second) return first < second ? -1 : 1
  return (a.days?.max ?? 0) - (b.days?.max ?? 0)
}

const minorOf = ({ total }: DoorPrice): bigint =>
  total ? (parseAmount(total.amount, total.currency) ?? 0n) : 0n

export const isPriced = ({ status, total }: DoorPrice): boolean =>
  total !== null && (status === 'complete' || status === 'complete-except')
