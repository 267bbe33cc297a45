// What EN 16931 calls VAT, read out of a receipt. It is a tax that the seller charges with the price, by a percentage;
// all that customs charge, and every sum by weight or piece, is a charge outside of it.
import { minorDigits } from '../../basis/currency.ts'
import { decimal, multiply, ratio, subtract, toDecimal } from '../../basis/ratio.ts'
import type { Receipt, ReceiptCharge } from './receipt.ts'

/**
 * A category of UNCL 5305: S standard rate, Z zero rate, E not taxed while others are, O no tax at all, which may not
 * stand beside another (BR-O-11).
 */
export type Category = { id: 'S' | 'Z' | 'E' | 'O'; percent?: string }

export type TaxGroup = { category: Category; taxableMinor: bigint; taxMinor: bigint }

export type TaxView = {
  /** Charges that are no VAT. */
  charges: readonly ReceiptCharge[]
  categoryOfLine(id: string): Category
  categoryOf(charge: ReceiptCharge): Category
  groups: readonly TaxGroup[]
  taxMinor: bigint
}

/** `20%` is 20; undefined for a rate that is more, or no percentage. */
export function percentOf(rate: string): string | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,6})?)\s?%$/.exec(rate)
  return match?.[1] === undefined ? undefined : toDecimal(decimal(match[1]))
}

const isVat = ({ kind, collected, rate }: ReceiptCharge): boolean =>
  kind === 'tax' && collected === 'sale' && percentOf(rate) !== undefined

const categoryAt = (rate: string): Category => {
  const percent = percentOf(rate) ?? '0'
  return { id: percent === '0' ? 'Z' : 'S', percent }
}

/** Freight and insurance follow their goods; what is charged by authorities is outside. */
export function taxView(receipt: Receipt): TaxView {
  const vat = receipt.charges.filter(isVat)
  const charges = receipt.charges.filter((charge) => !isVat(charge))
  const outside: Category = vat.length > 0 ? { id: 'E', percent: '0' } : { id: 'O' }
  const whole = vat.find(({ line }) => line === undefined)
  const byLine = new Map(
    receipt.lines.map(({ id }) => {
      const own = vat.find(({ line }) => line === id) ?? whole
      return [id, own ? categoryAt(own.rate) : outside] as const
    }),
  )
  const categoryOfLine = (id: string) => byLine.get(id) ?? outside
  const keys = new Set([...byLine.values()].map(keyOf))
  const shared = keys.size === 1 ? byLine.values().next().value : undefined
  const categoryOf = ({ kind, line }: ReceiptCharge): Category => {
    if (kind !== 'freight' && kind !== 'insurance') return outside
    return line === undefined ? (shared ?? outside) : categoryOfLine(line)
  }
  const taxMinor = vat.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const view = { charges, categoryOfLine, categoryOf, taxMinor }
  return { ...view, groups: groupsOf(receipt, vat, view) }
}

export const keyOf = ({ id, percent }: Category): string => `${id} ${percent ?? ''}`

/** One group for each category that a line or charge has; what law taxed is the basis of the tax, else the sum. */
function groupsOf(
  receipt: Receipt,
  vat: readonly ReceiptCharge[],
  view: Pick<TaxView, 'charges' | 'categoryOf' | 'categoryOfLine'>,
): TaxGroup[] {
  const groups = new Map<string, TaxGroup>()
  const add = (category: Category, taxable: bigint, tax: bigint) => {
    const key = keyOf(category)
    const group = groups.get(key) ?? { category, taxableMinor: 0n, taxMinor: 0n }
    group.taxableMinor += taxable
    group.taxMinor += tax
    groups.set(key, group)
  }
  for (const { id, amountMinor } of receipt.lines) add(view.categoryOfLine(id), amountMinor, 0n)
  for (const charge of view.charges) add(view.categoryOf(charge), charge.amountMinor, 0n)
  const bases = new Map<string, bigint>()
  for (const { rate, basisMinor, amountMinor } of vat) {
    const category = categoryAt(rate)
    add(category, 0n, amountMinor)
    bases.set(keyOf(category), (bases.get(keyOf(category)) ?? 0n) + basisMinor)
  }
  return [...groups].map(([key, group]) => ({
    ...group,
    taxableMinor: bases.get(key) ?? group.taxableMinor,
  }))
}

/**
 * The business rules of EN 16931 that this record cannot meet, by their names; the invoice claims the standard only when
 * there is none. Law may tax something else than the sum of what is listed (BR-S-08), have more than one tax on a line, or
 * be in a currency with three decimals (BR-DEC), and a seller may have no number of a register (BR-CO-26) or of the tax
 * office (BR-S-02).
 */
export function unmetRules(receipt: Receipt): string[] {
  const view = taxView(receipt)
  const sums = new Map<string, bigint>()
  const add = (category: Category, minor: bigint) =>
    sums.set(keyOf(category), (sums.get(keyOf(category)) ?? 0n) + minor)
  for (const { id, amountMinor } of receipt.lines) add(view.categoryOfLine(id), amountMinor)
  for (const charge of view.charges) add(view.categoryOf(charge), charge.amountMinor)
  const { identifiers } = receipt.seller
  const taxed = view.groups.filter(({ category }) => category.id !== 'O')
  const broken: readonly (readonly [rule: string, isBroken: boolean])[] = [
    ['BR-DEC', (minorDigits(receipt.currency) ?? 0) > 2],
    ['BR-CO-26', identifiers.length === 0],
    ['BR-S-02', taxed.length > 0 && !identifiers.some(({ scheme }) => isTaxScheme(scheme))],
    ['BR-CO-17', taxed.some((group) => !isPercentage(group, receipt.currency))],
    [
      'BR-S-08',
      taxed.some(({ category, taxableMinor }) => taxableMinor !== sums.get(keyOf(category))),
    ],
  ]
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []))
}

/** Less than one unit of the currency away, for a tax that is rounded line by line. */
function isPercentage({ category, taxableMinor, taxMinor }: TaxGroup, currency: string): boolean {
  const exact = multiply(ratio(taxableMinor, 100n), decimal(category.percent ?? '0'))
  const { n, d } = subtract(exact, ratio(taxMinor))
  const unit = 10n ** BigInt(minorDigits(currency) ?? 0) * d
  return n < unit && -n < unit
}

/** Numbers that a tax office gave; the others name a business. */
export const isTaxScheme = (scheme: string): boolean =>
  /^(vat-[a-z]{2}|tin-[a-z]{2}|ioss|gstin|abn)$/.test(scheme)
