/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from 'vitest'
import { dutyPaidReceipt, iossReceipt } from '../../../test/receipts/sample-receipts.ts'
import { languageFor, locales } from '../../ui/index.ts'
import { ReceiptPage } from './receipt-page.tsx'
import type { Receipt } from './receipt.ts'

const page = (receipt: Receipt, locale = 'en') =>
  String(<ReceiptPage receipt={receipt} language={languageFor(locale)} pdfHref="/r.pdf" />)

/** What a reader sees, blank for blank. */
const text = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

test.each(locales)('every charge stands with its rate, amount and source in %s', (locale) => {
  const html = page(dutyPaidReceipt(), locale)
  const language = languageFor(locale)
  const figures = ['132.30', '10.58', '-0.58', '28.58', '5.00', '176.48']
  for (const figure of figures) expect(text(html)).toContain(language.number(figure))
  expect(html.split('href="https://eur-lex.europa.eu/eli/dir/2006/112/oj"')).toHaveLength(5)
  expect(text(html)).toContain(language.date('2026-10-01'))
  expect(text(html)).toContain(language.date('2026-11-20'))
})

test('a receipt reads as an order was paid', () => {
  const words = text(page(iossReceipt()))
  for (const each of [
    'Receipt R-2026-000123',
    'Batik scarf, silk HS 6214.10, from Malaysia',
    'Tax: VAT for Batik scarf, silk collected with the price',
    'Source: Directive 2006/112/EC, read on Oct 1, 2026',
    'DuitNow QR',
    'Download as PDF',
  ])
    expect(words).toContain(each)
})

test('a refund receipt says what it corrects and what was given back', () => {
  const words = text(page(iossReceipt({ corrects: { number: 'R-9', issued: 0 } })))
  expect(words).toContain('Refund receipt R-2026-000123')
  expect(words).toContain('Receipt R-9 of Jan 1, 1970')
  expect(words).toContain('Total given back')
})

test.each([
  ['what is not paid', iossReceipt({ paid: [] }), 'Not paid yet.'],
  [
    'what was given back later',
    iossReceipt({ refundedMinor: 3990n }),
    'EUR 39.90 of this was given',
  ],
])('%s is said', (_, receipt, words) => {
  expect(text(page(receipt)).replaceAll('\u00A0', ' ')).toContain(words)
})

test('what people typed stays text', () => {
  const receipt = iossReceipt({
    buyer: { ...iossReceipt().buyer, name: '<script>alert(1)</script>\u202E' },
  })
  expect(page(receipt)).not.toContain('<script')
  expect(page(receipt)).not.toContain('\u202E')
})
