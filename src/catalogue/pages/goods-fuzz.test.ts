import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { goodsHub, scarf, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hubOrigin, testKey } from '../../../test/support/people.ts'

const db = await testDatabase()
let desk: GoodsHub
let key: Record<string, string>
let path: string
beforeAll(async () => {
  desk = await goodsHub(db)
  key = await testKey(desk.hub, desk.business, desk.amina, ['offers:read', 'offers:write'])
  path = await desk.make()
})

const runs = { numRuns: 300 }
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\uD800',
    '=1+1',
    '<script>',
    '9'.repeat(400),
    '-1',
    '1e9',
    'NaN',
    '__proto__',
    '../..',
    '٣',
    '𝟛',
    '%00',
  ),
)
const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.dictionary(nasty, nasty, { maxKeys: 3 }),
)
const safe = async (answer: Response): Promise<void> => {
  const text = await answer.text()
  expect(answer.status, text.slice(0, 300)).toBeLessThan(500)
  expect(text).not.toMatch(/PostgreSQL|\bat .*\.ts:\d/)
}

const fieldNames = [
  ...Object.keys(scarf),
  'sku-1',
  'options-1',
  'gross-1',
  'length-1',
  'price-2',
  'measure-l',
  'measure-x',
  'fact-x',
  'proof-x',
  'version',
  'variant-1',
  'classify-text',
  'classify-answer',
  'classify-code',
  'classify-turn',
  'more',
]

test('the form: whatever is typed into whichever fields', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...fieldNames), nasty, { maxKeys: 6 }),
      fc.boolean(),
      async (typed, isNew) =>
        safe(await desk.post(isNew ? desk.goods : path, { ...scarf, ...typed })),
    ),
    runs,
  )
}, 120_000)

test('the deeds of an offer: whatever is sent', async () => {
  const names = fc.constantFrom(
    'open',
    'close',
    'view',
    'territory',
    'code',
    'first',
    'away',
    'picture',
    'alt-x',
  )
  const deeds = fc.constantFrom(
    '/markets',
    '/national-code',
    '/proofs',
    '/pictures',
    '/pictures/order',
    '/publication',
    '/withdrawal',
  )
  await fc.assert(
    fc.asyncProperty(deeds, fc.dictionary(names, nasty, { maxKeys: 4 }), async (deed, body) =>
      safe(await desk.post(path + deed, body)),
    ),
    runs,
  )
}, 120_000)

test('the addresses of pages: whatever is asked', async () => {
  const names = fc.constantFrom('q', 'status', 'lacking', 'after', 'see', 'view', 'done', 'lang')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(desk.goods, path, `${path}/markets`, `${path}/pictures`),
      fc.dictionary(names, nasty, { maxKeys: 4 }),
      async (page, query) => {
        const text = Object.entries(query)
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join('&')
        await safe(await desk.get(`${page}?${text}`))
      },
    ),
    runs,
  )
}, 120_000)

test('the API: whatever is put', async () => {
  const variant = fc.record(
    {
      price: fc.oneof(nasty, fc.constant('1.00')),
      sku: anything,
      options: anything,
      stock: anything,
      netMassG: anything,
    },
    { requiredKeys: [] },
  )
  const body = fc.record(
    {
      slug: anything,
      mainLocale: anything,
      texts: fc.oneof(
        anything,
        fc.array(
          fc.record({
            locale: fc.oneof(nasty, fc.constant('en')),
            title: nasty,
            description: nasty,
          }),
          { maxLength: 3 },
        ),
      ),
      subheading: anything,
      nationalCodes: anything,
      origin: anything,
      measures: anything,
      facts: anything,
      proofs: anything,
      currency: fc.oneof(nasty, fc.constant('MYR')),
      variants: fc.oneof(anything, fc.array(variant, { maxLength: 3 })),
      pictures: anything,
      status: fc.oneof(nasty, fc.constantFrom('draft', 'published', 'withdrawn')),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.uuid({ version: 7 }), body, async (id, value) => {
      const url = `${hubOrigin}/api/v1/businesses/${desk.business}/offers/${id}`
      const headers = { ...key, 'content-type': 'application/json' }
      await safe(
        await desk.app.request(url, { method: 'PUT', headers, body: JSON.stringify(value) }),
      )
    }),
    runs,
  )
}, 120_000)
