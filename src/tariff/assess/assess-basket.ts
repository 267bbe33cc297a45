// Every lawful route for a basket into one territory, what each is known to leave open, and the one to propose.
import type { Basket } from '../basket.ts'
import type { RuleRef, TariffOnDay } from '../rules/law.ts'
import { kinds, type Kind } from '../rules/schema.ts'
import { assessRoute } from './assess-route.ts'
import type { Reason } from './charge.ts'
import { prepare, type Prepared } from './prepare.ts'
import { reliefOf, type LineResult, type Route } from './route.ts'

export const statuses = ['complete', 'complete-except', 'needs-facts', 'cannot-decide'] as const
export type Status = (typeof statuses)[number]

export type JudgedLine = {
  readonly result: LineResult
  readonly status: Status
  readonly reasons: readonly Reason[]
  readonly notCovered: readonly Kind[]
}
/** A route with what can be said for it. */
export type JudgedRoute = {
  readonly route: Route
  readonly status: Status
  readonly lines: readonly JudgedLine[]
  /** Every line and the consignment have their figures. */
  readonly hasFigure: boolean
}
export type Assessment = {
  readonly tariff: TariffOnDay
  readonly prepared: Prepared
  readonly status: Status
  readonly reasons: readonly Reason[]
  readonly proposed?: JudgedRoute
  readonly alternatives: readonly JudgedRoute[]
  readonly assumed: readonly string[]
}
export type AssessOptions = {
  /** Take nothing as last seen: what rests on a sighting of another day is not decided. */
  readonly strict?: boolean
  /** National digits are this territory's where the line does not say whose they are. */
  readonly ownDigits?: boolean
}

/** Works out every route, proposes the cheapest open one (docs/rules-schema.md section 7) and judges it (section 8). */
export function assessBasket(
  basket: Basket,
  tariff: TariffOnDay,
  { strict = false, ownDigits = true }: AssessOptions = {},
): Assessment {
  const prepared = prepare(basket, tariff, ownDigits)
  const held = basket.schemes ?? tariff.assumed
  const hindrance = hindranceOf(prepared, tariff)
  const routes = hindrance ? [] : routesOf(prepared, tariff, held)
  const ranked = routes.toSorted(compareRoutes)
  const chosen = ranked.find(isOpen) ?? ranked[0]
  const reasons = hindrance ? [hindrance] : answerReasons(prepared, tariff, chosen)
  const proposed = chosen && strict ? judgeStrictly(chosen, prepared, tariff, reasons) : chosen
  return {
    tariff,
    prepared,
    status: worst([
      ...reasons.map((reason) => reason.status),
      ...(proposed ? [proposed.status] : []),
    ]),
    reasons,
    ...(proposed ? { proposed } : {}),
    alternatives: ranked.filter((each) => each !== chosen),
    assumed: basket.schemes
      ? []
      : [...tariff.assumed].filter((scheme) =>
          routes.some(({ route }) => route.regime.holds === scheme),
        ),
  }
}

/** One regime alone, for a caller that knows which it wants; undefined where the regime does not apply. */
export function assessRegime(
  basket: Basket,
  tariff: TariffOnDay,
  regimeId: string,
): JudgedRoute | undefined {
  const { state, valuation } = prepare(basket, tariff, true)
  const held = basket.schemes ?? tariff.assumed
  const regime = tariff.regimes.find(({ ref }) => ref.id === regimeId)
  if (!valuation || !regime || (regime.when && !regime.when(state, held))) return undefined
  return judge(assessRoute(state, tariff, regime, held, false))
}

function routesOf(
  { state }: Prepared,
  tariff: TariffOnDay,
  held: ReadonlySet<string>,
): JudgedRoute[] {
  const routes: JudgedRoute[] = []
  for (const regime of tariff.regimes) {
    if (regime.when && !regime.when(state, held)) continue
    const asHeld = judge(assessRoute(state, tariff, regime, held, false))
    routes.push(asHeld)
    if (!asHeld.route.couldUseMore || !asHeld.hasFigure) continue
    const withProofs = judge(assessRoute(state, tariff, regime, held, true))
    if (withProofs.hasFigure && withProofs.route.landed < asHeld.route.landed)
      routes.push(withProofs)
  }
  return routes
}

const isOpen = ({ route }: JudgedRoute): boolean => route.needs.length === 0

function compareRoutes(a: JudgedRoute, b: JudgedRoute): number {
  if (a.hasFigure !== b.hasFigure) return a.hasFigure ? -1 : 1
  if (!a.hasFigure || a.route.landed === b.route.landed) return 0
  return a.route.landed < b.route.landed ? -1 : 1
}

/** What keeps any route from being worked out, in the order in which it is looked for. */
function hindranceOf(
  { state, valuation, noRate }: Prepared,
  tariff: TariffOnDay,
): Reason | undefined {
  if (tariff.inside.has(state.basket.from))
    return { code: 'no-customs-border', status: 'cannot-decide' }
  if (tariff.regimes.length === 0) return { code: 'no-regime', status: 'cannot-decide' }
  if (noRate.length > 0) return noExchangeRate(noRate, tariff)
  return valuation ? undefined : { code: 'no-valuation', status: 'cannot-decide' }
}

const noExchangeRate = (currencies: readonly string[], { currency }: TariffOnDay): Reason => ({
  code: 'no-exchange-rate',
  status: 'cannot-decide',
  facts: { currencies: [...new Set(currencies)], to: currency },
})

function answerReasons(
  { state }: Prepared,
  tariff: TariffOnDay,
  chosen: JudgedRoute | undefined,
): Reason[] {
  const reasons: Reason[] = []
  if (state.unconverted.length > 0) reasons.push(noExchangeRate(state.unconverted, tariff))
  if (!chosen) reasons.push({ code: 'no-regime', status: 'cannot-decide' })
  else if (!isOpen(chosen))
    reasons.push({ code: 'no-open-route', status: 'needs-facts', facts: needsOf(chosen.route) })
  if (chosen) reasons.push(...chosen.route.reasons)
  return reasons
}

function needsOf({ needs }: Route): Record<string, unknown> {
  return { schemes: needs.flatMap((need) => ('scheme' in need ? [need.scheme] : [])) }
}

const rank: Readonly<Record<Status, number>> = {
  complete: 0,
  'complete-except': 1,
  'needs-facts': 2,
  'cannot-decide': 3,
}
const worse = (a: Status, b: Status): Status => (rank[b] > rank[a] ? b : a)

export function worst(all: readonly Status[]): Status {
  let highest: Status = 'complete'
  for (const status of all) highest = worse(highest, status)
  return highest
}

function judge(route: Route): JudgedRoute {
  const lines: JudgedLine[] = []
  let status: Status = 'complete'
  for (const each of route.lines) {
    const line = judgeLine(route, each)
    lines.push(line)
    status = worse(status, line.status)
  }
  for (const reason of route.reasons) status = worse(status, reason.status)
  return {
    route,
    lines,
    status,
    hasFigure: status === 'complete' || status === 'complete-except',
  }
}

const notCoveredReason: Readonly<Record<string, Reason>> = {
  mfn: { code: 'not-covered', status: 'cannot-decide', facts: { kind: 'mfn' } },
  vat: { code: 'not-covered', status: 'cannot-decide', facts: { kind: 'vat' } },
}

function judgeLine(route: Route, result: LineResult): JudgedLine {
  let { reasons } = result
  const missing = relevantKinds(route, result) & ~result.state.law.covered
  if (missing === 0 && reasons.length === 0)
    return { result, status: 'complete', reasons, notCovered: nothingMissing }
  const notCovered = kindLists[missing] as readonly Kind[]
  for (const kind of notCovered) {
    const reason = notCoveredReason[kind]
    if (reason) reasons = [...reasons, reason]
  }
  let status: Status = 'complete-except'
  for (const reason of reasons) status = worse(status, reason.status)
  return { result, status, reasons, notCovered }
}

const nothingMissing: readonly Kind[] = []
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
  const open = ~state.law.covered
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
  for (const law of line.state.law.taxes) {
    if (!law || law.tax.isExcise) continue
    const { tax } = law
    const { record } = tax
    const own = line.treatment.taxes[record.id]
    if (record.opt_in && !own) continue
    if (tax.when && !tax.when(route.state, route.held)) continue
    if (tax.lines.rest && !tax.lines.rest(line.state, route.state)) continue
    if ((own ?? line.treatment.taxes['all'] ?? 'import') !== 'none') return false
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
function judgeStrictly(
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
  const loose = (rules: readonly RuleRef[]): RuleRef[] => rules.filter(({ sighting }) => sighting)
  const onConsignment = loose(
    judged.route.charges
      .filter(({ kind }) => kind !== 'rounding')
      .flatMap(({ rule, rate }) => [rule, ...exchangeInRate(rate, tariff)]),
  )
  if (onConsignment.length > 0) reasons.push(notFirm(onConsignment))
  const lines = judged.lines.map((line) => {
    const { charges } = line.result
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
