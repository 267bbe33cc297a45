import { compare, multiply, subtract, add, divide, zero, type Ratio } from '../../basis/ratio.ts'
import type { Rate, Window } from './rate.ts'
import { baseUnit } from './units.ts'

/** What a rate may ask of a line; amounts are exact minor units of the territory's currency. */
export type RateFacts = {
  /** The basis in minor units. */
  readonly basis: bigint
  /** The line's quantity in the base unit of a dimension (KGM, LTR, C62 …), or a per cent. */
  quantity(base: string): Ratio | undefined
  /** Minor units of the territory for one major unit of a currency; undefined: no exchange rate. */
  minorPerMajor(currency: string): Ratio | undefined
  /** An amount among the line's facts, in minor units. */
  amountFact(name: string): Ratio | undefined
  /** The ordinary duty of the line, for `topup`. */
  readonly ordinaryDuty: bigint
  /** MMDD of the day. */
  readonly monthDay: string
  holdsProof(name: string): boolean
}

/** What stands in the way of a figure. */
export type Missing =
  | { readonly missing: 'quantity'; readonly unit: string }
  | { readonly missing: 'amount'; readonly fact: string }
  | { readonly missing: 'exchange-rate'; readonly currency: string }
  | { readonly missing: 'season' }

export const isMissing = (value: Ratio | Missing): value is Missing => 'missing' in value

/** Works a rate out exactly; the caller rounds. */
export function evaluateRate(rate: Rate, facts: RateFacts): Ratio | Missing {
  switch (rate.op) {
    case 'ad-valorem': {
      if (rate.fact === undefined) return { n: facts.basis * rate.rate.n, d: rate.rate.d }
      const amount = facts.amountFact(rate.fact)
      return amount ? multiply(amount, rate.rate) : { missing: 'amount', fact: rate.fact }
    }
    case 'specific':
      return evaluateSpecific(rate, facts)
    case 'sum':
      return combine(rate.of, facts, add)
    case 'max':
      return combine(rate.of, facts, (a, b) => (compare(b, a) > 0 ? b : a))
    case 'min':
      return combine(rate.of, facts, (a, b) => (compare(b, a) < 0 ? b : a))
    case 'topup': {
      const target = { n: facts.basis * rate.rate.n, d: rate.rate.d }
      const lift = subtract(target, { n: facts.ordinaryDuty, d: 1n })
      return lift.n > 0n ? lift : zero
    }
    case 'season': {
      const window = rate.windows.find((each) => holds(each, facts.monthDay))
      return window ? evaluateRate(window.rate, facts) : { missing: 'season' }
    }
    case 'quota':
      return evaluateRate(facts.holdsProof('quota') ? rate.within : rate.beyond, facts)
  }
}

function evaluateSpecific(
  rate: Extract<Rate, { op: 'specific' }>,
  facts: RateFacts,
): Ratio | Missing {
  const minorPerMajor = facts.minorPerMajor(rate.currency)
  if (!minorPerMajor) return { missing: 'exchange-rate', currency: rate.currency }
  let amount = multiply(rate.amount, minorPerMajor)
  for (const { quantity, unit } of rate.per) {
    const { base, factor } = baseUnit(unit)
    const held = facts.quantity(base)
    if (!held) return { missing: 'quantity', unit }
    amount = divide(multiply(amount, held), multiply(quantity, factor))
  }
  return amount
}

function combine(
  rates: readonly Rate[],
  facts: RateFacts,
  join: (a: Ratio, b: Ratio) => Ratio,
): Ratio | Missing {
  let joined: Ratio | undefined
  for (const rate of rates) {
    const amount = evaluateRate(rate, facts)
    if (isMissing(amount)) return amount
    joined = joined ? join(joined, amount) : amount
  }
  return joined ?? zero
}

/** Whether MM-DD lies in the window; a window may run over the end of the year. */
function holds({ from, to }: Window, monthDay: string): boolean {
  return from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to
}
