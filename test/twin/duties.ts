import { isAmong, linesDisagreeOn, lineConditionHolds, valueHolds } from './conditions.ts'
import { fraction, multiply, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { readLimit } from './exchange.ts'
import { leftOut, measureApplies, workOutRemedies } from './measures.ts'
import { Undecided, amountOf, parseRate } from './rates.ts'
import { startLine } from './route.ts'
import type { Route, RouteLine } from './route.ts'
import { cellOf, isCellFirm } from './schedules.ts'
import { dutyTreatment, reliefOf, treatmentOf } from './treatment.ts'
import type { Agreement, Treatment } from './types.ts'
import { isWithin } from './versions.ts'
import type { Holding } from './versions.ts'
import { askOf, rounded, roundedForLine, roundingOf, subheadingOf } from './work.ts'
import type { Work } from './work.ts'

/** Section 7, order of work, step 4: duty and then remedies of each line. */
export function workOutDuties(work: Work, route: Route): void {
  for (const each of route.lines) {
    if (!each.blank) {
      workOutDutyOfLine(work, route, each)
      continue
    }
    // Coverage asks of such a line, too, whether its duty comes to 0 (R19); its charges are not kept.
    const aside = startLine(each.line, true)
    workOutDutyOfLine(work, { ...route, needs: [] }, aside)
    each.dutyIsZero = aside.dutyIsZero
  }
  roundDutyOfConsignment(work, route)
}

function workOutDutyOfLine(work: Work, route: Route, each: RouteLine): void {
  const regime = route.regime.record
  const treatment = treatmentOf(work, regime, each.line)
  const how = dutyTreatment(treatment)
  const relief = how === 'none' ? undefined : reliefOf(work, route, each.line, 'duty')
  let ordinaryDuty: bigint | undefined = 0n
  if (how === 'none') {
    charge(each, regime.id, 0n, true)
  } else if (relief) {
    charge(each, relief.record.id, 0n, relief.firm)
  } else {
    try {
      ordinaryDuty =
        how === 'tariff'
          ? tariffDuty(work, route, each)
          : regimeDuty(work, route, each, treatment, how)
    } catch (error) {
      ordinaryDuty = undefined
      doubt(each, error)
    }
  }
  const underTariff = how === 'tariff' && !relief
  workOutRemedies(work, route, each, { treatment, ordinaryDuty, underTariff })
}

/** A flat duty, or a rate of the regime's own, on the customs value. */
function regimeDuty(
  work: Work,
  route: Route,
  each: RouteLine,
  treatment: Treatment,
  how: 'flat' | 'rate',
): bigint {
  const rounding = roundingOf(work, 'duty')
  const { id } = route.regime.record
  let converted = true
  const ask = askOf(work, [each.line], dutyBasis(work, each), () => (converted = false))
  if (how === 'rate') {
    const exact = amountOf(parseRate(String(treatment.duty)), ask)
    each.notFirm ||= !converted
    return charge(each, id, roundedForLine(rounding, exact), true)
  }
  const flat = treatment.flat!
  const times = timesOfFlat(work, route, each, flat.per)
  if (times === undefined) return 0n
  const { amount, currency } = readLimit(flat.amount)
  const exact = multiply(ask.convert(amount, currency), times)
  each.notFirm ||= !converted
  return charge(each, id, roundedForLine(rounding, exact), true)
}

/** How often the line bears a flat duty; undefined when an earlier line bears it. */
function timesOfFlat(work: Work, route: Route, each: RouteLine, per: string): Fraction | undefined {
  if (per === 'unit') return read(each.line.asked.quantity)
  if (per === 'line') return fraction(1n)
  const own = treatmentOf(work, route.regime.record, each.line)
  const bearers = route.lines.filter(
    ({ line, blank }) =>
      !blank &&
      treatmentOf(work, route.regime.record, line) === own &&
      !reliefOf(work, route, line, 'duty'),
  )
  const first = bearers.find(
    (other) => per === 'consignment' || subheadingOf(other.line) === subheadingOf(each.line),
  )
  return first === each ? fraction(1n) : undefined
}

interface Candidate {
  rule: string
  exact: Fraction | undefined
  undecided: string | undefined
  firm: boolean
  /** Firm, too, is every rate of exchange used in it. */
  converted: boolean
  /** The missing proof this candidate stands on. */
  needs?: string
}

/** Questions the trader can answer; a duty of 0 wins without them. */
export const questions = new Set(['missing-quantity', 'missing-fact', 'which-line'])

/** The lowest amount among MFN, a suspension and the preferences held. */
function tariffDuty(work: Work, route: Route, each: RouteLine): bigint {
  const mfn = mfnCandidate(work, each)
  const candidates = isZero(mfn)
    ? [mfn]
    : [mfn, ...suspensions(work, route, each), ...preferences(work, route, each)]
  if (mfn.undecided && !questions.has(mfn.undecided)) throw new Undecided(mfn.undecided)
  // A duty that comes to 0 stands without what the other candidates lack.
  const decided = candidates.filter((other) => other.undecided === undefined)
  // 12.23 (D12): the line has the reasons of all its candidates.
  if (!decided.some(isZero))
    for (const { undecided } of candidates) if (undecided) each.reasons.add(undecided)
  const winner = lowest(work, decided.some(isZero) ? decided : candidates)
  each.notFirm ||= !winner.converted
  each.dutyIsZero = isZero(winner)
  if (winner.needs) route.needs.push(winner.needs)
  const amount = roundedForLine(roundingOf(work, 'duty'), winner.exact!)
  return charge(each, winner.rule, amount, winner.firm)
}

function isZero({ exact }: Candidate): boolean {
  return exact !== undefined && exact.top === 0n
}

/** Compared after stage duty; equal: the earlier candidate. */
function lowest(work: Work, candidates: Candidate[]): Candidate {
  const undecided = candidates.find((each) => each.undecided !== undefined)
  if (undecided) throw new Undecided(undecided.undecided!)
  const rounding = roundingOf(work, 'duty')
  const amount = ({ exact }: Candidate) => roundedForLine(rounding, exact!)
  return candidates.reduce((a, b) => (amount(b) < amount(a) ? b : a))
}

function mfnCandidate(work: Work, each: RouteLine): Candidate {
  const { origin } = each.line.asked
  const exception = work.inForce.exceptions.find(({ record }) =>
    isAmong(work, record.origin, origin),
  )
  const column = exception?.record.column ?? 'mfn'
  const rule = exception?.record.id ?? 'mfn'
  const firm = isCellFirm(work.rules, each.line.found, column) && (exception?.firm ?? true)
  return candidate(work, each, rule, firm, () => {
    const text = cellOf(each.line.found, column)
    if (text === '') throw new Undecided('no-rate')
    return text
  })
}

/** Works out what a rate comes to on the line, or why it does not. */
function candidate(
  work: Work,
  each: RouteLine,
  rule: string,
  firm: boolean,
  text: () => string,
): Candidate {
  let converted = true
  try {
    const ask = askOf(work, [each.line], dutyBasis(work, each), () => (converted = false))
    const exact = amountOf(parseRate(text()), ask)
    // 12.23 (D6): an amount in another currency anywhere in the text rests on that currency's rate.
    for (const [, currency = ''] of text().matchAll(/\d ([A-Z]{3})\b/g))
      if (currency !== work.currency) restOn(() => ask.convert(fraction(0n), currency))
    return { rule, exact, undecided: undefined, firm, converted }
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    return { rule, exact: undefined, undecided: error.code, firm, converted }
  }
}

/** A rate that is not held decides nothing here: the part of the text that names it was not used. */
function restOn(convert: () => unknown): void {
  try {
    convert()
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
  }
}

/** Suspensions, and quotas for lines that hold the proof `quota` (7.14). */
function suspensions(work: Work, route: Route, each: RouteLine): Candidate[] {
  return work.inForce.measures.flatMap(({ record, firm }) => {
    const isQuota = record.kind === 'quota'
    if (record.kind !== 'suspension' && !isQuota) return []
    if (isQuota && !each.line.asked.proofs?.includes('quota')) return []
    const applies = measureApplies(work, route, each.line, record)
    if (applies === 'no') return []
    if (applies === 'yes' && leftOut(work, route, each.line, record)) return []
    return candidate(work, each, record.id, firm, () => {
      if (applies === 'which-line') throw new Undecided('which-line')
      if (record.flagged) throw new Undecided('measure-without-rate')
      return String(record.rate)
    })
  })
}

function preferences(work: Work, route: Route, each: RouteLine): Candidate[] {
  return work.inForce.agreements.flatMap((agreement) => {
    const { record } = agreement
    const { line } = each
    if (!isMember(work, record, line.asked.origin)) return []
    const held = isProven(work, record, each)
    if (!held && !route.withObtainable) return []
    const found = preference(work, each, agreement)
    if (!found || (!held && found.undecided)) return []
    return held ? found : { ...found, needs: `proof:${line.asked.id}:${record.id}` }
  })
}

/** The amount under an agreement, were its proof held; undefined: it gives this line nothing. */
function preference(
  work: Work,
  each: RouteLine,
  { record, firm }: Holding<Agreement>,
): Candidate | undefined {
  const { line } = each
  if (record.lines && linesDisagreeOn(work, record.lines, line)) {
    return { rule: record.id, exact: undefined, undecided: 'which-line', firm, converted: true }
  }
  if (!lineConditionHolds(work, record.lines, line)) return undefined
  const { column, rate } = record
  const text = () => (column === undefined ? String(rate ?? '') : cellOf(line.found, column))
  try {
    const known = text()
    if (known === '') return undefined
    if (parseRate(known).except.includes(line.asked.origin)) return undefined
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
  }
  const cellFirm = column === undefined || isCellFirm(work.rules, line.found, column)
  return candidate(work, each, record.id, firm && cellFirm, text)
}

export function isMember(work: Work, { members }: Agreement, origin: string): boolean {
  return members.some((each) => isWithin(each, work.on) && isAmong(work, each.countries, origin))
}

/** Holds one sufficient set of proofs, or the waiver's value condition holds for the consignment. */
function isProven(work: Work, { proofs, waiver }: Agreement, { line }: RouteLine): boolean {
  const held = line.asked.proofs ?? []
  if (!proofs || proofs.some((set) => set.every((proof) => held.includes(proof)))) return true
  return waiver !== undefined && valueHolds(work, waiver)
}

/** The customs value after stage duty-base. */
export function dutyBasis(work: Work, { line }: RouteLine): Fraction {
  return fraction(rounded(roundingOf(work, 'duty-base'), fraction(line.customsValue)))
}

/** Step 6 for duty: the sum of the duty charges, cut. */
function roundDutyOfConsignment(work: Work, route: Route): void {
  const rounding = roundingOf(work, 'duty')
  if (rounding.level === 'line') return
  const all = route.lines.flatMap(({ charges }) => charges)
  const sum = all.reduce((before, { amount }) => before + amount, 0n)
  const amount = rounded(rounding, fraction(sum)) - sum
  if (amount !== 0n) {
    route.charges.push({ kind: 'rounding', rule: rounding.id, amount, counts: 'duty', firm: true })
  }
}

function charge(each: RouteLine, rule: string, amount: bigint, firm: boolean): bigint {
  each.charges.push({ kind: 'duty', rule, amount, counts: 'duty', firm })
  return amount
}

function doubt(each: RouteLine, error: unknown): void {
  if (!(error instanceof Undecided)) throw error
  each.reasons.add(error.code)
  each.unknown.add('duty')
}
