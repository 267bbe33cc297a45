// What was bought, what law took of it, and who paid: one record, written once, from which the page, the PDF and the
// electronic invoice are made. It holds everything they say, so none of them looks anything up.
import type { Day } from '../../basis/day.ts'

export type Receipt = {
  number: string
  /** Unix milliseconds. All three renderings show the day and the time of UTC. */
  issued: number
  /** Makes this a receipt for a refund, a credit note: the receipt it corrects. Its amounts are positive. */
  corrects?: { number: string; issued: number }
  order: string
  /** The day whose law the charges follow. */
  lawOn: Day
  seller: ReceiptParty
  buyer: ReceiptParty
  /** ISO 3166-1 alpha-2. */
  shipTo: string
  /** ISO 4217; every amount is in it. */
  currency: string
  lines: readonly ReceiptLine[]
  charges: readonly ReceiptCharge[]
  totals: ReceiptTotals
  /** What the buyer paid; of a credit note, what the buyer got back. Nothing yet, or the whole total. */
  paid: readonly ReceiptPayment[]
  /** How much of it was given back since, each time with a credit note of its own. */
  refundedMinor: bigint
}

export type ReceiptParty = {
  name: string
  /** In the order in which the post of the country writes them, without the country. */
  address: readonly string[]
  country: string
  /** Schemes as in `parties`, such as `ssm` or `vat-fr`; `ioss` for the number of that scheme. */
  identifiers: readonly { scheme: string; value: string }[]
}

export type ReceiptLine = {
  id: string
  description: string
  /** Six digits of the HS, or a longer national code. */
  subheading: string
  /** The country of origin. */
  origin: string
  /** A decimal above zero. */
  quantity: string
  /** UN/CEFACT Recommendation 20, such as `C62` for one and `KGM` for a kilogram. */
  unit: string
  /** An exact decimal in the receipt's currency; it may be finer than the minor unit. */
  unitPrice: string
  amountMinor: bigint
}

export const chargeKinds = ['duty', 'excise', 'tax', 'fee', 'freight', 'insurance'] as const
export type ReceiptChargeKind = (typeof chargeKinds)[number]

export type ReceiptCharge = {
  /** The id of its line; absent for a charge on the whole consignment. */
  line?: string
  /** Trade remedies are duty; a rounding that law orders is of the kind it rounds, and may be negative. */
  kind: ReceiptChargeKind
  name: string
  /** As the rule writes it, such as `20%`; empty for an agreed price such as freight. */
  rate: string
  /** What the rate is charged on. */
  basisMinor: bigint
  amountMinor: bigint
  citation?: { title: string; url: string; read?: Day }
  /** By customs at the border, or by the seller with the price. Either way the buyer paid it with the order. */
  collected: 'border' | 'sale'
}

/** Minor units. `tax` holds excise too, as the totals of a landed cost do. */
export type ReceiptTotals = {
  goods: bigint
  freight: bigint
  insurance: bigint
  duty: bigint
  tax: bigint
  fees: bigint
  total: bigint
}

export type ReceiptPayment = {
  at: number
  /** By what, in words a reader knows, such as `DuitNow QR`. */
  by: string
  amountMinor: bigint
}

/** Which total a kind of charge belongs to. */
export const totalOf = {
  duty: 'duty',
  excise: 'tax',
  tax: 'tax',
  fee: 'fees',
  freight: 'freight',
  insurance: 'insurance',
} as const satisfies Record<ReceiptChargeKind, keyof ReceiptTotals>

/** The totals that the lines and charges add up to. */
export function addUp({ lines, charges }: Pick<Receipt, 'lines' | 'charges'>): ReceiptTotals {
  const totals = { goods: 0n, freight: 0n, insurance: 0n, duty: 0n, tax: 0n, fees: 0n, total: 0n }
  for (const { amountMinor } of lines) totals.goods += amountMinor
  for (const { kind, amountMinor } of charges) totals[totalOf[kind]] += amountMinor
  for (const name of ['goods', 'freight', 'insurance', 'duty', 'tax', 'fees'] as const)
    totals.total += totals[name]
  return totals
}

/** What was paid, in minor units. */
export const paidMinor = ({ paid }: Receipt): bigint =>
  paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
