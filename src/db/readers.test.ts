import { Client } from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { administer, databaseUrl } from '../../test/support/database-admin.ts'
import { testDatabase } from '../../test/support/database.ts'
import { eventReaders } from '../../test/support/event-readers.ts'
import { until } from '../../test/support/hub-process.ts'
import { appendEvent, findHorizonHolder } from './index.ts'
import { openDatabase, readerLag, runReader, transact } from './index.ts'
import type { EventReader, LoggedEvent } from './index.ts'

const db = await testDatabase()
const { hub, now, scribe, write, saved, effects, settled, told } = await eventReaders(db)

beforeEach(async () => {
  await db.pool.query('truncate events, event_readers, effects')
})

/** A writer whose transaction stays open until it is told. */
async function openWriter(url = db.url) {
  const client = new Client({ connectionString: url, application_name: 'slow-writer' })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  return client
}

const append = (client: Client, subject: string) =>
  client.query(
    `insert into events (at, home_hub, kind, subject) values ($1, $2, 'offer.saved', $3)`,
    [new Date(now), hub, subject],
  )

test('a reader gets every event once, in batches, and says how far it came', async () => {
  await told('a', 'b', 'c')
  const reader = scribe('search')
  const options = { now, limit: 2 }
  expect(await runReader(db, reader, options)).toEqual({
    ...{ state: 'ran', passed: 2, handled: 2, more: true },
  })
  expect(await runReader(db, reader, options)).toMatchObject({ passed: 1, more: false })
  expect(await runReader(db, reader, options)).toMatchObject({ passed: 0, more: false })
  await told('d')
  expect(await runReader(db, reader, options)).toMatchObject({ passed: 1 })
  expect(await effects('search')).toEqual(['a', 'b', 'c', 'd'])
})

test('it passes what is of no kind of its own; another reader has its own place', async () => {
  await saved('a')
  const other = { hub, kind: 'person.joined', subject: 'amina', body: { from: 'MY' }, at: now }
  await transact(db, (tx) => appendEvent(tx, other))
  await settled()
  const got: LoggedEvent[] = []
  const mail: EventReader = {
    name: 'mail',
    kinds: ['person.joined'],
    handle: async (_, events) => void got.push(...events),
  }
  expect(await runReader(db, mail, { now })).toMatchObject({ passed: 2, handled: 1 })
  expect(got).toMatchObject([{ ...other, actor: null }])
  await runReader(db, scribe('search'), { now })
  expect(await effects('search')).toEqual(['a', 'amina'])
})

test('who drew the lower serial and commits later is not missed', async () => {
  const slow = await openWriter()
  await append(slow, 'drew first')
  await saved('committed first')
  const reader = scribe('search')
  // The second is there for everybody to see, but the first could still come before it.
  expect(await runReader(db, reader, { now })).toMatchObject({ passed: 0 })
  expect(await readerLag(db.kysely)).toMatchObject([{ name: 'search', waiting: 1, held: 1 }])
  await slow.query('commit')
  await settled()
  expect(await runReader(db, reader, { now })).toMatchObject({ passed: 2 })
  expect(await effects('search')).toEqual(['drew first', 'committed first'])
})

test('who began first and draws the higher serial comes first, and is not missed', async () => {
  const slow = await openWriter()
  await slow.query('select pg_current_xact_id()')
  await saved('quick')
  const reader = scribe('search')
  await runReader(db, reader, { now })
  await append(slow, 'slow')
  await slow.query('commit')
  await settled()
  await runReader(db, reader, { now })
  expect(await effects('search')).toEqual(['slow', 'quick'])
})

test('an open writer in another database of the server holds the horizon, named by lag', async () => {
  const name = `ewtp_neighbour_${process.pid}`
  await administer(db.url, `create database ${name}`)
  onTestFinished(() => administer(db.url, `drop database ${name} with (force)`))
  const neighbour = await openWriter(databaseUrl(db.url, name))
  await neighbour.query('create table anything ()')
  await saved('a')
  const reader = scribe('search')
  expect(await runReader(db, reader, { now })).toMatchObject({ passed: 0 })
  expect(await readerLag(db.kysely)).toMatchObject([{ held: 1, oldestAt: now }])
  // Others on the server may have begun before, but they end.
  await until(async () => (await findHorizonHolder(db.kysely))?.application === 'slow-writer')
  expect(await findHorizonHolder(db.kysely)).toMatchObject({
    database: name,
    state: 'idle in transaction',
  })
  await neighbour.query('rollback')
  await settled()
  expect(await runReader(db, reader, { now })).toMatchObject({ passed: 1 })
  expect(await readerLag(db.kysely)).toMatchObject([{ waiting: 0, held: 0, oldestAt: null }])
})

test('a connection of ours that sleeps inside a transaction is ended and holds nobody', async () => {
  const url = new URL(db.url)
  url.searchParams.set('idle_in_transaction_session_timeout', '100')
  const sleepy = await openDatabase({ url: url.href, sleep: db.sleep, fraction: db.fraction })
  onTestFinished(() => sleepy.close())
  const client = await sleepy.pool.connect()
  await client.query('begin; select pg_current_xact_id()')
  await saved('a')
  const reader = scribe('search')
  expect(await runReader(db, reader, { now })).toMatchObject({ passed: 0 })
  await until(
    async () =>
      (await runReader(db, reader, { now })).state === 'ran' &&
      (await effects('search')).length === 1,
  )
  client.release(true)
  expect(await effects('search')).toEqual(['a'])
})

test('of two instances one works and the other does not wait', async () => {
  await told('a', 'b')
  const inside = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const slow = scribe('search', {
    async handle(tx, events) {
      await write(tx, 'search', events)
      inside.resolve()
      await mayEnd.promise
    },
  })
  const first = runReader(db, slow, { now })
  await inside.promise
  expect(await runReader(db, scribe('search'), { now })).toEqual({ state: 'busy' })
  mayEnd.resolve()
  expect(await first).toMatchObject({ state: 'ran', passed: 2 })
  expect(await runReader(db, scribe('search'), { now })).toMatchObject({ passed: 0 })
  expect(await effects('search')).toEqual(['a', 'b'])
})

test('no event is handed over from a transaction that is asked for in the middle of others', async () => {
  // Many writers at once, some rolled back, while the reader looks all the time.
  const reader = scribe('search')
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let turn = 0; turn < 25; turn += 1) {
      await transact(db, async (tx) => {
        const at = { hub, kind: 'offer.saved', at: now }
        await appendEvent(tx, { ...at, subject: `${writer}-${turn}-a` })
        if (turn % 3 === 0) await db.sleep(3)
        await appendEvent(tx, { ...at, subject: `${writer}-${turn}-b` })
        if (turn % 10 === 9) throw new Error('changed my mind')
      }).catch(() => {})
    }
  })
  let writing = true
  const following = (async () => {
    while (writing) await runReader(db, reader, { now, limit: 7 })
  })()
  await Promise.all(writers)
  writing = false
  await following
  await settled()
  while (((await runReader(db, reader, { now })) as { passed: number }).passed > 0);
  const { rows } = await db.pool.query<{ subject: string }>(
    'select subject from events order by epoch, xid, seq',
  )
  expect(rows).toHaveLength(8 * (25 - 2) * 2)
  expect(await effects('search')).toEqual(rows.map(({ subject }) => subject))
})
