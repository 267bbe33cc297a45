import { isAmong, lineConditionHolds, matches } from './conditions.ts'
import type { Route, RouteLine } from './route.ts'
import { hasChapter } from './schedules.ts'
import { dutyTreatment, reliefOf, remedyTreatment, treatmentOf } from './treatment.ts'
import { taxTreatment } from './taxes.ts'
import { coverKinds } from './types.ts'
import type { CoverKind } from './types.ts'
import { basketConditionHolds } from './conditions.ts'
import type { Line, Work } from './work.ts'

/** Section 8: which kinds a line reads in a route, and which of them are not covered. */
export function assessCoverage(work: Work, route: Route, each: RouteLine): void {
  const reads = relevantKinds(work, route, each)
  each.notCovered = coverKinds.filter(
    (kind) => reads.has(kind) && !isCovered(work, each.line, kind),
  )
  if (each.notCovered.includes('mfn') || each.notCovered.includes('vat')) {
    each.reasons.add('not-covered')
  }
}

export function isCovered(work: Work, line: Line, kind: CoverKind): boolean {
  return work.inForce.covers.some(
    ({ record }) =>
      record.kind === kind &&
      (record.chapters === undefined || hasChapter(record.chapters, line.found.chapter)) &&
      line.digits.every(
        (digits) =>
          (!record.codes || matches(record.codes, digits)) &&
          (!record.codes_not || !matches(record.codes_not, digits)),
      ) &&
      (!record.origin || isAmong(work, record.origin, line.asked.origin)) &&
      (!record.origin_not || !isAmong(work, record.origin_not, line.asked.origin)),
  )
}

function relevantKinds(work: Work, route: Route, each: RouteLine): Set<CoverKind> {
  const { line } = each
  const treatment = treatmentOf(work, route.regime.record, line)
  const kinds = new Set<CoverKind>(['restriction', 'scheme'])
  if (dutyTreatment(treatment) === 'tariff' && !reliefOf(work, route, line, 'duty')) {
    kinds.add('mfn')
    if (!each.dutyIsZero) kinds.add('preference').add('quota')
    if (remedyTreatment(treatment) === 'tariff' && !reliefOf(work, route, line, 'remedy')) {
      kinds.add('trade-remedy')
    }
  }
  const taxed = !taxesAreNone(work, route, each)
  if (taxed && !reliefOf(work, route, line, 'tax')) {
    kinds.add('vat').add('reduced-vat')
    if (work.law.localTaxes) kinds.add('local-tax')
  }
  if (taxed && treatment.excise !== 'none' && !reliefOf(work, route, line, 'excise')) {
    kinds.add('excise')
  }
  if (treatment.fees !== 'none') kinds.add('fee')
  return kinds
}

/** Every tax that is not excise and meets its conditions is treated as none. */
function taxesAreNone(work: Work, route: Route, { line }: RouteLine): boolean {
  const treatment = treatmentOf(work, route.regime.record, line)
  const meeting = work.inForce.taxes.filter(
    ({ record }) =>
      record.kind !== 'excise' &&
      taxTreatment(treatment, record) !== 'not-named' &&
      basketConditionHolds(work, record.when, route.schemes) &&
      lineConditionHolds(work, record.lines, line),
  )
  return (
    meeting.length > 0 && meeting.every(({ record }) => taxTreatment(treatment, record) === 'none')
  )
}
