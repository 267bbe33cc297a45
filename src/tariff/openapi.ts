// The HTTP interface in words for machines: OpenAPI 3.1, made from the schemas that are in use.
import { z } from 'zod'
import {
  landedCostAnswer,
  landedCostRequest,
  problemSchema,
  registryOf,
  tariffLine,
  withoutIds,
  type Schemas,
} from './pages/api-schemas.ts'

export { answerSchema, landedCostJsonSchema, problemSchema } from './pages/api-schemas.ts'

/** The document at /api/v1/openapi.json. */
export function openApiDocument(): object {
  const registry = registryOf(landedCostRequest, landedCostAnswer, tariffLine, problemSchema)
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    target: 'draft-2020-12',
    uri: (id) => `#/components/schemas/${id}`,
  }) as { schemas: Schemas }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hub of the Electronic World Trade Platform',
      version: '1',
      summary: 'What goods cost at the door of another country, and why.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: { '/api/v1/landed-cost': { post: postLandedCost }, [linePath]: { get: getTariffLine } },
    components: { schemas: withoutIds(schemas) },
  }
}

const linePath = '/api/v1/tariff/{territory}/{code}'
const json = (name: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
})
const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const postLandedCost = {
  operationId: 'landedCost',
  summary: 'The cost at the door of each destination',
  description:
    'Amounts are exact decimal strings. `landed` is null where no price can be named; a total whose status is complete-except leaves out the kinds in `notCovered`.',
  requestBody: { required: true, content: json('LandedCostRequest') },
  responses: {
    '200': { description: 'One answer per destination', content: json('LandedCost') },
    '400': problemOf('broken-json: the body is not JSON; `errors` has the place'),
    '413': problemOf('body-too-large: more than 1 MB'),
    '422': problemOf(
      'bad-basket, unknown-code or unknown-destination: `errors` has every place that is wrong',
    ),
  },
}

const parameter = (name: string, where: 'path' | 'query', description: string, schema: object) => ({
  name,
  in: where,
  required: where === 'path',
  description,
  schema,
})

const getTariffLine = {
  operationId: 'tariffLine',
  summary: 'The lines of a schedule that answer to a code',
  parameters: [
    parameter('territory', 'path', 'Whose schedule', { type: 'string', pattern: '^[A-Z]{2,4}$' }),
    parameter('code', 'path', 'Digits, with or without points', { type: 'string' }),
    parameter('on', 'query', 'The day whose law is asked; default: today', {
      type: 'string',
      format: 'date',
    }),
  ],
  responses: {
    '200': { description: 'The lines found', content: json('TariffLine') },
    '404': problemOf('unknown-territory, no-schedule or no-line'),
    '422': problemOf('bad-day or bad-code'),
    '503': problemOf('rules-broken: the files of this territory cannot be read'),
  },
}
