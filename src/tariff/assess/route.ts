// One route through the law: a regime with the proofs at hand, or with all that could be had. The working state that
// the steps of the order of work (docs/rules-schema.md section 7) share, and its result.
import type {
  CompiledAgreement,
  CompiledRegime,
  CompiledRelief,
  CompiledTreatment,
  RuleRef,
  TariffOnDay,
} from '../rules/law.ts'
import { kinds, type Kind } from '../rules/schema.ts'
import type { Missing, RateFacts } from '../rules/evaluate-rate.ts'
import { add, multiply, parseDecimal, type Ratio } from '../../basis/ratio.ts'
import type { Charge, Reason } from './charge.ts'
import type { Status } from './judge-route.ts'
import type { BasketState, LineState } from './state.ts'

export type LineResult = {
  readonly state: LineState
  readonly treatment: CompiledTreatment
  reasons: readonly Reason[]
  /** Duty, flat duty and remedies; undefined: not decided. */
  duty: bigint | undefined
  /** The duty charge alone, for `topup`. */
  ordinaryDuty: bigint
  dutyBasis: bigint
  /** By index of tariff.taxes. */
  readonly taxes: (bigint | undefined)[]
  feesInBase: bigint
  /** The route reads the tariff for this line: coverage asks for mfn, preference and remedies. */
  readsTariff: boolean
  tariffDutyIsZero: boolean
  preference: CompiledAgreement | undefined
  questions: readonly Question[]
  /** What can be said for the line, and the kinds of measure that it reads and that are not held; set by `judge`. */
  status: Status
  notCovered: readonly Kind[]
}

export type Question = { readonly code: 'fact'; readonly fact: string; readonly rule: RuleRef }
export type Need =
  | { readonly scheme: string }
  | { readonly line: string; readonly agreement: CompiledAgreement }

export type Route = {
  readonly tariff: TariffOnDay
  readonly state: BasketState
  readonly regime: CompiledRegime
  readonly obtainable: boolean
  readonly held: ReadonlySet<string>
  readonly lines: readonly LineResult[]
  /** Of all lines and of the consignment as a whole. */
  readonly charges: Charge[]
  readonly reasons: Reason[]
  readonly needs: Need[]
  /** A preference not held could be used in the other variant. */
  couldUseMore: boolean
  goods: bigint
  duty: bigint
  tax: bigint
  fees: bigint
  landed: bigint
}

export function startRoute(
  state: BasketState,
  tariff: TariffOnDay,
  regime: CompiledRegime,
  held: ReadonlySet<string>,
  obtainable: boolean,
): Route {
  const lines = new Array<LineResult>(state.lines.length)
  for (const line of state.lines) lines[line.index] = startLine(line, state, regime, tariff)
  return {
    tariff,
    state,
    regime,
    obtainable,
    held:
      regime.holds === undefined || held.has(regime.holds)
        ? held
        : new Set([...held, regime.holds]),
    lines,
    charges: [],
    reasons: [],
    needs: regime.holds === undefined || held.has(regime.holds) ? [] : [{ scheme: regime.holds }],
    couldUseMore: false,
    goods: state.price,
    duty: 0n,
    tax: 0n,
    fees: 0n,
    landed: 0n,
  }
}

const noReasons: readonly Reason[] = []
const noQuestions: readonly Question[] = []
const nothingMissing: readonly Kind[] = []

function startLine(
  line: LineState,
  state: BasketState,
  regime: CompiledRegime,
  tariff: TariffOnDay,
): LineResult {
  const treatments = line.law.rules.treatments[regime.index] as readonly CompiledTreatment[]
  let treatment = treatments[0] as CompiledTreatment
  for (let at = 1; treatment.when.rest && !treatment.when.rest(line, state); at += 1)
    treatment = treatments[at] as CompiledTreatment
  return {
    state: line,
    treatment,
    reasons: noReasons,
    duty: 0n,
    ordinaryDuty: 0n,
    dutyBasis: line.customsValue,
    taxes: tariff.untaxed.slice(),
    feesInBase: 0n,
    readsTariff: false,
    tariffDutyIsZero: false,
    preference: undefined,
    questions: noQuestions,
    status: 'complete',
    notCovered: nothingMissing,
  }
}

/** Notes why the line has no figure; each reason once. */
export function addReason(line: LineResult, reason: Reason): void {
  if (!line.reasons.some(({ code }) => code === reason.code))
    line.reasons = [...line.reasons, reason]
}

/** Whether the rules are known to hold all there is of a kind of measure for the line. */
export const covers = (line: LineResult, kind: Kind): boolean =>
  (line.state.law.rules.covered & (1 << kinds.indexOf(kind))) !== 0

/** The first relief of a kind of charge that holds for the line in this route. */
export function reliefOf(
  route: Route,
  line: LineState,
  kind: CompiledRelief['relieves'][number],
): CompiledRelief | undefined {
  for (const relief of line.law.rules.reliefs)
    if (
      relief.relieves.includes(kind) &&
      relief.inRegime[route.regime.index] &&
      (!relief.when || relief.when(route.state, route.held)) &&
      (!relief.lines.rest || relief.lines.rest(line, route.state))
    )
      return relief
  return undefined
}

/** What rates may ask of lines: of one, or of a consignment's together. Made only for rates that are no percentage. */
export function rateFacts(route: Route, lines: readonly LineResult[], basis: bigint): RateFacts {
  return new FactsOfLines(route, lines, basis)
}

/** One shape with its methods on the prototype: it is made for every specific rate of every basket. */
class FactsOfLines implements RateFacts {
  readonly route: Route
  readonly lines: readonly LineResult[]
  readonly basis: bigint

  constructor(route: Route, lines: readonly LineResult[], basis: bigint) {
    this.route = route
    this.lines = lines
    this.basis = basis
  }

  get ordinaryDuty(): bigint {
    return this.lines.length === 1 ? (this.lines[0] as LineResult).ordinaryDuty : 0n
  }

  get monthDay(): string {
    const { day } = this.route.tariff
    return day.slice(5, 7) + day.slice(8, 10)
  }

  /** The lines' quantities together; one line without its own leaves none. */
  quantity(base: string): Ratio | undefined {
    let sum: Ratio | undefined
    for (const { state } of this.lines) {
      const quantity = state.line.quantities.get(base)
      if (!quantity) return undefined
      sum = sum ? add(sum, quantity) : quantity
    }
    return sum
  }

  minorPerMajor(currency: string): Ratio | undefined {
    return this.route.tariff.conversion(currency)?.factor
  }

  amountFact(name: string): Ratio | undefined {
    const [only, ...others] = this.lines
    const value = others.length > 0 ? undefined : only?.state.line.facts[name]
    const figure = typeof value === 'string' ? parseDecimal(value) : undefined
    const factor = this.minorPerMajor(this.route.state.basket.currency)
    return figure && factor && multiply(figure, factor)
  }

  holdsProof(name: string): boolean {
    return this.lines.every(({ state }) => state.line.proofs.has(name))
  }
}

export function reasonFor(missing: Missing): Reason {
  switch (missing.missing) {
    case 'quantity':
      return { code: 'missing-quantity', status: 'needs-facts', facts: { unit: missing.unit } }
    case 'amount':
      return { code: 'missing-fact', status: 'needs-facts', facts: { fact: missing.fact } }
    case 'exchange-rate':
      return {
        code: 'no-exchange-rate',
        status: 'cannot-decide',
        facts: { currency: missing.currency },
      }
    case 'season':
      return { code: 'out-of-season', status: 'cannot-decide' }
  }
}
