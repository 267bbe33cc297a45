import { sql, type Selectable } from 'kysely'
import { instantOf, type Db, type Tx } from '../../db/index.ts'
import type { Owner } from '../offer.ts'
import type { Mapping, Settings } from './fields.ts'
import type { TableRow } from './read-table.ts'
import type { ImportState, ProductImportTable } from './schema.ts'
import type { Source } from './sources.ts'
import './schema.ts'

export type ImportKey = Owner & { readonly importId: string }

/** How far one product file is. Instants in Unix milliseconds. */
export type ProductImport = ImportKey & {
  /** Who asked for what is being done now. */
  readonly actor: string | null
  readonly createdAt: number
  readonly fileName: string
  readonly encoding: string
  readonly format: string
  readonly source: Source
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly settings: Settings
  readonly state: ImportState
  readonly rowCount: number
  readonly itemCount: number
  /** Items that the present state has passed. */
  readonly position: number
  /** Items by outcome, of the present state. */
  readonly counts: Readonly<Record<string, number>>
  readonly expected: Readonly<Record<string, number>> | null
  readonly savedAt: number | null
}

/** The same, and nobody else moves it until the transaction ends. */
export async function lockImport(tx: Tx, key: ImportKey): Promise<ProductImport | undefined> {
  const row = await importsOf(tx, key)
    .where('import_id', '=', key.importId)
    .forUpdate()
    .executeTakeFirst()
  return row && importOf(row)
}

export async function findImport(db: Db, key: ImportKey): Promise<ProductImport | undefined> {
  const row = await importsOf(db, key).where('import_id', '=', key.importId).executeTakeFirst()
  return row && importOf(row)
}

/** The latest first. */
export async function listImports(db: Db, owner: Owner, limit = 20): Promise<ProductImport[]> {
  const rows = await importsOf(db, owner)
    .where('state', '<>', 'reading')
    .orderBy('import_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(importOf)
}

const importsOf = (db: Db, { homeHub, businessId }: Owner) =>
  db
    .selectFrom('product_imports')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)

/** The rows of the file in their order, all of them unless some are named. */
export async function findRows(
  db: Db,
  key: ImportKey,
  numbers?: readonly number[],
): Promise<TableRow[]> {
  const some = numbers ? sql`and row_no = any(${numbers}::int[])` : sql``
  const { rows } = await sql<TableRow>`
    select line, cells from product_import_rows
     where (home_hub, business_id, import_id) = (${key.homeHub}, ${key.businessId}, ${key.importId}) ${some}
     order by row_no`.execute(db)
  return rows
}

/** Some rows in their order, the cells as JSON that nobody has looked into. */
export async function findRowTexts(
  db: Db,
  { homeHub, businessId, importId }: ImportKey,
  from: number,
  limit: number,
): Promise<{ line: number; cells: string }[]> {
  const { rows } = await sql<{ line: number; cells: string }>`
    select line, cells::text as cells from product_import_rows
     where (home_hub, business_id, import_id) = (${homeHub}, ${businessId}, ${importId})
       and row_no >= ${from} and row_no < ${from + limit}
     order by row_no`.execute(db)
  return rows
}

export function importOf(row: Selectable<ProductImportTable>): ProductImport {
  return {
    homeHub: row.home_hub,
    businessId: row.business_id,
    importId: row.import_id,
    actor: row.actor,
    createdAt: instantOf(row.created_at),
    fileName: row.file_name,
    encoding: row.encoding,
    format: row.format,
    source: row.source,
    columns: row.columns,
    mapping: row.mapping,
    settings: row.settings,
    state: row.state,
    rowCount: row.row_count,
    itemCount: row.item_count,
    position: row.position,
    counts: row.counts,
    expected: row.expected,
    savedAt: row.saved_at === null ? null : instantOf(row.saved_at),
  }
}
