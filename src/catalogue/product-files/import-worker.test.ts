import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { realClock } from '../../../src/app/index.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { until } from '../../../test/support/hub-process.ts'
import { importer } from '../../../test/support/importer.ts'
import { startSaving } from './imports.ts'
import { runImportWorker } from './import-worker.ts'
import { forgetOldImports } from './work-on-import.ts'

const db = await testDatabase()
const { now, sleep } = realClock()
const { bring, stateOf } = importer(db, now)
const hour = 3_600_000

test('it goes on with what was left, wakes when asked, and stops in good order', async () => {
  const left = await bring('slug,title,price,sku\nscarf,Scarf,120.00,SC\n')
  const faults: unknown[] = []
  const report = (error: unknown) => void faults.push(error)
  const parts = { db, now, random: randomBytes, sleep, report, pause: hour }
  const workers = [runImportWorker(parts), runImportWorker(parts)]
  await until(async () => (await stateOf(left)).state === 'checked')
  await startSaving(db.kysely, left, now())
  for (const worker of workers) worker.wake()
  await until(async () => (await stateOf(left)).state === 'saved')
  expect(await stateOf(left)).toEqual({ state: 'saved', counts: { created: 1 } })
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(faults).toEqual([])
})

test('what is a month old is forgotten, the offers are not', async () => {
  const young = await bring('slug,title,price,sku\ncap,Cap,12.00,CA\n')
  await db.pool.query(
    `update product_imports set updated_at = '2020-01-01' where import_id <> $1`,
    [young.importId],
  )
  await forgetOldImports(db.kysely, now())
  const imports = await db.pool.query('select import_id from product_imports')
  expect(imports.rows).toEqual([{ import_id: young.importId }])
  expect((await db.pool.query('select from product_import_rows')).rowCount).toBe(1)
  expect((await db.pool.query('select from offers')).rowCount).toBe(1)
})
