import { sql } from 'kysely'
import type { Database } from './connect.ts'
import { timestamptz } from './parsers.ts'
import type { Tx } from './transaction.ts'
import './events-schema.ts'

/** Why the ids of before cannot be compared with the ones of now. */
export type EpochChange = 'another-server' | 'ids-from-the-future' | 'server-not-told'

export interface EventEpoch {
  epoch: bigint
  /** Why a new epoch was begun just now; undefined when the old one goes on. */
  begun?: EpochChange
}

/**
 * To be called at every start, before anything is written or read: begins a new epoch of the event
 * log when the transaction ids in it are those of another server. What the old epoch left undone
 * comes first, in its own order; it is all committed, as its writers ended with their server.
 *
 * `pg_control_system()` names the server. Where the hub may not ask it every start begins an epoch,
 * which is always safe: the lock below lets every open writer end first.
 */
export async function settleEventEpoch(database: Database, now: number): Promise<EventEpoch> {
  const identifier = await serverIdentifier(database)
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await database.kysely
        .transaction()
        .setIsolationLevel('read committed')
        .execute((tx) => settle(tx, identifier, now))
    } catch (error) {
      if (attempt >= 30 || (error as { code?: string }).code !== lockNotAvailable) throw error
    }
    await database.sleep(1_000)
  }
}

const lockNotAvailable = '55P03'

async function settle(tx: Tx, identifier: string | null, now: number): Promise<EventEpoch> {
  // Two hubs that start at once: the second finds what the first did.
  await tx
    .insertInto('event_server')
    .values({ identifier, since: timestamptz(now) })
    .onConflict((conflict) => conflict.column('only_row').doNothing())
    .execute()
  const known = await tx
    .selectFrom('event_server')
    .select('identifier')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const begun = changeOf(known.identifier, identifier, await hasFutureIds(tx))
  if (!begun) return { epoch: await currentEpoch(tx) }

  // Waits until nobody has an event of the old epoch uncommitted; not for long, as others wait
  // behind it.
  await sql`set local lock_timeout = '1s'`.execute(tx)
  await sql`lock table events in exclusive mode`.execute(tx)
  await sql`select nextval('event_epoch')`.execute(tx)
  await tx
    .updateTable('event_server')
    .set({ identifier, since: timestamptz(now) })
    .execute()
  return { epoch: await currentEpoch(tx), begun }
}

function changeOf(
  before: string | null,
  now: string | null,
  future: boolean,
): EpochChange | undefined {
  if (now === null) return 'server-not-told'
  if (before !== now) return 'another-server'
  return future ? 'ids-from-the-future' : undefined
}

/** The epoch of now, whatever the transaction's snapshot; the horizon has to be taken after it. */
export async function currentEpoch(tx: Tx): Promise<bigint> {
  const { rows } = await sql<{
    epoch: bigint
  }>`select last_value as epoch from event_epoch`.execute(tx)
  return rows[0]!.epoch
}

/** A server copied before it got the data has the same name and a younger counter. */
async function hasFutureIds(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select greatest(
             (select xid from events where epoch = (select last_value from event_epoch)
               order by xid desc limit 1),
             (select xid from event_readers where epoch = (select last_value from event_epoch)
               order by xid desc limit 1))
           >= pg_snapshot_xmax(pg_current_snapshot()) as found`.execute(tx)
  return rows[0]?.found === true
}

async function serverIdentifier({ pool }: Database): Promise<string | null> {
  try {
    const { rows } = await pool.query<{ identifier: string }>(
      'select system_identifier::text as identifier from pg_control_system()',
    )
    return rows[0]?.identifier ?? null
  } catch (error) {
    if ((error as { code?: string }).code === insufficientPrivilege) return null
    throw error
  }
}

const insufficientPrivilege = '42501'
