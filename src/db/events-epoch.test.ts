import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { realRandom } from '../../src/app/index.ts'
import { testDatabase } from '../../test/support/database.ts'
import { until } from '../../test/support/hub-process.ts'
import { appendEvents, migrate, openDatabase, runReader, settleEventEpoch } from './index.ts'
import { startEmbedded, transact, type Database, type EventReader } from './index.ts'

const db = await testDatabase()
const hub = '0199d2f0-0000-7000-8000-000000000001'
const now = Date.UTC(2026, 10, 22, 9)

beforeEach(async () => {
  await db.pool.query(
    `truncate events, event_readers, event_server; select setval('event_epoch', 1)`,
  )
})

const saved = (on: Database, ...subjects: string[]) =>
  transact(on, (tx) =>
    appendEvents(
      tx,
      subjects.map((subject) => ({ hub, kind: 'offer.saved', subject, at: now })),
    ),
  )

const settled = (on: Database) =>
  until(async () => {
    const { rows } = await on.pool.query<{ so: boolean }>(
      `select pg_snapshot_xmin(pg_current_snapshot()) > max(xid) as so from events
        where epoch = (select last_value from event_epoch)`,
    )
    return rows[0]?.so === true
  })

function listener(): EventReader & { heard: string[] } {
  const heard: string[] = []
  const hear: EventReader['handle'] = async (_, events) => {
    heard.push(...events.map(({ subject }) => subject))
  }
  return { name: 'listener', heard, handle: hear }
}

test('on the same server the epoch goes on, also for two hubs that start at once', async () => {
  const both = await Promise.all([settleEventEpoch(db, now), settleEventEpoch(db, now)])
  expect(both).toEqual([{ epoch: 1n }, { epoch: 1n }])
  expect(await settleEventEpoch(db, now)).toEqual({ epoch: 1n })
})

/** Another server, with a transaction counter of its own. */
async function anotherServer(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-moved-'))
  const settings = { fsync: 'off', full_page_writes: 'off' }
  const random = realRandom()
  const start = { folder, sleep: db.sleep, random: random.bytes, settings }
  const embedded = await startEmbedded(start)
  const other = await openDatabase({ embedded, sleep: db.sleep, fraction: random.fraction })
  onTestFinished(async () => {
    await other.close()
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await migrate(other, now)
  return other
}

/** What restoring a dump does to the log: every row as it was, the counters set. */
async function restore(from: Database, to: Database): Promise<void> {
  for (const [table, overriding] of [
    ['events', 'overriding system value'],
    ['event_readers', ''],
    ['event_server', ''],
  ]) {
    const { rows } = await from.pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from ${table} as t`,
    )
    await to.pool.query(
      `insert into ${table} ${overriding}
       select (json_populate_record(null::${table}, row)).* from unnest($1::json[]) as row`,
      [rows.map(({ row }) => row)],
    )
  }
  const { rows } = await from.pool.query(
    `select (select last_value from event_epoch) as epoch,
            (select max(seq) from events) as seq`,
  )
  await to.pool.query(
    `select setval('event_epoch', $1), setval(pg_get_serial_sequence('events', 'seq'), $2)`,
    [rows[0].epoch, rows[0].seq],
  )
}

async function burnIds(on: Database, upTo: bigint): Promise<void> {
  const client = new Client({ connectionString: (on as { url?: string }).url ?? '' })
  await client.connect()
  try {
    await client.query(`do $$ begin
      while pg_current_xact_id()::text::bigint < ${upTo} loop commit; end loop; end $$`)
  } finally {
    await client.end()
  }
}

test('after a move to a server with a younger counter nothing is lost or doubled', async () => {
  const other = await anotherServer()
  const { rows } = await other.pool.query<{ id: string }>('select pg_current_xact_id()::text as id')
  await burnIds(db, BigInt(rows[0]!.id) + 5_000n)
  await settleEventEpoch(db, now)
  const reader = listener()
  await saved(db, 'a', 'b')
  await settled(db)
  await runReader(db, reader, { now })
  await saved(db, 'c') // not yet read when the server was left
  await saved(db, 'd')
  await restore(db, other)

  // Unsettled, the ids of the old server lie in the future of the new one.
  await saved(other, 'e')
  expect(await runReader(other, reader, { now })).toMatchObject({ passed: 0 })
  await other.pool.query(`delete from events where subject = 'e'`)

  expect(await settleEventEpoch(other, now)).toEqual({ epoch: 2n, begun: 'another-server' })
  await saved(other, 'f')
  await settled(other)
  await runReader(other, reader, { now })
  expect(reader.heard).toEqual(['a', 'b', 'c', 'd', 'f'])
  expect(await settleEventEpoch(other, now)).toEqual({ epoch: 2n })
})

test('a server of the same name with a younger counter is found out by its ids', async () => {
  await settleEventEpoch(db, now)
  const reader = listener()
  await db.pool.query(
    `insert into events (xid, at, home_hub, kind, subject)
     select xid::xid8, $1, $2, 'offer.saved', subject
       from (values ('900000000000', 'future'), ('900000000001', 'farther')) as e (xid, subject)`,
    [new Date(now), hub],
  )
  await saved(db, 'now')
  expect(await settleEventEpoch(db, now)).toEqual({ epoch: 2n, begun: 'ids-from-the-future' })
  await saved(db, 'then')
  await settled(db)
  await runReader(db, reader, { now })
  expect(reader.heard).toEqual(['now', 'future', 'farther', 'then'])
})

test('where the server may not be asked every start begins an epoch, and says so', async () => {
  const role = `ewtp_plain_${process.pid}`
  await db.pool.query(`revoke execute on function pg_control_system() from public;
    create role ${role}; grant all on schema public to ${role};
    grant all on all tables in schema public to ${role};
    grant all on all sequences in schema public to ${role}`)
  onTestFinished(async () => {
    await db.pool.query(`drop owned by ${role}; drop role ${role};
      grant execute on function pg_control_system() to public`)
  })
  const url = new URL(db.url)
  url.searchParams.set('options', `-c role=${role}`)
  const plain = await openDatabase({ url: url.href, sleep: db.sleep, fraction: db.fraction })
  onTestFinished(() => plain.close())
  expect(await settleEventEpoch(plain, now)).toEqual({ epoch: 2n, begun: 'server-not-told' })
  expect(await settleEventEpoch(plain, now)).toEqual({ epoch: 3n, begun: 'server-not-told' })
})

test('a new epoch waits for whoever has an event of the old one uncommitted', async () => {
  await settleEventEpoch(db, now)
  const reader = listener()
  const writer = new Client({ connectionString: db.url })
  await writer.connect()
  onTestFinished(() => writer.end())
  const append = `insert into events (at, home_hub, kind, subject)
                  values ('2026-11-22', '${hub}', 'offer.saved', $1)`
  // Its snapshot is from before the new epoch for as long as it lasts.
  await writer.query('begin isolation level repeatable read')
  await writer.query(append, ['before'])
  await db.pool.query(`update event_server set identifier = '1'`)
  const settling = settleEventEpoch(db, now)
  await until(async () => {
    const { rowCount } = await db.pool.query(
      `select from pg_locks where relation = 'events'::regclass and not granted`,
    )
    return rowCount === 1
  })
  await writer.query('commit')
  expect(await settling).toEqual({ epoch: 2n, begun: 'another-server' })

  await writer.query('begin isolation level repeatable read; select 1')
  await db.pool.query(`update event_server set identifier = '1'`)
  await settleEventEpoch(db, now)
  await writer.query(append, ['after'])
  await writer.query('commit')
  const { rows } = await db.pool.query('select epoch, subject from events order by epoch')
  expect(rows).toEqual([
    { epoch: 1n, subject: 'before' },
    { epoch: 3n, subject: 'after' },
  ])
  await settled(db)
  await runReader(db, reader, { now })
  expect(reader.heard).toEqual(['before', 'after'])
})
