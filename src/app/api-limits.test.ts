// Limits of the API over real databases: what a program is told, what it may not exceed, and whom it does not harm.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { dataFolder, serveHub } from '../../test/support/hub-process.ts'
import { testHub } from '../../test/support/hub.ts'
import { testBusiness, testKey, testPerson } from '../../test/support/people.ts'
import { openDatabase, type Database } from '../db/index.ts'
import { surroundingsFrom, type ApiLimits } from './config.ts'
import { createHub, type Hub } from './create-hub.ts'

const db = await testDatabase()
const clock = testClock()
const few = { perAddress: 30, perKey: 60 }

function limitedHub(limits: ApiLimits = few, on: Database = db): Hub {
  const hub = testHub(on, { clock })
  return createHub({ ...hub, config: { ...hub.config, apiLimits: limits, behindProxy: true } })
}

let lastAddress = 0
/** Nobody has asked from there yet. */
const newAddress = () => `192.0.2.${(lastAddress += 1)}`

const ask = async (hub: Hub, from: string, headers = {}, path = '/api/v1/schemas/x.json') =>
  hub.fetch(
    new Request(`http://hub.test${path}`, { headers: { 'x-forwarded-for': from, ...headers } }),
  )

const asked = async (hub: Hub, times: number, from: string, headers = {}) => {
  const statuses: number[] = []
  for (let at = 0; at < times; at += 1) statuses.push((await ask(hub, from, headers)).status)
  return {
    let: statuses.filter((status) => status !== 429).length,
    refused: statuses.filter((status) => status === 429).length,
  }
}

test('every answer tells the policy and what is left; the first too many is refused with when to come back', async () => {
  const [hub, from] = [limitedHub(), newAddress()]
  const first = await ask(hub, from)
  expect(first.headers.get('ratelimit-policy')).toBe('"address";q=30;w=60')
  expect(first.headers.get('ratelimit')).toBe('"address";r=29;t=2')
  await asked(hub, 28, from)
  expect((await ask(hub, from)).headers.get('ratelimit')).toBe('"address";r=0;t=60')

  const refused = await ask(hub, from)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('content-type')).toMatch('application/problem+json')
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(refused.headers.get('ratelimit')).toBe('"address";r=0;t=2')
  expect(refused.headers.get('x-request-id')).toBeTruthy()
  expect(await refused.json()).toMatchObject({
    type: 'urn:ewtp:problem:too-many-requests',
    status: 429,
    facts: { policy: 'address', wait: 2 },
  })

  clock.set(clock.now() + 2_000)
  expect(await asked(hub, 2, from)).toEqual({ let: 1, refused: 1 })
  clock.set(clock.now() + 60_000)
  expect(await asked(hub, 31, from)).toEqual({ let: 30, refused: 1 })
})

test.each([
  ['/api/v1/openapi.json', true],
  ['/api/v1/nothing', true],
  ['/feeds/google.xml', true],
  ['/feeds/google/amina.xml', true],
  ['/', false],
  ['/apis', false],
  ['/healthz', false],
])('%s is limited: %s', async (path, isLimited) => {
  const answer = await ask(limitedHub(), newAddress(), {}, path)
  expect(answer.headers.has('ratelimit')).toBe(isLimited)
})

test('others are not limited by what one does; a household of IPv6 is one', async () => {
  const hub = limitedHub()
  expect(await asked(hub, 40, newAddress())).toMatchObject({ let: 30 })
  expect(await asked(hub, 20, '2001:db8:0:1::1')).toMatchObject({ let: 20 })
  expect(await asked(hub, 20, '2001:db8:0:1:ffff::2')).toMatchObject({ let: 10 })
  expect(await asked(hub, 20, '2001:db8:0:2::1')).toMatchObject({ let: 20 })
})

test('a key has a limit of its own, from wherever it asks', async () => {
  const hub = limitedHub()
  const amina = await testPerson(hub, 'Amina')
  const business = await testBusiness(hub, amina, { name: 'Amina Batik' })
  const key = await testKey(hub, business, amina, ['offers:read'])
  const from = newAddress()
  await asked(hub, 40, from)
  const path = `/api/v1/businesses/${business}/offers`
  const answer = await ask(hub, from, key, path)
  expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([200, '"key";q=60;w=60'])
  expect(await asked(hub, 40, from, key)).toEqual({ let: 40, refused: 0 })
  expect(await asked(hub, 40, newAddress(), key)).toEqual({ let: 19, refused: 21 })
})

test('keys that nobody has are tried sixty times, and a key that was good there goes on', async () => {
  const hub = limitedHub({ perAddress: 30, perKey: 600 })
  const bo = await testPerson(hub, 'Bo')
  const business = await testBusiness(hub, bo, { name: 'Bo Maple', country: 'CA' })
  const good = await testKey(hub, business, bo, ['offers:read'])
  const from = newAddress()
  await ask(hub, from, good)
  const statuses: number[] = []
  for (let at = 0; at < 70; at += 1)
    statuses.push((await ask(hub, from, { authorization: `Bearer ewtp_guess_${at}` })).status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(60)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
  expect((await ask(hub, from, good)).status).not.toBe(429)
})

test('0 is no limit', async () => {
  const hub = limitedHub({ perAddress: 0, perKey: 0 })
  const answer = await ask(hub, newAddress())
  expect(answer.headers.has('ratelimit')).toBe(false)
  expect(await asked(hub, 100, newAddress())).toEqual({ let: 100, refused: 0 })
})

test('two processes let through one limit and at most two blocks each', async () => {
  const other = await openDatabase({ url: db.url, sleep: db.sleep, fraction: db.fraction })
  onTestFinished(() => other.close())
  const limits = { perAddress: 600, perKey: 600 }
  const hubs = [limitedHub(limits), limitedHub(limits, other)]
  const from = newAddress()
  const statuses: number[] = []
  // No more at once than a hub takes from one address before it turns requests away for being too many.
  for (let round = 0; round < 15; round += 1)
    statuses.push(
      ...(await Promise.all(
        Array.from({ length: 100 }, async (_, at) => (await ask(hubs[at % 2] as Hub, from)).status),
      )),
    )
  const through = statuses.filter((status) => status !== 429).length
  expect(statuses).not.toContain(503)
  console.log(`limit 600 over two processes: ${through} let through`)
  expect(through).toBeGreaterThanOrEqual(600)
  expect(through).toBeLessThanOrEqual(640)
})

test('the database hears of a block at a time, and not at all of what is refused', async () => {
  const watched = await openDatabase({ url: db.url, sleep: db.sleep, fraction: db.fraction })
  onTestFinished(() => watched.close())
  let statements = 0
  watched.pool.on('acquire', () => (statements += 1))
  const hub = limitedHub({ perAddress: 600, perKey: 0 }, watched)
  expect(await asked(hub, 1_000, newAddress())).toEqual({ let: 600, refused: 400 })
  expect(statements).toBe(60)
})

test('while the database is silent each process counts for itself, and goes on answering', async () => {
  const dead = await openDatabase({ url: db.url, sleep: db.sleep, fraction: db.fraction })
  await dead.close()
  expect(await asked(limitedHub(few, dead), 40, newAddress())).toEqual({ let: 30, refused: 10 })
})

test('served hubs on one database hold to one limit, as their operator says', async () => {
  const server = await testDatabase({ migrated: false })
  const env = { DATABASE_URL: server.url, EWTP_API_PER_ADDRESS: '50' }
  const folder = dataFolder()
  const first = await serveHub(folder, [], { env }).ready
  const other = dataFolder()
  cpSync(join(folder, 'keys'), join(other, 'keys'), { recursive: true })
  const hubs = [first, await serveHub(other, [], { env }).ready]
  const begun = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, at) =>
      fetch(new URL('/api/v1/schemas/landed-cost.json', hubs[at % 2])),
    ),
  )
  // Tries are given back while the test runs.
  const given = Math.ceil(((performance.now() - begun) * 50) / 60_000)
  const through = answers.filter(({ status }) => status === 200).length
  console.log(`limit 50 over two processes: ${through} let through`)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(120 - through)
  expect(through).toBeGreaterThanOrEqual(50)
  expect(through).toBeLessThanOrEqual(50 + 2 * 2 + given)
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"address";q=50;w=60')
})

test.each([
  [{ EWTP_API_PER_ADDRESS: '60' }, { perAddress: 60, perKey: 3_000 }],
  [{ EWTP_API_PER_KEY: '0' }, { perAddress: 600, perKey: 0 }],
])('%o is read as %o', (env, apiLimits) => expect(surroundingsFrom(env)).toEqual({ apiLimits }))

test.each(['many', '-1', '1.5', '1e9'])('a limit of %j is refused', (told) =>
  expect(() => surroundingsFrom({ EWTP_API_PER_KEY: told })).toThrow('bad-api-limit'),
)
