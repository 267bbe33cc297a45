// Step 4 of the order of work: what a line owes as duty and as trade remedies under one route.
import { roundQuotient, roundToStep } from '../../basis/rounding.ts'
import { multiply, ratio, type Ratio } from '../../basis/ratio.ts'
import type { CompiledAgreement, CompiledMeasure, RuleRef, RoundingRule } from '../rules/compile.ts'
import { evaluateRate, isMissing } from '../rules/evaluate-rate.ts'
import type { CellRead } from '../rules/line-law.ts'
import type { Rate } from '../rules/rate.ts'
import type { Charge, Reason } from './charge.ts'
import { nothing, rateFacts, reasonFor, reliefOf, type LineResult, type Route } from './route.ts'

/** MFN duty has no record of its own: the schedule's line is its rule. */
const mfnRef: RuleRef = { id: 'mfn', name: 'MFN duty' }

export function assessDuty(route: Route, line: LineResult): void {
  const base = route.tariff.rounding('duty-base')
  if (base.step !== 1n && base.level === 'line')
    line.dutyBasis = roundToStep(ratio(line.state.customsValue), base.step, base.mode)
  const { treatment } = line
  if (treatment.duty === 'none' && !treatment.flat) {
    line.charges.push(nothing('duty', route.regime.ref, 'none'))
  } else {
    const relief = reliefOf(route, line.state, 'duty')
    if (relief) line.charges.push(nothing('duty', relief.ref, 'relief'))
    else if (treatment.flat) chargeFlat(route, line)
    else if (treatment.duty === 'tariff') chargeTariff(route, line)
    else if (treatment.duty !== 'none')
      chargeDuty(route, line, { ref: route.regime.ref, ...treatment.duty })
  }
  assessRemedies(route, line)
}

type Candidate = {
  readonly ref: RuleRef
  readonly text: string
  readonly rate: Rate
  readonly agreement?: CompiledAgreement
  readonly missingProof?: boolean
  readonly quota?: boolean
}
type Worked = Candidate & { readonly exact: Ratio; readonly amount: bigint }

/** An exact amount of a rate on the line's duty basis, or why there is none. */
function workOut(route: Route, line: LineResult, rate: Rate): Ratio | Reason {
  if (rate.op === 'ad-valorem' && rate.fact === undefined)
    return { n: line.dutyBasis * rate.rate.n, d: rate.rate.d }
  const exact = evaluateRate(rate, rateFacts(route, line, line.dutyBasis))
  return isMissing(exact) ? reasonFor(exact) : exact
}

const isReason = (value: Ratio | Reason): value is Reason => 'code' in value

/** Rounds a charge on a line: a stage that rounds the consignment leaves the line at one minor unit. */
export function roundLine(exact: Ratio, { step, mode, level }: RoundingRule): bigint {
  return level === 'consignment' || step === 1n
    ? roundQuotient(exact.n, exact.d, mode)
    : roundToStep(exact, step, mode)
}

function chargeDuty(route: Route, line: LineResult, candidate: Candidate): void {
  const exact = workOut(route, line, candidate.rate)
  if (isReason(exact)) return undecide(line, exact)
  const rounding = route.tariff.rounding('duty')
  addDuty(line, { ...candidate, exact, amount: roundLine(exact, rounding) }, rounding)
}

function addDuty(line: LineResult, worked: Worked, rounding: RoundingRule): void {
  line.charges.push({
    kind: 'duty',
    rule: worked.ref,
    basis: line.dutyBasis,
    rate: worked.text,
    n: worked.exact.n,
    d: worked.exact.d,
    amount: worked.amount,
    rounding,
    collected: 'border',
  })
  line.ordinaryDuty = worked.amount
  if (line.duty !== undefined) line.duty += worked.amount
}

function undecide(line: LineResult, reason: Reason): void {
  line.duty = undefined
  if (!line.reasons.some(({ code }) => code === reason.code)) line.reasons.push(reason)
}

/** The lowest of MFN, suspensions and the preferences that count; MFN zero ends the search. */
function chargeTariff(route: Route, line: LineResult): void {
  line.readsTariff = true
  const { law } = line.state
  if (law.lookup !== 'found') return undecide(line, { code: law.lookup, status: 'cannot-decide' })
  const mfn = readCell(law.mfn, line)
  if ('code' in mfn) return undecide(line, mfn)
  const ordinary: Candidate = { ...mfn, ref: mfnReference(line, law.mfn) }
  const exact = workOut(route, line, ordinary.rate)
  const rounding = route.tariff.rounding('duty')
  if (!isReason(exact) && exact.n === 0n) {
    line.tariffDutyIsZero = true
    return addDuty(line, { ...ordinary, exact, amount: 0n }, rounding)
  }
  let missing: Reason | undefined = isReason(exact) ? exact : undefined
  let best: Worked | undefined = isReason(exact)
    ? undefined
    : { ...ordinary, exact, amount: roundLine(exact, rounding) }
  for (const candidate of lowerRates(route, line)) {
    if ('code' in candidate) return undecide(line, candidate)
    const worked = workOut(route, line, candidate.rate)
    if (isReason(worked)) {
      if (!candidate.missingProof) missing ??= worked
      continue
    }
    const amount = roundLine(worked, rounding)
    if (worked.n === 0n) missing = undefined
    if (!best || amount < best.amount) best = { ...candidate, exact: worked, amount }
    if (worked.n === 0n) break
  }
  if (missing || !best)
    return undecide(line, missing ?? { code: 'no-rate', status: 'cannot-decide' })
  line.tariffDutyIsZero = best.exact.n === 0n
  if (best.agreement) line.preference = best.agreement
  if (best.missingProof && best.agreement)
    route.needs.push({ line: line.state.line.id, agreement: best.agreement })
  if (best.missingProof && best.quota)
    route.needs.push({ line: line.state.line.id, quota: best.ref })
  addDuty(line, best, rounding)
}

function mfnReference(line: LineResult, read: CellRead): RuleRef {
  const { mfnRule, scheduleCitation } = line.state.law
  const sighting = read.agrees ? read.sighting : undefined
  return {
    ...(mfnRule ?? mfnRef),
    ...(scheduleCitation ? { citation: scheduleCitation } : {}),
    ...(sighting ? { sighting } : {}),
  }
}

function readCell(read: CellRead, line: LineResult): { text: string; rate: Rate } | Reason {
  if (!read.agrees) return whichLine(line)
  if (!read.cell) return { code: 'no-rate', status: 'cannot-decide' }
  if ('unknown' in read.cell)
    return { code: 'not-in-grammar', status: 'cannot-decide', facts: { text: read.cell.unknown } }
  return { text: read.cell.text, rate: read.cell.rate }
}

const whichLine = (line: LineResult): Reason => ({
  code: 'which-line',
  status: 'needs-facts',
  facts: { options: line.state.law.options },
})

/** Suspensions and quotas, then preferences: held ones, and in the other variant those that lack only a proof. */
function* lowerRates(route: Route, line: LineResult): Generator<Candidate | Reason> {
  const { law, line: declared } = line.state
  for (const measure of law.measures) {
    const { kind } = measure.record
    if (kind !== 'suspension' && kind !== 'quota') continue
    if (!measure.rate || !applies(route, line, measure)) continue
    const missingProof = kind === 'quota' && !declared.proofs.has('quota')
    if (missingProof && !offer(route)) continue
    yield { ref: measure.ref, ...measure.rate, missingProof, quota: kind === 'quota' }
  }
  for (const { agreement, read, rate } of law.preferences) {
    if (agreement.lines.rest && !agreement.lines.rest(line.state, route.state)) continue
    const holds = isHeld(route, line, agreement)
    if (rate) {
      if (!holds && !offer(route)) continue
      yield { ref: agreement.ref, ...rate, agreement, missingProof: !holds }
      continue
    }
    if (read.agrees && !read.cell) continue
    if (!holds && (!read.agrees || (read.cell && 'unknown' in read.cell))) continue
    if (!holds && !offer(route)) continue
    const cell = readCell(read, line)
    if ('code' in cell) yield cell
    else {
      const sighting = read.agrees ? (read.sighting ?? agreement.ref.sighting) : undefined
      yield {
        ref: sighting ? { ...agreement.ref, sighting } : agreement.ref,
        ...cell,
        agreement,
        missingProof: !holds,
      }
    }
  }
}

/** In variant (a) a rate that lacks a proof is only noted, so that variant (b) is worked out. */
function offer(route: Route): boolean {
  if (!route.obtainable) route.couldUseMore = true
  return route.obtainable
}

function isHeld(route: Route, line: LineResult, agreement: CompiledAgreement): boolean {
  const { proofs } = line.state.line
  return (
    agreement.record.proofs.length === 0 ||
    agreement.record.proofs.some((set) => set.every((proof) => proofs.has(proof))) ||
    (agreement.waiver?.(route.state, route.held) ?? false)
  )
}

function applies(route: Route, line: LineResult, { when, lines }: CompiledMeasure): boolean {
  return (
    (!when || when(route.state, route.held)) && (!lines.rest || lines.rest(line.state, route.state))
  )
}

/** Once for each distinct subheading, line, unit or consignment; the first line that has it bears it. */
function chargeFlat(route: Route, line: LineResult): void {
  const flat = line.treatment.flat as NonNullable<typeof line.treatment.flat>
  if (!flat.minor)
    return undecide(line, {
      code: 'no-exchange-rate',
      status: 'cannot-decide',
      facts: { currency: flat.text.slice(-3) },
    })
  const earlier = route.lines
    .slice(0, line.state.index)
    .filter(
      (other) =>
        other.treatment.flat?.per === flat.per &&
        !other.state.law.conditionsDiffer &&
        !reliefOf(route, other.state, 'duty'),
    )
  const six = line.state.law.digits.slice(0, 6)
  if (flat.per === 'consignment' && earlier.length > 0) return
  if (
    flat.per === 'subheading' &&
    earlier.some((other) => other.state.law.digits.slice(0, 6) === six)
  )
    return
  const exact = flat.per === 'unit' ? multiply(flat.minor, line.state.line.quantity) : flat.minor
  const rounding = route.tariff.rounding('duty')
  addDuty(
    line,
    {
      ref: route.regime.ref,
      text: flat.text,
      rate: { op: 'sum', of: [] },
      exact,
      amount: roundLine(exact, rounding),
    },
    rounding,
  )
}

const isRemedy = ({ record }: CompiledMeasure): boolean =>
  record.kind !== 'suspension' && record.kind !== 'quota'

function assessRemedies(route: Route, line: LineResult): void {
  const { treatment, state } = line
  if (treatment.remedy === 'not-read') return
  const holding = state.law.measures.filter(
    (measure) => isRemedy(measure) && applies(route, line, measure),
  )
  const counting = holding.filter(
    ({ record }) =>
      record.unless_proof === undefined || !state.line.proofs.has(record.unless_proof),
  )
  const ids = new Set(counting.map(({ ref }) => ref.id))
  const charged = counting.filter(({ record }) => !record.not_with?.some((id) => ids.has(id)))
  const relief = reliefOf(route, state, 'remedy')
  for (const { ref, rate, record } of charged) {
    if (treatment.remedy === 'none') line.charges.push(nothing('remedy', route.regime.ref, 'none'))
    else if (relief) line.charges.push(nothing('remedy', relief.ref, 'relief'))
    else if (record.flagged || !rate)
      undecide(line, {
        code: 'measure-without-rate',
        status: 'cannot-decide',
        facts: { measure: ref.id },
      })
    else chargeRemedy(route, line, ref, rate)
  }
  if (treatment.remedy === 'tariff' && !relief) checkRemedies(route, line, holding)
}

function chargeRemedy(
  route: Route,
  line: LineResult,
  ref: RuleRef,
  { text, rate }: { text: string; rate: Rate },
): void {
  // A top-up rests on the ordinary duty: without one there is nothing to lift.
  if (rate.op === 'topup' && line.duty === undefined) return
  const exact = workOut(route, line, rate)
  if (isReason(exact)) return undecide(line, exact)
  const rounding = route.tariff.rounding('duty')
  const amount = roundLine(exact, rounding)
  const charge: Charge = {
    kind: 'remedy',
    rule: ref,
    basis: line.dutyBasis,
    rate: text,
    n: exact.n,
    d: exact.d,
    amount,
    rounding,
    collected: 'border',
  }
  line.charges.push(charge)
  if (line.duty !== undefined) line.duty += amount
}

/** A remedy that may apply and is not known must never pass as none. */
function checkRemedies(route: Route, line: LineResult, holding: readonly CompiledMeasure[]): void {
  const { law } = line.state
  const possible = law.possibleMeasures.some(
    (measure) => isRemedy(measure) && applies(route, line, measure),
  )
  if (possible || law.measuresDiffer) return undecide(line, whichLine(line))
  if (!line.readsTariff || holding.length > 0 || law.covered.has('trade-remedy')) return
  if (law.remedyFlag === 'differs') undecide(line, whichLine(line))
  if (law.remedyFlag === 'yes') undecide(line, { code: 'remedy-unknown', status: 'cannot-decide' })
}
