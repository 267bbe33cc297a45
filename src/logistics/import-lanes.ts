import { sql } from 'kysely'
import type { Day } from '../basis/day.ts'
import { transact, type Database, type Db, type Tx } from '../db/index.ts'
import type { RowFault } from './fault.ts'
import { findConflicts } from './lane-conflicts.ts'
import type { LaneRecord } from './lane-record.ts'
import { readLaneFile, type LaneFileRow } from './read-lane-file.ts'
import { versioned, versionedTables, type Versioned } from './schema.ts'

export type LaneImport = {
  /** Whether the hub's lanes are now those of the file; false after faults and in a dry run. */
  readonly loaded: boolean
  readonly rows: number
  /** Versions that are new, that got an end day, and that the hub held already. */
  readonly added: number
  readonly ended: number
  readonly unchanged: number
  /** The first hundred, by line. */
  readonly faults: readonly RowFault[]
  readonly faultCount: number
}

export type LaneImportOptions = {
  /** No version may end before this day: what was quoted in the past stays as it was. */
  readonly today: Day
  readonly dryRun?: boolean
  /** Called inside the transaction that loads, with what it did: to note who did it. */
  readonly record?: (
    tx: Tx,
    done: Omit<LaneImport, 'loaded' | 'faults' | 'faultCount'>,
  ) => Promise<void>
}

const mostFaults = 100
const chunk = 1_000

/**
 * Takes a lane file in, whole or not at all. Rows are read one after the other into temporary tables, in short
 * statements, so that neither memory nor the event readers' horizon depends on the size of the file; one transaction
 * then compares, decides and writes. A version that the hub holds already is left alone, one that comes with an end day
 * is ended; any other overlap is a fault, and one fault of any kind means that nothing is loaded.
 */
export async function importLanes(
  database: Database,
  bytes: AsyncIterable<Uint8Array>,
  options: LaneImportOptions,
): Promise<LaneImport> {
  return database.kysely.connection().execute(async (session) => {
    await openDesk(session)
    try {
      const { rows, faults } = await stage(session, readLaneFile(bytes))
      if (faults.count > 0) return notLoaded(rows, faults)
      return await transact({ ...database, kysely: session }, (tx) => load(tx, rows, options))
    } finally {
      await closeDesk(session)
    }
  })
}

/** Temporary tables like the real ones, with the line that each row came from and what is to be done with it. */
async function openDesk(session: Db): Promise<void> {
  await closeDesk(session)
  for (const table of versionedTables)
    await sql`create temporary table ${sql.raw(`new_${table}`)}
      (like ${sql.raw(table)}, line integer not null, fate text)`.execute(session)
  await sql`create temporary table new_rates (like lane_cards, up_to_g integer, base_minor bigint,
    included_g integer, unit_g integer, unit_minor bigint, minimum_minor bigint, line integer not null)`.execute(
    session,
  )
}

async function closeDesk(session: Db): Promise<void> {
  for (const table of [...versionedTables, 'rates'])
    await sql`drop table if exists pg_temp.${sql.raw(`new_${table}`)}`.execute(session)
}

type Faults = { count: number; first: RowFault[] }

async function stage(
  session: Db,
  file: AsyncIterable<LaneFileRow>,
): Promise<{ rows: number; faults: Faults }> {
  const faults: Faults = { count: 0, first: [] }
  const waiting = new Map<LaneRecord['into'], object[]>()
  let [rows, staged] = [0, 0]
  const flush = async (into: LaneRecord['into']): Promise<void> => {
    const given = JSON.stringify(waiting.get(into) ?? [], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    waiting.set(into, [])
    const table = sql.raw(`new_${into}`)
    await sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${given}::jsonb)`.execute(
      session,
    )
  }
  for await (const row of file) {
    rows += 1
    if ('faults' in row) {
      faults.count += row.faults.length
      faults.first.push(...row.faults.slice(0, mostFaults - faults.first.length))
      continue
    }
    const { into, rows: found } = row.record
    staged += found.length
    if (staged > mostStaged) {
      const fault: RowFault = {
        line: row.line,
        column: '',
        reason: 'too-many-lanes',
        facts: { most: mostStaged },
      }
      return { rows, faults: { count: faults.count + 1, first: [...faults.first, fault] } }
    }
    const list = waiting.get(into) ?? []
    waiting.set(into, list)
    for (const each of found) list.push({ ...each, line: row.line })
    // After a fault nothing will be loaded: reading goes on only to find the others.
    if (list.length >= chunk) await (faults.count > 0 ? waiting.set(into, []) : flush(into))
  }
  if (faults.count === 0) for (const into of waiting.keys()) await flush(into)
  return { rows, faults }
}

const mostStaged = 400_000

async function load(tx: Tx, rows: number, options: LaneImportOptions): Promise<LaneImport> {
  // One import at a time; readers go on reading.
  await sql`lock table lane_services in share row exclusive mode`.execute(tx)
  const { faults, count } = await findConflicts(tx, options.today, mostFaults)
  if (count > 0) return notLoaded(rows, { count, first: faults })
  const fates = await countFates(tx)
  const outcome = { rows, ...fates }
  if (options.dryRun) return { loaded: false, ...outcome, faults: [], faultCount: 0 }
  for (const table of versionedTables) await write(tx, table)
  await options.record?.(tx, outcome)
  return { loaded: true, ...outcome, faults: [], faultCount: 0 }
}

async function countFates(tx: Tx): Promise<{ added: number; ended: number; unchanged: number }> {
  const all = sql.join(
    versionedTables.map((table) => sql`select fate from ${sql.raw(`new_${table}`)}`),
    sql` union all `,
  )
  const { rows } = await sql<{ fate: string; count: number }>`
    select fate, count(*)::integer as count from (${all}) as fates group by fate`.execute(tx)
  const of = (fate: string): number => rows.find((row) => row.fate === fate)?.count ?? 0
  return { added: of('new'), ended: of('ends'), unchanged: of('unchanged') }
}

/** Ends first, as what begins anew may need the days. */
async function write(tx: Tx, table: Versioned): Promise<void> {
  const keys = [...versioned[table], 'valid_from']
  const columns = await columnsOf(tx, table)
  const same = keys.map((key) => `kept.${key} = given.${key}`).join(' and ')
  await sql`update ${sql.raw(table)} kept set valid_to = given.valid_to
    from ${sql.raw(`new_${table}`)} given where given.fate = 'ends' and ${sql.raw(same)}`.execute(
    tx,
  )
  await sql`insert into ${sql.raw(table)} (${sql.raw(columns)})
    select ${sql.raw(columns)} from ${sql.raw(`new_${table}`)} where fate = 'new'`.execute(tx)
  if (table === 'lane_cards') await writeSteps(tx)
}

/** Slice by slice: each step is checked against its card, and a statement must end within its time. */
async function writeSteps(tx: Tx): Promise<void> {
  const columns = sql.raw(`carrier, service, zone, valid_from, up_to_g, base_minor, included_g,
    unit_g, unit_minor, minimum_minor`)
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(line), 0) as last from new_rates`.execute(tx)
  for (let line = 0; line <= (rows[0]?.last ?? 0); line += 20 * chunk)
    await sql`insert into lane_steps (${columns}) select ${columns} from new_rates
      join (select carrier, service, zone, valid_from from new_lane_cards where fate = 'new') as cards
        using (carrier, service, zone, valid_from)
      where line >= ${line} and line < ${line + 20 * chunk}`.execute(tx)
}

async function columnsOf(tx: Tx, table: Versioned): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(
    tx,
  )
  return rows.map(({ name }) => name).join(', ')
}

function notLoaded(rows: number, { count, first }: Faults): LaneImport {
  const faults = [...first].sort((a, b) => a.line - b.line)
  return { loaded: false, rows, added: 0, ended: 0, unchanged: 0, faults, faultCount: count }
}
