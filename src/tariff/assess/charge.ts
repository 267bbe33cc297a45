import type { RoundingRule, RuleRef } from '../rules/compile.ts'

export type ChargeKind = 'duty' | 'remedy' | 'excise' | 'tax' | 'fee' | 'rounding'

/** One duty, tax or fee with everything a reader needs to check it by hand. Amounts in minor units. */
export type Charge = {
  readonly kind: ChargeKind
  readonly rule: RuleRef
  /** The tax whose charge this is, when a reduced rate set it; the stage of a rounding charge. */
  readonly of?: string
  readonly basis: bigint
  /** The rate as the rule writes it; undefined where nothing was worked out (relieved, none). */
  readonly rate?: string
  /** The exact amount before rounding, as n/d. */
  readonly n: bigint
  readonly d: bigint
  amount: bigint
  readonly rounding?: RoundingRule
  readonly collected: 'border' | 'sale'
  /** Why the amount is nothing. */
  readonly struck?: 'none' | 'relief' | 'waiver'
  /** The share of the rate that is charged, such as 70 %. */
  readonly share?: string
}

/** Why a line or a basket has no figure, or what it must still be told. */
export type Reason = {
  readonly code: ReasonCode
  readonly status: 'needs-facts' | 'cannot-decide'
  readonly facts?: Readonly<Record<string, unknown>>
}
export type ReasonCode =
  | 'no-line'
  | 'which-line'
  | 'code-changed'
  | 'remedy-unknown'
  | 'measure-without-rate'
  | 'not-covered'
  | 'not-in-grammar'
  | 'no-rate'
  | 'out-of-season'
  | 'missing-quantity'
  | 'missing-fact'
  | 'no-exchange-rate'
  | 'not-firm'
  | 'no-regime'
  | 'no-open-route'
  | 'no-valuation'
