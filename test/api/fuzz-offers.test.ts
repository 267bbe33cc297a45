import fc from 'fast-check'
import { beforeAll, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { apiWorld, sentScarf, type ApiWorld } from './support/api-world.ts'
import { anything, expectLawful, nasty } from './support/nasty.ts'

// Whatever programs send to the routes of goods: an answer or a problem, never a fault.

const db = await testDatabase()
let world: ApiWorld
let offer: string
beforeAll(async () => {
  world = await apiWorld(db)
  const path = `/businesses/${world.business}/offers`
  const made = await world.call('POST', path, { offers: [sentScarf()] }, world.writes)
  const { outcomes } = made.body as { outcomes: { offerId: string }[] }
  offer = outcomes[0]?.offerId ?? ''
  await world.follow()
})

const queryOf = (pairs: readonly [string, string][]): string => {
  const query = new URLSearchParams()
  for (const [name, value] of pairs) query.append(name, value.toWellFormed())
  return `?${query}`
}
const or = <T>(right: T, wrong: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(right), weight: 4 }, { arbitrary: wrong, weight: 1 })

const names = [
  'q',
  'category',
  'origin',
  'shop',
  'low',
  'high',
  'sort',
  'anywhere',
  'after',
  'limit',
]
const values = fc.oneof(
  nasty,
  fc.constantFrom('batik', '6214', 'MY', 'price', 'newest', '1', '5', '100', '0.01', 'batik-amina'),
  fc.constantFrom('-1.5_0199d2f0-0000-7000-8000-000000000001', '99999999999999999999_x'),
)

test('the search', async () => {
  await fc.assert(
    fc.asyncProperty(
      or('SG', values),
      fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 4 }),
      async (to, pairs) =>
        expectLawful(await world.call('GET', `/offers${queryOf([['to', to], ...pairs])}`)),
    ),
    { numRuns: 400 },
  )
}, 120_000)

test('an offer at a door', async () => {
  const segment = nasty.map((text) => encodeURIComponent(text.toWellFormed()) || 'x')
  const more = fc.constantFrom('to', 'variant', 'quantity', 'lang')
  await fc.assert(
    fc.asyncProperty(
      or('own', segment),
      fc.array(fc.tuple(more, values), { maxLength: 3 }),
      async (id, pairs) => {
        const path = `/offers/${id === 'own' ? offer : id}`
        expectLawful(await world.call('GET', path + queryOf(pairs)))
      },
    ),
    { numRuns: 300 },
  )
}, 120_000)

const sent = fc
  .record(
    {
      offerId: anything,
      slug: anything,
      version: anything,
      mainLocale: anything,
      texts: anything,
      subheading: anything,
      origin: anything,
      measures: anything,
      facts: anything,
      proofs: anything,
      currency: anything,
      variants: fc.oneof(
        anything,
        fc.array(fc.record({ price: nasty, sku: anything, stock: anything })),
      ),
      pictures: anything,
      status: anything,
    },
    { requiredKeys: [] },
  )
  // Right but for one or two places, so that most of it reaches the database.
  .chain((wrong) =>
    fc
      .shuffledSubarray(Object.keys(wrong), { maxLength: 2 })
      .map((keys) => sentScarf(Object.fromEntries(keys.map((key) => [key, wrong[key as 'slug']])))),
  )

test('a batch', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.array(fc.oneof(sent, sent, anything), { maxLength: 6 }), anything),
      async (offers) =>
        expectLawful(
          await world.call(
            'POST',
            `/businesses/${world.business}/offers`,
            { offers },
            world.writes,
          ),
        ),
    ),
    { numRuns: 300 },
  )
}, 120_000)

test('a batch of bytes cut off and spoiled', async () => {
  const whole = JSON.stringify({ offers: [sentScarf()] })
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), nasty, async (a, b, noise) => {
      const body = whole.slice(0, a) + noise.toWellFormed() + whole.slice(b)
      const path = `/businesses/${world.business}/offers`
      expectLawful(await world.call('POST', path, body, world.writes))
    }),
    { numRuns: 200 },
  )
}, 120_000)

test('product files and what is done with them', async () => {
  const field = fc.constantFrom('file', 'encoding', 'locale', 'currency', 'decimalSign', 'publish')
  const files = `/businesses/${world.business}/imports`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, fc.oneof(nasty, fc.constantFrom('MYR', '1', ',', 'th'))), {
        maxLength: 4,
      }),
      fc.oneof(
        nasty,
        fc.constantFrom('title,price\nA,1.00', '[{"title":"A","price":1}]', '<rss/>'),
      ),
      fc.boolean(),
      async (pairs, text, isFile) => {
        const form = new FormData()
        if (isFile) form.append('file', new File([text], 'goods.csv'))
        for (const [name, value] of pairs) form.append(name, value.toWellFormed())
        expectLawful(await world.call('POST', files, form, world.writes))
      },
    ),
    { numRuns: 200 },
  )
  await fc.assert(
    fc.asyncProperty(
      nasty.map((text) => encodeURIComponent(text.toWellFormed()) || 'x'),
      fc.constantFrom('', '/saving', '/undoing'),
      async (id, move) =>
        expectLawful(
          await world.call(move ? 'POST' : 'GET', `${files}/${id}${move}`, undefined, world.writes),
        ),
    ),
    { numRuns: 100 },
  )
}, 120_000)

test('any method on any path below /api', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
  const part = fc.oneof(
    fc.constantFrom('offers', 'businesses', 'landed-cost', 'tariff', 'GB', 'lanes', 'imports'),
    nasty.map((text) => encodeURIComponent(text.toWellFormed())),
  )
  const type = fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'x', '')
  await fc.assert(
    fc.asyncProperty(
      method,
      fc.array(part, { maxLength: 4 }),
      type,
      nasty,
      async (verb, parts, given, text) => {
        const body = verb === 'GET' ? undefined : text.toWellFormed()
        const headers = { ...world.writes, ...(given ? { 'content-type': given } : {}) }
        expectLawful(await world.call(verb, `/${parts.join('/')}`, body, headers))
      },
    ),
    { numRuns: 400 },
  )
}, 120_000)
