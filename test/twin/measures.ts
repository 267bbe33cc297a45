import {
  basketConditionHolds,
  couldMatch,
  lineConditionHoldsButCodes,
  lineConditionHoldsFor,
  matches,
} from './conditions.ts'
import { isCovered } from './coverage.ts'
import { dutyBasis } from './duties.ts'
import { fraction } from './fraction.ts'
import { codeFileOf } from './load.ts'
import { Undecided, amountOf, parseRate } from './rates.ts'
import type { Route, RouteLine } from './route.ts'
import { isFlagged } from './schedules.ts'
import { reliefOf, remedyTreatment } from './treatment.ts'
import type { Measure, Treatment } from './types.ts'
import { askOf, roundedForLine, roundingOf } from './work.ts'
import type { Line, Work } from './work.ts'

/** Section 7, measures.yaml. */

export type Applies = 'yes' | 'no' | 'which-line'

/** Whether the conditions hold; not_with is left to `leftOut`, a proof against it counts here. */
export function measureApplies(work: Work, route: Route, line: Line, measure: Measure): Applies {
  const { unless_proof: proof } = measure
  if (proof !== undefined && line.asked.proofs?.includes(proof)) return 'no'
  return conditionsHold(work, route, line, measure)
}

function conditionsHold(work: Work, route: Route, line: Line, measure: Measure): Applies {
  if (!basketConditionHolds(work, measure.when, route.schemes)) return 'no'
  const each = line.digits.map((digits) => conditionsHoldFor(work, line, measure, digits))
  if (each.every((outcome) => outcome === 'yes')) return 'yes'
  return each.every((outcome) => outcome === 'no') ? 'no' : 'which-line'
}

function conditionsHoldFor(work: Work, line: Line, measure: Measure, digits: string): Applies {
  const { lines = {} } = measure
  const file = measure.codes_file
    ? codeFileOf(work.rules, measure.folder, measure.codes_file)
    : undefined
  const inFile = !file || startsWithOneOf(file.prefixes, digits)
  if (inFile && lineConditionHoldsFor(work, lines, line, digits)) return 'yes'
  if (!lineConditionHoldsButCodes(work, lines, line)) return 'no'
  if (lines.codes_not && matches(lines.codes_not, digits)) return 'no'
  const couldBeInFile = inFile || file.shorter.has(digits)
  const couldBeAmong =
    !lines.codes || matches(lines.codes, digits) || couldMatch(lines.codes, digits)
  return couldBeInFile && couldBeAmong ? 'which-line' : 'no'
}

function startsWithOneOf(prefixes: Set<string>, digits: string): boolean {
  for (let length = 1; length <= digits.length; length += 1) {
    if (prefixes.has(digits.slice(0, length))) return true
  }
  return false
}

/** `not_with`: left out when one of those applies. */
export function leftOut(work: Work, route: Route, line: Line, { not_with }: Measure): boolean {
  return work.inForce.measures.some(
    ({ record }) =>
      not_with?.includes(record.id) && measureApplies(work, route, line, record) === 'yes',
  )
}

/** Remedies that apply and are not relieved, each on the same basis. */
export function workOutRemedies(
  work: Work,
  route: Route,
  each: RouteLine,
  duty: { treatment: Treatment; ordinaryDuty: bigint | undefined; underTariff: boolean },
): void {
  const remedies = work.inForce.measures.filter(
    ({ record: { kind } }) => kind !== 'suspension' && kind !== 'quota',
  )
  // Where the code does not tell, it is asked for whatever not_with says (R4).
  const applying = remedies.filter(({ record }) => {
    const applies = measureApplies(work, route, each.line, record)
    return (
      applies === 'which-line' || (applies === 'yes' && !leftOut(work, route, each.line, record))
    )
  })
  if (remedyTreatment(duty.treatment) === 'none') {
    if (duty.treatment.remedy !== 'none') return
    for (const { record } of applying) {
      if (measureApplies(work, route, each.line, record) === 'yes') {
        charge(each, route.regime.record.id, 0n, true)
      }
    }
    return
  }
  const relief = reliefOf(work, route, each.line, 'remedy')
  for (const { record, firm } of applying) {
    if (relief) {
      if (measureApplies(work, route, each.line, record) === 'yes')
        charge(each, relief.record.id, 0n, relief.firm)
      continue
    }
    workOutRemedy(work, route, each, record, firm, duty.ordinaryDuty)
  }
  if (!duty.underTariff || relief) return
  const known = remedies.some(
    ({ record }) => conditionsHold(work, route, each.line, record) !== 'no',
  )
  if (!known) askForUnknownRemedy(work, each)
}

function workOutRemedy(
  work: Work,
  route: Route,
  each: RouteLine,
  measure: Measure,
  firm: boolean,
  ordinaryDuty: bigint | undefined,
): void {
  try {
    if (measureApplies(work, route, each.line, measure) === 'which-line') {
      throw new Undecided('which-line')
    }
    if (measure.flagged) throw new Undecided('measure-without-rate')
    const text = String(measure.rate)
    // What lifts an unknown duty is unknown too; the duty has given its reason already.
    if (ordinaryDuty === undefined && text.includes('topup')) return
    const ordinary = ordinaryDuty === undefined ? undefined : fraction(ordinaryDuty)
    const basis = dutyBasis(work, each)
    let converted = true
    const onNotFirm = () => (converted = false)
    const exact = amountOf(parseRate(text), askOf(work, [each.line], basis, onNotFirm, ordinary))
    charge(each, measure.id, roundedForLine(roundingOf(work, 'duty'), exact), firm)
    each.notFirm ||= !converted
  } catch (error) {
    doubt(each, error)
  }
}

/** The schedule flags a remedy and none is known for the line. */
function askForUnknownRemedy(work: Work, each: RouteLine): void {
  try {
    if (!isFlagged(each.line.found, 'remedy')) return
    if (!isCovered(work, each.line, 'trade-remedy')) throw new Undecided('remedy-unknown')
  } catch (error) {
    doubt(each, error)
  }
}

function charge(each: RouteLine, rule: string, amount: bigint, firm: boolean): void {
  each.charges.push({ kind: 'remedy', rule, amount, counts: 'duty', firm })
}

function doubt(each: RouteLine, error: unknown): void {
  if (!(error instanceof Undecided)) throw error
  each.reasons.add(error.code)
  each.unknown.add('duty')
}
