import { sql } from 'kysely'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { until } from '../../test/support/hub-process.ts'
import { appendEvents, openDatabase, transact, type EventReader } from '../db/index.ts'
import { realClock } from './clock.ts'
import { silentLog } from './log.ts'
import { runReaders } from './run-readers.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const clock = { ...testClock(), sleep: realClock().sleep }
await db.pool.query('create table effects (reader text, subject text)')

beforeEach(async () => {
  await db.pool.query('truncate events, event_readers, effects')
})

const scribe = (name: string): EventReader => ({
  name,
  async handle(tx, events) {
    for (const { subject } of events)
      await sql`insert into effects values (${name}, ${subject})`.execute(tx)
  },
})

const saved = (...subjects: string[]) =>
  transact(db, (tx) =>
    appendEvents(
      tx,
      subjects.map((subject) => ({ hub, kind: 'offer.saved', subject, at: clock.now() })),
    ),
  )

const effects = async () => (await db.pool.query('select reader, subject from effects')).rows

test('every reader follows, what was there and what comes', async () => {
  await saved('a', 'b', 'c')
  const readers = [scribe('search'), scribe('mail')]
  const running = runReaders({ db, clock, log: silentLog(), readers, pause: 5, limit: 2 })
  await until(async () => (await effects()).length === 6)
  await saved('d')
  await until(async () => (await effects()).length === 8)
  await running.stop()
})

test('who has just written may wake them', async () => {
  const hour = 3_600_000
  const running = runReaders({
    db,
    clock,
    log: silentLog(),
    readers: [scribe('search')],
    pause: hour,
  })
  await until(async () => (await db.pool.query('select from event_readers')).rowCount === 1)
  await saved('a')
  await until(async () => {
    running.wake() // again and again, as a writer elsewhere on the server may hold the horizon
    return (await effects()).length === 1
  })
  await running.stop()
})

test('stopping lets the batch at hand end and begins no other', async () => {
  await saved('a', 'b', 'c')
  const inside = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const { handle } = scribe('search')
  const slow: EventReader = {
    name: 'search',
    async handle(tx, events) {
      await handle(tx, events)
      inside.resolve()
      await mayEnd.promise
    },
  }
  const running = runReaders({ db, clock, log: silentLog(), readers: [slow], pause: 5, limit: 2 })
  await inside.promise
  let stopped = false
  const stopping = running.stop().then(() => (stopped = true))
  await db.sleep(20)
  expect(stopped).toBe(false)
  mayEnd.resolve()
  await stopping
  expect((await effects()).map(({ subject }) => subject)).toEqual(['a', 'b'])
})

function heard() {
  const lines: Record<string, unknown>[] = []
  return { lines, log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }) }
}

test('a fault is logged with its reader and event, and others go on', async () => {
  await saved('a')
  const broken: EventReader = { name: 'broken', handle: () => Promise.reject(new Error('no ink')) }
  const { lines, log } = heard()
  const running = runReaders({ db, clock, log, readers: [broken, scribe('search')], pause: 5 })
  await until(async () => (await effects()).length === 1 && lines.length > 0)
  await db.sleep(50)
  await running.stop()
  // Once, though it was looked at some ten times since.
  expect(lines).toMatchObject([
    {
      reader: 'broken',
      event: expect.stringMatching(/^\d+$/),
      err: { message: 'no ink' },
      msg: 'reader failed, to be tried again',
    },
  ])
})

test('while the database is silent it is asked ever less often', async () => {
  const pauses: number[] = []
  const patient = {
    ...clock,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds)
      await clock.sleep(1)
    },
  }
  const nowhere = await openDatabase({ url: db.url, sleep: db.sleep, fraction: db.fraction })
  await sql`select 1`.execute(nowhere.kysely)
  await nowhere.close()
  const { lines, log } = heard()
  const readers = [scribe('search')]
  const running = runReaders({ db: nowhere, clock: patient, log, readers, pause: 250 })
  await until(() => pauses.length >= 6)
  await running.stop()
  expect(pauses.slice(0, 6)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000])
  expect(lines[0]).toMatchObject({ reader: 'search', msg: 'reader could not look for events' })
})
