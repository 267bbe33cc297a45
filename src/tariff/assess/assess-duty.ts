// Step 4 of the order of work: what a line owes as duty under one route.
import { roundQuotient, roundToStep } from '../../basis/rounding.ts'
import { multiply, ratio, zero, type Ratio } from '../../basis/ratio.ts'
import type {
  CompiledAgreement,
  CompiledMeasure,
  RoundingRule,
  RuleRef,
  TextRate,
} from '../rules/law.ts'
import { evaluateRate, isMissing } from '../rules/evaluate-rate.ts'
import { dutyRate, type DutyRate } from '../rules/line-rates.ts'
import { assessRemedies } from './assess-remedy.ts'
import { charged, nothing, type Reason } from './charge.ts'
import { addReason, rateFacts, reasonFor, reliefOf, type LineResult, type Route } from './route.ts'

export function assessDuty(route: Route, line: LineResult): void {
  const base = route.tariff.rounding['duty-base']
  if (base.step !== 1n && base.level === 'line')
    line.dutyBasis = roundToStep(ratio(line.state.customsValue), base.step, base.mode)
  const { treatment } = line
  if (treatment.duty === 'none' && !treatment.flat) {
    route.charges.push(nothing(line.state.index, 'duty', route.regime.ref, 'none'))
  } else {
    const relief = reliefOf(route, line.state, 'duty')
    if (relief) route.charges.push(nothing(line.state.index, 'duty', relief.ref, 'relief'))
    else if (treatment.flat) chargeFlat(route, line)
    else if (treatment.duty === 'tariff') chargeTariff(route, line)
    else if (treatment.duty !== 'none') {
      chargeRate(route, line, route.regime.ref, treatment.duty)
    }
  }
  if (treatment.remedy !== 'not-read') assessRemedies(route, line)
}

/** An exact amount of a rate on the line's duty basis, or why there is none. */
export function workOut(
  route: Route,
  line: LineResult,
  { plain, rate }: Pick<TextRate, 'plain' | 'rate'>,
): Ratio | Reason {
  if (plain) return { n: line.dutyBasis * plain.n, d: plain.d }
  const exact = evaluateRate(rate, rateFacts(route, [line], line.dutyBasis))
  return isMissing(exact) ? reasonFor(exact) : exact
}

export const isReason = (value: object): value is Reason => 'code' in value

/** Rounds a charge on a line: a stage that rounds the consignment leaves the line at one minor unit. */
export function roundLine(exact: Ratio, { step, mode, level }: RoundingRule): bigint {
  return level === 'consignment' || step === 1n
    ? roundQuotient(exact.n, exact.d, mode)
    : roundToStep(exact, step, mode)
}

/** The duty of a line is not known: neither is any tax that is charged on it. */
export function undecide(line: LineResult, reason: Reason): void {
  line.duty = undefined
  addReason(line, reason)
}

/** Whether what is left of a measure's conditions, after code and origin, holds. */
export function applies(route: Route, line: LineResult, { when, lines }: CompiledMeasure): boolean {
  return (
    (!when || when(route.state, route.held)) && (!lines.rest || lines.rest(line.state, route.state))
  )
}

function chargeRate(route: Route, line: LineResult, ref: RuleRef, rate: TextRate): void {
  const exact = workOut(route, line, rate)
  if (isReason(exact)) return undecide(line, exact)
  addDuty(route, line, ref, rate.text, exact, roundLine(exact, route.tariff.rounding.duty))
}

function addDuty(
  route: Route,
  line: LineResult,
  ref: RuleRef,
  text: string,
  exact: Ratio,
  amount: bigint,
): void {
  const { duty } = route.tariff.rounding
  route.charges.push(
    charged(line.state.index, 'duty', ref, line.dutyBasis, text, exact, amount, duty),
  )
  line.ordinaryDuty = amount
  if (line.duty !== undefined) line.duty += amount
}

/** A lower rate than MFN that the line may claim; `lacksProof` in the variant of obtainable proofs. */
type Candidate = {
  readonly duty: DutyRate | Reason
  readonly agreement: CompiledAgreement | undefined
  readonly lacksProof: boolean
}

/**
 * The lowest of MFN, suspensions and the preferences that count. A rate that comes to 0 ends the search: it needs no
 * answer to what the others lack. Otherwise what any of them lacks keeps the line from being decided.
 */
function chargeTariff(route: Route, line: LineResult): void {
  line.readsTariff = true
  const { mfn } = line.state.law
  const rounding = route.tariff.rounding.duty
  const exact = isReason(mfn) ? mfn : workOut(route, line, mfn)
  // Where the tariff itself says nothing, no preference is known to be one.
  if (isReason(exact) && exact.status === 'cannot-decide') return undecide(line, exact)
  let lacking: Reason[] | undefined
  let best: DutyRate | undefined
  let chosen: Candidate | undefined
  let bestExact = zero
  let lowest = 0n
  if (isReason(exact)) lacking = [exact]
  else {
    best = mfn as DutyRate
    bestExact = exact
    lowest = roundLine(exact, rounding)
  }
  if (lacking || bestExact.n !== 0n)
    for (const candidate of lowerRates(route, line)) {
      const { duty, lacksProof } = candidate
      const worked = isReason(duty) ? duty : workOut(route, line, duty)
      if (isReason(worked)) {
        if (!lacksProof) lacking = [...(lacking ?? []), worked]
        continue
      }
      const amount = roundLine(worked, rounding)
      if (!best || amount < lowest) {
        best = duty as DutyRate
        chosen = candidate
        bestExact = worked
        lowest = amount
      }
      if (worked.n !== 0n) continue
      lacking = undefined
      break
    }
  if (lacking || !best) {
    for (const reason of lacking ?? []) undecide(line, reason)
    return
  }
  line.tariffDutyIsZero = bestExact.n === 0n
  if (chosen) {
    line.preference = chosen.agreement
    if (chosen.lacksProof && chosen.agreement)
      route.needs.push({ line: line.state.line.id, agreement: chosen.agreement })
  }
  addDuty(route, line, best.ref, best.text, bestExact, lowest)
}

/** Suspensions and quotas, then preferences: held ones, and in the other variant those that lack only a proof. */
function lowerRates(route: Route, line: LineResult): readonly Candidate[] {
  const { law } = line.state
  const { lowerings, possibleLowerings } = law.rules
  if (lowerings.length + possibleLowerings.length + law.preferences.length === 0)
    return noCandidates
  const found: Candidate[] = []
  const add = (duty: DutyRate | Reason): number =>
    found.push({ duty, agreement: undefined, lacksProof: false })
  for (const measure of lowerings)
    if (counts(route, line, measure) && !isLeftOut(route, line, measure))
      add(
        measure.flagged || !measure.rate
          ? withoutRate(measure.ref)
          : dutyRate(measure.ref, measure.rate),
      )
  for (const measure of possibleLowerings)
    if (counts(route, line, measure))
      add({ code: 'which-line', status: 'needs-facts', facts: { options: law.options } })
  for (const { agreement, duty } of law.preferences) {
    if (agreement.lines.rest && !agreement.lines.rest(line.state, route.state)) continue
    const lacksProof = !isHeld(route, line, agreement)
    if (lacksProof && (isReason(duty) || !offer(route))) continue
    found.push({ duty, agreement, lacksProof })
  }
  return found
}

/** Room in a quota is not a paper that a seller can get: it counts only where it is held. */
function counts(route: Route, line: LineResult, measure: CompiledMeasure): boolean {
  const { proofs } = line.state.line
  if (measure.kind === 'quota' && !proofs.has('quota')) return false
  return applies(route, line, measure) && !isUnless(measure, line)
}

/** Another measure that applies takes this one's place. */
function isLeftOut(route: Route, line: LineResult, { notWith }: CompiledMeasure): boolean {
  if (notWith.length === 0) return false
  const { lowerings, remedies } = line.state.law.rules
  return [...lowerings, ...remedies].some(
    (other) => notWith.includes(other.ref.id) && counts(route, line, other),
  )
}

export const withoutRate = ({ id, name }: RuleRef): Reason => ({
  code: 'measure-without-rate',
  status: 'cannot-decide',
  facts: { measure: id, name },
})

/** The line holds the proof that keeps the measure away. */
export const isUnless = ({ unlessProof }: CompiledMeasure, { state }: LineResult): boolean =>
  unlessProof !== undefined && state.line.proofs.has(unlessProof)

const noCandidates: readonly Candidate[] = []

/** In variant (a) a rate that lacks a proof is only noted, so that variant (b) is worked out. */
function offer(route: Route): boolean {
  if (!route.obtainable) route.couldUseMore = true
  return route.obtainable
}

function isHeld(route: Route, line: LineResult, agreement: CompiledAgreement): boolean {
  const { proofs } = line.state.line
  const sets = agreement.proofs
  return (
    sets.length === 0 ||
    (proofs.size > 0 && sets.some((set) => set.every((proof) => proofs.has(proof)))) ||
    (agreement.waiver?.(route.state, route.held) ?? false)
  )
}

/** Once for each distinct subheading, line, unit or consignment; the first line that has it bears it. */
function chargeFlat(route: Route, line: LineResult): void {
  const flat = line.treatment.flat as NonNullable<typeof line.treatment.flat>
  if (!flat.minor) {
    const currency = flat.text.slice(-3)
    return undecide(line, {
      code: 'no-exchange-rate',
      status: 'cannot-decide',
      facts: { currency },
    })
  }
  const earlier = route.lines
    .slice(0, line.state.index)
    .filter(
      (other) =>
        other.treatment.flat?.per === flat.per &&
        !other.state.linesDiffer &&
        !reliefOf(route, other.state, 'duty'),
    )
  const six = line.state.law.subheading
  const borne =
    flat.per === 'consignment'
      ? earlier.length > 0
      : flat.per === 'subheading' && earlier.some((other) => other.state.law.subheading === six)
  if (borne) return
  const exact = flat.per === 'unit' ? multiply(flat.minor, line.state.line.quantity) : flat.minor
  const amount = roundLine(exact, route.tariff.rounding.duty)
  addDuty(route, line, route.regime.ref, flat.text, exact, amount)
}
