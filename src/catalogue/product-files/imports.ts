// A product file on its way into the shop: what is kept of it, and the moves that its seller makes. The work itself is
// done in chunks by work-on-import.ts.
import { sql } from 'kysely'
import { refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import { timestamptz, transact, type Database, type Db } from '../../db/index.ts'
import type { Owner } from '../offer.ts'
import { decodeFile, type Encoding } from './decode-file.ts'
import type { Mapping, Settings } from './fields.ts'
import { makeItems } from './make-items.ts'
import { countryReader } from './read-values.ts'
import { readTable, type Table, type TableRow } from './read-table.ts'
import type { ImportState } from './schema.ts'
import { findRows, lockImport, type ImportKey } from './find-imports.ts'
import { detectSource, mappingFor, settingsFor, type Source } from './sources.ts'
import './schema.ts'

export type NewImport = Owner & {
  readonly actor: string | undefined
  readonly fileName: string
  readonly bytes: Uint8Array
  /** What the seller says; without it the bytes tell. */
  readonly encoding: Encoding | undefined
  /** The language of the texts, until the seller says another. */
  readonly locale: string
}

/** Reads the file and keeps its rows, some at a time, so that nobody waits for a long transaction. */
export async function startImport(
  database: Database,
  file: NewImport,
  parts: { now: number; random: RandomBytes },
): Promise<{ importId: string } | Refused> {
  const decoded = decodeFile(file.bytes, file.encoding)
  if ('refused' in decoded) return decoded
  const table = readTable(decoded.text)
  if ('refused' in table) return table
  const importId = uuidv7(parts.now, parts.random)
  const key = { homeHub: file.homeHub, businessId: file.businessId, importId }
  await insertImport(database.kysely, key, file, decoded.encoding, table, parts.now)
  for (let from = 0; from < table.rows.length; from += rowsAtOnce)
    await insertRows(database.kysely, key, from, table.rows.slice(from, from + rowsAtOnce))
  await moveImport(database.kysely, key, ['reading'], { state: 'mapping' }, parts.now)
  return { importId }
}

const rowsAtOnce = 1_000

async function insertImport(
  db: Db,
  key: ImportKey,
  file: NewImport,
  encoding: Encoding,
  { format, columns, rows }: Table,
  now: number,
): Promise<void> {
  const source = detectSource(columns)
  const mapping = mappingFor(source, columns)
  const settings = settingsFor(columns, mapping, rows, file.locale)
  await db
    .insertInto('product_imports')
    .values({
      ...columnsOf(key),
      actor: file.actor ?? null,
      created_at: timestamptz(now),
      updated_at: timestamptz(now),
      file_name: plainName(file.fileName),
      file_bytes: BigInt(file.bytes.length),
      encoding,
      format,
      source,
      columns: JSON.stringify(columns.map(plainCell)),
      mapping: JSON.stringify(mapping),
      settings: JSON.stringify(settings),
      state: 'reading',
      row_count: rows.length,
    })
    .execute()
}

const plainName = (name: string): string => plainCell(name).replaceAll(/\s+/g, ' ').slice(0, 200)

/** What PostgreSQL takes in text. */
const plainCell = (text: string): string => text.toWellFormed().replaceAll('\0', '')

async function insertRows(
  db: Db,
  key: ImportKey,
  from: number,
  rows: readonly TableRow[],
): Promise<void> {
  const values = rows.map(({ line, cells }, at) => ({
    n: from + at,
    l: line,
    c: cells.map(plainCell),
  }))
  await sql`
    insert into product_import_rows (home_hub, business_id, import_id, row_no, line, cells)
    select ${key.homeHub}, ${key.businessId}, ${key.importId}, n, l, c
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(n int, l int, c jsonb)`.execute(
    db,
  )
}

/** What the seller decided of columns, language and units. */
export type Decision = {
  readonly source: Source
  readonly mapping: Mapping
  readonly settings: Settings
}

/** Makes the offers out of the rows and sets them to be checked; refused once they are being saved. */
export async function decideImport(
  database: Database,
  key: ImportKey,
  decision: Decision,
  parts: { now: number; locales: readonly string[] },
): Promise<Refused | undefined> {
  return transact(database, async (tx) => {
    const found = await lockImport(tx, key)
    if (!found || !['mapping', 'checking', 'checked'].includes(found.state))
      return refused('import-under-way', { state: found?.state ?? '' })
    const rows = await findRows(tx, key)
    const items = makeItems({
      ...decision,
      columns: found.columns,
      rows,
      countryOf: countryReader(parts.locales),
    })
    await tx
      .deleteFrom('product_import_items')
      .where(...is('home_hub', key.homeHub))
      .where(...is('business_id', key.businessId))
      .where(...is('import_id', key.importId))
      .execute()
    for (let from = 0; from < items.length; from += rowsAtOnce) {
      const values = items
        .slice(from, from + rowsAtOnce)
        .map((item, at) => ({ n: from + at, ...item }))
      await sql`
        insert into product_import_items
          (home_hub, business_id, import_id, item_no, row_nos, key, title, draft, faults, notes, pictures)
        select ${key.homeHub}, ${key.businessId}, ${key.importId}, n,
               array(select jsonb_array_elements_text(rows)::int), key, title, draft, faults, notes, pictures
          from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
            as i(n int, rows jsonb, key text, title text, draft jsonb, faults jsonb, notes jsonb, pictures jsonb)`.execute(
        tx,
      )
    }
    const { source, mapping, settings } = decision
    const changes = { source, mapping: JSON.stringify(mapping), settings: JSON.stringify(settings) }
    const restart = { state: 'checking', item_count: items.length, expected: null } as const
    await moveImport(tx, key, undefined, { ...changes, ...restart }, parts.now)
    return undefined
  })
}

const is = <C extends string>(column: C, value: string) => [column, '=', value] as const

/** Saves what was checked. */
export const startSaving = (db: Db, key: ImportKey, now: number): Promise<boolean> =>
  moveImport(db, key, ['checked'], { state: 'saving' }, now)

export const undoWithinMs = 24 * 60 * 60 * 1000

/** Takes back what was saved, within a day. */
export async function startUndoing(
  database: Database,
  key: ImportKey,
  now: number,
): Promise<Refused | undefined> {
  return transact(database, async (tx) => {
    const found = await lockImport(tx, key)
    if (!found || found.state !== 'saved') return refused('import-not-saved')
    if (found.savedAt === null || now - found.savedAt > undoWithinMs)
      return refused('undo-too-late')
    await moveImport(tx, key, undefined, { state: 'undoing' }, now)
    return undefined
  })
}

type Changes = {
  state: ImportState
  source?: Source
  mapping?: string
  settings?: string
  item_count?: number
  expected?: null
}

/** Into another state, where everything is still to do; false when it was in none of those it may come from. */
async function moveImport(
  db: Db,
  key: ImportKey,
  from: readonly ImportState[] | undefined,
  changes: Changes,
  now: number,
): Promise<boolean> {
  const update = db
    .updateTable('product_imports')
    .set({ ...changes, position: 0, counts: '{}', updated_at: timestamptz(now) })
    .where(...is('home_hub', key.homeHub))
    .where(...is('business_id', key.businessId))
    .where(...is('import_id', key.importId))
  const { numUpdatedRows } = await (
    from ? update.where('state', 'in', from) : update
  ).executeTakeFirst()
  return numUpdatedRows > 0n
}

const columnsOf = ({ homeHub, businessId, importId }: ImportKey) => ({
  home_hub: homeHub,
  business_id: businessId,
  import_id: importId,
})
