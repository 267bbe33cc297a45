import { convertExactly, digitsOf } from './exchange.ts'
import { divide, fraction, multiply, read, toWhole, total } from './fraction.ts'
import type { Fraction, RoundingMode } from './fraction.ts'
import { Undecided } from './rates.ts'
import { quantityOf } from './quantities.ts'
import type { Asked } from './rates.ts'
import type { FoundLine } from './schedules.ts'
import type * as T from './types.ts'
import { inForce } from './versions.ts'

/** The consignment on the desk: what all steps of the order of work read. */
export interface Work {
  rules: T.TwinRules
  law: T.Law
  inForce: LawInForce
  on: string
  currency: string
  basket: T.Basket
  lines: Line[]
  /** Registrations that count as held: stated ones and presumed ones. */
  schemes: string[]
  /** Why the answer as a whole does not stand. */
  reasons: Set<string>
  /** Prices, freight or insurance were converted at a rate as last seen. */
  convertedNotFirm: boolean
}

/** Money here is in minor units of the destination's currency. */
export interface Line {
  asked: T.BasketLine
  found: FoundLine
  /** What conditions on codes read: a code for each schedule line in question. */
  digits: string[]
  price: bigint
  freight: bigint
  insurance: bigint
  customsValue: bigint
}

/** The six digits, of the schedule line found where the basket's code has fewer. */
export function subheadingOf({ found, digits }: Line): string {
  const six = new Set(digits.map((each) => each.slice(0, 6)))
  return six.size === 1 ? [...six][0]! : found.code.slice(0, 6)
}

export type LawInForce = ReturnType<typeof lawInForce>

export function lawInForce(law: T.Law, on: string) {
  return {
    valuation: inForce(law.valuation, on),
    exchange: inForce(law.exchange, on),
    exceptions: inForce(law.mfn_exceptions, on),
    covers: inForce(law.covers, on),
    regimes: inForce(law.regimes, on),
    reliefs: inForce(law.reliefs, on),
    waivers: inForce(law.waivers, on),
    taxes: inForce(law.taxes, on),
    fees: inForce(law.fees, on),
    agreements: inForce(law.agreements, on),
    measures: inForce(law.measures, on),
    rounding: inForce(law.rounding, on),
  }
}

export function limitInMinor(
  work: Work,
  { amount, currency }: { amount: Fraction; currency: string },
): Fraction {
  const { rules, on } = work
  const [exchange] = work.inForce.exchange
  return convertExactly(rules, exchange, on, amount, currency, work.currency).minor
}

/** The rounding of a stage: the first record in force that fits, else a minor unit, half-up. */
export function roundingOf(work: Work, stage: T.Stage, tax?: string): RoundingInForce {
  const found = work.inForce.rounding.find(
    ({ record }) =>
      record.stage === stage &&
      (record.applies === undefined || (tax !== undefined && record.applies.includes(tax))),
  )
  const unit = fraction(1n)
  if (!found) return { id: 'default', unit, mode: 'half-up', level: 'line' }
  const { id, mode, level = 'line' } = found.record
  const minorUnits = fraction(10n ** BigInt(digitsOf(work.currency)))
  return { id, unit: multiply(read(String(found.record.unit)), minorUnits), mode, level }
}

export interface RoundingInForce {
  id: string
  unit: Fraction
  mode: RoundingMode
  level: 'line' | 'consignment'
}

/** Cut to the rounding's unit. */
export function rounded({ unit, mode }: RoundingInForce, exact: Fraction): bigint {
  const units = fraction(toWhole(divide(exact, unit), mode))
  return toWhole(multiply(units, unit), 'half-up')
}

/** With level consignment a line is only rounded to one minor unit. */
export function roundedForLine(rounding: RoundingInForce, exact: Fraction): bigint {
  if (rounding.level === 'line') return rounded(rounding, exact)
  return toWhole(exact, rounding.mode)
}

/** Parts in proportion to weights that re-add: largest remainder, ties to the earlier. */
export function apportion(amount: bigint, weights: bigint[]): bigint[] {
  const all = weights.reduce((a, b) => a + b, 0n)
  if (all === 0n) return weights.map((_, index) => (index === 0 ? amount : 0n))
  const parts = weights.map((weight) => (amount * weight) / all)
  const rests = weights.map((weight) => (amount * weight) % all)
  let left = amount - parts.reduce((a, b) => a + b, 0n)
  while (left > 0n) {
    const largest = rests.indexOf(rests.reduce((a, b) => (b > a ? b : a)))
    parts[largest]! += 1n
    rests[largest] = -1n
    left -= 1n
  }
  return parts
}

/** What a rate may ask of lines taken together; of a single line in the common case. */
export function askOf(
  work: Work,
  lines: Line[],
  basis: Fraction,
  onNotFirm: () => void,
  ordinaryDuty?: Fraction,
): Asked {
  const convert = (amount: Fraction, currency: string) => {
    const [exchange] = work.inForce.exchange
    const into = work.currency
    const { minor, firm } = convertExactly(work.rules, exchange, work.on, amount, currency, into)
    if (!firm) onNotFirm()
    return minor
  }
  const sum = (of: (line: Line) => Fraction) => total(lines.map(of))
  return {
    on: work.on,
    basis,
    ...(ordinaryDuty && { ordinaryDuty }),
    holdsQuotaProof: lines.every(({ asked }) => asked.proofs?.includes('quota') ?? false),
    quantityOf: (units) =>
      sum((line) => units.map((unit) => quantityOf(line.asked, unit)).reduce(multiply)),
    factAmount: (name) =>
      sum(({ asked }) => {
        const fact = asked.facts?.[name]
        if (typeof fact !== 'string') throw new Undecided('missing-fact')
        return convert(read(fact), asked.unitPrice.currency)
      }),
    convert,
  }
}
