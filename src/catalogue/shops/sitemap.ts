// sitemap.xml (sitemaps.org, version 0.9): what search engines may find. At most 20,000 addresses a file; with more, the
// first file lists the others: one of pages, pavilions and shops, and those of goods, each of which begins at a key.
import type { Context } from 'hono'
import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { ShopParts } from './parts.ts'
import { siteOf } from './visitor.ts'

const mostAddresses = 20_000
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** GET /sitemap.xml, or with `after` one of its parts. */
export async function showSitemap(c: Context, parts: ShopParts): Promise<Response> {
  const db = parts.db.kysely
  const site = siteOf(c)
  const after = c.req.query('after')
  if (after !== undefined) {
    const from = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after) ? after : undefined
    return from === undefined ? c.notFound() : xml(urlset(site, await offersFrom(db, from)))
  }
  const pages = ['/', '/cost', '/rules'].map((path) => ({ path, day: undefined }))
  if (c.req.query('part') === 'places')
    return xml(urlset(site, [...pages, ...(await pavilionsAndShops(db))]))
  const begins = await beginnings(db)
  if (begins.length > 1) {
    const files = ['part=places', ...begins.map((id) => `after=${id}`)]
    return xml(
      `<sitemapindex xmlns="${schema}">${files
        .map((query) => `<sitemap><loc>${site}/sitemap.xml?${query}</loc></sitemap>`)
        .join('')}</sitemapindex>`,
    )
  }
  const offers = begins[0] === undefined ? [] : await offersFrom(db, begins[0])
  return xml(urlset(site, [...pages, ...(await pavilionsAndShops(db)), ...offers]))
}

interface Address {
  path: string
  /** When it changed last. */
  day: string | undefined
}

const urlset = (site: string, addresses: readonly Address[]): string =>
  `<urlset xmlns="${schema}">${addresses
    .map(
      ({ path, day }) =>
        `<url><loc>${escapeXml(site + path)}</loc>${day ? `<lastmod>${day}</lastmod>` : ''}</url>`,
    )
    .join('\n')}</urlset>`

/** The id of the first offer of each part. */
async function beginnings(db: Db): Promise<string[]> {
  const { rows } = await sql<{ offer_id: string }>`
    select offer_id from (select offer_id, row_number() over (order by offer_id) as number
      from offer_documents) numbered
    where number % ${mostAddresses} = 1 order by offer_id`.execute(db)
  return rows.map((row) => row.offer_id)
}

async function offersFrom(db: Db, id: string): Promise<Address[]> {
  const { rows } = await sql<{ shop: string; slug: string; updated_at: string }>`
    select b.slug as shop, o.slug, o.updated_at
    from (select * from offer_documents where offer_id >= ${id}::uuid
      order by offer_id limit ${mostAddresses}) d
      join offers o using (home_hub, business_id, offer_id)
      join businesses b on b.home_hub = d.home_hub and b.id = d.business_id
    order by o.offer_id`.execute(db)
  return rows.map(({ shop, slug, updated_at }) => ({
    path: `/shop/${shop}/${encodeURIComponent(slug)}`,
    day: updated_at.slice(0, 10),
  }))
}

async function pavilionsAndShops(db: Db): Promise<Address[]> {
  const { rows } = await sql<{ path: string }>`
    select '/pavilion/' || origin as path from offer_documents where origin is not null group by origin
    union all
    select '/shop/' || b.slug from businesses b where exists (select from offer_documents d
      where d.home_hub = b.home_hub and d.business_id = b.id)
    limit ${mostAddresses}`.execute(db)
  return rows.map(({ path }) => ({ path, day: undefined }))
}

/** The paths of offers by their id. */
export async function addressesOf(
  db: Db,
  offerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (offerIds.length === 0) return new Map()
  const { rows } = await sql<{ offer_id: string; shop: string; slug: string }>`
    select o.offer_id, b.slug as shop, o.slug from offers o
      join businesses b on b.home_hub = o.home_hub and b.id = o.business_id
    where o.offer_id = any(${[...offerIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ offer_id, shop, slug }) => [offer_id, `/shop/${shop}/${slug}`]))
}

/** Text as it may stand between tags and in attributes; what XML cannot hold at all is left out. */
export const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are exactly what XML 1.0 forbids
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const headersOf = (type: string): Record<string, string> => ({
  'content-type': `${type}; charset=utf-8`,
  'cache-control': 'public, max-age=600',
})

export function xml(body: string, type = 'application/xml'): Response {
  const headers = { ...headersOf(type), vary: 'accept-language, cookie' }
  return new Response(declaration + body, { headers })
}

/** A file of any length, the same for everybody, made while it is sent; compressed where the reader takes that. */
export function xmlStream(c: Context, parts: AsyncIterator<string>): Response {
  const bytes = new TextEncoder()
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (to) => to.enqueue(bytes.encode(declaration)),
      async pull(to) {
        const { done, value } = await parts.next()
        if (done) to.close()
        else to.enqueue(bytes.encode(`${value}\n`))
      },
      cancel: async () => void (await parts.return?.()),
    },
    { highWaterMark: 0 },
  )
  const headers = { ...headersOf('application/xml'), vary: 'accept-encoding' }
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
    return new Response(body, { headers })
  return new Response(body.pipeThrough(new CompressionStream('gzip')), {
    headers: { ...headers, 'content-encoding': 'gzip' },
  })
}
