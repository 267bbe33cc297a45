// The document of the interface, held against answers.
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Answered } from './api.ts'

export interface OpenApi {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}

export interface Operation {
  operationId: string
  security: Record<string, string[]>[]
  requestBody?: { content: Content }
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  responses: Record<string, { description: string; content: Content }>
}

type Content = Record<string, { schema: { $ref: string } }>

export interface Described {
  document: OpenApi
  ajv: Ajv2020
  byRef(ref: string): ReturnType<Ajv2020['getSchema']>
  /** What is wrong with an answer, or with a body that is sent; nothing when it is as described. */
  wrongAnswer(method: string, path: string, answer: Answered): string
  wrongBody(method: string, path: string, body: unknown): string
}

export function describedBy(document: OpenApi): Described {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
  })
  // An OpenAPI document is not a schema itself; its keywords are let through so that references resolve.
  for (const keyword of ['openapi', 'info', 'servers', 'paths', 'components'])
    ajv.addKeyword(keyword)
  ajv.addSchema({ $id: 'https://hub.test/openapi.json', ...document })
  const byRef: Described['byRef'] = (ref) => ajv.getSchema(`https://hub.test/openapi.json${ref}`)
  const wrong = (content: Content | undefined, type: string, value: unknown): string => {
    const schema = content?.[type]?.schema
    const validate = schema && byRef(schema.$ref)
    if (!validate) return `${type} is not described`
    return validate(value) ? '' : JSON.stringify(validate.errors?.slice(0, 3))
  }
  return {
    document,
    ajv,
    byRef,
    wrongAnswer: (method, path, { status, type, body }) => {
      const content = document.paths[path]?.[method]?.responses[String(status)]?.content
      const said = wrong(content, type.split(';')[0] ?? '', body)
      return said && `${method} ${path} ${status}: ${said}`
    },
    wrongBody: (method, path, body) =>
      wrong(document.paths[path]?.[method]?.requestBody?.content, 'application/json', body),
  }
}
