import { sql } from 'kysely'
import { appendEvent } from './events.ts'
import type { Database, Db } from './connect.ts'
import { instantOf } from './parsers.ts'
import { transact } from './transaction.ts'
import './events-schema.ts'

/** How far one reader is behind; instants in Unix milliseconds. */
export interface ReaderLag {
  name: string
  /** Events that it has not passed, counted up to `mostCounted`. */
  waiting: number
  /** Those of them that the horizon holds back: some older transaction is still open. */
  held: number
  /** When the oldest of them happened. */
  oldestAt: number | null
  movedAt: number | null
  failures: number
  fault: string | null
  /** The event that it stands before, when it cannot handle it. */
  faultSeq: bigint | null
  parkedAt: number | null
}

export const mostCounted = 10_000

/** For metrics and the operator's page: one row a reader, by name. */
export async function readerLag(db: Db): Promise<ReaderLag[]> {
  const { rows } = await sql<{
    name: string
    waiting: bigint
    held: bigint
    oldest_at: string | null
    moved_at: string | null
    failures: number
    fault: string | null
    fault_seq: bigint | null
    parked_at: string | null
  }>`
    select r.name, r.moved_at, r.failures, r.fault, r.fault_seq, r.parked_at,
           count(e.seq) as waiting, min(e.at) as oldest_at,
           count(e.seq) filter (where (e.epoch, e.xid) >= (now_at.epoch, now_at.xmin)) as held
      from event_readers as r
     cross join (select last_value as epoch, pg_snapshot_xmin(pg_current_snapshot()) as xmin
                   from event_epoch) as now_at
      left join lateral (
             select epoch, xid, seq, at from events
              where (epoch, xid, seq) > (r.epoch, r.xid, r.seq)
              order by epoch, xid, seq limit ${mostCounted}) as e on true
     group by r.name order by r.name`.execute(db)
  const instant = (text: string | null) => (text === null ? null : instantOf(text))
  return rows.map((row) => ({
    name: row.name,
    waiting: Number(row.waiting),
    held: Number(row.held),
    oldestAt: instant(row.oldest_at),
    movedAt: instant(row.moved_at),
    failures: row.failures,
    fault: row.fault,
    faultSeq: row.fault_seq,
    parkedAt: instant(row.parked_at),
  }))
}

/** Who keeps the horizon where it is: the open writer that began first, anywhere on the server. */
export interface HorizonHolder {
  pid: number | null
  database: string | null
  application: string | null
  /** Of the session, such as `idle in transaction`; `prepared` for a two-phase commit. */
  state: string | null
  /** Unix milliseconds. */
  since: number | null
}

/** Sessions of other users show little to a user that may not read all statistics. */
export async function findHorizonHolder(db: Db): Promise<HorizonHolder | undefined> {
  const { rows } = await sql<Omit<HorizonHolder, 'since'> & { since: string | null }>`
    select pid, datname as database, application_name as application, state, xact_start as since
      from (select pid, datname, application_name, state, xact_start, age(backend_xid) as age
              from pg_stat_activity where backend_xid is not null
            union all
            select null, database, gid, 'prepared', prepared, age(transaction)
              from pg_prepared_xacts) as writers
     order by age desc limit 1`.execute(db)
  const row = rows[0]
  return row && { ...row, since: row.since === null ? null : instantOf(row.since) }
}

export interface ResumeOptions {
  /** Unix milliseconds. */
  now: number
  /** Passes the event that it could not handle, for ever; kept as an event with the actor's name. */
  skip?: { hub: string; actor: string }
}

/** An operator's word to a parked or waiting reader; false when there is none of that name. */
export async function resumeReader(
  database: Database,
  name: string,
  { now, skip }: ResumeOptions,
): Promise<boolean> {
  return transact(database, async (tx) => {
    const row = await tx
      .selectFrom('event_readers')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return false
    const clear = { failures: 0, next_try_at: null, parked_at: null, fault: null, fault_seq: null }
    await tx.updateTable('event_readers').set(clear).where('name', '=', name).execute()
    if (!skip || row.fault_seq === null) return true

    // It stands right before that event.
    await sql`
      update event_readers as r set epoch = e.epoch, xid = e.xid, seq = e.seq
        from (select epoch, xid, seq from events
               where (epoch, xid, seq) > (${row.epoch}, ${row.xid}::xid8, ${row.seq})
               order by epoch, xid, seq limit 1) as e
       where r.name = ${name} and e.seq = ${row.fault_seq}`.execute(tx)
    const body = { seq: String(row.fault_seq), fault: row.fault }
    await appendEvent(tx, { ...skip, kind: 'reader.skipped', subject: name, body, at: now })
    return true
  })
}
