import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { amina } from '../../../test/support/importer.ts'
import { fileReader } from './file-reader.ts'
import { findImport } from './find-imports.ts'
import { decideImport, startImport } from './imports.ts'

const db = await testDatabase()
const clock = testClock()

beforeEach(async () => {
  await db.pool.query('truncate product_imports cascade')
})

/** A reader whose limit passes as soon as somebody says so, and what it asked the clock for. */
function readerWithLimit() {
  const asked: number[] = []
  const limit = { passes: false }
  const never = new Promise<void>(() => {})
  const reading = fileReader((ms) => {
    asked.push(ms)
    return limit.passes ? db.sleep(20) : never
  })
  return { asked, limit, reading }
}

const many =
  'slug,title,price,sku\n' +
  Array.from({ length: 50_000 }, (_, at) => `g${at},Goods ${at},5.00,N${at}\n`).join('')

const fileOf = (text: string) => ({
  ...{ ...amina, actor: 'amina', fileName: 'goods.csv', encoding: undefined, locale: 'en' },
  bytes: new TextEncoder().encode(text),
})

test('a file that takes longer than its 25 s is refused as too heavy, and the next one is read', async () => {
  const { asked, limit, reading } = readerWithLimit()
  const parts = { now: clock.now(), random: randomBytes, reading }
  limit.passes = true
  const heavy = startImport(db, fileOf(many), parts)
  expect(await heavy).toMatchObject({ refused: 'file-too-heavy' })
  expect(asked).toEqual([25_000])
  expect((await db.pool.query('select from product_import_rows')).rowCount).toBe(0)

  limit.passes = false
  const next = await startImport(db, fileOf('slug,title,price\nscarf,Scarf,120.00\n'), parts)
  if ('refused' in next) throw new Error(next.refused)
  expect(await findImport(db.kysely, { ...amina, ...next })).toMatchObject({
    state: 'mapping',
    rowCount: 1,
  })
})

test('goods that take longer to be made leave the file as it was, to be decided again', async () => {
  const { limit, reading } = readerWithLimit()
  const parts = { now: clock.now(), random: randomBytes, reading, locales: ['en'] }
  const started = await startImport(db, fileOf(many), parts)
  if ('refused' in started) throw new Error(started.refused)
  const key = { ...amina, ...started }
  const found = await findImport(db.kysely, key)
  if (!found) throw new Error('It is not there')
  const decision = { ...found, settings: { ...found.settings, currency: 'MYR' } }

  limit.passes = true
  expect(await decideImport(db, key, decision, parts)).toMatchObject({ refused: 'file-too-heavy' })
  expect(await findImport(db.kysely, key)).toEqual(found)
  limit.passes = false
  expect(await decideImport(db, key, decision, parts)).toBeUndefined()
  expect(await findImport(db.kysely, key)).toMatchObject({ state: 'checking', itemCount: 50_000 })
}, 60_000)
