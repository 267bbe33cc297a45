// Step 5 of the order of work: the taxes of every line, in the order in which the law builds one on another, and
// step 6 for taxes that the law rounds over the whole consignment.
import { roundToStep } from '../../basis/rounding.ts'
import { multiply, ratio, type Ratio } from '../../basis/ratio.ts'
import {
  basePart,
  type CompiledBase,
  type CompiledTax,
  type TaxWord,
  type TextRate,
} from '../rules/law.ts'
import { evaluateRate, isMissing } from '../rules/evaluate-rate.ts'
import type { TaxLaw } from '../rules/line-law.ts'
import type { TaxRate } from '../rules/line-rates.ts'
import { charged, nothing, wholeConsignment, type Reason } from './charge.ts'
import { roundLine } from './assess-duty.ts'
import { addReason, rateFacts, reasonFor, reliefOf, type LineResult, type Route } from './route.ts'

/** A tax worked out on one line, kept for the consignment-level rounding of its group. */
type Worked = {
  readonly line: LineResult
  readonly rate: TextRate
  readonly share: Ratio | undefined
  readonly base: bigint
  readonly exact: Ratio
  readonly amount: bigint
}

export function assessTax(route: Route, tax: CompiledTax): void {
  const grouped = tax.rounding.level === 'consignment' || tax.baseRounding.level === 'consignment'
  const groups = grouped ? new Map<string, Worked[]>() : undefined
  if (tax.when && !tax.when(route.state, route.held)) return
  for (const line of route.lines) {
    if (line.state.linesDiffer) continue
    const law = line.state.law.rules.taxes[tax.index]
    if (!law || (tax.lines.rest && !tax.lines.rest(line.state, route.state))) continue
    const worked = assessLine(route, line, law, grouped)
    if (!worked || !groups) continue
    const key = `${worked.rate.text}|${worked.share ? `${worked.share.n}/${worked.share.d}` : ''}`
    const group = groups.get(key)
    if (group) group.push(worked)
    else groups.set(key, [worked])
  }
  for (const group of groups?.values() ?? []) roundGroup(route, tax, group)
}

function assessLine(
  route: Route,
  line: LineResult,
  law: TaxLaw,
  grouped: boolean,
): Worked | undefined {
  const { tax } = law
  const { kind, id } = tax
  const word = line.treatment.taxes[tax.index] as TaxWord
  if (word === 'not-named') return undefined
  if (word === 'none') {
    route.charges.push(nothing(line.state.index, kind, route.regime.ref, 'none', id))
    return undefined
  }
  const relief = reliefOf(route, line.state, kind)
  if (relief) {
    route.charges.push(nothing(line.state.index, kind, relief.ref, 'relief', id))
    return undefined
  }
  const chosen = chooseRate(route, line, law)
  if (!chosen) return undefined
  if ('code' in chosen) return undecide(line, tax, chosen)
  return charge(route, line, tax, chosen, word, grouped)
}

function undecide(line: LineResult, tax: CompiledTax, reason: Reason | undefined): undefined {
  line.taxes[tax.index] = undefined
  if (reason) addReason(line, reason)
  return undefined
}

/** The first reduced rate whose condition holds, else the standard one. */
function chooseRate(route: Route, line: LineResult, law: TaxLaw): TaxRate | Reason | undefined {
  for (const reduced of law.reduced) {
    const { rest } = reduced.lines
    if (!rest || rest(line.state, route.state)) return reduced
    if (reduced.fact !== undefined && line.state.line.facts[reduced.fact] === undefined)
      line.questions = [...line.questions, { code: 'fact', fact: reduced.fact, rule: reduced.ref }]
  }
  return law.standard
}

function charge(
  route: Route,
  line: LineResult,
  tax: CompiledTax,
  { ref, rate }: TaxRate,
  word: 'import' | 'sale',
  grouped: boolean,
): Worked | undefined {
  const { treatment } = line
  const excise = tax.kind === 'excise'
  const sum = baseOf(line, excise ? tax.base : (treatment.taxBase ?? tax.base))
  if (sum === undefined) return undecide(line, tax, undefined)
  const { baseRounding, rounding } = tax
  const base =
    baseRounding.level === 'line' && baseRounding.step !== 1n
      ? roundToStep(ratio(sum), baseRounding.step, baseRounding.mode)
      : sum
  const share = excise ? treatment.exciseShare : treatment.taxShare
  const exact = amountOf(route, line, tax, rate, base, share)
  if ('code' in exact) return undecide(line, tax, exact)
  const amount = roundLine(exact, rounding)
  line.taxes[tax.index] = amount
  const collected = word === 'sale' ? 'sale' : 'border'
  route.charges.push(
    charged(
      line.state.index,
      tax.kind,
      ref,
      base,
      rate.text,
      exact,
      amount,
      rounding,
      tax.id,
      collected,
      share,
    ),
  )
  return grouped ? { line, rate, share, base, exact, amount } : undefined
}

function amountOf(
  route: Route,
  line: LineResult,
  tax: CompiledTax,
  { plain, rate }: TextRate,
  base: bigint,
  share: Ratio | undefined,
): Ratio | Reason {
  let exact: Ratio
  if (plain) exact = { n: base * plain.n, d: tax.inclusive ? plain.d - plain.n : plain.d }
  else {
    const worked = evaluateRate(rate, rateFacts(route, [line], base))
    if (isMissing(worked)) return reasonFor(worked)
    exact = worked
  }
  return share ? multiply(exact, share) : exact
}

/** The sum of a line's named parts; undefined when one of them is not decided. */
function baseOf(line: LineResult, parts: CompiledBase): bigint | undefined {
  const { state } = line
  let sum = 0n
  for (const part of parts) {
    if (part === basePart['customs-value']) sum += state.customsValue
    else if (part === basePart.price) sum += state.price
    else if (part === basePart.freight) sum += state.freight
    else if (part === basePart.insurance) sum += state.insurance
    else if (part === basePart.fees) sum += line.feesInBase
    else {
      const amount = part === basePart.duty ? line.duty : line.taxes[part - basePart.firstTax]
      if (amount === undefined) return undefined
      sum += amount
    }
  }
  return sum
}

/** Works the tax out once over all lines of one rate; what differs from the lines' sum is its own charge. */
function roundGroup(route: Route, tax: CompiledTax, group: readonly Worked[]): void {
  const { baseRounding, rounding } = tax
  const [first] = group as [Worked, ...Worked[]]
  let base = group.reduce((sum, each) => sum + each.base, 0n)
  if (first.line.state.index === 0) base += roundingIn(route, first.line, tax)
  if (baseRounding.level === 'consignment')
    base = roundToStep(ratio(base), baseRounding.step, baseRounding.mode)
  const { plain } = first.rate
  let exact: Ratio
  if (plain) {
    exact = { n: base * plain.n, d: tax.inclusive ? plain.d - plain.n : plain.d }
    if (first.share) exact = multiply(exact, first.share)
  } else
    exact = group.reduce(
      (sum, { exact: each }) => ({ n: sum.n * each.d + each.n * sum.d, d: sum.d * each.d }),
      ratio(0n),
    )
  const total = roundToStep(exact, rounding.step, rounding.mode)
  const difference = total - group.reduce((sum, { amount }) => sum + amount, 0n)
  if (difference === 0n) return
  const rule = rounding.level === 'consignment' ? rounding : baseRounding
  const { id, citation } = rule
  const ref = { id, name: tax.ref.name, citation, note: undefined, sighting: undefined }
  route.charges.push(
    charged(
      wholeConsignment,
      'rounding',
      ref,
      base,
      first.rate.text,
      exact,
      difference,
      rule,
      tax.id,
    ),
  )
}

/** Rounding charges of duty and of earlier taxes that this tax's base names; they join the first line's group. */
function roundingIn({ charges, tariff }: Route, line: LineResult, tax: CompiledTax): bigint {
  const parts = tax.kind === 'excise' ? tax.base : (line.treatment.taxBase ?? tax.base)
  let sum = 0n
  for (const { kind, of, amount } of charges) {
    if (kind !== 'rounding') continue
    const part =
      of === 'duty'
        ? basePart.duty
        : basePart.firstTax + tariff.taxes.findIndex(({ id }) => id === of)
    if (parts.includes(part)) sum += amount
  }
  return sum
}
