import { basketConditionHolds, lineConditionHolds } from './conditions.ts'
import { divide, fraction, multiply, one, read, subtract, total } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { Undecided, amountOf, isPurePercent, parseRate } from './rates.ts'
import type { Asked, Rate } from './rates.ts'
import type { Route, RouteLine } from './route.ts'
import { cellOf, isCellFirm } from './schedules.ts'
import { reliefOf, treatmentOf } from './treatment.ts'
import type { Tax, Treatment } from './types.ts'
import { inForce } from './versions.ts'
import type { Holding } from './versions.ts'
import { askOf, rounded, roundedForLine, roundingOf } from './work.ts'
import type { Work } from './work.ts'

/** Section 7, taxes.yaml and order of work, steps 5 and 6. */

/** A tax worked out on one line, before the consignment is looked at as a whole. */
interface Taxed {
  each: RouteLine
  base: bigint
  parts: string[]
  rate: Rate
  share: Fraction
  key: string
  exact: Fraction
  amount: bigint
}

/** What rounding at consignment level has added, by the part of a base it joins. */
type Joins = { part: string; excise: boolean; amount: bigint }[]

export function workOutTaxes(work: Work, route: Route): void {
  const joins: Joins = route.charges
    .filter(({ kind }) => kind === 'rounding')
    .map(({ amount }) => ({ part: 'duty', excise: false, amount }))
  for (const tax of work.inForce.taxes) {
    const taxed = route.lines.flatMap((each) => {
      try {
        return each.blank ? [] : workOutTaxOfLine(work, route, each, tax)
      } catch (error) {
        if (!(error instanceof Undecided)) throw error
        if (error.code !== '') each.reasons.add(error.code)
        each.unknown.add(`tax:${tax.record.id}`)
        if (tax.record.kind === 'excise') each.unknown.add('excise')
        return []
      }
    })
    joins.push(...roundTaxOfConsignment(work, route, tax.record, taxed, joins))
  }
}

/** `none`, `not-named` (an opt_in tax no treatment names), or charged. */
export function taxTreatment(treatment: Treatment, tax: Tax): 'charged' | 'none' | 'not-named' {
  const own = treatment.taxes?.[tax.id]
  if (tax.opt_in && own === undefined) return 'not-named'
  if (own !== undefined) return own === 'none' ? 'none' : 'charged'
  const general = tax.kind === 'excise' ? treatment.excise : treatment.taxes?.all
  return general === 'none' ? 'none' : 'charged'
}

function workOutTaxOfLine(
  work: Work,
  route: Route,
  each: RouteLine,
  { record: tax, firm }: Holding<Tax>,
): Taxed[] {
  const { line } = each
  const isExcise = tax.kind === 'excise'
  const kind = isExcise ? 'excise' : 'tax'
  const treatment = treatmentOf(work, route.regime.record, line)
  const treated = taxTreatment(treatment, tax)
  if (treated === 'not-named' || !basketConditionHolds(work, tax.when, route.schemes)) return []
  if (!lineConditionHolds(work, tax.lines, line)) return []
  if (treated === 'none') {
    const rule = route.regime.record.id
    each.charges.push({ kind, rule, amount: 0n, counts: 'tax', firm: true })
    return []
  }
  const relief = reliefOf(work, route, line, kind)
  if (relief) {
    const rule = relief.record.id
    each.charges.push({ kind, rule, amount: 0n, counts: 'tax', firm: relief.firm })
    return []
  }
  const set = rateOf(work, each, tax)
  if (!set) return []
  const parts = (!isExcise && treatment.tax_base) || tax.base
  const sum = total(parts.map((part) => fraction(partOf(each, part))))
  const base = roundedForLine(roundingOf(work, 'tax-base', tax.id), sum)
  const shareText = (isExcise ? treatment.excise_share : treatment.tax_share) ?? '100%'
  const share = divide(read(shareText.replace('%', '')), fraction(100n))
  const rate = parseRate(set.text)
  let converted = true
  const ask = askOf(work, [line], fraction(base), () => (converted = false))
  const exact = multiply(amountOfTax(tax, rate, ask), share)
  const amount = roundedForLine(roundingOf(work, 'tax', tax.id), exact)
  each.charges.push({ kind, rule: set.rule, amount, counts: 'tax', firm: firm && set.firm })
  each.notFirm ||= !converted
  each.taxes.set(tax.id, { amount, excise: isExcise })
  return [{ each, base, parts, rate, share, key: `${set.text} x ${shareText}`, exact, amount }]
}

/** The first `reduced` in force whose condition holds, else the cell, else the tax's own rate. */
function rateOf(work: Work, each: RouteLine, tax: Tax) {
  const { line } = each
  const reduced = inForce(tax.reduced ?? [], work.on).find(({ record }) =>
    lineConditionHolds(work, record.lines, line),
  )
  if (reduced) {
    const { id, rate } = reduced.record
    return { rule: id, text: String(rate), firm: reduced.firm }
  }
  const cell = tax.column === undefined ? '' : cellOf(line.found, tax.column)
  if (cell !== '') {
    const firm = isCellFirm(work.rules, line.found, tax.column!)
    return { rule: tax.id, text: cell, firm }
  }
  return tax.rate === undefined ? undefined : { rule: tax.id, text: String(tax.rate), firm: true }
}

/** One named part of a tax base; a part that is not known leaves the tax out without a new reason. */
function partOf({ line, charges, taxes, unknown, feesInBase }: RouteLine, part: string): bigint {
  if (unknown.has(part)) throw new Undecided('')
  const sum = (amounts: bigint[]) => amounts.reduce((a, b) => a + b, 0n)
  switch (part) {
    case 'price':
      return line.price
    case 'freight':
      return line.freight
    case 'insurance':
      return line.insurance
    case 'customs-value':
      return line.customsValue
    case 'duty':
      return sum(charges.filter(({ counts }) => counts === 'duty').map(({ amount }) => amount))
    case 'excise':
      return sum([...taxes.values()].filter(({ excise }) => excise).map(({ amount }) => amount))
    case 'fees':
      return feesInBase
    default:
      return taxes.get(part.replace('tax:', ''))?.amount ?? 0n
  }
}

/** `inclusive`: the rate r is on the amount that holds the tax itself, base x r / (1 - r). */
function amountOfTax(tax: Tax, rate: Rate, ask: Asked): Fraction {
  if (!tax.inclusive) return amountOf(rate, ask)
  const [term] = rate.terms
  if (rate.terms.length !== 1 || term?.is !== 'percent' || term.of) {
    throw new Error(`${tax.id}: inclusive goes only with a plain per cent rate`)
  }
  return divide(amountOf(rate, ask), subtract(one, term.percent))
}

/** Step 6 for a tax: per rate, what the base of all lines together comes to. */
function roundTaxOfConsignment(
  work: Work,
  route: Route,
  tax: Tax,
  taxed: Taxed[],
  joins: Joins,
): Joins {
  const ofBase = roundingOf(work, 'tax-base', tax.id)
  const ofTax = roundingOf(work, 'tax', tax.id)
  if (ofBase.level === 'line' && ofTax.level === 'line') return []
  const added: Joins = []
  for (const key of new Set(taxed.map((one_) => one_.key))) {
    const group = taxed.filter((one_) => one_.key === key)
    const first = group.find(({ each }) => each.line === work.lines[0])
    const joining = joins.filter(({ part, excise }) =>
      first?.parts.some((name) => name === part || (name === 'excise' && excise)),
    )
    const sum = [...group.map(({ base }) => base), ...joining.map(({ amount }) => amount)]
    const all = fraction(sum.reduce((a, b) => a + b, 0n))
    const base = ofBase.level === 'consignment' ? fraction(rounded(ofBase, all)) : all
    const { rate, share } = group[0]!
    const ask = askOf(work, [], base, () => {})
    const exact = isPurePercent(rate)
      ? multiply(amountOfTax(tax, rate, ask), share)
      : total(group.map((one_) => one_.exact))
    const ofLines = group.reduce((before, { amount }) => before + amount, 0n)
    const amount = rounded(ofTax, exact) - ofLines
    if (amount === 0n) continue
    const rule = ofTax.level === 'consignment' ? ofTax.id : ofBase.id
    route.charges.push({ kind: 'rounding', rule, amount, counts: 'tax', firm: true })
    added.push({ part: `tax:${tax.id}`, excise: tax.kind === 'excise', amount })
  }
  return added
}
