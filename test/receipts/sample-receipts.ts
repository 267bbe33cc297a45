import fc from 'fast-check'
import { minorDigits } from '../../src/basis/currency.ts'
import { formatMinor } from '../../src/basis/money.ts'
import { decimal, multiply, scale } from '../../src/basis/ratio.ts'
import { round } from '../../src/basis/rounding.ts'
import {
  addUp,
  chargeKinds,
  type Receipt,
  type ReceiptCharge,
  type ReceiptLine,
} from '../../src/orders/receipts/receipt.ts'

const directive = {
  title: 'Directive 2006/112/EC',
  url: 'https://eur-lex.europa.eu/eli/dir/2006/112/oj',
  read: '2026-10-01',
}

const names = ['Batik scarf, silk', '蜡染围巾，纯棉，手工印染于马来西亚槟城', 'ผ้าบาติกน้ำเงิน ทำด้วยมือ']

/** Amina sells batik to Chloé in France under IOSS: 2 × 19.95, freight 4.00 a line, 20% on 43.90 a line. */
export function iossReceipt(changes: Partial<Receipt> = {}, count = 3): Receipt {
  const lines = Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    description: names[index % 3] ?? '',
    subheading: '621410',
    origin: 'MY',
    quantity: '2',
    unit: 'C62',
    unitPrice: '19.95',
    amountMinor: 3990n,
  }))
  const charges = lines.flatMap(({ id }): ReceiptCharge[] => [
    charge('freight', 'EMS', '', 400n, { line: id }),
    charge('tax', 'VAT', '20%', 878n, { line: id, basisMinor: 4390n, citation: directive }),
  ])
  return settled({ ...base, lines, charges, ...changes })
}

/** The same goods sent on, duties paid: customs charge duty and tax at the border, and round the duty down. */
export function dutyPaidReceipt(changes: Partial<Receipt> = {}): Receipt {
  const atBorder = { collected: 'border', citation: directive } as const
  return iossReceipt({
    charges: [
      charge('freight', 'EMS', '', 1200n),
      charge('insurance', 'All risks', '0.5%', 60n, { basisMinor: 11_970n }),
      charge('duty', 'MFN', '8%', 1058n, { ...atBorder, basisMinor: 13_230n }),
      charge('duty', 'Rounding of duty', '', -58n, atBorder),
      charge('excise', 'Excise', 'EUR 0.10 per piece', 60n, { ...atBorder, line: '1' }),
      charge('tax', 'Import VAT', '20%', 2858n, { ...atBorder, basisMinor: 14_290n }),
      charge('fee', 'Clearance', '', 500n, { collected: 'border' }),
    ],
    ...changes,
  })
}

const charge = (
  kind: ReceiptCharge['kind'],
  name: string,
  rate: string,
  amountMinor: bigint,
  more: Partial<ReceiptCharge> = {},
): ReceiptCharge => ({ kind, name, rate, amountMinor, basisMinor: 0n, collected: 'sale', ...more })

const base = {
  number: 'R-2026-000123',
  issued: Date.UTC(2026, 10, 20, 9, 30),
  order: 'O-7F3K',
  lawOn: '2026-11-20',
  seller: {
    name: 'Amina Batik Sdn Bhd',
    address: ['12 Lebuh Chulia', '10200 George Town', 'Pulau Pinang'],
    country: 'MY',
    identifiers: [
      { scheme: 'ssm', value: '201901000005' },
      { scheme: 'ioss', value: 'IM4420001234' },
    ],
  },
  buyer: {
    name: 'Chloé Lefèvre',
    address: ['8 rue de l’Église', '75011 Paris'],
    country: 'FR',
    identifiers: [],
  },
  shipTo: 'FR',
  currency: 'EUR',
  paid: [{ at: Date.UTC(2026, 10, 20, 9, 29), by: 'DuitNow QR', amountMinor: 0n }],
  refundedMinor: 0n,
}

/** With the totals its parts come to, and all of it paid by the first payment, if there is one. */
export function settled(receipt: Omit<Receipt, 'totals'>): Receipt {
  const totals = addUp(receipt)
  const paid = receipt.paid.slice(0, 1).map((each) => ({ ...each, amountMinor: totals.total }))
  return { ...receipt, totals, paid }
}

/** Text as people type it, and as nobody should: emoji, right to left, controls, halves of signs, markup. */
const oddText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        ...['شركة عبد الله 12', '\u202Eevil', '😀👩‍👩‍👧', '\uD800', '\u0000\u0007', ']]>', '<!--'],
        ...['&amp;', '"\'', '\uFFFE', '%s(\\)', 'น้ำผึ้ง', '龘靐', 'नमस्ते', 'a'.repeat(90), '\n\n'],
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join(' ')),
)

/** A letter in front makes it a name. */
const name = oddText.map((text) => `N${text}`)
const country = fc.constantFrom('MY', 'FR', 'CN', 'TH', 'US')
const party = fc.record({
  name,
  address: fc.array(oddText, { maxLength: 5 }),
  country,
  identifiers: fc.array(
    fc.record({ scheme: fc.constantFrom('ssm', 'ioss', 'vat-fr', 'uscc'), value: name }),
    { maxLength: 3 },
  ),
})

const lineOf = (currency: string) =>
  fc
    .record({
      description: name,
      subheading: fc.constantFrom('621410', '6109100010'),
      origin: country,
      quantity: fc.constantFrom('1', '2', '12.5', '0.333', '1000'),
      unit: fc.constantFrom('C62', 'KGM', 'MTR', 'PR'),
      unitPrice: fc.bigInt(0n, 99_999_999n).map((minor) => formatMinor(minor, currency)),
    })
    .map((line): Omit<ReceiptLine, 'id'> => {
      const exact = multiply(decimal(line.quantity), decimal(line.unitPrice))
      const units = 10n ** BigInt(minorDigits(currency) ?? 0)
      return { ...line, amountMinor: round(scale(exact, units), 'half-up') }
    })

const chargeOf = (lines: number) =>
  fc
    .record({
      line: fc.option(fc.integer({ min: 1, max: lines }).map(String), { nil: undefined }),
      kind: fc.constantFrom(...chargeKinds),
      name,
      rate: fc.constantFrom('', '20%', '5.5 %', '0%', '5% + EUR 2 per kg'),
      basisMinor: fc.bigInt(0n, 9_999_999n),
      amountMinor: fc.bigInt(-3n, 999_999n),
      citation: fc.option(
        fc.record({ title: name, url: fc.webUrl({ withQueryParameters: true }) }),
        { nil: undefined },
      ),
      collected: fc.constantFrom('border' as const, 'sale' as const),
    })
    .map(({ line, citation, ...charge }): ReceiptCharge => ({
      ...charge,
      ...(line === undefined ? {} : { line }),
      ...(citation === undefined ? {} : { citation }),
    }))

/** Receipts and credit notes of all kinds that add up. */
export const anyReceipt: fc.Arbitrary<Receipt> = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CNY', 'VND'),
    count: fc.integer({ min: 1, max: 4 }),
    isCredit: fc.boolean(),
    isPaid: fc.boolean(),
  })
  .chain(({ currency, count, isCredit, isPaid }) =>
    fc.record({
      currency: fc.constant(currency),
      number: name,
      issued: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      order: name,
      lawOn: fc.constantFrom('2026-11-20', '2024-02-29'),
      seller: party,
      buyer: party,
      shipTo: country,
      lines: fc
        .array(lineOf(currency), { minLength: count, maxLength: count })
        .map((lines) => lines.map((line, index) => ({ ...line, id: String(index + 1) }))),
      charges: fc.array(chargeOf(count), { maxLength: 6 }),
      paid: isPaid
        ? name.map((by) => [{ at: 1_780_000_000_000, by, amountMinor: 0n }])
        : fc.constant([]),
      refundedMinor: fc.constant(0n),
      ...(isCredit
        ? { corrects: fc.record({ number: name, issued: fc.constant(1_770_000_000_000) }) }
        : {}),
    }),
  )
  .map((receipt) => settled(receipt as Omit<Receipt, 'totals'>))
  .filter(({ totals }) => totals.total >= 0n)
