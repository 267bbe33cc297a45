import { expect, test } from 'vitest'
import { ask, basket, get, type Problem } from './support/api.ts'
import { describedBy, type OpenApi } from './support/described.ts'

const { document, ajv, byRef, wrongAnswer } = describedBy(
  (await get('/api/v1/openapi.json')).body as OpenApi,
)

const parameter = {
  type: 'object',
  required: ['name', 'in', 'required', 'schema'],
  oneOf: [
    { properties: { in: { const: 'path' }, required: { const: true } } },
    { properties: { in: { enum: ['query', 'header'] } } },
  ],
}

/** The members that OpenAPI 3.1 wants, as a schema. */
const shape = {
  type: 'object',
  required: ['openapi', 'info', 'paths'],
  properties: {
    openapi: { const: '3.1.0' },
    info: { type: 'object', required: ['title', 'version'] },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: {
        type: 'object',
        propertyNames: { enum: ['get', 'post', 'put'] },
        additionalProperties: {
          type: 'object',
          required: ['operationId', 'summary', 'security', 'responses'],
          properties: {
            parameters: { type: 'array', items: parameter },
            responses: {
              type: 'object',
              propertyNames: { pattern: '^([1-5]\\d\\d|default)$' },
              additionalProperties: { type: 'object', required: ['description', 'content'] },
            },
          },
        },
      },
    },
  },
}

test('the document is OpenAPI 3.1, and every schema of it compiles', () => {
  expect(ajv.validate(shape, document), JSON.stringify(ajv.errors)).toBe(true)
  for (const name of Object.keys(document.components.schemas))
    expect(byRef(`#/components/schemas/${name}`), name).toBeTypeOf('function')
})

test('every reference leads somewhere, every operation has its own name', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  const names = operations.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  const { headers } = document.components as { headers?: Record<string, object> }
  const toHeader = '#/components/headers/'
  for (const [ref] of JSON.stringify(document).matchAll(/(?<="\$ref":")[^"]+/g))
    if (ref.startsWith(toHeader)) expect(headers?.[ref.slice(toHeader.length)], ref).toBeDefined()
    else expect(byRef(ref), ref).toBeTypeOf('function')
})

test('every operation says that it is limited, and how an answer tells what is left', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(operations.length).toBeGreaterThan(10)
  for (const { operationId, responses } of operations) {
    expect(Object.keys(responses), operationId).toContain('429')
    for (const [status, response] of Object.entries(responses)) {
      const names = Object.keys((response as { headers?: object }).headers ?? {})
      const wanted = ['RateLimit-Policy', 'RateLimit', ...(status === '429' ? ['Retry-After'] : [])]
      expect(names, `${operationId} ${status}`).toEqual(wanted)
    }
  }
})

test('what the hub answers is what the document says', async () => {
  const answers: [string, string, Awaited<ReturnType<typeof get>>][] = [
    ['/api/v1/landed-cost', 'post', await ask({ ...basket(), to: ['GB', 'US', 'CN'] })],
    ['/api/v1/landed-cost', 'post', await ask({})],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/GB/6214.10')],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/GB/6214.10?on=soon')],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/XX/6214.10')],
  ]
  for (const [path, method, answer] of answers) expect(wrongAnswer(method, path, answer)).toBe('')
})

test('the schema of the contract is served as it is published', async () => {
  const { status, body } = await get('/api/v1/schemas/landed-cost.json')
  expect(status).toBe(200)
  expect(Object.keys((body as { $defs: object }).$defs)).toContain('LandedCostRequest')
})

test.each<[string, number, string]>([
  ['/api/v1/tariff/GB/62?on=2026-11-22', 422, 'bad-code'],
  ['/api/v1/tariff/GB/scarf', 422, 'bad-code'],
  ['/api/v1/tariff/GB/6214.10?on=2026-02-30', 422, 'bad-day'],
  ['/api/v1/tariff/ZZ/6214.10', 404, 'unknown-territory'],
  ['/api/v1/tariff/GB/6214.99', 404, 'no-line'],
])('%s is refused', async (path, status, code) => {
  const answer = await get(path)
  expect(answer.status).toBe(status)
  expect((answer.body as Problem).type).toBe(`urn:ewtp:problem:${code}`)
})

test('a line is told with its cells, its source and how fresh it is', async () => {
  const { body } = await get('/api/v1/tariff/GB/6214.10?on=2026-11-22')
  expect(body).toMatchObject({
    territory: 'GB',
    on: '2026-11-22',
    code: '621410',
    schedule: { citation: { title: expect.any(String), url: expect.stringMatching(/^https:/) } },
    lines: [{ code: '62141000', cells: { mfn: expect.any(String) } }],
  })
})
