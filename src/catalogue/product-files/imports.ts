// A product file on its way into the shop: what is kept of it, and the moves that its seller makes. The work itself is
// done in chunks by work-on-import.ts.
import { sql } from 'kysely'
import { refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import { timestamptz, transact, type Database, type Db, type Tx } from '../../db/index.ts'
import type { Owner } from '../offer.ts'
import { mostFileBytes, type Encoding } from './decode-file.ts'
import type { Mapping, Settings } from './fields.ts'
import { fileReader, type FileReader, type FileThread } from './file-reader.ts'
import type { FileHead } from './file-thread.ts'
import { findRowTexts, lockImport, type ImportKey } from './find-imports.ts'
import { storableText } from './plain-text.ts'
import type { ImportState } from './schema.ts'
import type { Source } from './sources.ts'
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

/** Without the hub's own reader the file is read beside others. */
export type ReadParts = { readonly now: number; readonly reading?: FileReader | undefined }

const readerOf = ({ sleep }: Database, { reading }: ReadParts): FileReader =>
  reading ?? fileReader(sleep)

/** Reads the file and keeps its rows, some at a time, so that nobody waits for a long transaction. */
export async function startImport(
  database: Database,
  file: NewImport,
  parts: ReadParts & { random: RandomBytes },
): Promise<{ importId: string } | Refused> {
  if (file.bytes.length > mostFileBytes) return refused('file-too-large', { mostFileBytes })
  return readerOf(
    database,
    parts,
  )(async (thread) => {
    const { bytes, encoding, locale } = file
    const head = await thread('read', { bytes, encoding, locale })
    if ('refused' in head) return head
    const importId = uuidv7(parts.now, parts.random)
    const key = { homeHub: file.homeHub, businessId: file.businessId, importId }
    await insertImport(database.kysely, key, file, head, parts.now)
    await forgetOpenImports(database.kysely, key, parts.now)
    for await (const rows of slices(thread)) await insertRows(database.kysely, key, rows)
    await moveImport(database.kysely, key, ['reading'], { state: 'mapping' }, parts.now)
    return { importId }
  })
}

async function* slices(thread: FileThread): AsyncGenerator<string> {
  for (;;) {
    const slice = await thread('next', undefined)
    if (slice === undefined) return
    yield slice
  }
}

async function insertImport(
  db: Db,
  key: ImportKey,
  file: NewImport,
  head: FileHead,
  now: number,
): Promise<void> {
  await db
    .insertInto('product_imports')
    .values({
      ...columnsOf(key),
      actor: file.actor ?? null,
      created_at: timestamptz(now),
      updated_at: timestamptz(now),
      file_name: storableText(file.fileName).replaceAll(/\s+/g, ' ').slice(0, 200),
      file_bytes: BigInt(file.bytes.length),
      encoding: head.encoding,
      format: head.format,
      source: head.source,
      columns: JSON.stringify(head.columns),
      mapping: JSON.stringify(head.mapping),
      settings: JSON.stringify(head.settings),
      state: 'reading',
      row_count: head.rowCount,
    })
    .execute()
}

/** Files of a business that wait for it to go on; a new one takes the place of the oldest. */
export const mostOpenImports = 5

/** An upload that began longer ago broke off. */
const mostReadingMs = 10 * 60 * 1000

async function forgetOpenImports(db: Db, key: ImportKey, now: number): Promise<void> {
  await sql`
    delete from product_imports
     where (home_hub, business_id) = (${key.homeHub}, ${key.businessId})
       and import_id in (
             select import_id from product_imports
              where (home_hub, business_id) = (${key.homeHub}, ${key.businessId})
                and state in ('reading', 'mapping', 'checking', 'checked')
              order by (import_id = ${key.importId}) desc, created_at desc, import_id desc
             offset ${mostOpenImports})
       and (state in ('mapping', 'checking', 'checked')
            or state = 'reading' and updated_at < ${timestamptz(now - mostReadingMs)})`.execute(db)
}

async function insertRows(db: Db, key: ImportKey, rows: string): Promise<void> {
  await sql`
    insert into product_import_rows (home_hub, business_id, import_id, row_no, line, cells)
    select ${key.homeHub}, ${key.businessId}, ${key.importId}, n, l, c
      from jsonb_to_recordset(${rows}::jsonb) as r(n int, l int, c jsonb)`.execute(db)
}

/** What the seller decided of columns, language and units. */
export type Decision = {
  readonly source: Source
  readonly mapping: Mapping
  readonly settings: Settings
}

/** Makes the offers out of the rows and sets them to be checked; refused once they are being saved. */
export const decideImport = (
  database: Database,
  key: ImportKey,
  decision: Decision,
  parts: ReadParts & { locales: readonly string[] },
): Promise<Refused | undefined> =>
  readerOf(
    database,
    parts,
  )((thread) =>
    transact(database, async (tx) => {
      const found = await lockImport(tx, key)
      if (!found || !['mapping', 'checking', 'checked'].includes(found.state))
        return refused('import-under-way', { state: found?.state ?? '' })
      for (let from = 0; from < found.rowCount; from += rowsAtOnce)
        await thread('take', { from, rows: await findRowTexts(tx, key, from, rowsAtOnce) })
      const { columns } = found
      const itemCount = await thread('make', { ...decision, columns, locales: parts.locales })
      await tx
        .deleteFrom('product_import_items')
        .where(...is('home_hub', key.homeHub))
        .where(...is('business_id', key.businessId))
        .where(...is('import_id', key.importId))
        .execute()
      for await (const items of slices(thread)) await insertItems(tx, key, items)
      const { source, mapping, settings } = decision
      const changes = {
        ...{ source, mapping: JSON.stringify(mapping), settings: JSON.stringify(settings) },
        ...({ state: 'checking', item_count: itemCount, expected: null } as const),
      }
      await moveImport(tx, key, undefined, changes, parts.now)
      return undefined
    }),
  )

const rowsAtOnce = 1_000

async function insertItems(tx: Tx, key: ImportKey, items: string): Promise<void> {
  await sql`
    insert into product_import_items
      (home_hub, business_id, import_id, item_no, row_nos, key, title, draft, faults, notes, pictures)
    select ${key.homeHub}, ${key.businessId}, ${key.importId}, n,
           array(select jsonb_array_elements_text(rows)::int), key, title, draft, faults, notes, pictures
      from jsonb_to_recordset(${items}::jsonb)
        as i(n int, rows jsonb, key text, title text, draft jsonb, faults jsonb, notes jsonb, pictures jsonb)`.execute(
    tx,
  )
}

const is = <C extends string>(column: C, value: string) => [column, '=', value] as const

/** Saves what was checked, in the name of who says so. */
export const startSaving = (
  db: Db,
  key: ImportKey,
  now: number,
  actor?: string,
): Promise<boolean> => moveImport(db, key, ['checked'], { state: 'saving', ...byActor(actor) }, now)

const byActor = (actor: string | undefined) => (actor === undefined ? {} : { actor })

export const undoWithinMs = 24 * 60 * 60 * 1000

/** Takes back what was saved, within a day, in the name of who says so. */
export async function startUndoing(
  database: Database,
  key: ImportKey,
  now: number,
  actor?: string,
): Promise<Refused | undefined> {
  return transact(database, async (tx) => {
    const found = await lockImport(tx, key)
    if (!found || found.state !== 'saved') return refused('import-not-saved')
    if (found.savedAt === null || now - found.savedAt > undoWithinMs)
      return refused('undo-too-late')
    await moveImport(tx, key, undefined, { state: 'undoing', ...byActor(actor) }, now)
    return undefined
  })
}

type Changes = {
  state: ImportState
  actor?: string
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
