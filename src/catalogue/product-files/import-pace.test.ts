import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { until } from '../../../test/support/hub-process.ts'
import { importer } from '../../../test/support/importer.ts'
import { findImport } from './find-imports.ts'
import { startSaving } from './imports.ts'

const db = await testDatabase()
const clock = testClock()
const { bring, stateOf, workToTheEnd } = importer(db, clock.now)

beforeEach(async () => {
  await db.pool.query(
    'truncate offers, stock, product_imports, product_origins, picture_addresses, events cascade',
  )
})

const head = 'slug,title,hs_code,origin,sku,price,stock,gross_mass_g,pictures\n'
const count = async (table: string) => (await db.pool.query(`select from ${table}`)).rowCount

const many = (rows: number) =>
  head +
  Array.from(
    { length: rows },
    (_, at) => `goods-${at},Goods number ${at},621410,MY,N-${at},${at}.50,${at % 50},80,\n`,
  ).join('')

test('killed in the middle, it goes on where it stood: every offer once', async () => {
  const key = await bring(many(600))
  await workToTheEnd()
  await startSaving(db.kysely, key, clock.now())
  const code = `
    import { randomBytes } from 'node:crypto'
    import { openDatabase } from ${JSON.stringify(fileURLToPath(new URL('../../db/index.ts', import.meta.url)))}
    import { workOnImport } from ${JSON.stringify(fileURLToPath(new URL('work-on-import.ts', import.meta.url)))}
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const db = await openDatabase({ url: process.argv[1], sleep, fraction: Math.random })
    console.log('up')
    while (await workOnImport({ db, now: () => ${clock.now()}, random: randomBytes, chunk: 20 }));`
  const run = () =>
    spawn(process.execPath, ['--input-type=module', '-e', code, db.url], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const position = async () => (await findImport(db.kysely, key))!.position
  for (const reach of [20, 200, 400]) {
    const child = run()
    const ended = new Promise((resolve) => child.on('close', resolve))
    onTestFinished(() => void child.kill('SIGKILL'))
    await until(async () => (await position()) >= reach)
    child.kill('SIGKILL')
    await ended
  }
  expect((await findImport(db.kysely, key))!.state).toBe('saving')
  // The server lets go of what the killed process held when it notices.
  await until(async () => {
    await workToTheEnd()
    return (await stateOf(key)).state === 'saved'
  })
  expect(await stateOf(key)).toEqual({ state: 'saved', counts: { created: 600 } })
  expect(await count('offers')).toBe(600)
  expect(await count(`events where kind = 'offer.saved'`)).toBe(600)
})

test(
  '10,000 rows take less than a minute from upload to the last offer',
  { timeout: 120_000 },
  async () => {
    const text = many(10_000)
    const begun = performance.now()
    const key = await bring(text)
    const read = performance.now()
    await workToTheEnd()
    const checked = performance.now()
    await startSaving(db.kysely, key, clock.now())
    await workToTheEnd()
    const saved = performance.now()
    expect(await stateOf(key)).toEqual({ state: 'saved', counts: { created: 10_000 } })
    const seconds = [read - begun, checked - read, saved - checked, saved - begun].map(
      (ms) => Math.round(ms / 100) / 10,
    )
    console.log(
      `10,000 rows: read ${seconds[0]} s, checked ${seconds[1]} s, saved ${seconds[2]} s, together ${seconds[3]} s`,
    )
    expect(saved - begun).toBeLessThan(60_000)
  },
)
