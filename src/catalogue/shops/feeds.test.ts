// Files for programs hold every one of the goods, however many there are, and are never in memory as a whole.
import { gunzipSync } from 'node:zlib'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeAll, expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import { amina, bo, pageOf, scarf, shopWorld, syrup } from '../../../test/support/shop-world.ts'

const db = await testDatabase()
const world = await shopWorld(testHub(db, { clock: testClock() }))
const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'link' })
const parse = (text: string) => {
  expect(XMLValidator.validate(text)).toBe(true)
  return parser.parse(text)
}

/** Amina has one scarf more than there are copies; of each there are two variants. Bo has one syrup. */
const copies = 700

beforeAll(async () => {
  await world.sell(amina, [scarf])
  await copyOffers(copies)
  await world.sell(bo, [syrup])
})

test('the product file of a shop holds each variant of all of its goods, once', async () => {
  const { html } = await pageOf(world, '/feeds/google/amina.xml')
  const items: Record<string, string>[] = parse(html).rss.channel.item
  expect(items).toHaveLength(2 * (copies + 1))
  expect(new Set(items.map((item) => item['g:id'])).size).toBe(2 * (copies + 1))
  expect(items.every((item) => item['g:link']?.includes('/shop/amina/'))).toBe(true)
})

test('the product file of the hub holds the goods of all shops', async () => {
  const { html } = await pageOf(world, '/feeds/google.xml')
  const items: Record<string, string>[] = parse(html).rss.channel.item
  expect(items.filter((item) => item['g:link']?.includes('/shop/amina/'))).toHaveLength(
    2 * (copies + 1),
  )
  expect(items.filter((item) => item['g:link']?.includes('/shop/bo/'))).toHaveLength(1)
})

test('goods that were withdrawn and sellers who may not trade are not in it', async () => {
  const copy = 'batik-scarf-of-silk-7'
  expect((await pageOf(world, '/feeds/google.xml')).html).toContain(`/${copy}?`)
  await db.pool.query(`update offers set status = 'withdrawn' where slug = $1`, [copy])
  expect((await pageOf(world, '/feeds/google.xml')).html).not.toContain(`/${copy}?`)
  await db.pool.query(`update offers set status = 'published' where slug = $1`, [copy])
  await db.pool.query(`update businesses set screening = 'blocked' where slug = 'bo'`)
  expect((await pageOf(world, '/feeds/google.xml')).html).not.toContain('/shop/bo/')
  expect((await pageOf(world, '/feeds/google/bo.xml')).status).toBe(404)
  await db.pool.query(`update businesses set screening = 'clear' where slug = 'bo'`)
})

test('it is made while it is read: a reader who stops is not read for', async () => {
  const answer = await world.app.request('/feeds/google/amina.xml')
  const reader = answer.body?.getReader()
  const chunks: number[] = []
  for (let at = 0; at < 3; at += 1) chunks.push((await reader?.read())?.value?.length ?? 0)
  const [declared = 0, opened = 0, batch = 0] = chunks
  // The declaration, the head, then 200 offers with two variants each.
  expect(declared + opened).toBeLessThan(1_000)
  expect(batch).toBeGreaterThan(100_000)
  expect(batch).toBeLessThan(1_000_000)
  await reader?.cancel()
})

test('it is compressed for who takes that, and says the same', async () => {
  const plain = await (await world.app.request('/feeds/google.xml')).text()
  const headers = { 'accept-encoding': 'gzip' }
  const zipped = await world.app.request('/feeds/google.xml', { headers })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  const bytes = Buffer.from(await zipped.arrayBuffer())
  expect(gunzipSync(bytes).toString()).toBe(plain)
  expect(bytes.length).toBeLessThan(plain.length / 5)
})

test('new goods lead on to what came before, to the first of all', async () => {
  const ids: string[] = []
  let path: string | undefined = '/feeds/new.atom'
  while (path !== undefined) {
    const { feed } = parse((await pageOf(world, path)).html)
    ids.push(...[feed.entry].flat().map(({ id }: { id: string }) => id))
    const links: Record<string, string>[] = feed.link
    path = links
      .find((link) => link['@_rel'] === 'next')
      ?.['@_href']?.replace('http://localhost', '')
  }
  expect(ids).toHaveLength(copies + 2)
  expect(new Set(ids).size).toBe(copies + 2)
})

test('a visitor who goes on to the next page comes to the last of the goods', async () => {
  const seen: string[] = []
  let path: string | undefined = '/search?anywhere=1&shop=amina'
  while (path !== undefined) {
    const { html } = await pageOf(world, path)
    if (seen.length === 0) expect(html).toContain('701 offers')
    seen.push(
      ...[...html.matchAll(/class="card-link" href="(\/shop\/amina\/[^"]+)/g)].map(
        ([, to = '']) => to,
      ),
    )
    const next: string | undefined = /href="([^"]+after=[^"]+)"[^>]*>\s*Next/.exec(html)?.[1]
    path = next?.replaceAll('&amp;', '&')
  }
  expect(new Set(seen).size).toBe(copies + 1)
})

test('a sitemap of several files leads to pavilions and shops as well', async () => {
  await db.pool.query(
    `insert into offer_documents (home_hub, business_id, offer_id, words, published_at, priced_on)
     select home_hub, business_id, gen_random_uuid(), '', published_at, priced_on
     from offer_documents, generate_series(1, 40) where business_id = $1`,
    [amina.id],
  )
  const { sitemapindex } = parse((await pageOf(world, '/sitemap.xml')).html)
  const files: string[] = sitemapindex.sitemap.map(({ loc }: { loc: string }) => loc)
  expect(files.length).toBeGreaterThan(2)
  const places = await pageOf(world, files[0]?.replace('http://localhost', '') ?? '')
  for (const path of ['/', '/pavilion/MY', '/shop/amina', '/shop/bo'])
    expect(places.html).toContain(`<loc>http://localhost${path}</loc>`)
})

/** The one offer there is so far, again and again, with all that belongs to it. */
async function copyOffers(count: number): Promise<void> {
  const changes = {
    offers: `'slug', o.slug || '-' || n`,
    offer_texts: `'locale', o.locale`,
    variants: `'variant_id', gen_random_uuid(), 'sku', o.sku || '-' || n`,
    offer_documents: `'priced_on', o.priced_on`,
  }
  for (const [table, change] of Object.entries(changes))
    await db.pool
      .query(`insert into ${table} select copy.* from ${table} o, generate_series(1, ${count}) n,
      jsonb_build_object('offer_id', '0199d2f0-0000-7000-9000-' || lpad(n::text, 12, '0'), ${change}) changed,
      jsonb_populate_record(o, changed) copy`)
}
