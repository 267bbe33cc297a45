import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { ask, basket, get, type Problem } from './support/api.ts'

interface OpenApi {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}
interface Operation {
  operationId: string
  requestBody?: { content: Content }
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  responses: Record<string, { description: string; content?: Content }>
}
type Content = Record<string, { schema: { $ref: string } }>

const document = (await get('/api/v1/openapi.json')).body as OpenApi
const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false })
// An OpenAPI document is not a schema itself; its keywords are let through so that references resolve.
for (const keyword of ['openapi', 'info', 'servers', 'paths', 'components']) ajv.addKeyword(keyword)
ajv.addSchema({ $id: 'https://hub.test/openapi.json', ...document })
const byRef = (ref: string) => ajv.getSchema(`https://hub.test/openapi.json${ref}`)

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
        propertyNames: { enum: ['get', 'post'] },
        additionalProperties: {
          type: 'object',
          required: ['operationId', 'responses'],
          properties: {
            responses: {
              type: 'object',
              propertyNames: { pattern: '^[1-5]\\d\\d$' },
              additionalProperties: { type: 'object', required: ['description'] },
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
  for (const [ref] of JSON.stringify(document).matchAll(/(?<="\$ref":")[^"]+/g))
    expect(byRef(ref), ref).toBeTypeOf('function')
})

test('what the hub answers is what the document says', async () => {
  const answers: [string, string, Awaited<ReturnType<typeof get>>][] = [
    ['/api/v1/landed-cost', 'post', await ask({ ...basket(), to: ['GB', 'US', 'CN'] })],
    ['/api/v1/landed-cost', 'post', await ask({})],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/GB/6214.10')],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/GB/6214.10?on=soon')],
    ['/api/v1/tariff/{territory}/{code}', 'get', await get('/api/v1/tariff/XX/6214.10')],
  ]
  for (const [path, method, { status, type, body }] of answers) {
    const response = document.paths[path]?.[method]?.responses[String(status)]
    const content = response?.content?.[type.split(';')[0] as string]
    expect(content, `${path} ${status} ${type}`).toBeDefined()
    const validate = byRef(content?.schema.$ref ?? '')
    expect(validate?.(body), JSON.stringify(validate?.errors?.slice(0, 2))).toBe(true)
  }
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
