// Trade remedies and additional duties: charged on top of the ordinary duty, and never passed over in silence.
import type { CompiledMeasure, TextRate } from '../rules/law.ts'
import {
  applies,
  isReason,
  isUnless,
  roundLine,
  undecide,
  withoutRate,
  workOut,
} from './assess-duty.ts'
import { charged, nothing } from './charge.ts'
import { covers, reliefOf, type LineResult, type Route } from './route.ts'

export function assessRemedies(route: Route, line: LineResult): void {
  const { law } = line.state
  const { rules } = law
  if (rules.remedies.length === 0 && rules.possibleRemedies.length === 0) {
    if (line.treatment.remedy === 'tariff') checkFlag(route, line)
    return
  }
  let holding = 0
  const counting: CompiledMeasure[] = []
  for (const measure of rules.remedies) {
    if (!applies(route, line, measure)) continue
    holding += 1
    if (!isUnless(measure, line)) counting.push(measure)
  }
  const relief = reliefOf(route, line.state, 'remedy')
  for (const measure of counting) {
    if (measure.notWith.length > 0 && isExcluded(measure.notWith, counting)) continue
    if (line.treatment.remedy === 'none')
      route.charges.push(nothing(line.state.index, 'remedy', route.regime.ref, 'none'))
    else if (relief) route.charges.push(nothing(line.state.index, 'remedy', relief.ref, 'relief'))
    else chargeRemedy(route, line, measure)
  }
  if (line.treatment.remedy !== 'tariff' || relief) return
  const possible = rules.possibleRemedies.some(
    (measure) => applies(route, line, measure) && !isUnless(measure, line),
  )
  if (possible)
    undecide(line, {
      code: 'which-line',
      status: 'needs-facts',
      facts: { options: law.options },
    })
  else if (holding === 0) checkFlag(route, line)
}

/** Another measure that applies takes this one's place. */
const isExcluded = (others: readonly string[], counting: readonly CompiledMeasure[]): boolean =>
  counting.some(({ ref }) => others.includes(ref.id))

function chargeRemedy(
  route: Route,
  line: LineResult,
  { ref, rate, flagged }: CompiledMeasure,
): void {
  if (flagged || !rate) return undecide(line, withoutRate(ref))
  // A top-up rests on the ordinary duty: without one there is nothing to lift.
  if (rate.rate.op === 'topup' && line.duty === undefined) return
  addRemedy(route, line, { ref, rate })
}

function addRemedy(
  route: Route,
  line: LineResult,
  { ref, rate }: Pick<CompiledMeasure, 'ref'> & { rate: TextRate },
): void {
  const exact = workOut(route, line, rate)
  if (isReason(exact)) return undecide(line, exact)
  const { duty } = route.tariff.rounding
  const amount = roundLine(exact, duty)
  route.charges.push(
    charged(line.state.index, 'remedy', ref, line.dutyBasis, rate.text, exact, amount, duty),
  )
  if (line.duty !== undefined) line.duty += amount
}

/** The schedule says that a remedy may apply to the line and none is known for its origin. */
function checkFlag(route: Route, line: LineResult): void {
  const { remedyFlag, options } = line.state.law
  if (remedyFlag === 'no' || !line.readsTariff) return
  if (reliefOf(route, line.state, 'remedy') || covers(line, 'trade-remedy')) return
  undecide(
    line,
    remedyFlag === 'yes'
      ? { code: 'remedy-unknown', status: 'cannot-decide' }
      : { code: 'which-line', status: 'needs-facts', facts: { options } },
  )
}
