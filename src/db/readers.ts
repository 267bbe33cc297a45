import { sql } from 'kysely'
import type { Database } from './connect.ts'
import { currentEpoch } from './events-epoch.ts'
import { eventOf, type EventRow, type LoggedEvent } from './events.ts'
import { instantOf, timestamptz } from './parsers.ts'
import { transact, type Tx } from './transaction.ts'
import './events-schema.ts'

/**
 * Follows the event log under a name that is its own for ever. `handle` does everything through
 * `tx`, so that its effects and the cursor hold together or not at all; what no rollback undoes
 * (mail, messages to peers) it writes down as rows, for somebody else to send.
 */
export interface EventReader {
  name: string
  /** Only these; all without it. */
  kinds?: readonly string[]
  handle(tx: Tx, events: readonly LoggedEvent[]): Promise<void>
}

export type ReaderRun =
  /** Events passed, and those of them that were of its kinds; `more`: ask again at once. */
  | { state: 'ran'; passed: number; handled: number; more: boolean }
  /** Another instance of the same reader is at work. */
  | { state: 'busy' }
  /** A fault not long ago: it is tried again later. */
  | { state: 'waiting' }
  /** An operator has to look (`resumeReader`). */
  | { state: 'parked' }
  /** A fault just now: nothing of event `seq` held. */
  | { state: 'failed'; seq: bigint; parked: boolean; error: unknown }

export interface RunOptions {
  /** Unix milliseconds. */
  now: number
  /** Most events in one transaction. */
  limit?: number
}

/** After so many faults in a row on one event the reader is parked. */
export const mostFailures = 5

/**
 * Hands the next events to the reader, in the order (epoch, transaction, serial), and none that an
 * open transaction could still come before: that is the horizon, and an open writer in any database
 * of the server holds it.
 *
 * When `handle` fails, the batch is halved until the event that it cannot handle stands alone; what
 * came before it holds. That one is tried again after growing pauses and then parks the reader.
 * Throws only when the database does not answer.
 */
export async function runReader(
  database: Database,
  reader: EventReader,
  { now, limit = 500 }: RunOptions,
): Promise<ReaderRun> {
  const idle = await whyIdle(database, reader, now)
  if (idle) return idle
  let size = limit
  for (;;) {
    const batch: Batch = { size, first: undefined, passed: 0 }
    try {
      return await transact(database, (tx) => runBatch(tx, reader, batch, now), { retries: 0 })
    } catch (error) {
      if (!batch.first) throw error
      if (batch.passed === 1) return keepFault(database, reader, batch.first, error, now)
      size = Math.ceil(batch.passed / 2)
    }
  }
}

interface Batch {
  size: number
  /** What was handed over, for whom it fails. */
  first: { seq: bigint; after: Cursor } | undefined
  passed: number
}

/** Everything up to and with this one has had its effect. */
interface Cursor {
  epoch: bigint
  xid: string
  seq: bigint
}

/** Asked before a transaction is begun, as most of the time there is nothing to do. */
async function whyIdle(
  { kysely }: Database,
  { name }: EventReader,
  now: number,
): Promise<ReaderRun | undefined> {
  const { rows } = await sql<{ parked: boolean; waiting: boolean; due: boolean }>`
    select parked_at is not null as parked,
           coalesce(next_try_at > ${timestamptz(now)}, false) as waiting,
           exists (select from events as e
                    where (e.epoch, e.xid, e.seq) > (r.epoch, r.xid, r.seq)
                      and (e.epoch, e.xid) < ((select last_value from event_epoch),
                                              pg_snapshot_xmin(pg_current_snapshot()))) as due
      from event_readers as r where name = ${name}`.execute(kysely)
  const row = rows[0]
  if (!row) {
    await kysely
      .insertInto('event_readers')
      .values({ name })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    return undefined
  }
  if (row.parked) return { state: 'parked' }
  if (row.waiting) return { state: 'waiting' }
  return row.due ? undefined : { state: 'ran', passed: 0, handled: 0, more: false }
}

async function runBatch(
  tx: Tx,
  reader: EventReader,
  batch: Batch,
  now: number,
): Promise<ReaderRun> {
  // Before the snapshot of the events, which then holds all of every earlier epoch.
  const [epoch, row] = await Promise.all([
    currentEpoch(tx),
    tx
      .selectFrom('event_readers')
      .select(['epoch', 'xid', 'seq', 'parked_at', 'next_try_at'])
      .where('name', '=', reader.name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst(),
  ])
  if (!row) return { state: 'busy' }
  // Another instance may have met a fault since we looked.
  if (row.parked_at) return { state: 'parked' }
  if (row.next_try_at && instantOf(row.next_try_at) > now) return { state: 'waiting' }

  const window = await readWindow(tx, reader, row, epoch, batch.size)
  const last = window.at(-1)
  if (!last) return { state: 'ran', passed: 0, handled: 0, more: false }
  batch.first = { seq: window[0]!.seq, after: row }
  batch.passed = window.length

  const wanted = window.filter(({ kind }) => reader.kinds?.includes(kind) ?? true).map(eventOf)
  if (wanted.length > 0) await reader.handle(tx, wanted)
  await tx
    .updateTable('event_readers')
    .set({ epoch: last.epoch, xid: last.xid, seq: last.seq, moved_at: timestamptz(now) })
    .set({ failures: 0, next_try_at: null, fault: null, fault_seq: null })
    .where('name', '=', reader.name)
    .execute()
  const more = window.length === batch.size
  return { state: 'ran', passed: window.length, handled: wanted.length, more }
}

/** Of every kind, as the cursor passes all; the bodies of others stay in the database. */
async function readWindow(
  tx: Tx,
  { kinds }: EventReader,
  after: Cursor,
  epoch: bigint,
  limit: number,
): Promise<(EventRow & Cursor)[]> {
  const body = kinds ? sql`case when kind = any(${kinds}) then body else '{}' end` : sql`body`
  const { rows } = await sql<EventRow & Cursor>`
    select epoch, xid::text as xid, seq, at, home_hub, kind, subject, actor, ${body} as body
      from events
     where (epoch, xid, seq) > (${after.epoch}, ${after.xid}::xid8, ${after.seq})
       and (epoch, xid) < (${epoch}, pg_snapshot_xmin(pg_current_snapshot()))
     order by events.epoch, events.xid, events.seq
     limit ${limit}`.execute(tx)
  return rows
}

/**
 * Unless somebody else has passed the event meanwhile. Pauses grow from a second, four times each:
 * some 85 seconds until the reader is parked.
 */
async function keepFault(
  { kysely }: Database,
  { name }: EventReader,
  { seq, after }: NonNullable<Batch['first']>,
  error: unknown,
  now: number,
): Promise<ReaderRun> {
  const attempt = sql`failures + 1`
  const { rows } = await sql<{ parked: boolean }>`
    update event_readers
       set failures = ${attempt}, fault = ${describe(error)}, fault_seq = ${seq},
           parked_at = case when ${attempt} >= ${mostFailures}
                            then ${timestamptz(now)}::timestamptz end,
           next_try_at = ${timestamptz(now)}::timestamptz + interval '1 second' * 4 ^ failures
     where name = ${name} and (epoch, xid, seq) = (${after.epoch}, ${after.xid}::xid8, ${after.seq})
    returning parked_at is not null as parked`.execute(kysely)
  const parked = rows[0]?.parked
  if (parked === undefined) return { state: 'busy' }
  return { state: 'failed', seq, parked, error }
}

/** Only the message: a database error's details hold what people entered. */
const describe = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .replaceAll('\0', '')
    .slice(0, 1_000)
