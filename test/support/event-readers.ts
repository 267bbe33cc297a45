// Readers of the event log as tests make them: one writes down what it was given, and events are saved and waited for.
import { sql } from 'kysely'
import { appendEvents, transact } from '../../src/db/index.ts'
import type { EventReader, LoggedEvent, Tx } from '../../src/db/index.ts'
import type { TestDatabase } from './database.ts'
import { until } from './hub-process.ts'

const hub = '0199d2f0-0000-7000-8000-000000000001'
const now = Date.UTC(2026, 10, 22, 9)

/** Makes the table that the readers write to. */
export async function eventReaders(db: TestDatabase) {
  await db.pool.query(
    'create table effects (position serial primary key, reader text, subject text)',
  )

  /** Writes down what it was given, in the same transaction. */
  const scribe = (name: string, extra: Partial<EventReader> = {}): EventReader => ({
    name,
    handle: (tx, events) => write(tx, name, events),
    ...extra,
  })

  async function write(tx: Tx, name: string, events: readonly LoggedEvent[]): Promise<void> {
    for (const { subject } of events)
      await sql`insert into effects (reader, subject) values (${name}, ${subject})`.execute(tx)
  }

  const saved = (...subjects: string[]) =>
    transact(db, (tx) =>
      appendEvents(
        tx,
        subjects.map((subject) => ({ hub, kind: 'offer.saved', subject, at: now })),
      ),
    )

  async function effects(reader: string): Promise<string[]> {
    const { rows } = await db.pool.query<{ subject: string }>(
      'select subject from effects where reader = $1 order by position',
      [reader],
    )
    return rows.map(({ subject }) => subject)
  }

  /** Until no open writer, not even of another test file, could come before what is there. */
  const settled = () =>
    until(async () => {
      const { rows } = await db.pool.query<{ so: boolean }>(
        'select pg_snapshot_xmin(pg_current_snapshot()) > max(xid) as so from events',
      )
      return rows[0]?.so === true
    })

  /** The same, and then there is nothing to wait for. */
  const told = async (...subjects: string[]) => {
    await saved(...subjects)
    await settled()
  }

  return { hub, now, scribe, write, saved, effects, settled, told }
}
