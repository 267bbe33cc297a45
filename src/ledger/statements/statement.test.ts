import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { isRefused } from '../../basis/refusal.ts'
import { checkStatement, type Statement, type StatementMovement } from './statement.ts'
import { toCsv } from './to-csv.ts'

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const november = Date.UTC(2026, 10, 1)

const movement = (
  position: bigint,
  amount: bigint,
  balance: bigint,
  more: Partial<StatementMovement> = {},
): StatementMovement => ({
  position,
  at: november + Number(position) * 3_600_000,
  amount,
  balance,
  entry: id(Number(position)),
  kind: 'payment',
  reference: `order ${position}`,
  ...more,
})

/** Amina's wallet: 100.00 at first, 250.50 came in, 19.90 went out. */
const amina: Statement = {
  account: `wallet:person:${id(900)}:MYR`,
  holder: 'Amina',
  currency: 'MYR',
  from: november,
  to: Date.UTC(2026, 11, 1),
  opening: 100_00n,
  closing: 330_60n,
  movements: [
    movement(4n, 250_50n, 350_50n, { kind: 'top-up', counterparty: 'Bank of Penang' }),
    movement(5n, -19_90n, 330_60n, { counterparty: 'Bo' }),
  ],
}

const second = amina.movements[1]!
const withSecond = (more: Partial<StatementMovement>): Partial<Statement> => ({
  movements: [amina.movements[0]!, { ...second, ...more }],
})

test.each<[string, Partial<Statement>, object | undefined]>([
  ['as it is', {}, undefined],
  ['nothing moved', { movements: [], closing: 100_00n }, undefined],
  ['no such currency', { currency: 'XXX' }, { refused: 'statement-currency' }],
  ['ends as it begins', { to: november }, { refused: 'statement-period' }],
  [
    'a position is missing',
    withSecond({ position: 6n }),
    { refused: 'statement-gap', facts: { position: '6', after: '4' } },
  ],
  ['a position twice', withSecond({ position: 4n }), { refused: 'statement-gap' }],
  ['an instant that is none', withSecond({ at: 0.5 }), { refused: 'statement-instant' }],
  ['a clock a second back', withSecond({ at: november - 1_000 }), undefined],
  ['an entry without an id', withSecond({ entry: 'x' }), { refused: 'statement-entry' }],
  [
    'a running balance off by one',
    withSecond({ balance: 330_61n }),
    {
      refused: 'statement-balance',
      facts: { position: '5', expected: '330.60', found: '330.61' },
    },
  ],
  [
    'a closing balance off by one',
    { closing: 330_59n },
    { refused: 'statement-closing', facts: { expected: '330.60', found: '330.59' } },
  ],
])('%s', (_, more, expected) => {
  const found = checkStatement({ ...amina, ...more })
  if (expected) expect(found).toMatchObject(expected)
  else expect(found).toBeUndefined()
})

const csvOf = (statement: Statement): string[][] => {
  const lines = toCsv(statement)
  if (isRefused(lines)) throw new Error(lines.refused)
  return parse([...lines].join('')) as string[][]
}

test('a statement as a table', () => {
  expect(csvOf(amina)).toEqual([
    // prettier-ignore
    ['position', 'at', 'kind', 'reference', 'counterparty', 'amount', 'balance', 'currency', 'entry'],
    ['', '2026-11-01T00:00:00.000Z', 'opening-balance', '', '', '', '100.00', 'MYR', ''],
    [
      ...['4', '2026-11-01T04:00:00.000Z', 'top-up', 'order 4', 'Bank of Penang'],
      ...['250.50', '350.50', 'MYR', id(4)],
    ],
    [
      ...['5', '2026-11-01T05:00:00.000Z', 'payment', 'order 5', 'Bo'],
      ...['-19.90', '330.60', 'MYR', id(5)],
    ],
    ['', '2026-12-01T00:00:00.000Z', 'closing-balance', '', '', '', '330.60', 'MYR', ''],
  ])
})

test.each([
  ['=HYPERLINK("https://x.example")', `'=HYPERLINK("https://x.example")`],
  ['+1+cmd', `'+1+cmd`],
  ['@SUM(1)', `'@SUM(1)`],
  ['＝1＋1', `'＝1＋1`],
  ['-5', '-5'],
  ['two\nlines, "quoted"', 'two\nlines, "quoted"'],
])('a cell with %j', (reference, cell) => {
  const rows = csvOf({ ...amina, ...withSecond({ reference, counterparty: reference }) })
  expect(rows[3]?.slice(3, 5)).toEqual([cell, cell])
})

test('currencies have their own digits', () => {
  const yen = { ...amina, currency: 'JPY' }
  expect(csvOf(yen).map((row) => row[6])).toEqual(['balance', '10000', '35050', '33060', '33060'])
})

test('what does not re-add is not exported', () => {
  expect(toCsv({ ...amina, closing: 0n })).toMatchObject({ refused: 'statement-closing' })
})
