// What can be said for a route (docs/rules-schema.md section 8): which kinds of measure it reads and are not held, and, when
// asked strictly, what of it rests on a sighting of another day.
import type { RuleRef, TariffOnDay } from '../rules/law.ts'
import { kinds, type Kind } from '../rules/schema.ts'
import { chargesByLine, type Reason } from './charge.ts'
import type { Prepared } from './prepare.ts'
import { reliefOf, type LineResult, type Route } from './route.ts'

export const statuses = ['complete', 'complete-except', 'needs-facts', 'cannot-decide'] as const
export type Status = (typeof statuses)[number]

/** A route with what can be said for it. */
export type JudgedRoute = {
  readonly route: Route
  readonly status: Status
  readonly lines: readonly LineResult[]
  /** Every line and the consignment have their figures. */
  readonly hasFigure: boolean
}

const rankOf = (status: Status): number =>
  status === 'complete' ? 0 : status === 'complete-except' ? 1 : status === 'needs-facts' ? 2 : 3
const worse = (a: Status, b: Status): Status => (rankOf(b) > rankOf(a) ? b : a)

export function worst(all: readonly Status[]): Status {
  let highest: Status = 'complete'
  for (const status of all) highest = worse(highest, status)
  return highest
}

/** Writes to each line of a route just worked out what can be said for it. */
export function judge(route: Route): JudgedRoute {
  let status: Status = 'complete'
  for (const line of route.lines) {
    judgeLine(route, line)
    status = worse(status, line.status)
  }
  for (const reason of route.reasons) status = worse(status, reason.status)
  return {
    route,
    lines: route.lines,
    status,
    hasFigure: status === 'complete' || status === 'complete-except',
  }
}

/** Without these two there is no figure at all. */
const notHeld: Readonly<Record<'mfn' | 'vat', Reason>> = {
  mfn: { code: 'not-covered', status: 'cannot-decide', facts: { kind: 'mfn' } },
  vat: { code: 'not-covered', status: 'cannot-decide', facts: { kind: 'vat' } },
}

function judgeLine(route: Route, line: LineResult): void {
  const missing = relevantKinds(route, line) & ~line.state.law.rules.covered
  if (missing === 0 && line.reasons.length === 0) return
  line.notCovered = kindLists[missing] as readonly Kind[]
  if (missing & bitOf.mfn) line.reasons = [...line.reasons, notHeld.mfn]
  if (missing & bitOf.vat) line.reasons = [...line.reasons, notHeld.vat]
  let status: Status = 'complete-except'
  for (const reason of line.reasons) status = worse(status, reason.status)
  line.status = status
}

const bitOf = Object.fromEntries(kinds.map((kind, index) => [kind, 1 << index])) as Record<
  Kind,
  number
>
const always = bitOf.restriction | bitOf.scheme
const ofTariff = bitOf.mfn | bitOf['trade-remedy']
const ofLowerRates = bitOf.preference | bitOf.quota
const ofTaxes = bitOf.vat | bitOf['reduced-vat'] | bitOf['local-tax']

/** The kinds of measure that this route reads of the line (section 8), as bits by index of `kinds`. */
function relevantKinds(route: Route, line: LineResult): number {
  const { treatment, state } = line
  let bits = always
  if (treatment.fees !== 'none') bits |= bitOf.fee
  if (line.readsTariff) bits |= line.tariffDutyIsZero ? ofTariff : ofTariff | ofLowerRates
  // What is covered anyway need not be asked for.
  const open = ~state.law.rules.covered
  const taxes = route.tariff.localTaxes ? ofTaxes : ofTaxes & ~bitOf['local-tax']
  if ((open & (taxes | bitOf.excise)) === 0 || taxesNone(route, line)) return bits
  if ((open & taxes) !== 0 && !reliefOf(route, state, 'tax')) bits |= taxes
  if (treatment.excise !== 'none' && !reliefOf(route, state, 'excise')) bits |= bitOf.excise
  return bits
}

/** The kinds of every set of bits. */
const kindLists = Array.from({ length: 1 << kinds.length }, (_, bits) =>
  kinds.filter((kind) => (bits & bitOf[kind]) !== 0),
)

/** Every tax that would fall on the line is left out by the regime; false when there is no such tax at all. */
function taxesNone(route: Route, line: LineResult): boolean {
  let any = false
  for (const law of line.state.law.rules.taxes) {
    if (!law || law.tax.kind === 'excise') continue
    const { tax } = law
    const word = line.treatment.taxes[tax.index]
    if (word === 'not-named') continue
    if (tax.when && !tax.when(route.state, route.held)) continue
    if (tax.lines.rest && !tax.lines.rest(line.state, route.state)) continue
    if (word !== 'none') return false
    any = true
  }
  return any
}

const notFirm = (rules: readonly RuleRef[]): Reason => ({
  code: 'not-firm',
  status: 'cannot-decide',
  facts: { rules: [...new Set(rules.map(({ id }) => id))] },
})

const exchangeRef = (currency: string, sighting: RuleRef['sighting']): RuleRef => ({
  id: `exchange-rate ${currency}`,
  name: currency,
  citation: undefined,
  note: undefined,
  sighting,
})

/** The exchange rates that a rate in another currency rests on, as far as they are not firm. */
export function exchangeInRate(rate: string | undefined, tariff: TariffOnDay): RuleRef[] {
  return [...(rate?.matchAll(/\d ([A-Z]{3})\b/g) ?? [])].flatMap(([, currency = '']) => {
    const sighting =
      currency === tariff.currency ? undefined : tariff.conversion(currency)?.on.sighting
    return sighting ? [exchangeRef(currency, sighting)] : []
  })
}

/** Strict: a line whose figures rest on a version that is not firm on the day is not decided. */
export function judgeStrictly(
  judged: JudgedRoute,
  { valuation, converted }: Prepared,
  tariff: TariffOnDay,
  reasons: Reason[],
): JudgedRoute {
  const common = [judged.route.regime.ref, ...(valuation ? [valuation.ref] : [])]
  if (converted.length > 0 && tariff.exchangeRule) common.push(tariff.exchangeRule)
  for (const currency of converted) {
    const sighting = tariff.conversion(currency)?.on.sighting
    if (sighting) common.push(exchangeRef(currency, sighting))
  }
  const { ofLines, ofConsignment } = chargesByLine(judged.route.charges, judged.lines.length)
  const loose = (rules: readonly RuleRef[]): RuleRef[] => rules.filter(({ sighting }) => sighting)
  const onConsignment = loose(
    ofConsignment
      .filter(({ kind }) => kind !== 'rounding')
      .flatMap(({ rule, rate }) => [rule, ...exchangeInRate(rate, tariff)]),
  )
  if (onConsignment.length > 0) reasons.push(notFirm(onConsignment))
  const lines = judged.lines.map((line) => {
    const charges = ofLines[line.state.index] ?? []
    const rests = loose([
      ...common,
      ...charges.map(({ rule }) => rule),
      ...charges.flatMap(({ rate }) => exchangeInRate(rate, tariff)),
    ])
    return rests.length === 0
      ? line
      : {
          ...line,
          status: 'cannot-decide' as const,
          reasons: [...line.reasons, notFirm(rests)],
        }
  })
  const status = worst([
    ...lines.map((line) => line.status),
    ...judged.route.reasons.map((reason) => reason.status),
  ])
  return { ...judged, lines, status, hasFigure: status.startsWith('complete') }
}
