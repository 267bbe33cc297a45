import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyReceipt, dutyPaidReceipt, iossReceipt } from '../../../test/receipts/sample-receipts.ts'
import { languageFor, locales } from '../../ui/index.ts'
import { checkReceipt } from './check-receipt.ts'
import type { Receipt, ReceiptCharge, ReceiptLine } from './receipt.ts'
import { refusalSentence } from './words.ts'

const good = iossReceipt()
const { totals, lines, charges, seller, paid } = good
const line = (changes: Partial<ReceiptLine>) => ({
  lines: lines.map((each, index) => (index === 1 ? { ...each, ...changes } : each)),
})
const charge = (changes: Partial<ReceiptCharge>) => ({
  charges: charges.map((each, index) => (index === 0 ? { ...each, ...changes } : each)),
})
const cited = (url: string) => charge({ citation: { title: 'Law', url } })

test.each<[changes: Partial<Receipt>, refused: string, at: string]>([
  [{ number: ' \u200B' }, 'unreadable', 'number'],
  [{ issued: Number.NaN }, 'unreadable', 'issued'],
  [{ corrects: { number: '', issued: 0 } }, 'unreadable', 'corrects.number'],
  [{ lawOn: '2026-02-30' }, 'unreadable', 'lawOn'],
  [{ shipTo: 'EU' }, 'unreadable', 'shipTo'],
  [{ currency: 'EURO' }, 'unreadable', 'currency'],
  [{ seller: { ...seller, name: '…' } }, 'unreadable', 'seller.name'],
  [{ buyer: { ...seller, country: 'xx' } }, 'unreadable', 'buyer.country'],
  [{ lines: [] }, 'unreadable', 'lines'],
  [line({ id: '1' }), 'unreadable', 'lines[1].id'],
  [line({ description: '\u202E' }), 'unreadable', 'lines[1].description'],
  [line({ subheading: '6214' }), 'unreadable', 'lines[1].subheading'],
  [line({ quantity: '0' }), 'unreadable', 'lines[1].quantity'],
  [line({ quantity: '1e3' }), 'unreadable', 'lines[1].quantity'],
  [line({ unit: 'piece' }), 'unreadable', 'lines[1].unit'],
  [line({ unitPrice: '-1' }), 'unreadable', 'lines[1].unitPrice'],
  [line({ amountMinor: 3991n }), 'does-not-add', 'lines[1].amountMinor'],
  [charge({ line: '9' }), 'unreadable', 'charges[0].line'],
  [charge({ name: '' }), 'unreadable', 'charges[0].name'],
  [cited('javascript:alert(1)'), 'unreadable', 'charges[0].citation.url'],
  [cited('https://a.example/(x)'), 'ok', ''],
  [cited('https://a.example/ x'), 'unreadable', 'charges[0].citation.url'],
  [charge({ amountMinor: 401n }), 'does-not-add', 'totals.freight'],
  [{ totals: { ...totals, goods: 1n } }, 'does-not-add', 'totals.goods'],
  [{ totals: { ...totals, duty: 1n } }, 'does-not-add', 'totals.duty'],
  [{ totals: { ...totals, total: totals.total - 1n } }, 'does-not-add', 'totals.total'],
  [{ paid: [...paid, ...paid] }, 'does-not-add', 'paid'],
  [{ paid: [] }, 'ok', ''],
  [{ refundedMinor: totals.total }, 'ok', ''],
  [{ refundedMinor: totals.total + 1n }, 'does-not-add', 'refundedMinor'],
  [{ refundedMinor: -1n }, 'does-not-add', 'refundedMinor'],
  [{ paid: [], refundedMinor: 1n }, 'does-not-add', 'refundedMinor'],
  [{ corrects: { number: 'R-1', issued: 0 }, refundedMinor: 1n }, 'does-not-add', 'refundedMinor'],
])('%o: %s at %s', (changes, refused, at) => {
  const found = checkReceipt({ ...good, ...changes })
  if (refused === 'ok') expect(found).toBeUndefined()
  else expect([found?.refused, found?.facts['at']]).toEqual([`receipt-${refused}`, at])
})

test('a line may be rounded either way, and no further', () => {
  // 0.333 × 10.00 = 3.33 exactly; 0.335 × 10.01 = 3.35335.
  const amounts = (amountMinor: bigint) =>
    checkReceipt({
      ...good,
      ...line({ quantity: '0.335', unitPrice: '10.01', amountMinor }),
    })?.facts['at']
  expect([334n, 335n, 336n, 337n].map(amounts)).toEqual([
    'lines[1].amountMinor',
    'totals.goods',
    'totals.goods',
    'lines[1].amountMinor',
  ])
})

test('a receipt that adds up passes, and with one amount changed by one it does not', () => {
  fc.assert(
    fc.property(anyReceipt, fc.constantFrom(1n, -1n), fc.nat(), (receipt, by, seed) => {
      expect(checkReceipt(receipt)).toBeUndefined()
      const names = Object.keys(receipt.totals) as (keyof Receipt['totals'])[]
      const name = names[seed % names.length] ?? 'total'
      const wrong = { ...receipt, totals: { ...receipt.totals, [name]: receipt.totals[name] + by } }
      expect(checkReceipt(wrong)?.facts['at']).toBe(`totals.${name}`)
    }),
    { numRuns: 1000 },
  )
})

describe.each(locales)('in %s', (locale) => {
  test('a refusal is a sentence with its figures', () => {
    const wrong = { ...dutyPaidReceipt(), totals: { ...dutyPaidReceipt().totals, fees: 0n } }
    const found = checkReceipt(wrong)
    const sentence = found && refusalSentence(languageFor(locale), found)
    expect(sentence).toContain('totals.fees')
    expect(sentence).toContain('0.00 EUR')
    expect(sentence).toContain('5.00 EUR')
  })
})
