// The work on product files, a chunk to a transaction, so that a killed process loses nothing and does nothing twice:
// what a chunk did and how far the file is hold together. Checking is saving that is rolled back, so it cannot err.
import { sql } from 'kysely'
import type { RandomBytes } from '../../basis/uuid.ts'
import {
  appendEvent,
  timestamptz,
  transact,
  type Database,
  type Db,
  type Tx,
} from '../../db/index.ts'
import { importOf, type ProductImport } from './find-imports.ts'
import { findItems, type StoredItem } from './find-items.ts'
import { saveChunk, type ItemOutcome } from './save-chunk.ts'
import { undoChunk } from './undo-chunk.ts'
import type { SaveParts } from '../save-offers.ts'
import './schema.ts'

export type ImportParts = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly now: () => number
  readonly random: RandomBytes
  readonly knowsCode?: SaveParts['knowsCode']
  readonly judge?: SaveParts['judge']
  /** Items in one transaction. */
  readonly chunk?: number
}

/**
 * Does the next chunk of a file that waits for it, the longest first; false when none does, or all
 * are being worked on elsewhere. A chunk that breaks is halved until the item that breaks it stands
 * alone, and is refused.
 */
export async function workOnImport(parts: ImportParts): Promise<boolean> {
  let size = parts.chunk ?? 500
  for (;;) {
    const attempt: Attempt = { size, taken: 0 }
    try {
      const worked = await transact(parts.db, (tx) => workOnChunk(tx, parts, attempt))
      if (attempt.grown) await tellPlanner(parts.db)
      return worked
    } catch (error) {
      if (attempt.taken === 0) throw error
      if (attempt.taken === 1)
        return transact(parts.db, (tx) =>
          workOnChunk(tx, parts, { size: 1, taken: 0, broken: true }),
        )
      size = Math.ceil(attempt.taken / 8)
    }
  }
}

type Attempt = {
  readonly size: number
  taken: number
  /** Much was written: twice as much as when this was last so. */
  grown?: boolean
  /** The one item is refused unseen. */
  readonly broken?: boolean
}

async function workOnChunk(tx: Tx, parts: ImportParts, attempt: Attempt): Promise<boolean> {
  const row = await tx
    .selectFrom('product_imports')
    .selectAll()
    .where('state', 'in', ['checking', 'saving', 'undoing'])
    .orderBy('updated_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return false
  const found = importOf(row)
  // Nobody else has a turn while a chunk is worked out, and variants are what takes the time.
  const items = await findItems(tx, found, {
    ...{ from: found.position, limit: attempt.size, mostVariants: attempt.size * 2 },
  })
  attempt.taken = items.length
  const outcomes = attempt.broken
    ? items.map((): ItemOutcome => ({ outcome: 'refused', faults: [faultOf(items)] }))
    : await doChunk(tx, parts, found, items)
  await writeOutcomes(tx, found, items, outcomes)
  await advance(tx, found, items.length, outcomes, parts.now())
  const { position } = found
  attempt.grown =
    found.state === 'saving' && doublings(position + items.length) > doublings(position)
  return true
}

const doublings = (count: number): number => Math.floor(Math.log2(Math.max(1, count / 250)))

/**
 * A table that was empty a moment ago is planned for as an empty one, which makes every look-up
 * among thousands of new rows slow until the server looks at it by itself, some minutes later.
 */
async function tellPlanner({ kysely }: Database): Promise<void> {
  await sql`analyze offers, offer_texts, variants, stock, product_origins, picture_addresses`.execute(
    kysely,
  )
}

const faultOf = ([item]: readonly StoredItem[]) => ({
  row: item?.rows[0] ?? 0,
  field: '',
  code: 'cannot-be-saved',
  value: '',
})

async function doChunk(
  tx: Tx,
  parts: ImportParts,
  found: ProductImport,
  items: readonly StoredItem[],
): Promise<ItemOutcome[]> {
  if (items.length === 0) return []
  const save = { ...parts, now: parts.now() }
  if (found.state === 'undoing') return undoChunk(tx, found, items, save)
  if (found.state === 'saving') return saveChunk(tx, found, items, save)
  await sql`savepoint before_check`.execute(tx)
  const outcomes = await saveChunk(tx, found, items, save)
  await sql`rollback to savepoint before_check`.execute(tx)
  return outcomes.map(({ outcome, faults }) => ({ outcome, faults }))
}

const columnOf = { checking: 'expected', saving: 'outcome', undoing: 'undone' } as const

async function writeOutcomes(
  tx: Tx,
  found: ProductImport,
  items: readonly StoredItem[],
  outcomes: readonly ItemOutcome[],
): Promise<void> {
  if (items.length === 0) return
  const column = columnOf[found.state as keyof typeof columnOf]
  const values = items.map(({ itemNo }, at) => ({
    n: itemNo,
    o: outcomes[at]?.outcome,
    f: outcomes[at]?.faults,
    id: outcomes[at]?.offerId ?? null,
    v: outcomes[at]?.version?.toString() ?? null,
    b: outcomes[at]?.before ?? null,
  }))
  const kept =
    found.state === 'saving' ? sql`, offer_id = r.id, version_after = r.v, before = r.b` : sql``
  await sql`
    update product_import_items as i set ${sql.ref(column)} = r.o, faults = coalesce(r.f, i.faults) ${kept}
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as r(n int, o text, f jsonb, id uuid, v bigint, b jsonb)
     where (i.home_hub, i.business_id, i.import_id, i.item_no)
         = (${found.homeHub}::uuid, ${found.businessId}::uuid, ${found.importId}::uuid, r.n)`.execute(
    tx,
  )
}

const nextState = { checking: 'checked', saving: 'saved', undoing: 'undone' } as const

async function advance(
  tx: Tx,
  found: ProductImport,
  passed: number,
  outcomes: readonly ItemOutcome[],
  now: number,
): Promise<void> {
  const counts: Record<string, number> = { ...found.counts }
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  const position = found.position + passed
  const state = found.state as keyof typeof nextState
  const ends = position >= found.itemCount
  await tx
    .updateTable('product_imports')
    .set({
      position,
      counts: JSON.stringify(counts),
      updated_at: timestamptz(now),
      ...(ends ? { state: nextState[state] } : {}),
      ...(ends && state === 'checking' ? { expected: JSON.stringify(counts) } : {}),
      ...(ends && state === 'saving' ? { saved_at: timestamptz(now) } : {}),
    })
    .where('home_hub', '=', found.homeHub)
    .where('business_id', '=', found.businessId)
    .where('import_id', '=', found.importId)
    .execute()
  if (!ends || state === 'checking') return
  await appendEvent(tx, {
    hub: found.homeHub,
    kind: state === 'saving' ? 'import.saved' : 'import.undone',
    subject: found.importId,
    ...(found.actor ? { actor: found.actor } : {}),
    body: { business: found.businessId, counts },
    at: now,
  })
}

/** What is older than this is forgotten, with its rows; the offers stay. */
export const keptForMs = 30 * 24 * 60 * 60 * 1000

/** Files that nobody finished, and finished ones after a month; some at a time. */
export async function forgetOldImports(db: Db, now: number): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from product_imports
       where (home_hub, business_id, import_id) in (
             select home_hub, business_id, import_id from product_imports
              where updated_at < ${timestamptz(now - keptForMs)} limit 5)`.execute(db)
    if (numAffectedRows === 0n) return
  }
}
