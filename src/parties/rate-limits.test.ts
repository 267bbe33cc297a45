import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { openDatabase } from '../db/index.ts'
import { tryOnce } from './rate-limits.ts'

const db = await testDatabase()
const limit = { name: 'test', tries: 3, each: 60_000 }
const noon = Date.UTC(2026, 10, 22, 12)

test('so many tries at once, then one more each minute, and whole again after all of them', async () => {
  const at = (seconds: number) => tryOnce(db.kysely, limit, 'amina', noon + seconds * 1000)
  expect(await at(0)).toEqual({ allowed: true, left: 2 })
  expect(await at(0)).toEqual({ allowed: true, left: 1 })
  expect(await at(10)).toEqual({ allowed: true, left: 0 })
  expect(await at(20)).toEqual({ allowed: false, wait: 40 })
  expect(await at(59)).toEqual({ allowed: false, wait: 1 })
  expect(await at(60)).toEqual({ allowed: true, left: 0 })
  expect(await at(61)).toEqual({ allowed: false, wait: 59 })
  expect(await at(600)).toEqual({ allowed: true, left: 2 })
})

test('one is not limited by what others do, and no address is kept in words', async () => {
  expect(await tryOnce(db.kysely, limit, 'bo@example.org', noon)).toMatchObject({ left: 2 })
  const { rows } = await db.pool.query<{ name: string }>('select name from rate_limits')
  expect(rows.map(({ name }) => name).join()).not.toContain('bo')
})

test('two processes that try at the same time share one limit', async () => {
  const other = await openDatabase({ url: db.url, sleep: db.sleep, fraction: db.fraction })
  const many = { ...limit, tries: 50 }
  const tries = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      tryOnce((index % 2 ? db : other).kysely, many, 'everybody', noon),
    ),
  )
  expect(tries.filter(({ allowed }) => allowed)).toHaveLength(50)
  await other.close()
})
