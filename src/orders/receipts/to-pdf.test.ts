import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPdf } from '../../../test/receipts/read-pdf.ts'
import { anyReceipt, dutyPaidReceipt, iossReceipt } from '../../../test/receipts/sample-receipts.ts'
import { isRefused } from '../../basis/refusal.ts'
import { languageFor, locales } from '../../ui/index.ts'
import { describeReceipt } from './describe-receipt.ts'
import { openFonts } from './open-fonts.ts'
import type { Receipt } from './receipt.ts'
import { toPdf } from './to-pdf.ts'

const fonts = openFonts()

async function printed(receipt: Receipt, locale = 'en'): Promise<Uint8Array> {
  const bytes = await toPdf(receipt, languageFor(locale), fonts)
  if (isRefused(bytes)) throw new Error(JSON.stringify(bytes))
  return bytes
}

describe.each(locales)('in %s', (locale) => {
  test('every word and figure of the receipt can be found', async () => {
    const receipt = dutyPaidReceipt({ refundedMinor: 100n })
    const { texts, catalog } = readPdf(await printed(receipt, locale))
    const found = texts
      .map(({ text }) => text)
      .join(' ')
      .replaceAll(/\s/g, '')
    const sheet = describeReceipt(receipt, languageFor(locale))
    const words = [
      sheet.title,
      ...sheet.facts.flatMap(({ term, detail }) => [term, detail]),
      ...sheet.parties.flatMap(({ role, name, lines }) => [role, name, ...lines]),
      ...[sheet.goods, sheet.charges, sheet.payments].flatMap(({ caption, heads, rows }) => [
        caption,
        ...heads,
        ...rows.flatMap(({ name, notes, source, cells }) => [
          name,
          ...notes,
          source?.words ?? '',
          ...cells,
        ]),
      ]),
      ...sheet.totals.rows.flatMap(({ label, amount }) => [label, amount]),
      ...sheet.notes,
    ]
    expect(words.length).toBeGreaterThan(80)
    const missing = words.filter((each) => !found.includes(each.replaceAll(/\s/g, '')))
    expect(missing).toEqual([])
    expect(catalog).toContain(`/Lang (${locale})`)
  })
})

test('the tree names heads, rows and cells, and the sources are links', async () => {
  const { tags, catalog, links } = readPdf(await printed(iossReceipt()))
  expect(catalog).toContain('/StructTreeRoot')
  // Goods and payments have 4 and 3 columns; charges 4 with 6 rows; the totals have 4 rows of 2.
  expect(tags).toMatchObject({ H1: 1, H2: 4, Table: 4, TR: 4 + 7 + 4 + 2, TH: 4 + 4 + 4 + 3 })
  expect(tags['TD']).toBe(3 * 4 + 6 * 4 + 4 + 3)
  expect(new Set(links)).toEqual(new Set(['https://eur-lex.europa.eu/eli/dir/2006/112/oj']))
})

test('200 lines: rows are whole, heads come again on each page, figures stand below each other', async () => {
  const started = performance.now()
  const { texts, pages, tags } = readPdf(await printed(iossReceipt({}, 200)))
  console.log(`200 lines: ${pages} pages in ${Math.round(performance.now() - started)} ms`)
  expect(pages).toBeGreaterThan(20)
  const goods = texts.filter(({ text }) => text === '39.90')
  expect(goods).toHaveLength(200)
  expect(new Set(goods.map(({ x }) => x)).size).toBe(1)
  for (const { page } of goods)
    expect(texts.filter((each) => each.page === page && each.text === 'Quantity')).toHaveLength(1)
  // Said once to a screen reader, however often it is drawn.
  expect(tags['TH']).toBe(4 + 4 + 4 + 3)
  for (const { page, y, text } of texts)
    if (!/page \d+ of \d+/.test(text)) expect([page, y > 55 && y < 842]).toEqual([page, true])
  expect(texts.filter(({ text }) => text.endsWith(`of ${pages}`))).toHaveLength(pages)
})

test('3 lines are small and quick, and the same each time', async () => {
  await printed(iossReceipt())
  const started = performance.now()
  const bytes = await printed(iossReceipt())
  const ms = performance.now() - started
  console.log(`3 lines: ${bytes.length} bytes in ${Math.round(ms)} ms`)
  expect(bytes.length).toBeLessThanOrEqual(150_000)
  expect(ms).toBeLessThanOrEqual(1000)
  expect(Buffer.compare(bytes, await printed(iossReceipt()))).toBe(0)
})

test('the first PDF of a hub opens its fonts within a second', async () => {
  const started = performance.now()
  await toPdf(iossReceipt(), languageFor('zh-Hans'), openFonts())
  const ms = performance.now() - started
  console.log(`first PDF with Chinese and Thai: ${Math.round(ms)} ms`)
  expect(ms).toBeLessThanOrEqual(1000)
})

test.each([
  ['name in Polish', 'Łódź, Małgorzata Żółć'],
  ['name in Vietnamese', 'Nguyễn Thị Hạnh'],
  ['name in Greek and Russian', 'Ελλάδα Москва'],
  ['a rare character', '龘靐齉'],
  ['Korean', '한국 서울'],
  ['sara am below a tone', 'น้ำผึ้ง'],
  ['a sign that no font has', 'Silk 😀 shawl'],
  ['markup', '<b>&amp;</b> (\\) %s'],
])('%s is found as it was written', async (_, name) => {
  const { texts } = readPdf(await printed(iossReceipt({ buyer: { ...iossReceipt().buyer, name } })))
  expect(texts.map(({ text }) => text)).toContain(name)
})

test('without the packages of its fonts it is refused with their names', async () => {
  const refused = await toPdf(iossReceipt(), languageFor('en'), openFonts('file:///'))
  expect(refused).toEqual({
    refused: 'receipt-fonts-missing',
    facts: { packages: '@fontsource/noto-sans, @fontsource/noto-sans-thai, @librescore/fonts' },
  })
})

test('a receipt that does not add up is not printed', async () => {
  const refused = await toPdf({ ...iossReceipt(), shipTo: '' }, languageFor('en'), fonts)
  expect(refused).toMatchObject({ refused: 'receipt-unreadable', facts: { at: 'shipTo' } })
})

test('whatever is on the receipt, the PDF can be read and its amounts are there', async () => {
  await fc.assert(
    fc.asyncProperty(anyReceipt, async (receipt) => {
      const { texts } = readPdf(await printed(receipt))
      const found = texts.map(({ text }) => text)
      const { totals, goods } = describeReceipt(receipt, languageFor('en'))
      for (const { cells } of goods.rows) expect(found).toContain(cells.at(-1))
      expect(found).toContain(totals.total.amount)
    }),
    { numRuns: 60 },
  )
})
