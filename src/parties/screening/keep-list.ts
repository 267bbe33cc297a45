import { sql } from 'kysely'
import { Refusal } from '../../basis/refusal.ts'
import { appendEvent, timestamptz, transact, type Database, type Tx } from '../../db/index.ts'
import type { ListCode, ReadList } from './listed.ts'
import './schema.ts'

export interface KeptList {
  list: ListCode
  digest: string
  listDate?: string
  entries: number
  names: number
  unread: readonly string[]
  /** The very same files were there already: nothing was done. */
  already: boolean
}

export interface KeepOptions {
  homeHub: string
  /** Unix milliseconds. */
  at: number
  /** Who brought it; without one it came by the command line. */
  actor?: string
  /** Takes a list also where the one in use is younger. */
  older?: boolean
}

/**
 * Puts a list in the place of the one in use, all of it or none. Refuses an empty list, and one that
 * is older than the one in use: both are slips that would let names through.
 */
export async function keepList(
  database: Database,
  read: ReadList,
  { homeHub, at, actor, older = false }: KeepOptions,
): Promise<KeptList> {
  const { list, digest, listDate, entries, unread } = read
  const names = entries.reduce((sum, entry) => sum + entry.names.length, 0)
  const kept = { list, digest, ...(listDate ? { listDate } : {}), names, unread }
  if (entries.length === 0) throw new Refusal('list-empty', { list })
  return transact(database, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('screening list', 0))`.execute(tx)
    const current = await tx
      .selectFrom('screening_lists')
      .select(['digest', 'list_date'])
      .where('list', '=', list)
      .where('current', '=', true)
      .executeTakeFirst()
    if (current?.digest === digest) return { ...kept, entries: entries.length, already: true }
    if (current?.list_date && listDate && listDate < current.list_date && !older)
      throw new Refusal('list-older', { list, listDate, inUse: current.list_date })
    await tx
      .updateTable('screening_lists')
      .set({ current: false })
      .where('list', '=', list)
      .execute()
    await tx.deleteFrom('screening_entries').where('list', '=', list).execute()
    await tx
      .insertInto('screening_lists')
      .values({
        ...{ list, digest, list_date: listDate ?? null, entries: entries.length, names },
        ...{ unread: unread.length, current: true, imported_at: timestamptz(at) },
      })
      .onConflict((conflict) => conflict.columns(['list', 'digest']).doUpdateSet({ current: true }))
      .execute()
    await keepEntries(tx, read)
    await appendEvent(tx, {
      ...{ hub: homeHub, at, actor, kind: 'screening.list-imported', subject: list },
      body: { digest, entries: entries.length, names },
    })
    return { ...kept, entries: entries.length, already: false }
  })
}

/** One statement: tens of thousands of rows take a second or two. */
async function keepEntries(tx: Tx, { list, digest, entries }: ReadList): Promise<void> {
  const rows = entries.map(({ id, kind, programme, listedOn, births, countries, names }) => ({
    ...{ entry_id: id, kind, programme, listed_on: listedOn ?? null, births, countries, names },
  }))
  await sql`
    insert into screening_entries
      (list, digest, entry_id, kind, programme, listed_on, births, countries, names)
    select ${list}, ${digest}, entry_id, kind, programme, listed_on, births, countries, names
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(entry_id text, kind text, programme text, listed_on date, births text[],
               countries text[], names jsonb)`.execute(tx)
}
