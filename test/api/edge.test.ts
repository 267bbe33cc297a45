import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { hubOrigin } from '../support/people.ts'
import { send } from './support/api.ts'
import { apiWorld, type ApiWorld } from './support/api-world.ts'
import { problemSchema } from '../../src/tariff/pages/api-schemas.ts'

// What programs get that ask wrongly: always a problem (RFC 9457), with a code and the right status.

const db = await testDatabase()
let world: ApiWorld
beforeAll(async () => {
  world = await apiWorld(db)
})

const json = 'application/json'
const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) })
const deep = '['.repeat(100_000)

type Case = readonly [
  what: string,
  method: string,
  path: string,
  status: number,
  code: string,
  body?: string,
  type?: string,
]

const table: readonly Case[] = [
  ['no such path', 'GET', '/nothing', 404, 'not-found'],
  ['no such version', 'GET', '/../v9/offers', 404, 'not-found'],
  ['another method', 'DELETE', '/offers', 405, 'wrong-method'],
  ['another method', 'GET', '/landed-cost', 405, 'wrong-method'],
  ['another method', 'POST', '/tariff/GB/6214.10', 405, 'wrong-method', '{}', json],
  ['another method', 'PATCH', '/openapi.json', 405, 'wrong-method', '{}', json],
  ['a body too large', 'POST', '/classifications', 413, 'body-too-large', large, json],
  ['a body too large', 'POST', '/landed-cost', 413, 'body-too-large', large, json],
  ['broken JSON', 'POST', '/classifications', 400, 'broken-json', '{"text":', json],
  ['broken JSON', 'POST', '/landed-cost', 400, 'broken-json', deep, json],
  ['broken JSON', 'POST', '/businesses/:own/offers', 400, 'broken-json', '{', json],
  ['no JSON', 'POST', '/classifications', 415, 'not-this-type', 'text=scarf', 'text/plain'],
  [
    'a form',
    'POST',
    '/landed-cost',
    415,
    'not-this-type',
    'a=b',
    'application/x-www-form-urlencoded',
  ],
  ['XML', 'PUT', '/businesses/:own/offers/x', 415, 'not-this-type', '<a/>', 'text/xml'],
  ['JSON for a file', 'POST', '/businesses/:own/imports', 415, 'not-this-type', '{}', json],
  [
    'a broken form',
    'POST',
    '/businesses/:own/imports',
    400,
    'unreadable-form',
    'x',
    'multipart/form-data',
  ],
  ['a list of nothing', 'POST', '/classifications', 422, 'bad-classification', 'null', json],
  ['a list of nothing', 'POST', '/businesses/:own/offers', 422, 'bad-batch', '[]', json],
  ['a key that is none', 'GET', '/businesses/:own/offers', 401, 'sign-in-first'],
]

test.each(table)('%s: %s %s is %i %s', async (...each) => {
  const [, method, path, status, code, body, type] = each as unknown as Case
  const headers = {
    ...(type ? { 'content-type': type } : {}),
    ...(code === 'sign-in-first' ? {} : world.writes),
  }
  const url = `${hubOrigin}/api/v1${path.replace(':own', world.business)}`
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const answer = await send(new Request(url, init), world.hub)
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json; charset=utf-8'])
  const problem = problemSchema.parse(answer.body)
  expect(problem).toMatchObject({ type: `urn:ewtp:problem:${code}`, status })
  expect(answer.requestId).toMatch(/^[0-9a-f]{32}$/)
})

test('a wrong method says which ones there are', async () => {
  const url = `${hubOrigin}/api/v1/businesses/${world.business}/offers`
  const answer = await world.hub.fetch(new Request(url, { method: 'DELETE' }))
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('a type of JSON of somebody else and none at all are read as JSON', async () => {
  for (const type of ['application/vnd.shop+json', 'application/json; charset=utf-8'])
    expect(
      (await world.call('POST', '/classifications', { text: 'scarf' }, { 'content-type': type }))
        .status,
    ).toBe(200)
})

describe('a page stays a page', () => {
  test('a wrong method outside of /api is not found', async () => {
    const answer = await world.hub.fetch(
      new Request(`${hubOrigin}/cost`, { method: 'DELETE', headers: { origin: hubOrigin } }),
    )
    expect(answer.status).toBe(404)
  })
})

describe('a person’s browser', () => {
  const asked = (path: string) =>
    world.hub.fetch(
      new Request(`${hubOrigin}${path}`, { headers: { accept: 'text/html,*/*;q=0.8' } }),
    )

  test.each(['/nothing', '/cost/zzz/there', '/officer/nobody'])(
    'gets a page for %s',
    async (path) => {
      const answer = await asked(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'text/html; charset=UTF-8',
      ])
      expect(await answer.text()).toContain('Nothing is here')
    },
  )

  test('gets JSON below /api, as programs do everywhere', async () => {
    expect((await asked('/api/nothing')).headers.get('content-type')).toContain('problem+json')
  })
})
