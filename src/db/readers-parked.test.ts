import { sql } from 'kysely'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { eventReaders } from '../../test/support/event-readers.ts'
import { findEvents, readerLag, resumeReader, runReader } from './index.ts'
import type { EventReader } from './index.ts'

const db = await testDatabase()
const { hub, now, scribe, write, effects, settled, told } = await eventReaders(db)

beforeEach(async () => {
  await db.pool.query('truncate events, event_readers, effects')
})

const poisoned = (tries: string[][]) =>
  scribe('search', {
    async handle(tx, events) {
      tries.push(events.map(({ subject }) => subject))
      await write(tx, 'search', events)
      if (events.some(({ subject }) => subject === 'poison')) throw new Error('cannot be read')
    },
  })

test('an event that cannot be handled stands alone, and parks the reader after five tries', async () => {
  await told('a', 'b', 'c', 'poison', 'd')
  const tries: string[][] = []
  const reader = poisoned(tries)
  const run = (at: number) => runReader(db, reader, { now: at, limit: 4 })

  // The first half of the batch holds; then the poison is met with its neighbours, then alone.
  expect(await run(now)).toMatchObject({ state: 'ran', passed: 2, more: true })
  expect(await run(now)).toMatchObject({ state: 'ran', passed: 1, more: true })
  expect(await run(now)).toMatchObject({ state: 'failed', seq: expect.any(BigInt), parked: false })
  expect(await effects('search')).toEqual(['a', 'b', 'c'])

  tries.length = 0
  expect(await run(now + 999)).toEqual({ state: 'waiting' })
  expect(tries).toEqual([]) // not a busy loop
  let at = now
  for (const pause of [1_000, 4_000, 16_000]) {
    at += pause
    expect(await run(at - 1)).toEqual({ state: 'waiting' })
    expect(await run(at)).toMatchObject({ state: 'failed', parked: false })
  }
  expect(await run(at + 64_000)).toMatchObject({ state: 'failed', parked: true })
  expect(await run(at + 10 ** 9)).toEqual({ state: 'parked' })
  expect(await readerLag(db.kysely)).toMatchObject([
    { waiting: 2, failures: 5, fault: 'Error: cannot be read', parkedAt: at + 64_000 },
  ])
})

async function park(reader: EventReader): Promise<void> {
  let at = now
  while ((await runReader(db, reader, { now: at })).state !== 'parked') at += 64_000
}

test('when the cause is mended a resumed reader goes on where it stood', async () => {
  await told('poison', 'a')
  await park(poisoned([]))
  expect(await resumeReader(db, 'search', { now })).toBe(true)
  await runReader(db, scribe('search'), { now })
  expect(await effects('search')).toEqual(['poison', 'a'])
  expect(await readerLag(db.kysely)).toMatchObject([{ failures: 0, fault: null, parkedAt: null }])
  expect(await resumeReader(db, 'nobody', { now })).toBe(false)
})

test('an operator may let it pass the event for good, which is an event itself', async () => {
  await told('poison', 'a')
  await park(poisoned([]))
  const [poison] = await findEvents(db.kysely, 'poison')
  await resumeReader(db, 'search', { now, skip: { hub, actor: 'bo' } })
  await settled()
  await runReader(db, poisoned([]), { now })
  expect(await effects('search')).toEqual(['a', 'search'])
  expect(await findEvents(db.kysely, 'search')).toMatchObject([
    {
      kind: 'reader.skipped',
      actor: 'bo',
      body: { seq: String(poison?.seq), fault: 'Error: cannot be read' },
    },
  ])
})

test('a fault of the commit itself, and one that the handler hid, count as well', async () => {
  await db.pool.query(
    'create table once (subject text, unique (subject) deferrable initially deferred)',
  )
  onTestFinished(async () => void (await db.pool.query('drop table once')))
  await told('a', 'b')
  const late = scribe('late', {
    handle: async (tx, events) => {
      await sql`insert into once values ('x')`.execute(tx)
      if (events.some(({ subject }) => subject === 'b'))
        await sql`insert into once values ('x')`.execute(tx)
    },
  })
  expect(await runReader(db, late, { now })).toMatchObject({ state: 'ran', passed: 1 })
  expect(await runReader(db, late, { now })).toMatchObject({
    ...{ state: 'failed', error: { constraint: 'once_subject_key' } },
  })
  const hiding = scribe('hiding', {
    handle: (tx) =>
      sql`select 1 / 0`.execute(tx).then(
        () => {},
        () => {},
      ),
  })
  expect(await runReader(db, hiding, { now })).toMatchObject({ state: 'failed' })
})
