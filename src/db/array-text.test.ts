import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'

const db = await testDatabase({ migrated: false })

const back = async (type: string, list: readonly unknown[]): Promise<unknown> => {
  const { rows } = await db.pool.query<{ value: unknown }>(`select $1::${type}[] as value`, [list])
  return rows[0]?.value
}

/** PostgreSQL's texts have no zero byte, and UTF-8 has no half of a pair. */
const text = fc.string({ unit: 'binary' }).filter((each) => !each.includes('\0'))
const awkward = fc.constantFrom(
  '',
  'NULL',
  'null',
  '{',
  '}',
  ',',
  '"',
  '\\',
  ' a ',
  '\n',
  '{"a,b"}',
)

test('lists of texts arrive as they were sent, whatever is in them', async () => {
  const lists = fc.array(fc.oneof(text, awkward, fc.constant(null)), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      expect(await back('text', list)).toEqual(list)
    }),
    { numRuns: 300 },
  )
})

test('lists of whole numbers arrive to the last digit', async () => {
  const number = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  const lists = fc.array(fc.option(number), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      expect(await back('bigint', list)).toEqual(list)
    }),
  )
})

test('texts as a list of JSON, bytes, truths and lists of lists are told apart from it', async () => {
  const json = ['{"a":"b\\\\c"}', '"\\"quoted\\""', 'null']
  expect(await back('jsonb', json)).toEqual([{ a: String.raw`b\c` }, '"quoted"', null])
  expect(await back('bytea', [Buffer.from([0, 255]), null])).toEqual([Buffer.from([0, 255]), null])
  expect(await back('boolean', [true, false, null])).toEqual([true, false, null])
  expect(
    await back('integer', [
      [1, 2],
      [3, 4],
    ]),
  ).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(await back('float8', [0.1, Number.NaN, Infinity, -1e-7])).toEqual([
    0.1,
    Number.NaN,
    Infinity,
    -1e-7,
  ])
  expect(await back('text', [])).toEqual([])
})
