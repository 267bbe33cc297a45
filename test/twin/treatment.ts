import { basketConditionHolds, lineConditionHolds } from './conditions.ts'
import type { Route } from './route.ts'
import type { OfRegimes, Regime, Relief, Treatment } from './types.ts'
import type { Holding } from './versions.ts'
import type { Line, Work } from './work.ts'

/** Section 7, schemes.yaml: how a regime treats a line, and which relief it enjoys. */

/** The first entry whose condition holds; none: the default of every field. */
export function treatmentOf(work: Work, regime: Regime, line: Line): Treatment {
  return regime.lines?.find(({ when }) => lineConditionHolds(work, when, line)) ?? {}
}

/** What happens to the duty: flat and rate are the regime's own, tariff reads the schedule. */
export function dutyTreatment({ flat, duty = 'tariff' }: Treatment) {
  if (flat) return 'flat'
  return duty === 'tariff' || duty === 'none' ? duty : 'rate'
}

export function remedyTreatment(treatment: Treatment): 'tariff' | 'none' {
  return treatment.remedy ?? (dutyTreatment(treatment) === 'tariff' ? 'tariff' : 'none')
}

/** The first relief of that kind whose conditions hold for the line. */
export function reliefOf(
  work: Work,
  route: Route,
  line: Line,
  kind: Relief['relieves'][number],
): Holding<Relief> | undefined {
  return work.inForce.reliefs.find(
    ({ record }) =>
      record.relieves.includes(kind) &&
      isOfRegime(record, route) &&
      basketConditionHolds(work, record.when, route.schemes) &&
      lineConditionHolds(work, record.lines, line),
  )
}

export function isOfRegime({ regimes, regimes_not }: OfRegimes, { regime }: Route): boolean {
  const { id } = regime.record
  return (!regimes || regimes.includes(id)) && !regimes_not?.includes(id)
}
