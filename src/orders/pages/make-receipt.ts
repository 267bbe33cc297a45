// The record of an order as its receipt shows it: made from the quote that was accepted and from what the books say was given
// back since. Nothing is worked out anew: what does not add up is refused by `checkReceipt`.
import { minorDigits } from '../../basis/currency.ts'
import { parseAmount } from '../../basis/money.ts'
import { apportion } from '../../basis/rounding.ts'
import { addressLines } from '../../parties/index.ts'
import type { Answer, AnswerCharge } from '../../tariff/index.ts'
import type { Order } from '../order.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import {
  addUp,
  totalOf,
  type Receipt,
  type ReceiptCharge,
  type ReceiptChargeKind,
  type ReceiptLine,
} from '../receipts/index.ts'
import type { LegState } from './find-legs.ts'

export type ReceiptFacts = {
  readonly order: Order
  readonly quote: QuoteBody
  readonly answer: Answer
  readonly legs: readonly LegState[]
  /** What it was paid by, in words. */
  readonly by: string
  /** What a part of something that was given back is called. */
  readonly partOf: (what: string) => string
  /** When the last of it was given back; Unix milliseconds. */
  readonly refundedAt: number
}

export function makeReceipt(facts: ReceiptFacts): Receipt {
  const { order, quote, answer, legs, by } = facts
  const lines = linesOf(quote)
  const charges = chargesOf(quote, answer)
  return {
    ...headOf(facts),
    number: `R-${order.number}`,
    issued: order.placedAt,
    ...{ lines, charges, totals: addUp({ lines, charges }) },
    paid: [{ at: order.placedAt, by, amountMinor: order.total }],
    refundedMinor: legs.reduce((sum, { back }) => sum + back, 0n),
  }
}

/** The credit note for what was given back so far; undefined where nothing was. */
export function makeCreditNote(facts: ReceiptFacts): Receipt | undefined {
  const { order, legs, by, refundedAt, partOf } = facts
  const whole = makeReceipt(facts)
  if (whole.refundedMinor === 0n) return undefined
  const leg = (name: LegState['leg']) => legs.find((each) => each.leg === name)
  const goods = leg('goods')
  const lines =
    goods && goods.back === goods.amount
      ? whole.lines
      : [partLine(whole, goods?.back ?? 0n, partOf)]
  const charges = legs.flatMap(({ leg: name, amount, back }): ReceiptCharge[] => {
    if (name === 'goods' || back === 0n) return []
    const same = whole.charges.filter(({ kind }) => totalOf[kind] === totalName[name])
    if (back === amount) return same
    const [first] = same
    return first
      ? [
          {
            kind: first.kind,
            name: partOf(first.name),
            rate: '',
            basisMinor: 0n,
            amountMinor: back,
            collected: first.collected,
          },
        ]
      : []
  })
  const totals = addUp({ lines, charges })
  return {
    ...whole,
    number: `C-${order.number}`,
    issued: refundedAt,
    corrects: { number: whole.number, issued: whole.issued },
    ...{ lines, charges, totals },
    paid: [{ at: refundedAt, by, amountMinor: totals.total }],
    refundedMinor: 0n,
  }
}

const totalName = {
  freight: 'freight',
  insurance: 'insurance',
  duty: 'duty',
  tax: 'tax',
  fee: 'fees',
} as const

const headOf = ({ order, quote }: ReceiptFacts) => ({
  order: order.number,
  lawOn: quote.on,
  seller: {
    name: quote.seller.name,
    address: quote.seller.address,
    country: quote.seller.country,
    identifiers: quote.seller.identifiers,
  },
  buyer: {
    name: order.shipTo.name,
    address: addressLines(order.shipTo.address),
    country: order.shipTo.address.country,
    identifiers: [],
  },
  shipTo: order.destination,
  currency: quote.currency,
})

/** Goods cost what the buyer pays for them; changing money is a part of it, so customs may have counted otherwise. */
function linesOf({ currency, lines, legs }: QuoteBody): ReceiptLine[] {
  const goods = BigInt(legs.find(({ leg }) => leg === 'goods')?.amount ?? 0)
  const amounts = apportion(
    goods,
    lines.map(({ price, quantity }) => BigInt(price) * BigInt(quantity)),
  )
  return lines.map((line, index) => {
    const amountMinor = amounts[index] ?? 0n
    return {
      id: String(index + 1),
      description: line.options === '' ? line.title : `${line.title}, ${line.options}`,
      subheading: line.subheading,
      origin: line.origin,
      quantity: String(line.quantity),
      unit: 'C62',
      unitPrice: unitPrice(amountMinor, BigInt(line.quantity), currency),
      amountMinor,
    }
  })
}

/** Six digits finer than the minor unit, so that pieces times price come to the amount for any number of pieces. */
function unitPrice(amount: bigint, pieces: bigint, currency: string): string {
  const digits = (minorDigits(currency) ?? 0) + 6
  const text = String((amount * 1_000_000n) / pieces).padStart(digits + 1, '0')
  const decimal = `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return decimal.replace(/0{1,6}$/, '').replace(/\.$/, '')
}

/** Goods that were only in part given back: one line of what was. */
function partLine(
  { lines, currency }: Receipt,
  back: bigint,
  partOf: ReceiptFacts['partOf'],
): ReceiptLine {
  const [first] = lines as readonly [ReceiptLine]
  return {
    ...first,
    id: '1',
    description: partOf(first.description),
    quantity: '1',
    unitPrice: unitPrice(back, 1n, currency),
    amountMinor: back,
  }
}

const kinds = {
  duty: 'duty',
  remedy: 'duty',
  excise: 'excise',
  tax: 'tax',
  fee: 'fee',
} as const satisfies Readonly<Record<string, ReceiptChargeKind>>

function chargesOf(quote: QuoteBody, answer: Answer): ReceiptCharge[] {
  const { lane, currency } = quote
  const legOf = (name: string): bigint =>
    BigInt(quote.legs.find(({ leg }) => leg === name)?.amount ?? 0)
  const agreed = (kind: 'freight' | 'insurance'): ReceiptCharge[] =>
    legOf(kind) === 0n
      ? []
      : [
          {
            ...{ kind, name: `${lane.carrierName}, ${lane.serviceName}`, rate: '', basisMinor: 0n },
            ...{ amountMinor: legOf(kind), collected: 'sale' as const },
          },
        ]
  if (quote.status === 'no-border') return agreed('freight')
  const lawful = [
    ...answer.lines.flatMap(({ charges }, index) =>
      charges.map((charge) => ({ charge, line: String(index + 1) })),
    ),
    ...answer.charges.map((charge) => ({ charge, line: undefined })),
  ].filter(({ charge }) => charge.struck === undefined)
  const plain = lawful.filter(({ charge }) => charge.kind !== 'rounding')
  const sums = { duty: legOf('duty'), tax: legOf('tax'), fee: legOf('fee') }
  for (const { charge } of plain)
    sums[legName(kinds[charge.kind as keyof typeof kinds])] -= minorOf(charge.amount, currency)
  // What a law rounds is what its plain charges do not come to.
  const rounded = (Object.keys(sums) as (keyof typeof sums)[]).find((name) => sums[name] !== 0n)
  return [
    ...agreed('freight'),
    ...agreed('insurance'),
    ...lawful.map(({ charge, line }) =>
      chargeOf(
        charge,
        line,
        charge.kind === 'rounding' ? (rounded ?? 'tax') : kinds[charge.kind],
        currency,
      ),
    ),
  ]
}

const legName = (kind: (typeof kinds)[keyof typeof kinds]) => (kind === 'excise' ? 'tax' : kind)

const chargeOf = (
  { name, rate, basis, amount, collected, citation }: AnswerCharge,
  line: string | undefined,
  kind: ReceiptChargeKind,
  currency: string,
): ReceiptCharge => ({
  ...(line === undefined ? {} : { line }),
  ...{ kind, name, collected, rate: rate ?? '' },
  basisMinor: minorOf(basis, currency),
  amountMinor: minorOf(amount, currency),
  ...(citation
    ? { citation: { title: citation.title, url: citation.url, read: citation.read } }
    : {}),
})

function minorOf(amount: string, currency: string): bigint {
  const found = parseAmount(amount, currency)
  if (found === undefined) throw new RangeError(`${amount} is no amount of ${currency}`)
  return found
}
