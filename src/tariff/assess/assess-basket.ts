// Every lawful route for a basket into one territory, what each is known to leave open, and the one to propose.
import type { Basket } from '../basket.ts'
import type { TariffOnDay } from '../rules/law.ts'
import { assessRoute } from './assess-route.ts'
import type { Reason } from './charge.ts'
import { prepare, type Prepared } from './prepare.ts'
import { judge, judgeStrictly, worst, type JudgedRoute, type Status } from './judge-route.ts'
import type { Route } from './route.ts'

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
