import { basketConditionHolds, linesDisagreeOn } from './conditions.ts'
import { assessCoverage } from './coverage.ts'
import { questions, workOutDuties } from './duties.ts'
import { asDecimal, convertExactly, digitsOf } from './exchange.ts'
import { workOutFees } from './fees.ts'
import { divide, fraction, multiply, nil, read, toWhole, add } from './fraction.ts'
import { lawOf, loadTwinRules, readYaml } from './load.ts'
import { Undecided } from './rates.ts'
import { startLine } from './route.ts'
import type { Charge, Route, RouteLine } from './route.ts'
import { findTheLine } from './schedules.ts'
import { workOutTaxes } from './taxes.ts'
import { isOfRegime } from './treatment.ts'
import { coverKinds } from './types.ts'
import type {
  Basket,
  Law,
  LineCondition,
  Status,
  TwinAnswer,
  TwinCharge,
  TwinRules,
  TwinTotals,
  Valuation,
} from './types.ts'
import { inForce, isWithin } from './versions.ts'
import { apportion, lawInForce, limitInMinor, rounded, roundingOf } from './work.ts'
import type { Line, Work } from './work.ts'
import { readLimit } from './exchange.ts'

export { loadTwinRules }
export type { Basket, TwinAnswer, TwinRules }

/**
 * The landed-cost engine a second time, written from docs/rules-schema.md alone: slow, obvious, one
 * function for each part of the contract. Agreement of the two is the proof that the contract says enough.
 */
export function quote(
  rules: TwinRules,
  basket: Basket,
  to: string,
  on: string,
  { strict = false }: { strict?: boolean } = {},
): TwinAnswer {
  if (!rules.territories.includes(to)) throw new Error(`'${to}' is no destination`)
  const law = lawOf(rules, to)
  const work = startWork(rules, law, basket, on)
  if (work.currency === '') return answerWithout(work, 'no-currency')
  const noRegime = work.inForce.regimes.length === 0
  const converted = convertPrices(work)
  if (crossesNoBorder(rules, basket.from, to)) return answerWithout(work, 'no-customs-border')
  if (!converted && !noRegime) return answerWithout(work, 'no-exchange-rate')
  if (noRegime) return answerWithout(work, 'no-regime')
  const valuation = work.inForce.valuation.find(({ record }) =>
    basketConditionHolds(work, record.when),
  )
  if (!valuation) return answerWithout(work, 'no-valuation')
  for (const line of work.lines) line.customsValue = customsValueOf(work, line, valuation.record)
  const routes = workOutRoutes(work, !valuation.firm)
  if (routes.length === 0) return answerWithout(work, 'no-regime')
  return answerOf(work, routes, strict)
}

function startWork(rules: TwinRules, law: Law, basket: Basket, on: string): Work {
  const currencies = new Set(basket.lines.map(({ unitPrice }) => unitPrice.currency))
  if (currencies.size !== 1) throw new Error('prices must be in one currency')
  const inForceToday = lawInForce(law, on)
  const lines = basket.lines.map((asked): Line => {
    const found = findTheLine(rules, law, basket, asked, on)
    const longer = found.candidates.map(({ code = '' }) =>
      code.length > found.code.length ? code : found.code,
    )
    const digits = longer.length > 0 ? longer : [found.code]
    return { asked, found, digits, price: 0n, freight: 0n, insurance: 0n, customsValue: 0n }
  })
  return {
    rules,
    law,
    inForce: inForceToday,
    on,
    currency: currencyOf(law, on),
    basket,
    lines,
    schemes: basket.schemes ?? presumedSchemes(inForceToday),
    reasons: new Set(),
    convertedNotFirm: false,
  }
}

function currencyOf({ currency }: Law, on: string): string {
  if (typeof currency === 'string') return currency
  return currency?.find((each) => isWithin(each, on))?.currency ?? ''
}

/** `assumed`: what counts as held when the basket does not state its schemes. */
function presumedSchemes({ regimes }: Work['inForce']): string[] {
  return regimes.flatMap(({ record: { when } }) =>
    when?.holds !== undefined && when.assumed ? [when.holds] : [],
  )
}

/** Order of work, steps 1 and 2; false when something has no rate of exchange (it counts as 0 then). */
function convertPrices(work: Work): boolean {
  const { basket, lines } = work
  const prices = lines.map(({ asked }) => {
    const { amount, currency } = asked.unitPrice
    const exact = multiply(read(asked.quantity), read(amount))
    const minorUnits = fraction(10n ** BigInt(digitsOf(currency)))
    const minor = toWhole(multiply(exact, minorUnits), 'half-up')
    return convert(work, divide(fraction(minor), minorUnits), currency)
  })
  for (const [index, line] of lines.entries()) line.price = prices[index] ?? 0n
  const weights = lines.map(({ price }) => price)
  const [freight, insurance] = [basket.freight, basket.insurance].map((money) =>
    money ? convert(work, read(money.amount), money.currency) : 0n,
  )
  const partsOfFreight = apportion(freight ?? 0n, weights)
  const partsOfInsurance = apportion(insurance ?? 0n, weights)
  for (const [index, line] of lines.entries()) {
    line.freight = partsOfFreight[index]!
    line.insurance = partsOfInsurance[index]!
  }
  return ![...prices, freight, insurance].includes(undefined)
}

function convert(
  work: Work,
  amount: ReturnType<typeof read>,
  currency: string,
): bigint | undefined {
  const [exchange] = work.inForce.exchange
  const into = work.currency
  try {
    const { minor, firm } = convertExactly(work.rules, exchange, work.on, amount, currency, into)
    work.convertedNotFirm ||= !firm
    return rounded(roundingOf(work, 'conversion'), minor)
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    return undefined
  }
}

/** Step 3: the shares of `valuation`, stage customs-value. */
function customsValueOf(work: Work, line: Line, valuation: Valuation): bigint {
  const part = (amount: bigint, share = '0%') =>
    multiply(fraction(amount), divide(read(share.replace('%', '')), fraction(100n)))
  const parts = [
    part(line.price, valuation.price),
    part(line.freight, valuation.freight),
    part(line.insurance, valuation.insurance),
  ]
  return rounded(roundingOf(work, 'customs-value'), parts.reduce(add, nil))
}

/** Steps 4 to 7 for each regime, with the proofs held and with all obtainable ones. */
function workOutRoutes(work: Work, valuationNotFirm: boolean): Route[] {
  const blanks = work.lines.map((line) => isWhichLine(work, line))
  const start = (regime: Route['regime'], withObtainable: boolean): Route => {
    const { holds } = regime.record.when ?? {}
    const missing = holds !== undefined && !work.schemes.includes(holds)
    const lines = work.lines.map((line, index) => startLine(line, blanks[index]!))
    const notFirm = valuationNotFirm || work.convertedNotFirm || !regime.firm
    for (const each of lines) each.notFirm = notFirm
    return {
      regime,
      withObtainable,
      schemes: missing ? [...work.schemes, holds] : work.schemes,
      needs: missing ? [`scheme:${holds}`] : [],
      lines,
      charges: [],
      reasons: new Set(),
    }
  }
  return work.inForce.regimes.flatMap((regime) => {
    if (!basketConditionHolds(work, regime.record.when, work.schemes, true)) return []
    const held = workOutRoute(work, start(regime, false))
    const obtained = workOutRoute(work, start(regime, true))
    const [a, b] = [landedOf(work, held), landedOf(work, obtained)]
    return a !== undefined && b !== undefined && b < a ? [held, obtained] : [held]
  })
}

/** Several schedule lines in question of which some meet a condition of the law and some do not. */
function isWhichLine(work: Work, line: Line): boolean {
  if (line.digits.length < 2) return false
  const law = work.inForce
  const conditions: (LineCondition | undefined)[] = [
    ...law.regimes.flatMap(({ record: { when, lines = [] } }) => [
      when?.every_line,
      when?.no_line,
      when?.any_line,
      ...lines.map((treatment) => treatment.when),
    ]),
    ...[...law.reliefs, ...law.taxes, ...law.fees].map(({ record }) => record.lines),
    ...law.taxes.flatMap(({ record }) =>
      inForce(record.reduced ?? [], work.on).map((reduced) => reduced.record.lines),
    ),
  ]
  return conditions.some((condition) => condition && linesDisagreeOn(work, condition, line))
}

function workOutRoute(work: Work, route: Route): Route {
  workOutFees(work, route, true)
  workOutDuties(work, route)
  workOutTaxes(work, route)
  workOutFees(work, route, false)
  strikeWaived(work, route)
  for (const each of route.lines) assessCoverage(work, route, each)
  return route
}

/** Step 7. */
function strikeWaived(work: Work, route: Route): void {
  for (const { record: waiver, firm } of work.inForce.waivers) {
    if (!isOfRegime(waiver, route)) continue
    const named = allCharges(route).filter(
      ({ amount, counts }) =>
        amount !== 0n && waiver.of.some((name) => name === 'all' || name === counts),
    )
    const sum = fraction(named.reduce((before, { amount }) => before + amount, 0n))
    if (sum.top <= 0n) continue
    try {
      const limit = limitInMinor(work, readLimit(waiver.max))
      if (sum.top * limit.bottom > limit.top) continue
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      work.reasons.add(error.code)
      continue
    }
    for (const charge of named) {
      charge.rule = waiver.id
      charge.amount = 0n
      charge.firm = firm
    }
  }
}

function allCharges(route: Route): Charge[] {
  return [...route.lines.flatMap(({ charges }) => charges), ...route.charges]
}

function landedOf(work: Work, route: Route): bigint | undefined {
  const undecided = route.reasons.size > 0 || route.lines.some(({ reasons }) => reasons.size > 0)
  return undecided ? undefined : sumOf(work, route)
}

/** Step 8. */
function sumOf(work: Work, route: Route): bigint {
  const ofLines = work.lines.reduce(
    (sum, { price, freight, insurance }) => sum + price + freight + insurance,
    0n,
  )
  return allCharges(route).reduce((sum, { amount }) => sum + amount, ofLines)
}

/** 12.24: sent from the destination itself, or from another member of its union. */
function crossesNoBorder(rules: TwinRules, from: string, to: string): boolean {
  const unionOf = (territory: string) => readYaml(rules, `${territory}/territory.yaml`).extends
  if (from === to) return true
  const union = rules.territories.includes(from) ? unionOf(from) : undefined
  return union !== undefined && union === unionOf(to)
}

/** The cheapest open route; none open: the cheapest of all, and the answer is needs-facts. */
function answerOf(work: Work, routes: Route[], strict: boolean): TwinAnswer {
  const open = routes.filter(({ needs }) => needs.length === 0)
  const proposed = cheapest(work, open.length > 0 ? open : routes)
  const reasons = new Set([...work.reasons, ...proposed.reasons])
  if (open.length === 0) reasons.add('no-open-route')
  if (strict && proposed.charges.some(({ firm }) => !firm)) reasons.add('not-firm')
  const lines = proposed.lines.map((each) => answerOfLine(work, each, strict))
  const status = worst([statusOf(reasons), ...lines.map((line) => line.status)])
  const stands = status === 'complete' || status === 'complete-except'
  const kinds = new Set(proposed.lines.flatMap(({ notCovered }) => notCovered))
  return {
    status,
    route: proposed.regime.record.id,
    currency: work.currency,
    lines,
    consignmentCharges: proposed.charges.map((charge) => answerOfCharge(work, charge)),
    totals: totalsOf(work, proposed, stands),
    notCovered: coverKinds.filter((kind) => kinds.has(kind)),
    alternatives: routes
      .filter((route) => route !== proposed)
      .map((route) => {
        const landed = landedOf(work, route)
        return {
          route: route.regime.record.id,
          landed: landed === undefined ? null : asDecimal(landed, work.currency),
          needs: route.needs,
        }
      }),
    reasons: [...reasons].toSorted(),
  }
}

/** Routes without a figure come after all that have one; ties in file order. */
function cheapest(work: Work, routes: Route[]): Route {
  return routes.reduce((a, b) => {
    const [ofA, ofB] = [landedOf(work, a), landedOf(work, b)]
    if (ofB === undefined) return a
    return ofA === undefined || ofB < ofA ? b : a
  })
}

function answerOfLine(work: Work, each: RouteLine, strict: boolean) {
  const reasons = new Set(each.reasons)
  const notFirm = each.notFirm || each.charges.some(({ firm }) => !firm)
  if (strict && notFirm) reasons.add('not-firm')
  const decided = statusOf(reasons)
  const status: Status =
    decided === 'complete' && each.notCovered.length > 0 ? 'complete-except' : decided
  return {
    id: each.line.asked.id,
    status,
    charges: each.charges.map((charge) => answerOfCharge(work, charge)),
    reasons: [...reasons].toSorted(),
  }
}

function answerOfCharge(work: Work, { kind, rule, amount }: Charge): TwinCharge {
  return { kind, rule, amount: asDecimal(amount, work.currency) }
}

function statusOf(reasons: Set<string>): Status {
  if (reasons.size === 0) return 'complete'
  const asking = [...reasons].every((code) => questions.has(code) || code === 'no-open-route')
  return asking ? 'needs-facts' : 'cannot-decide'
}

const fromBest: Status[] = ['complete', 'complete-except', 'needs-facts', 'cannot-decide']

function worst(list: Status[]): Status {
  return list.reduce((a, b) => (fromBest.indexOf(b) > fromBest.indexOf(a) ? b : a))
}

function totalsOf(work: Work, route: Route | undefined, stands: boolean): TwinTotals {
  const text = (minor: bigint) => asDecimal(minor, work.currency)
  const parts = (of: 'price' | 'freight' | 'insurance') =>
    text(work.lines.reduce((sum, line) => sum + line[of], 0n))
  const charged = (counts: Charge['counts']) =>
    text(
      (route ? allCharges(route) : [])
        .filter((charge) => charge.counts === counts)
        .reduce((sum, { amount }) => sum + amount, 0n),
    )
  return {
    goods: parts('price'),
    freight: parts('freight'),
    insurance: parts('insurance'),
    duty: charged('duty'),
    tax: charged('tax'),
    fees: charged('fees'),
    landed: route && stands ? text(sumOf(work, route)) : null,
  }
}

/** No figure at all: no regime, no rate of exchange for the prices, no valuation. */
function answerWithout(work: Work, reason: string): TwinAnswer {
  return {
    status: 'cannot-decide',
    route: null,
    currency: work.currency,
    lines: work.lines.map(({ asked }) => ({
      id: asked.id,
      status: 'cannot-decide',
      charges: [],
      reasons: [],
    })),
    consignmentCharges: [],
    totals: totalsOf(work, undefined, false),
    notCovered: [],
    alternatives: [],
    reasons: [...new Set([...work.reasons, reason])].toSorted(),
  }
}
