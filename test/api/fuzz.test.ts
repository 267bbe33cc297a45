import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { testHub } from '../support/hub.ts'
import { ask, askText, basket, line, send, tariff, type Answered } from './support/api.ts'
import { expectLawful } from './support/nasty.ts'

// Odd addresses reach pages of every kind, also those that look into the database.
const whole = testHub(await testDatabase())
const get = (path: string): Promise<Answered> => send(new Request(`http://hub.test${path}`), whole)

/** Right more often than wrong, so that the generator gets past the first check. */
const sometimes = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: right, weight: 80 }, { arbitrary: fc.jsonValue(), weight: 1 })

const mostly = <T>(right: readonly T[], wrong: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...right), weight: 30 },
    { arbitrary: fc.constantFrom(...wrong), weight: 1 },
  )

const figure = mostly(
  ['0.0000000001', '1', '2.5', '19.99', '108.39', '4000', '999999999999999'],
  ['0', '-1', '1e3', ''],
)
const amount = fc.record({
  amount: sometimes(figure),
  currency: sometimes(mostly(['MYR'], ['EUR', 'JPY', 'KWD', 'XYZ'])),
})
const codes = ['6214.10', '1905.31', '2204.21', '870323', '0306.32.10', '2402', '6109100010']
const code = mostly(codes, ['9999.99', '', '12345'])
const key = fc.constantFrom('gift', 'value.case', 'l', 'alcohol_pct', 'm2')
const anyKey = fc.oneof(key, fc.constantFrom('__proto__', 'constructor', 'toString'))
const goods = fc.record(
  {
    id: sometimes(fc.uuid()),
    description: sometimes(fc.string({ unit: 'grapheme' })),
    code: sometimes(code),
    codeOf: sometimes(fc.constantFrom('US', 'GB', 'EU')),
    origin: sometimes(fc.constantFrom('MY', 'CN', 'KP', 'RU', 'CA')),
    quantity: sometimes(figure),
    unit: sometimes(fc.constantFrom('C62', 'NPR', 'KGM')),
    unitPrice: sometimes(amount),
    netMassKg: sometimes(figure),
    measures: sometimes(fc.dictionary(fc.constantFrom('l', 'alcohol_pct', 'm2', 'KGM'), figure)),
    facts: sometimes(fc.dictionary(anyKey, fc.oneof(figure, fc.boolean()))),
    proofs: sometimes(fc.array(fc.constantFrom('form-d', 'quota', 'statement-on-origin'))),
  },
  { requiredKeys: ['id', 'code', 'origin', 'unitPrice'] },
)
const day = mostly(
  ['2026-11-22', '2026-11-22', '2021-01-01', '1999-12-31', '0001-01-01', '9999-12-31'],
  ['2026-13-01'],
)
const request = fc.record(
  {
    from: sometimes(mostly(['MY', 'CN', 'DE'], ['XX'])),
    on: sometimes(day),
    transport: sometimes(fc.constantFrom('post', 'courier', 'sea')),
    consignee: sometimes(fc.constantFrom('consumer', 'business')),
    incoterm: sometimes(fc.constantFrom('DDP', 'DAP')),
    freight: sometimes(amount),
    insurance: sometimes(amount),
    schemes: sometimes(fc.array(fc.constantFrom('IOSS', 'CN-CBEC', 'VOEC'))),
    facts: sometimes(fc.dictionary(anyKey, figure)),
    hs: sometimes(fc.constantFrom('2012', '2017', '2022')),
    lines: sometimes(fc.array(goods, { minLength: 1, maxLength: 4 })),
    to: sometimes(
      fc.uniqueArray(fc.constantFrom(...tariff.destinations), { minLength: 1, maxLength: 3 }),
    ),
    strict: sometimes(fc.boolean()),
  },
  { requiredKeys: ['from', 'lines', 'to'] },
)

test('whatever is asked, the answer is an answer or a problem, and never a fault', async () => {
  let answered = 0
  await fc.assert(
    fc.asyncProperty(request, async (body) => {
      const answer = await ask(body)
      expectLawful(answer)
      if (answer.status === 200) answered += 1
    }),
    { numRuns: 600 },
  )
  expect(answered, 'the generator reaches the engine').toBeGreaterThan(50)
}, 120_000)

test('bytes cut off, doubled and spoiled', async () => {
  const whole = JSON.stringify({ ...basket(), lines: [line()], to: ['GB', 'AU'] })
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length),
      fc.nat(whole.length),
      fc.string(),
      async (a, b, noise) => {
        expectLawful(await askText(whole.slice(0, a) + noise + whole.slice(b)))
      },
    ),
    { numRuns: 300 },
  )
}, 60_000)

/** Pages of people take whatever stands in an address. */
const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'MY',
    'GB',
    '6214.10',
    '2',
    '108.39',
    '-3',
    '١٢',
    '１２',
    '<script>',
    '%00',
    '2026-11-22',
    'yes',
  ),
)
const name = fc.constantFrom(
  ...[
    'from',
    'on',
    'to',
    'to',
    'currency',
    'freight',
    'freight-currency',
    'transport',
    'consignee',
  ],
  ...['incoterm', 'insurance', 'scheme', 'strict', 'goods-1', 'code-1', 'price-1', 'quantity-1'],
  ...['origin-1', 'mass-1', 'measure-1-l', 'measure-1-x', 'fact-1-gift', 'fact-x', 'proof-1'],
  ...['goods-2', 'code-of-1', 'add', 'remove', 'see', 'sort', 'order', 'since', 'wanted', 'asked'],
  ...['l', 'lang', 'edit'],
)
const path = fc.constantFrom(
  '/cost',
  '/cost',
  '/cost/changes',
  '/cost/markets',
  '/cost/map.svg',
  '/cost/question',
  '/',
)

test('no address makes a page fail', async () => {
  await fc.assert(
    fc.asyncProperty(path, fc.array(fc.tuple(name, word), { maxLength: 9 }), async (at, pairs) => {
      const query = new URLSearchParams(pairs)
      const answer = await whole.fetch(new Request(`http://hub.test${at}?${query}`))
      const text = await answer.text()
      expect(answer.status, `${at}?${query} ${text.slice(0, 300)}`).toBeLessThan(500)
      expect(text).not.toContain('<script>')
    }),
    { numRuns: 400, examples: fullAddresses },
  )
}, 120_000)

const fullAddresses: [string, [string, string][]][] = [
  '/cost',
  '/cost/changes',
  '/cost/markets',
].map((at) => [
  at,
  [
    ['from', 'MY'],
    ['goods-1', '<script>alert(1)</script>'],
    ['code-1', '6214.10'],
    ['price-1', '108.39'],
    ['to', 'GB'],
    ['see', '<script>'],
  ],
])

test('nor any territory, rule, code or day', async () => {
  const place = fc.constantFrom(...tariff.territories, 'XX', '..', '__proto__', 'constructor', 'gb')
  const thing = fc.oneof(
    code,
    fc.constantFrom(
      'gb-vat',
      '__proto__',
      'constructor',
      'default',
      'mfn',
      '01',
      '0101',
      '..%2f..%2fetc',
    ),
    fc.string({ maxLength: 8 }).map(encodeURIComponent),
  )
  await fc.assert(
    fc.asyncProperty(place, thing, day, async (territory, what, on) => {
      expectLawful(await get(`/api/v1/tariff/${territory}/${what || 'x'}?on=${on}`))
      for (const at of [
        `/rules/${territory}`,
        `/rules/${territory}/${what}`,
        `/tariff/${territory}/${what}`,
      ]) {
        const answer = await whole.fetch(new Request(`http://hub.test${at}?on=${on}`))
        expect(answer.status, at).toBeLessThan(500)
      }
    }),
    { numRuns: 150 },
  )
}, 120_000)
