import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/tariff/index.ts'
import { answerSchema, landedCostJsonSchema } from '../../src/tariff/pages/api-schemas.ts'
import { ask, basket, line, tariff, type Problem } from './support/api.ts'

const contract = new URL('../../contract/landed-cost.schema.json', import.meta.url)
const ajv = new Ajv2020({ strict: true, validateFormats: false })
ajv.addSchema(JSON.parse(readFileSync(contract, 'utf8')), 'landed-cost')
const schema = (name: string) => ajv.getSchema(`landed-cost#/$defs/${name}`)

test('the answers come in the order asked, each whole', async () => {
  const { status, body } = await ask({ ...basket(), to: ['SG', 'GB', 'AU'] })
  expect(status).toBe(200)
  const { answers } = body as { answers: Answer[] }
  expect(answers.map(({ to }) => to)).toEqual(['SG', 'GB', 'AU'])
  for (const { on, lines, totals } of answers) {
    expect(on).toBe('2026-11-22')
    expect(lines.map(({ id }) => id)).toEqual(['scarf'])
    expect(totals.goods).toMatch(/^\d+\.\d\d$/)
  }
})

test('the day and strictness are the caller’s', async () => {
  const { body } = await ask({ ...basket(), on: '2021-03-01', to: ['GB'] })
  expect((body as { answers: Answer[] }).answers[0]?.on).toBe('2021-03-01')
  const strict = await ask({ ...basket(), to: ['GB'], strict: true })
  expect((strict.body as { answers: Answer[] }).answers[0]?.status).toBe('cannot-decide')
})

test('every destination answers by the published schema', async () => {
  const goods = [
    line(),
    line({ id: 'wine', code: '2204.21', measures: { l: '0.75', alcohol_pct: '13' } }),
  ]
  for (const value of ['3.00', '90.00', '4000.00']) {
    const lines = goods.map((each) => ({ ...each, unitPrice: { amount: value, currency: 'MYR' } }))
    const { status, body } = await ask({ ...basket(), lines, to: tariff.destinations })
    expect(status).toBe(200)
    const validate = schema('LandedCost')
    expect(validate?.(body), JSON.stringify(validate?.errors?.slice(0, 3))).toBe(true)
    for (const answer of (body as { answers: Answer[] }).answers) answerSchema.parse(answer)
  }
})

test('the contract is what the code says today', () => {
  expect(JSON.parse(readFileSync(contract, 'utf8'))).toEqual(landedCostJsonSchema())
})

test('a request that the schema refuses is refused, and one that it takes is taken', async () => {
  const validate = schema('LandedCostRequest')
  const right = { ...basket(), to: ['GB'] }
  expect(validate?.(right)).toBe(true)
  expect((await ask(right)).status).toBe(200)
  const wrong = { ...right, colour: 'red' }
  expect(validate?.(wrong)).toBe(false)
  expect((await ask(wrong)).status).toBe(422)
})

const many = (count: number) => Array.from({ length: count }, (_, at) => line({ id: String(at) }))

// One thing wrong at a time: code of the refusal, and the places it names.
test.each<[string, unknown, string, string[]]>([
  ['no object', 5, 'bad-basket', ['']],
  ['null', null, 'bad-basket', ['']],
  ['a list', [], 'bad-basket', ['']],
  ['nothing in it', {}, 'bad-basket', ['to', 'from', 'lines']],
  ['no destination', { ...basket(), to: [] }, 'bad-basket', ['to']],
  ['a destination that is no text', { ...basket(), to: ['GB', 7] }, 'bad-basket', ['to[1]']],
  ['a destination twice', { ...basket(), to: ['GB', 'GB'] }, 'bad-basket', ['to[1]']],
  ['strict in words', { ...basket(), to: ['GB'], strict: 'yes' }, 'bad-basket', ['strict']],
  ['unknown destination', { ...basket(), to: ['GB', 'XX'] }, 'unknown-destination', ['to[1]']],
  ['a union', { ...basket(), to: ['EU'] }, 'unknown-destination', ['to[0]']],
  ['unknown country', { ...basket(), from: 'XX', to: ['GB'] }, 'bad-basket', ['from']],
  ['no such day', { ...basket(), on: '2026-02-30', to: ['GB'] }, 'bad-basket', ['on']],
  ['unknown origin', goods({ origin: 'Malaysia' }), 'bad-basket', ['lines[0].origin']],
  [
    'unknown currency',
    goods({ unitPrice: { amount: '1', currency: 'XYZ' } }),
    'bad-basket',
    ['lines[0].unitPrice.currency'],
  ],
  [
    'a negative price',
    goods({ unitPrice: { amount: '-1', currency: 'MYR' } }),
    'bad-basket',
    ['lines[0].unitPrice.amount'],
  ],
  [
    'an absurd price',
    goods({ unitPrice: { amount: '9'.repeat(16), currency: 'MYR' } }),
    'bad-basket',
    ['lines[0].unitPrice.amount'],
  ],
  [
    'an exponent',
    goods({ unitPrice: { amount: '1e9', currency: 'MYR' } }),
    'bad-basket',
    ['lines[0].unitPrice.amount'],
  ],
  [
    'a price as a number',
    goods({ unitPrice: { amount: 1, currency: 'MYR' } }),
    'bad-basket',
    ['lines[0].unitPrice.amount'],
  ],
  ['none of them', goods({ quantity: '0' }), 'bad-basket', ['lines[0].quantity']],
  ['a negative mass', goods({ netMassKg: '-2' }), 'bad-basket', ['lines[0].netMassKg']],
  ['a word as code', goods({ code: 'scarf' }), 'bad-basket', ['lines[0].code']],
  ['a code of five digits', goods({ code: '62141' }), 'bad-basket', ['lines[0].code']],
  ['a code of no edition', goods({ code: '9999.99' }), 'unknown-code', ['lines[0].code']],
  [
    'an unknown measure',
    goods({ measures: { smell: '1' } }),
    'bad-basket',
    ['lines[0].measures.smell'],
  ],
  ['an unknown field', goods({ colour: 'red' }), 'bad-basket', ['lines[0]']],
  [
    'mixed currencies',
    {
      ...basket(),
      lines: [line(), line({ id: 'b', unitPrice: { amount: '1', currency: 'EUR' } })],
      to: ['GB'],
    },
    'bad-basket',
    ['lines[1].unitPrice.currency'],
  ],
  [
    'one id twice',
    { ...basket(), lines: [line(), line()], to: ['GB'] },
    'bad-basket',
    ['lines[1].id'],
  ],
  ['no lines', { ...basket(), lines: [], to: ['GB'] }, 'bad-basket', ['lines']],
  ['1,001 lines', { ...basket(), lines: many(1001), to: ['GB'] }, 'bad-basket', ['lines']],
  [
    'too much at once',
    { ...basket(), lines: many(900), to: tariff.destinations },
    'bad-basket',
    ['to'],
  ],
])('refuses: %s', async (_, body, code, places) => {
  const answer = await ask(body)
  expect(answer.status).toBe(422)
  expect(answer.type).toMatch('application/problem+json')
  const problem = answer.body as Problem
  expect(problem).toMatchObject({
    type: `urn:ewtp:problem:${code}`,
    title: 'Refused',
    status: 422,
    detail: expect.stringMatching(/\w/),
    instance: '/api/v1/landed-cost',
    requestId: answer.requestId,
  })
  expect(problem.errors?.map(({ at }) => at)).toEqual(places)
  for (const { reason } of problem.errors ?? []) expect(reason).toMatch(/\w/)
})

function goods(change: object): object {
  return { ...basket(), lines: [{ ...line(), ...change }], to: ['GB'] }
}

test('10,000 lines are refused, by their number or by their size', async () => {
  const short = { id: '1' }
  const counted = await ask({
    from: 'MY',
    to: ['GB'],
    lines: Array.from({ length: 10_000 }, () => short),
  })
  expect([counted.status, (counted.body as Problem).errors]).toEqual([
    422,
    [{ at: 'lines', reason: '10000 lines; 1000 are the most' }],
  ])
  const heavy = await ask({ ...basket(), lines: many(10_000), to: ['GB'] })
  expect([heavy.status, (heavy.body as Problem).type]).toEqual([
    413,
    'urn:ewtp:problem:body-too-large',
  ])
})

test('of very many faults the first hundred are listed', async () => {
  const lines = many(900).map((each) => ({ ...each, origin: 'XX' }))
  const { body } = await ask({ ...basket(), lines, to: ['GB'] })
  expect((body as Problem).errors).toHaveLength(100)
  expect((body as Problem).detail).toBe('900 places are wrong. The first 100 are listed.')
})
