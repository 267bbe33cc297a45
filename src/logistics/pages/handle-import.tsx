/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { readerOf } from '../../ui/index.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { uuidv7 } from '../../basis/uuid.ts'
import { signedInActor } from '../../parties/index.ts'
import { importLanes, type LaneImport } from '../import-lanes.ts'
import { hashed, noteImport } from '../note-import.ts'
import { ImportPage, type PastImport } from './import-page.tsx'
import type { LogisticsEnv, LogisticsParts } from './parts.ts'

export async function showImport(
  c: Context<LogisticsEnv>,
  parts: LogisticsParts,
): Promise<Response> {
  const past = await pastImports(parts)
  const loaded = past.find(({ id }) => id === c.req.query('loaded'))
  return c.html(<ImportPage reader={readerOf(c)} past={past} loaded={loaded} />)
}

const exampleFile = join(import.meta.dirname, '../../../examples/lanes.csv')

/** A small file with every kind of row, to begin from. */
export async function sendExample(): Promise<Response> {
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="lanes.csv"',
    'cache-control': 'public, max-age=3600',
  }
  return new Response(await readFile(exampleFile), { headers })
}

/** The file is taken whole or refused with its faults; after success the address is one that can be reloaded. */
export async function takeFile(c: Context<LogisticsEnv>, parts: LogisticsParts): Promise<Response> {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, string | File>)
  const { file } = form
  if (!(file instanceof File) || file.size === 0) return again(c, parts, { noFile: true })
  const { bytes, sha256 } = hashed(Readable.fromWeb(file.stream() as never))
  const dryRun = form['dry_run'] === 'yes'
  const importId = uuidv7(parts.now(), parts.random)
  const { personId } = signedInActor(c)
  const note = {
    importId,
    at: parts.now(),
    hub: parts.hub.id,
    personId,
    fileName: file.name,
    sha256,
  }
  const done = await importLanes(parts.db, bytes, {
    today: parts.today(),
    dryRun,
    record: (tx, counts) => noteImport(tx, note, counts),
  })
  if (done.loaded) return c.redirect(`/lanes/import?loaded=${importId}`, 303)
  return again(c, parts, { done, dryRun })
}

type Outcome = { noFile?: true; done?: LaneImport; dryRun?: boolean }

async function again(
  c: Context<LogisticsEnv>,
  parts: LogisticsParts,
  outcome: Outcome,
): Promise<Response> {
  const page = <ImportPage reader={readerOf(c)} past={await pastImports(parts)} {...outcome} />
  return c.html(page, outcome.noFile || (outcome.done?.faultCount ?? 0) > 0 ? 422 : 200)
}

async function pastImports({ db }: LogisticsParts): Promise<PastImport[]> {
  const rows = await db.kysely
    .selectFrom('lane_imports')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(20)
    .execute()
  return rows.map(
    ({ import_id: id, at, file_name: fileName, rows: count, added, ended, unchanged }) => ({
      id,
      at,
      fileName,
      rows: count,
      added,
      ended,
      unchanged,
    }),
  )
}
