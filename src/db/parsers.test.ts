import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { instantOf, timestamptz } from './parsers.ts'

const db = await testDatabase()

/** What comes back for each SQL value: the contract that every reader of rows relies on. */
const contract: [string, unknown][] = [
  [`9007199254740993::bigint`, 9007199254740993n],
  [`count(*)`, 1n],
  [`7::int`, 7],
  [`0.1::numeric(12, 4)`, '0.1000'],
  [`123456789012345678901234567890.5::numeric`, '123456789012345678901234567890.5'],
  [`1.5::float8`, 1.5],
  [`true`, true],
  [`date '2026-02-28'`, '2026-02-28'],
  [`timestamptz '2026-11-22 10:53:00.123456+08'`, '2026-11-22T02:53:00.123456Z'],
  [`timestamptz '2026-03-29 01:30:00 Europe/Berlin'`, '2026-03-29T00:30:00Z'],
  [`timestamp '2026-11-22 10:53:00'`, '2026-11-22T10:53:00'],
  [`interval '1 month 2 days 03:00'`, 'P1M2DT3H'],
  [`'{"a": 1.5, "b": [null]}'::jsonb`, { a: 1.5, b: [null] }],
  [`null::bigint`, null],
  [`'\\x00ff'::bytea`, Buffer.from([0, 255])],
  [`array[1, null, 9007199254740993]::bigint[]`, [1n, null, 9007199254740993n]],
  [`array[1.10, 2]::numeric[]`, ['1.10', '2']],
  [`array[date '2026-01-31']`, ['2026-01-31']],
  [`array[timestamptz '2026-11-22 10:53:00+00']`, ['2026-11-22T10:53:00Z']],
  [`array['a,b', 'c"d', null]`, ['a,b', 'c"d', null]],
]

test.each(contract)('%s arrives as %o', async (expression, expected) => {
  const { rows } = await db.pool.query<{ value: unknown }>(`select ${expression} as value`)
  expect(rows[0]?.value).toEqual(expected)
})

test('bigint and its lists go back in as they came', async () => {
  const big = 9007199254740993n
  const { rows } = await db.pool.query(
    'select $1::bigint as one, (select sum(n) from unnest($2::bigint[]) n) as total',
    [big, [big, 1n]],
  )
  expect(rows).toEqual([{ one: big, total: '9007199254740994' }])
})

test('an instant goes in and out in milliseconds', async () => {
  const instant = Date.UTC(2026, 10, 22, 10, 53, 0, 7)
  const { rows } = await db.pool.query<{ at: string }>('select $1::timestamptz as at', [
    timestamptz(instant),
  ])
  expect(instantOf(rows[0]?.at ?? '')).toBe(instant)
})

test('another pool in the process keeps the parsers of the driver', async () => {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: db.url })
  await client.connect()
  const { rows } = await client.query('select 1::bigint as value')
  await client.end()
  expect(rows).toEqual([{ value: '1' }])
})
