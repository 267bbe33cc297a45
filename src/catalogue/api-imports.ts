// Product files from programs: the file is read, its columns are recognised as on the page, checked, and saved when told.
import type { Context } from 'hono'
import { z } from 'zod'
import { isRefused, Refusal } from '../basis/refusal.ts'
import { isUuid } from '../basis/uuid.ts'
import { signedInActor } from '../parties/index.ts'
import { languageFor, locales } from '../ui/index.ts'
import { encodings, mostFileBytes } from './product-files/decode-file.ts'
import { findUnweighed, weightHref } from './product-files/find-unweighed.ts'
import { findImport, type ProductImport } from './product-files/find-imports.ts'
import { findItems } from './product-files/find-items.ts'
import { decideImport, startImport, startSaving, startUndoing } from './product-files/imports.ts'
import { readDecision } from './product-files/pages/read-decision.ts'
import type { ProductFileParts } from './product-files/routes.tsx'
import { formOf } from './read-form.ts'
import { siteOf } from './shops/visitor.ts'

const text = z.string()
const counts = z.record(text, z.int())

export const importForm = z
  .object({
    file: z.file().describe(`CSV, JSON or XML as shops export it; at most ${mostFileBytes} bytes`),
    encoding: z.enum(encodings).optional().describe('Left out, the bytes tell'),
    locale: z
      .enum(locales as [string, ...string[]])
      .optional()
      .describe('Of the texts'),
    currency: text.optional().describe('For prices that do not name theirs'),
    decimalSign: z.enum(['.', ',']).optional(),
    publish: z
      .enum(['0', '1'])
      .optional()
      .describe('1: puts on sale what the file has on sale, as far as it is export-ready'),
  })
  .meta({ id: 'ProductFile' })

export const importState = z
  .strictObject({
    importId: text,
    state: z
      .enum(['reading', 'mapping', 'checking', 'checked', 'saving', 'saved', 'undoing', 'undone'])
      .describe('mapping: a person must say what the columns mean, on the page `url`'),
    url: text,
    fileName: text,
    rows: z.int(),
    offers: z.int(),
    passed: z.int().describe('Offers that the present state has passed'),
    counts: counts.describe('Offers by outcome, of the present state'),
    expected: counts.nullable().describe('The same of the check: what saving would do'),
    refused: z
      .array(
        z.strictObject({
          title: text,
          faults: z.array(
            z.strictObject({
              row: z.int().describe('From 0, without the line of names'),
              field: text,
              code: text,
              value: text,
            }),
          ),
        }),
      )
      .describe('The first of those that are refused'),
    unweighed: z
      .strictObject({
        count: z.int().describe('Of all of them'),
        offers: z.array(
          z.strictObject({
            title: text,
            rows: z.array(z.int()).describe('From 0, without the line of names'),
            url: text.nullable().describe('Where the weight is filled in, once they are saved'),
          }),
        ),
      })
      .describe(
        'Goods without weight: of the file, and once it is saved those that still have none',
      ),
  })
  .meta({ id: 'ProductFileState' })

/** POST /api/v1/businesses/:business/imports */
export async function startImportApi(c: Context, parts: ProductFileParts): Promise<Response> {
  const form = await formOf(c)
  const file = form.get('file')
  if (!(file instanceof File) || file.name === '') throw new Refusal('file-missing')
  const owner = ownerOf(c, parts)
  const started = await startImport(
    parts.db,
    {
      ...owner,
      actor: signedInActor(c).personId,
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      encoding: encodings.find((each) => each === form.get('encoding')),
      locale: locales.find((each) => each === form.get('locale')) ?? 'en',
    },
    { now: parts.now(), random: parts.random, reading: parts.reading },
  )
  if (isRefused(started)) throw new Refusal(started.refused, started.facts)
  const found = await findImport(parts.db.kysely, { ...owner, ...started })
  if (!found) throw new Refusal('not-found')
  const { decision, errors } = readDecision(asTyped(found, form), found, languageFor('en'))
  if (errors.length === 0) {
    const when = { now: parts.now(), locales, reading: parts.reading }
    const refusal = await decideImport(parts.db, found, decision, when)
    if (refusal) throw new Refusal(refusal.refused, refusal.facts)
    parts.wake()
  }
  return tell(c, parts, started.importId, 201)
}

/** What a person would send from the page of the columns who changes nothing but what the program said. */
function asTyped(
  { mapping, settings: { currency } }: ProductImport,
  form: FormData,
): URLSearchParams {
  const typed = new URLSearchParams({ currency })
  for (const [field, columns] of Object.entries(mapping))
    typed.set(`column.${field}`, columns.join(' '))
  for (const name of ['currency', 'locale', 'decimalSign']) {
    const given = form.get(name)
    if (typeof given === 'string' && given !== '') typed.set(name, given)
  }
  if (form.get('publish') === '1') typed.set('publish', 'yes')
  return typed
}

/** GET /api/v1/businesses/:business/imports/:import */
export const showImportApi = (c: Context, parts: ProductFileParts): Promise<Response> =>
  tell(c, parts, c.req.param('import') ?? '')

/** POST .../saving: what was checked; asked twice is asked once. */
export async function saveImportApi(c: Context, parts: ProductFileParts): Promise<Response> {
  const found = await importOf(c, parts, c.req.param('import') ?? '')
  const begun = await startSaving(parts.db.kysely, found, parts.now(), signedInActor(c).personId)
  if (!begun && !['saving', 'saved'].includes(found.state))
    throw new Refusal('import-not-checked', { state: found.state })
  parts.wake()
  return tell(c, parts, found.importId, 202)
}

/** POST .../undoing: takes back what was saved, within a day. */
export async function undoImportApi(c: Context, parts: ProductFileParts): Promise<Response> {
  const found = await importOf(c, parts, c.req.param('import') ?? '')
  const refusal = await startUndoing(parts.db, found, parts.now(), signedInActor(c).personId)
  if (refusal) throw new Refusal(refusal.refused, refusal.facts)
  parts.wake()
  return tell(c, parts, found.importId, 202)
}

const ownerOf = (c: Context, { hub }: ProductFileParts) => ({
  homeHub: hub.id,
  businessId: c.req.param('business') ?? '',
})

/** One of another business is not found. */
async function importOf(
  c: Context,
  parts: ProductFileParts,
  importId: string,
): Promise<ProductImport> {
  const key = { ...ownerOf(c, parts), importId }
  const found = isUuid(importId) ? await findImport(parts.db.kysely, key) : undefined
  if (!found) throw new Refusal('not-found')
  return found
}

const mostNamed = 50

async function tell(
  c: Context,
  parts: ProductFileParts,
  importId: string,
  status: 200 | 201 | 202 = 200,
): Promise<Response> {
  const found = await importOf(c, parts, importId)
  const items = await findItems(parts.db.kysely, found, { limit: mostNamed, only: 'refused' })
  const unweighed = await unweighedOf(c, parts, found)
  const path = `/businesses/${found.businessId}/imports/${importId}`
  if (status === 201) c.header('location', `/api/v1${path}`)
  const state: z.input<typeof importState> = {
    importId,
    state: found.state,
    url: `${siteOf(c)}/business/${found.businessId}/import/${importId}`,
    fileName: found.fileName,
    rows: found.rowCount,
    offers: found.itemCount,
    passed: found.position,
    counts: { ...found.counts },
    expected: found.expected && { ...found.expected },
    refused: items.map(({ title, faults }) => ({ title, faults: [...faults] })),
    unweighed,
  }
  return c.json(state, status)
}

/** As the page names them: once the file is checked, and after it is saved. */
async function unweighedOf(c: Context, { db }: ProductFileParts, found: ProductImport) {
  if (found.state !== 'checked' && found.state !== 'saved') return { count: 0, offers: [] }
  const { count, items } = await findUnweighed(db.kysely, found, { limit: mostNamed })
  return {
    count,
    offers: items.map((item) => ({
      title: item.title,
      rows: [...item.rows],
      url: item.offerId === null ? null : siteOf(c) + weightHref(found, item),
    })),
  }
}
