// What changed in the law between two days for one basket, cause by cause. The causes add up to the difference.
import type { Day } from '../basis/day.ts'
import { formatMinor } from '../basis/money.ts'
import type { AssessOptions, Assessment } from './assess/assess-basket.ts'
import { toAnswer, type Answer } from './assess/answer.ts'
import { chargesByLine, type Charge } from './assess/charge.ts'
import type { Basket } from './basket.ts'
import type { Tariff } from './create-tariff.ts'
import type { Citation } from './rules/records.ts'

export type Cause = {
  /** Undefined: on the consignment as a whole. */
  readonly line?: string
  readonly kind: Charge['kind'] | 'exchange-rate'
  readonly because: 'began' | 'ended' | 'other-rule' | 'other-rate' | 'other-basis'
  readonly name: string
  readonly before: Side | null
  readonly after: Side | null
  /** In the destination's currency. */
  readonly difference: string
}
export type Side = {
  readonly rule: string
  readonly name: string
  readonly rate?: string
  readonly basis: string
  readonly amount: string
  readonly citation?: Citation
}
export type DayComparison = {
  readonly before: Answer
  readonly after: Answer
  readonly causes: readonly Cause[]
  /** After less before; null when one of them has no figure or the currency changed in between. */
  readonly difference: string | null
}

export function compareDays(
  tariff: Tariff,
  basket: Basket,
  to: string,
  [a, b]: readonly [Day, Day],
  options: AssessOptions = {},
): DayComparison {
  const before = tariff.assess(basket, to, a, options)
  const after = tariff.assess(basket, to, b, options)
  const [first, second] = [toAnswer(before), toAnswer(after)]
  const sameCurrency = first.currency === second.currency
  const known = first.totals.landed !== null && second.totals.landed !== null
  return {
    before: first,
    after: second,
    causes: sameCurrency ? causesOf(before, after) : [],
    difference:
      sameCurrency && known && before.proposed && after.proposed
        ? formatMinor(after.proposed.route.landed - before.proposed.route.landed, first.currency)
        : null,
  }
}

type Placed = { readonly line: string | undefined; readonly charge: Charge }

function causesOf(before: Assessment, after: Assessment): Cause[] {
  const { currency } = after.tariff
  const causes: Cause[] = []
  const [valueBefore, valueAfter] = [before.prepared.state, after.prepared.state]
  if (valueBefore.cif !== valueAfter.cif) {
    const side = (cif: bigint): Side => ({
      rule: 'exchange-rate',
      name: 'exchange rate',
      basis: formatMinor(cif, currency),
      amount: formatMinor(cif, currency),
    })
    causes.push({
      kind: 'exchange-rate',
      because: 'other-rate',
      name: 'exchange rate',
      before: side(valueBefore.cif),
      after: side(valueAfter.cif),
      difference: formatMinor(valueAfter.cif - valueBefore.cif, currency),
    })
  }
  const [old, now] = [chargesByPlace(before), chargesByPlace(after)]
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const cause = compareCharge(old.get(key), now.get(key), currency)
    if (cause) causes.push(cause)
  }
  return causes
}

/** Charges by line, kind and tax; several of one kind on a line (remedies) also by rule. */
function chargesByPlace({ proposed }: Assessment): Map<string, Placed> {
  const placed = new Map<string, Placed>()
  if (!proposed) return placed
  const { ofLines, ofConsignment } = chargesByLine(proposed.route.charges, proposed.lines.length)
  for (const charge of [...ofLines.flat(), ...ofConsignment]) {
    const line = proposed.lines[charge.line]?.state.line.id
    const within =
      charge.kind === 'duty'
        ? ''
        : charge.kind === 'tax' || charge.kind === 'excise'
          ? (charge.of ?? charge.rule.id)
          : charge.rule.id
    const whose = charge.kind === 'rounding' ? `${charge.of} ${charge.rate}` : within
    placed.set(`${line ?? ''}|${charge.kind}|${whose}`, { line, charge })
  }
  return placed
}

function compareCharge(
  before: Placed | undefined,
  after: Placed | undefined,
  currency: string,
): Cause | undefined {
  const [old, now] = [before?.charge, after?.charge]
  const difference = (now?.amount ?? 0n) - (old?.amount ?? 0n)
  const one = (now ?? old) as Charge
  const changed = difference !== 0n || (old && now && old.rule.id !== now.rule.id)
  if (!changed) return undefined
  const line = (after ?? before)?.line
  return {
    ...(line === undefined ? {} : { line }),
    kind: one.kind,
    because: reasonFor(old, now),
    name: one.rule.name,
    before: old ? sideOf(old, currency) : null,
    after: now ? sideOf(now, currency) : null,
    difference: formatMinor(difference, currency),
  }
}

function reasonFor(old: Charge | undefined, now: Charge | undefined): Cause['because'] {
  if (!old || (old.struck && !now?.struck)) return 'began'
  if (!now || (now.struck && !old.struck)) return 'ended'
  if (old.rule.id !== now.rule.id) return 'other-rule'
  return old.rate === now.rate ? 'other-basis' : 'other-rate'
}

function sideOf(charge: Charge, currency: string): Side {
  const { rule, rate } = charge
  return {
    rule: rule.id,
    name: rule.name,
    ...(rate === undefined ? {} : { rate }),
    basis: formatMinor(charge.basis, currency),
    amount: formatMinor(charge.amount, currency),
    ...(rule.citation ? { citation: rule.citation } : {}),
  }
}
