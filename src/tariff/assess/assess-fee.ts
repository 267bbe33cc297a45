// Fees of handling and processing: on lines or on the consignment, before the taxes when they are part of a tax base.
import { apportion, roundToStep } from '../../basis/rounding.ts'
import { multiply, type Ratio } from '../../basis/ratio.ts'
import type { CompiledFee } from '../rules/law.ts'
import { evaluateRate, isMissing } from '../rules/evaluate-rate.ts'
import { charged, nothing, wholeConsignment, type Charge } from './charge.ts'
import { addReason, rateFacts, reasonFor, reliefOf, type LineResult, type Route } from './route.ts'

export function assessFees(route: Route, inTaxBase: boolean): void {
  for (const fee of route.tariff.fees) {
    if (fee.inTaxBase !== inTaxBase || !fee.inRegime[route.regime.index]) continue
    if (fee.when && !fee.when(route.state, route.held)) continue
    const lines: LineResult[] = []
    for (const line of route.lines)
      if (
        !line.state.linesDiffer &&
        line.state.law.rules.fees.includes(fee) &&
        (!fee.lines.rest || fee.lines.rest(line.state, route.state))
      )
        lines.push(line)
    if (lines.length === 0) continue
    if (fee.per === 'consignment') chargeConsignment(route, fee, lines)
    else chargeLines(route, fee, lines)
  }
}

function chargeConsignment(route: Route, fee: CompiledFee, lines: readonly LineResult[]): void {
  const remaining = lines.filter(({ treatment }) => treatment.fees === 'tariff')
  if (remaining.length === 0) return
  const reliefs = lines.map((line) => reliefOf(route, line.state, 'fee'))
  if (reliefs.every(Boolean)) {
    route.charges.push(
      nothing(
        wholeConsignment,
        'fee',
        (reliefs[0] as NonNullable<(typeof reliefs)[0]>).ref,
        'relief',
      ),
    )
    return
  }
  const base = remaining.reduce((sum, line) => sum + feeBase(fee, line), 0n)
  const exact = evaluateFee(route, fee, base, remaining)
  if (!exact) return
  const charge = chargeOf(route, fee, wholeConsignment, base, exact)
  route.charges.push(charge)
  if (!fee.inTaxBase) return
  const parts = apportion(
    charge.amount,
    route.lines.map(({ state }) => state.price),
  )
  for (const line of route.lines) line.feesInBase += parts[line.state.index] as bigint
}

function chargeLines(route: Route, fee: CompiledFee, lines: readonly LineResult[]): void {
  const seen = new Set<string>()
  for (const line of lines) {
    if (line.treatment.fees === 'none') {
      route.charges.push(nothing(line.state.index, 'fee', route.regime.ref, 'none'))
      continue
    }
    const relief = reliefOf(route, line.state, 'fee')
    if (relief) {
      route.charges.push(nothing(line.state.index, 'fee', relief.ref, 'relief'))
      continue
    }
    const six = line.state.law.subheading
    if (fee.per === 'subheading' && seen.has(six)) continue
    seen.add(six)
    const base = feeBase(fee, line)
    const single = evaluateFee(route, fee, base, [line], line)
    if (!single) continue
    const exact = fee.per === 'unit' ? multiply(single, line.state.line.quantity) : single
    const charge = chargeOf(route, fee, line.state.index, base, exact)
    route.charges.push(charge)
    if (fee.inTaxBase) line.feesInBase += charge.amount
  }
}

function feeBase({ base }: CompiledFee, { state }: LineResult): bigint {
  let sum = 0n
  for (const part of base)
    sum +=
      part === 'price'
        ? state.price
        : part === 'freight'
          ? state.freight
          : part === 'insurance'
            ? state.insurance
            : part === 'cif'
              ? state.price + state.freight + state.insurance
              : state.customsValue
  return sum
}

function evaluateFee(
  route: Route,
  fee: CompiledFee,
  base: bigint,
  lines: readonly LineResult[],
  line?: LineResult,
): Ratio | undefined {
  const { plain, rate } = fee.rate
  if (plain) return { n: base * plain.n, d: plain.d }
  const worked = evaluateRate(rate, rateFacts(route, lines, base))
  if (!isMissing(worked)) return worked
  if (line) addReason(line, reasonFor(worked))
  else route.reasons.push(reasonFor(worked))
  return undefined
}

function chargeOf(
  route: Route,
  fee: CompiledFee,
  line: number,
  base: bigint,
  exact: Ratio,
): Charge {
  const rounding = route.tariff.rounding.fee
  const amount = roundToStep(exact, rounding.step, rounding.mode)
  const { collected } = fee
  return charged(
    line,
    'fee',
    fee.ref,
    base,
    fee.rate.text,
    exact,
    amount,
    rounding,
    undefined,
    collected,
  )
}
