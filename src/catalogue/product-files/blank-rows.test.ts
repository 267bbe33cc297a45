import { expect, test } from 'vitest'
import { readProductFile } from '../../../test/support/product-files.ts'
import { readTable } from './read-table.ts'

const head = 'slug,title,price,sku\n'
const scarf = 'scarf,Scarf,120.00,SC\n'
const pot = 'pot,Teapot,45.00,TP\n'

test.each([
  ['a line of nothing', '\n'],
  ['a line of commas', ',,,\n'],
  ['a line of spaces', '  ,\u00a0, ,\t\n'],
  ['quotes with nothing in them', '"","","",""\n'],
  ['a hundred of each', '\n,,,\n , ,\n'.repeat(100)],
])('%s: no goods, and the lines after it keep their numbers', (_, blank) => {
  const text = head + blank + scarf + blank + pot + blank
  const table = readTable(text)
  if ('refused' in table) throw new Error(table.refused)
  const lines = blank.split('\n').length - 1
  expect(table.rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
    [2 + lines, 'Scarf'],
    [3 + 2 * lines, 'Teapot'],
  ])
  expect(readProductFile(text).items.map(({ title, faults }) => [title, faults])).toEqual([
    ['Scarf', []],
    ['Teapot', []],
  ])
})

test('a variant below a blank row still belongs to the goods above it', () => {
  const text =
    'slug,title,price,sku,option1_name,option1_value\n' +
    'scarf,Scarf,120.00,SC-R,Colour,red\n,,,,,\n,,125.00,SC-B,Colour,blue\n'
  expect(readProductFile(text).drafts).toMatchObject([
    { variants: [{ sku: 'SC-R' }, { sku: 'SC-B' }] },
  ])
})

test('a file of nothing but blank rows holds no goods', () => {
  expect(readTable(head + ',,,\n'.repeat(50))).toMatchObject({ refused: 'file-without-rows' })
})

test('blank rows that a spreadsheet adds below its table do not count as rows', () => {
  const table = readTable(head + scarf + ',,,\n'.repeat(60_000))
  expect(table).toMatchObject({ rows: [{ cells: ['scarf', 'Scarf', '120.00', 'SC'] }] })
})
