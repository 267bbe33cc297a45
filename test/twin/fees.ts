import { basketConditionHolds, lineConditionHolds } from './conditions.ts'
import { fraction, multiply, read } from './fraction.ts'
import { Undecided, amountOf, parseRate } from './rates.ts'
import type { Charge, Route, RouteLine } from './route.ts'
import { isOfRegime, reliefOf, treatmentOf } from './treatment.ts'
import type { Fee } from './types.ts'
import type { Holding } from './versions.ts'
import { apportion, askOf, rounded, roundingOf, subheadingOf } from './work.ts'
import type { Line, Work } from './work.ts'

/** Section 7, fees.yaml. Those in the tax base are worked out before taxes, the others after. */
export function workOutFees(work: Work, route: Route, inTaxBase: boolean): void {
  for (const fee of work.inForce.fees) {
    const { record } = fee
    if ((record.in_tax_base ?? false) !== inTaxBase || !isOfRegime(record, route)) continue
    if (!basketConditionHolds(work, record.when, route.schemes)) continue
    const matching = route.lines.filter(({ line }) => lineConditionHolds(work, record.lines, line))
    if (record.per === 'consignment') workOutFeeOfConsignment(work, route, fee, matching)
    else workOutFeeOfLines(work, route, fee, matching)
  }
}

function workOutFeeOfConsignment(
  work: Work,
  route: Route,
  { record: fee, firm }: Holding<Fee>,
  matching: RouteLine[],
): void {
  const remaining = matching.filter(({ line }) => !isNone(work, route, line))
  if (remaining.length === 0) return
  const relief = reliefOfAll(work, route)
  if (relief) {
    route.charges.push(chargeOf(relief.record.id, 0n, relief.firm))
    return
  }
  try {
    let converted = true
    const amount = amountOfFee(work, fee, remaining, 1n, () => (converted = false))
    route.charges.push(chargeOf(fee.id, amount, firm && converted))
    if (!fee.in_tax_base) return
    const parts = apportion(
      amount,
      work.lines.map(({ price }) => price),
    )
    for (const [index, part] of parts.entries()) route.lines[index]!.feesInBase += part
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    route.reasons.add(error.code)
    if (fee.in_tax_base) for (const { unknown } of route.lines) unknown.add('fees')
  }
}

/** The first relief of fees whose `lines` hold for every line. */
function reliefOfAll(work: Work, route: Route) {
  const [first] = work.lines
  return work.inForce.reliefs.find(
    (each) =>
      each.record.relieves.includes('fee') &&
      isOfRegime(each.record, route) &&
      basketConditionHolds(work, each.record.when, route.schemes) &&
      first !== undefined &&
      work.lines.every((line) => lineConditionHolds(work, each.record.lines, line)),
  )
}

function workOutFeeOfLines(
  work: Work,
  route: Route,
  { record: fee, firm }: Holding<Fee>,
  matching: RouteLine[],
): void {
  const seen = new Set<string>()
  for (const each of matching) {
    if (each.blank) continue
    const relief = reliefOf(work, route, each.line, 'fee')
    if (isNone(work, route, each.line)) {
      each.charges.push(chargeOf(route.regime.record.id, 0n, true))
    } else if (relief) {
      each.charges.push(chargeOf(relief.record.id, 0n, relief.firm))
    } else {
      const six = subheadingOf(each.line)
      if (fee.per === 'subheading' && seen.has(six)) continue
      seen.add(six)
      workOutFeeOfLine(work, each, fee, firm)
    }
  }
}

function workOutFeeOfLine(work: Work, each: RouteLine, fee: Fee, firm: boolean): void {
  try {
    const times = fee.per === 'unit' ? read(each.line.asked.quantity) : 1n
    let converted = true
    const amount = amountOfFee(work, fee, [each], times, () => (converted = false))
    each.charges.push(chargeOf(fee.id, amount, firm))
    each.notFirm ||= !converted
    if (fee.in_tax_base) each.feesInBase += amount
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    each.reasons.add(error.code)
    if (fee.in_tax_base) each.unknown.add('fees')
  }
}

function amountOfFee(
  work: Work,
  fee: Fee,
  lines: RouteLine[],
  times: bigint | ReturnType<typeof read>,
  onNotFirm: () => void,
): bigint {
  const bases = fee.base ?? ['customs-value']
  const basis = lines.flatMap(({ line }) => bases.map((base) => partOfBase(line, base)))
  const sum = fraction(basis.reduce((a, b) => a + b, 0n))
  const ask = askOf(
    work,
    lines.map(({ line }) => line),
    sum,
    onNotFirm,
  )
  const exact = amountOf(parseRate(String(fee.rate)), ask)
  const factor = typeof times === 'bigint' ? fraction(times) : times
  return rounded(roundingOf(work, 'fee'), multiply(exact, factor))
}

function partOfBase(line: Line, base: 'price' | 'customs-value' | 'cif'): bigint {
  if (base === 'price') return line.price
  if (base === 'customs-value') return line.customsValue
  return line.price + line.freight + line.insurance
}

function isNone(work: Work, { regime }: Route, line: Line): boolean {
  return treatmentOf(work, regime.record, line).fees === 'none'
}

function chargeOf(rule: string, amount: bigint, firm: boolean): Charge {
  return { kind: 'fee', rule, amount, counts: 'fees', firm }
}
