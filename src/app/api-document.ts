// The HTTP interface in words for machines: OpenAPI 3.1, put together from what each capability says of its own routes.
// Who may come through is not said there a second time: it is read from the marks of the mounted routes.
import { z } from 'zod'
import { permissions, type Permission, type RouteAccess } from '../parties/index.ts'
import { problemSchema } from '../tariff/routes.tsx'

/** What a capability says of one of its routes. Parameters are objects whose members are the parameters. */
export interface ApiOperation {
  method: 'get' | 'post' | 'put'
  /** As it is mounted: `/api/v1/tariff/:territory/:code`. */
  path: string
  /** Unique; programs that are made from the document name their functions by it. */
  id: string
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: { type: string; schema: z.ZodType }
  /** By status; the description of the schema says what it is. */
  answers: Readonly<Record<number, z.ZodType>>
  /** By status, the codes of problems and what they mean. */
  problems?: Readonly<Record<number, string>>
}

export interface ApiDescription {
  operations: readonly ApiOperation[]
  /** Schemas with a name of their own that stand inside of others. */
  parts?: readonly z.ZodType[]
}

/** The document describes itself as well. */
export const documentApi: ApiDescription = {
  operations: [
    {
      method: 'get',
      path: '/api/v1/openapi.json',
      id: 'openApi',
      summary: 'This document',
      answers: { 200: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }) },
    },
  ],
}

/** The document at /api/v1/openapi.json. */
export function openApiDocument(
  descriptions: readonly ApiDescription[],
  routes: readonly RouteAccess[],
): object {
  const operations = descriptions.flatMap((each) => each.operations)
  const named = namesOf(descriptions)
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: operationOf(operation, named, routes) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hub of the Electronic World Trade Platform',
      version: '1',
      summary:
        'What goods cost at the door of another country, and why; goods on sale, for programs.',
      description:
        'Whatever is refused is refused as application/problem+json (RFC 9457) with a stable `type`. ' +
        'Amounts are exact decimals as text. Countries are ISO 3166-1, currencies ISO 4217.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: schemasOf(named), headers, securitySchemes: { apiKey } },
  }
}

/** Answers tell how many requests are left, as long as the hub limits them (api-limits.ts). */
const headers = {
  'RateLimit-Policy': {
    description:
      'The limit that this request counts for, "address" or "key": `q` requests at once, and as many again over each `w` seconds (draft-ietf-httpapi-ratelimit-headers)',
    schema: { type: 'string' },
    example: '"address";q=600;w=60',
  },
  RateLimit: {
    description:
      '`r` requests are left, and all of them again in `t` seconds; when nothing is left, `t` is when the next one may be made',
    schema: { type: 'string' },
    example: '"address";r=599;t=1',
  },
  'Retry-After': {
    description: 'Whole seconds until a request may be made again',
    schema: { type: 'integer', minimum: 1 },
  },
}

const referTo = (...names: (keyof typeof headers)[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const apiKey = {
  type: 'http',
  scheme: 'bearer',
  description:
    'A key that the owner of a business makes on the page of its keys. It acts for this business alone; other businesses are not found.',
}

type Names = ReadonlyMap<z.ZodType, string>

/** Bodies and answers get the name they bring, else that of their operation. */
function namesOf(descriptions: readonly ApiDescription[]): Names {
  const names = new Map<z.ZodType, string>([[problemSchema, 'Problem']])
  const add = (schema: z.ZodType, otherwise: string): void => {
    if (!names.has(schema)) names.set(schema, schema.meta()?.id ?? otherwise)
  }
  for (const { operations, parts = [] } of descriptions) {
    for (const part of parts) add(part, '')
    for (const { id, body, answers } of operations) {
      const name = id.charAt(0).toUpperCase() + id.slice(1)
      if (body) add(body.schema, `${name}Request`)
      for (const answer of Object.values(answers)) add(answer, `${name}Answer`)
    }
  }
  return names
}

function schemasOf(names: Names): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of names) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    target: 'draft-2020-12',
    uri: (id) => `#/components/schemas/${id}`,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _id, $schema: _schema, ...schema }]) => [
      name,
      schema,
    ]),
  )
}

function operationOf(
  operation: ApiOperation,
  names: Names,
  routes: readonly RouteAccess[],
): object {
  const { id, summary, description, body, answers } = operation
  const content = (type: string, schema: z.ZodType): object => ({
    [type]: { schema: { $ref: `#/components/schemas/${names.get(schema)}` } },
  })
  const parameters = [
    ...parametersOf(operation.params, 'path'),
    ...parametersOf(operation.query, 'query'),
    ...parametersOf(operation.headers, 'header'),
  ]
  const { security, problems } = accessOfOperation(operation, routes)
  const refusals = { ...problems, ...(body ? bodyProblems : {}), ...operation.problems }
  const limited = { headers: referTo('RateLimit-Policy', 'RateLimit') }
  return {
    operationId: id,
    summary,
    ...(description ? { description } : {}),
    security,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: content(body.type, body.schema) } } : {}),
    responses: {
      ...mapped(answers, (schema) => ({
        description: schema.description ?? summary,
        ...limited,
        content: content('application/json', schema),
      })),
      ...mapped(refusals, (text) => ({
        description: text,
        ...limited,
        content: content('application/problem+json', problemSchema),
      })),
      429: {
        description:
          'too-many-requests: `facts` has the limit that was reached (`address`, `key`, or `wrong-keys` for keys that nobody has) and the seconds to wait',
        headers: referTo('RateLimit-Policy', 'RateLimit', 'Retry-After'),
        content: content('application/problem+json', problemSchema),
      },
      default: {
        description: 'Any other refusal or fault; `requestId` leads to the line in the log',
        ...limited,
        content: content('application/problem+json', problemSchema),
      },
    },
  }
}

const mapped = <T>(all: Readonly<Record<number, T>>, made: (each: T) => object): object =>
  Object.fromEntries(Object.entries(all).map(([status, each]) => [status, made(each)]))

const bodyProblems = {
  400: 'broken-json: the body cannot be read',
  413: 'body-too-large: `facts` has the most bytes',
  415: 'not-this-type: the body has another type than the one described here',
}

function parametersOf(schema: z.ZodObject | undefined, where: string): object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string }
    return {
      name,
      in: where,
      required: required.includes(name),
      ...(description ? { description } : {}),
      schema: rest,
    }
  })
}

/** By the mark of the mounted route: everybody, or a key with the scope that the table of permissions names. */
function accessOfOperation(
  { method, path }: ApiOperation,
  routes: readonly RouteAccess[],
): { security: object[]; problems: Record<number, string> } {
  const access = routes.find(
    (each) => each.path === path && each.method.toLowerCase() === method,
  )?.access
  if (access === undefined || access === 'everybody') return { security: [], problems: {} }
  const rule: Permission = permissions[access]
  const scope = rule.on === 'business' ? rule.scope : undefined
  return {
    security: [{ apiKey: scope ? [scope] : [] }],
    problems: {
      401: 'sign-in-first: there is no key; key-not-valid: it is unknown, over or revoked',
      403: 'scope-missing: the key lacks the scope; not-allowed: the person lacks the role',
      404: 'not-found: there is no such thing, or it belongs to somebody else',
    },
  }
}
