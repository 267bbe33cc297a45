import type { Ratio } from '../../basis/ratio.ts'
import type { RoundingRule, RuleRef } from '../rules/law.ts'

export type ChargeKind = 'duty' | 'remedy' | 'excise' | 'tax' | 'fee' | 'rounding'

/** One duty, tax or fee with everything a reader needs to check it by hand. Amounts in minor units. */
export type Charge = {
  /** Index of the line that it falls on, or `wholeConsignment`. */
  readonly line: number
  readonly kind: ChargeKind
  readonly rule: RuleRef
  /** The tax whose charge this is, when a reduced rate set it; what a rounding charge rounds. */
  readonly of: string | undefined
  readonly basis: bigint
  /** The rate as the rule writes it; undefined where nothing was worked out (relieved, none). */
  readonly rate: string | undefined
  /** The share of the rate that is charged. */
  readonly share: Ratio | undefined
  /** The exact amount before rounding, as n/d. */
  readonly n: bigint
  readonly d: bigint
  readonly amount: bigint
  readonly rounding: RoundingRule | undefined
  readonly collected: 'border' | 'sale'
  /** Why the amount is nothing. */
  readonly struck: 'none' | 'relief' | 'waiver' | undefined
}

export const wholeConsignment = -1

/** A charge worked out at a rate. Every charge is made here or in `nothing`, so all have one shape. */
export function charged(
  line: number,
  kind: ChargeKind,
  rule: RuleRef,
  basis: bigint,
  rate: string | undefined,
  { n, d }: Ratio,
  amount: bigint,
  rounding: RoundingRule,
  of?: string,
  collected: Charge['collected'] = 'border',
  share?: Ratio,
): Charge {
  return {
    line,
    kind,
    rule,
    of,
    basis,
    rate,
    share,
    n,
    d,
    amount,
    rounding,
    collected,
    struck: undefined,
  }
}

/** A charge that the law leaves out, kept so that the answer says why. */
export function nothing(
  line: number,
  kind: ChargeKind,
  rule: RuleRef,
  struck: NonNullable<Charge['struck']>,
  of?: string,
): Charge {
  return {
    line,
    kind,
    rule,
    of,
    basis: 0n,
    rate: undefined,
    share: undefined,
    n: 0n,
    d: 1n,
    amount: 0n,
    rounding: undefined,
    collected: 'border',
    struck,
  }
}

/** The charges of each line, by its index, and those on the consignment as a whole; in the order in which they arose. */
export function chargesByLine(
  charges: readonly Charge[],
  lines: number,
): { readonly ofLines: readonly (readonly Charge[])[]; readonly ofConsignment: readonly Charge[] } {
  const ofLines: Charge[][] = Array.from({ length: lines }, () => [])
  const ofConsignment: Charge[] = []
  for (const charge of charges) (ofLines[charge.line] ?? ofConsignment).push(charge)
  return { ofLines, ofConsignment }
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
  | 'no-customs-border'
  | 'no-regime'
  | 'no-open-route'
  | 'no-valuation'
