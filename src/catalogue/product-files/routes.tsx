/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isUuid } from '../../basis/uuid.ts'
import type { Database } from '../../db/index.ts'
import { Refusal } from '../../basis/refusal.ts'
import { allow, findBusiness, signedInActor } from '../../parties/index.ts'
import { locales, type FieldError } from '../../ui/index.ts'
import type { CatalogueParts } from '../parts.ts'
import { readerOf } from '../pages/shell.tsx'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { siteOf } from '../shops/visitor.ts'
import { encodings, mostFileBytes } from './decode-file.ts'
import { exportForms } from './export-forms.ts'
import { exportOffers, fileOf } from './export-offers.ts'
import { fileReader, type FileReader } from './file-reader.ts'
import { findUnweighed, weightHref } from './find-unweighed.ts'
import { followProgress } from './follow-progress.ts'
import { findItems, findNotes } from './find-items.ts'
import { findImport, findRows, listImports, type ProductImport } from './find-imports.ts'
import { decideImport, startImport, startSaving, startUndoing, type Decision } from './imports.ts'
import { ColumnsPage } from './pages/columns-page.tsx'
import { ImportPage, isAtWork } from './pages/import-pages.tsx'
import { readDecision } from './pages/read-decision.ts'
import { UploadPage } from './pages/upload-page.tsx'
import { describeFault, problemWords } from './pages/words.ts'
import { rowsToMend } from './rows-to-mend.ts'

export type ProductFileParts = Pick<CatalogueParts, 'now' | 'random' | 'hub'> & {
  readonly db: Database
  /** Tells whoever works on product files that there is something to do. */
  readonly wake: () => void
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Reads one file at a time for the whole hub. */
  readonly reading?: FileReader | undefined
}

/** Goods in and out as files: upload, columns, check, save, undo; and the exports. */
export function productFileRoutes(given: ProductFileParts): Hono {
  const parts = { reading: fileReader(given.sleep), ...given }
  const routes = new Hono()
  const bring = allow('offer.import')
  const files = '/business/:business/import'
  const file = `${files}/:import`
  routes.get(files, bring, (c) => showUpload(c, parts))
  routes.post(files, bring, fileLimit(parts), (c) => upload(c, parts))
  routes.get(file, bring, (c) => showImport(c, parts))
  routes.get(`${file}/columns`, bring, (c) => showColumns(c, parts))
  routes.post(`${file}/columns`, bring, (c) => decideColumns(c, parts))
  routes.post(`${file}/saving`, bring, (c) => save(c, parts))
  routes.post(`${file}/undoing`, bring, (c) => undo(c, parts))
  const followers = new Map<string, number>()
  routes.get(`${file}/progress`, bring, async (c) => {
    const { found } = await importOfPath(c, parts)
    return found ? followProgress(c, parts, found, followers) : c.notFound()
  })
  routes.get(`${file}/rows-to-mend.csv`, bring, (c) => downloadRowsToMend(c, parts))
  routes.get('/business/:business/export/:form', allow('offer.view'), (c) => download(c, parts))
  return routes
}

/** The business of the path; who may see it was asked before. */
async function businessOf(c: Context, { db, hub }: ProductFileParts) {
  const found = await findBusiness(db.kysely, hub.id, c.req.param('business') ?? '')
  if (!found) throw new Refusal('not-found')
  return found
}

/** What a form adds around the file. */
const formBytes = 64 * 1024

const fileLimit = (parts: ProductFileParts) =>
  bodyLimit({
    maxSize: mostFileBytes + formBytes,
    onError: (c) => refuseUpload(c, parts, 'file-too-large', 413),
  })

async function showUpload(
  c: Context,
  parts: ProductFileParts,
  errors: readonly FieldError[] = [],
  status: 200 | 413 | 415 | 422 | 503 = 200,
) {
  const business = await businessOf(c, parts)
  const owner = { homeHub: parts.hub.id, businessId: business.id }
  const imports = await listImports(parts.db.kysely, owner)
  const reader = readerOf(c)
  return c.html(<UploadPage {...{ reader, business, imports, errors }} />, status)
}

function refuseUpload(
  c: Context,
  parts: ProductFileParts,
  code: string,
  status: 413 | 415 | 422 | 503,
  facts: Readonly<Record<string, unknown>> = {},
) {
  const { language } = readerOf(c)
  const message = problemWords(language, code, facts)
  return showUpload(c, parts, [{ field: 'file', message }], status)
}

async function upload(c: Context, parts: ProductFileParts) {
  if (c.req.header('content-encoding')) return refuseUpload(c, parts, 'file-compressed', 415)
  const form = await c.req.formData().catch(() => undefined)
  const file = form?.get('file')
  if (!(file instanceof File) || file.name === '')
    return refuseUpload(c, parts, 'file-missing', 422)
  const business = await businessOf(c, parts)
  const started = await startImport(
    parts.db,
    {
      homeHub: parts.hub.id,
      businessId: business.id,
      actor: signedInActor(c).personId,
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      encoding: encodings.find((each) => each === form?.get('encoding')),
      locale: readerOf(c).language.locale,
    },
    { now: parts.now(), random: parts.random, reading: parts.reading },
  )
  if ('refused' in started) {
    const status = started.refused === 'files-waiting' ? 503 : 422
    return refuseUpload(c, parts, started.refused, status, started.facts)
  }
  return c.redirect(`/business/${business.id}/import/${started.importId}`, 303)
}

/** The file of the path; one of another business is not found. */
async function importOfPath(c: Context, parts: ProductFileParts) {
  const business = await businessOf(c, parts)
  const importId = c.req.param('import') ?? ''
  const key = { homeHub: parts.hub.id, businessId: business.id, importId }
  const found = isUuid(importId) ? await findImport(parts.db.kysely, key) : undefined
  return { business, found, reader: readerOf(c) }
}

async function showImport(c: Context, parts: ProductFileParts, problem?: string) {
  const { business, found, reader } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  if (found.state === 'mapping') return showColumns(c, parts)
  if (found.state === 'reading') return c.redirect(`/business/${business.id}/import`, 303)
  const db = parts.db.kysely
  const shown = isAtWork(found)
    ? { good: [], refused: [], unweighed: { count: 0, items: [] }, notes: [] }
    : {
        good: await findItems(db, found, { limit: 20, only: 'good' }),
        refused: await findItems(db, found, { limit: 50, only: 'refused' }),
        unweighed: await findUnweighed(db, found, { limit: 50 }),
        notes: (await findNotes(db, found)).filter(({ code }) => code !== 'mass-missing'),
      }
  const numbers = shown.refused.flatMap(({ rows, faults }) => [
    ...rows.slice(0, 5),
    ...faults.map(({ row }) => row),
  ])
  numbers.push(...shown.unweighed.items.flatMap(({ rows }) => rows.slice(0, 5)))
  const lines = await linesOf(parts, found, numbers)
  const props = { reader, business, found, lines, problem, now: parts.now(), ...shown }
  return c.html(<ImportPage {...props} />, problem === undefined ? 200 : 422)
}

async function linesOf(
  { db }: ProductFileParts,
  found: ProductImport,
  rows: readonly number[],
): Promise<Map<number, number>> {
  const numbers = [...new Set(rows)].toSorted((a, b) => a - b)
  const rowsFound = await findRows(db.kysely, found, numbers)
  return new Map(numbers.map((number, at) => [number, rowsFound[at]?.line ?? number + 1]))
}

async function showColumns(
  c: Context,
  parts: ProductFileParts,
  wrong?: { decision: ReturnType<typeof readDecision>['decision']; errors: FieldError[] },
) {
  const { business, found, reader } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  if (found.state !== 'mapping' && found.state !== 'checked')
    return c.redirect(`/business/${business.id}/import/${found.importId}`, 303)
  const rows = await findRows(parts.db.kysely, found, [0, 1, 2, 3, 4])
  const props = {
    reader,
    business,
    found,
    rows,
    decision: wrong?.decision ?? proposalOf(found, business.country),
  }
  return c.html(<ColumnsPage {...props} errors={wrong?.errors ?? []} />, wrong ? 422 : 200)
}

/** Until somebody decided, goods without an origin are proposed to come from the seller's own country. */
const proposalOf = (found: ProductImport, country: string): Decision => ({
  ...found,
  settings: { ...found.settings, origin: found.settings.origin ?? country },
})

async function decideColumns(c: Context, parts: ProductFileParts) {
  const { business, found, reader } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  const form = new URLSearchParams(await c.req.text())
  const read = readDecision(form, found, reader.language)
  if (read.errors.length > 0) return showColumns(c, parts, read)
  const when = { now: parts.now(), locales, reading: parts.reading }
  const refusal = await decideImport(parts.db, found, read.decision, when)
  if (refusal) {
    const message = problemWords(reader.language, refusal.refused)
    if (refusal.refused === 'import-under-way') return showImport(c, parts, message)
    return showColumns(c, parts, { ...read, errors: [{ field: 'column.title', message }] })
  }
  parts.wake()
  return c.redirect(`/business/${business.id}/import/${found.importId}`, 303)
}

async function save(c: Context, parts: ProductFileParts) {
  const { business, found } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  // Asked twice is asked once: whatever it is at by now is shown.
  await startSaving(parts.db.kysely, found, parts.now(), signedInActor(c).personId)
  parts.wake()
  return c.redirect(`/business/${business.id}/import/${found.importId}`, 303)
}

async function undo(c: Context, parts: ProductFileParts) {
  const { business, found, reader } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  const refusal = await startUndoing(parts.db, found, parts.now(), signedInActor(c).personId)
  if (refusal) return showImport(c, parts, problemWords(reader.language, refusal.refused))
  parts.wake()
  return c.redirect(`/business/${business.id}/import/${found.importId}`, 303)
}

async function downloadRowsToMend(c: Context, parts: ProductFileParts) {
  const { found, reader } = await importOfPath(c, parts)
  if (!found) return c.notFound()
  const { language } = reader
  const lines = rowsToMend(parts.db.kysely, found, {
    heading: language.t('import.refused.problem'),
    describe: (fault) => describeFault(language, fault),
    unweighed: (item) =>
      language.t('import.unweighed.row', { address: siteOf(c) + weightHref(found, item) }),
  })
  return asFile(c, lines, 'rows-to-mend.csv', 'text/csv; charset=utf-8')
}

async function download(c: Context, parts: ProductFileParts) {
  const form = exportForms.find((each) => each === c.req.param('form'))
  if (!form) return c.notFound()
  const business = await businessOf(c, parts)
  const text = exportOffers(
    parts.db.kysely,
    { homeHub: parts.hub.id, businessId: business.id },
    {
      form,
      locales,
      shop: business.name,
      linkOf: (slug) => `${siteOf(c)}/shop/${business.slug}/${slug}`.replace(/\/$/, ''),
      pictureAt: (digest) => siteOf(c) + pictureUrl(digest, 'large'),
    },
  )
  return asFile(c, text, fileOf[form].name, fileOf[form].type)
}

function asFile(c: Context, text: AsyncGenerator<string>, name: string, type: string) {
  c.header('content-type', type)
  c.header('content-disposition', `attachment; filename="${name}"`)
  c.header('cache-control', 'no-store')
  const bytes = new TextEncoder()
  return c.body(
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await text.next()
        if (done) controller.close()
        else controller.enqueue(bytes.encode(value))
      },
      cancel: async () => void (await text.return(undefined)),
    }),
  )
}
