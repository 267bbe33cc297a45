import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testHub } from '../../../test/support/hub.ts'
import {
  amina,
  curator,
  lookedAtBy,
  scarf,
  shopWorld,
  type ShopWorld,
} from '../../../test/support/shop-world.ts'

const db = await testDatabase()
const hub = testHub(db)
let world: ShopWorld

beforeAll(async () => {
  world = await shopWorld(hub)
  await world.sell(amina, [scarf])
})

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '0', '-1', '1e9', '99999999999999999999', '6214', 'MY', 'my', 'price', 'CN'),
  fc.constantFrom(
    'batik',
    '丝巾',
    'ผ้าไหม',
    "'",
    '\\',
    '%00',
    '\0',
    ':*',
    '../..',
    '__proto__',
    '[]',
  ),
  fc.constantFrom('-1.5_0199d2f0-0000-7000-8000-000000000001', '1_x', 'https://evil.example'),
)
const names = ['q', 'category', 'origin', 'shop', 'low', 'high', 'sort', 'anywhere', 'after']
const others = ['variant', 'quantity', 'destination', 'currency', 'next', 'lang']
const query = fc.array(fc.tuple(fc.constantFrom(...names, ...others), word), { maxLength: 8 })
const segment = word.map((text) => encodeURIComponent(text.toWellFormed()))
const path = fc.oneof(
  fc.constantFrom('/', '/search', '/choose', '/shop/amina', '/pavilion/MY', '/sitemap.xml'),
  fc.constantFrom('/shop/amina/batik-scarf-of-silk', '/feeds/google.xml', '/feeds/new.atom'),
  segment.map((text) => `/shop/${text}`),
  segment.map((text) => `/shop/amina/${text}`),
  segment.map((text) => `/pavilion/${text}`),
  segment.map((text) => `/feeds/google/${text}.xml`),
)

const search = (pairs: readonly [string, string][]): string => {
  const params = new URLSearchParams()
  for (const [name, value] of pairs) params.append(name, value.toWellFormed())
  return `?${params}`
}

test('whatever an address or a cookie says, nothing breaks', async () => {
  await fc.assert(
    fc.asyncProperty(path, query, segment, async (at, pairs, cookie) => {
      const answer = await world.app.request(at + search(pairs), {
        headers: { cookie: `destination=${cookie}; currency=${cookie}; lang=${cookie}` },
      })
      expect(answer.status).toBeLessThan(500)
      await answer.text()
    }),
    { numRuns: 300 },
  )
}, 120_000)

test('whatever the form of a pavilion says, nothing breaks', async () => {
  const app = lookedAtBy(hub, world, curator)
  const fields = [
    'version',
    'story-en',
    'story-th',
    'featured',
    'title-1-en',
    'offers-1',
    'picture',
  ]
  const form = fc.array(fc.tuple(fc.constantFrom(...fields), word), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(form, fc.boolean(), async (pairs, isFile) => {
      const body = new FormData()
      for (const [name, value] of pairs)
        if (name === 'picture' && isFile) body.append(name, new File([value], 'a.png'))
        else body.append(name, value.toWellFormed())
      const answer = await app.request('/pavilion/MY/edit', { method: 'POST', body })
      expect(answer.status).toBeLessThan(500)
    }),
    { numRuns: 150 },
  )
  for (const type of ['text/plain', 'application/json', 'multipart/form-data', '']) {
    const answer = await app.request('/pavilion/MY/edit', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': type },
    })
    expect(answer.status, type).toBeLessThan(500)
  }
}, 120_000)

test('the whole hub serves the front page, and says no to strangers at the editor', async () => {
  const front = await hub.fetch(new Request('http://hub.example/'))
  expect(front.status).toBe(200)
  expect(await front.text()).toContain('Batik scarf of silk')
  const editor = await hub.fetch(new Request('http://hub.example/pavilion/MY/edit'))
  expect(editor.status).toBe(303)
})
