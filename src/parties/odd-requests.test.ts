import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { TestPerson } from '../../test/support/people.ts'
import { accessOf, joinHub } from './index.ts'
import { partiesPartsOf } from '../app/capabilities.ts'
import { partiesRoutes } from './routes.tsx'
import { signIn } from './sign-in.ts'

const db = await testDatabase()
const demo: { label: string; personId: string }[] = []
const hub = peopledHub(db, { demoSignIns: async () => demo })
let amina: TestPerson
let business = ''

beforeAll(async () => {
  amina = await testPerson(hub, 'Amina', { hubRoles: ['operator'] })
  business = await testBusiness(hub, amina)
})

const routes = accessOf(partiesRoutes(partiesPartsOf(hub)))
const names = `name email password old token next country slug role person grant given key label scopes days
  employees turnoverBand ownership address-lines address-postcode id-lei id-ssm step skipped q after passkey`
const field = fc.oneof(fc.constantFrom(...names.split(/\s+/)), fc.string({ unit: 'binary' }))
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', '\0', '\uD800', '__proto__', '%', "'; drop table people;--", 'role:operator'),
  fc.constantFrom('0199d2f0-0000-7000-8000-00000000dead', '9'.repeat(400), 'x'.repeat(5000), '-1'),
)
const body = fc.oneof(
  fc.array(fc.tuple(field, odd), { maxLength: 12 }).map((pairs) => ({
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(
      pairs.map(([a, b]) => [a.toWellFormed(), b.toWellFormed()]),
    ).toString(),
  })),
  odd.map((text) => ({ type: 'application/x-www-form-urlencoded', text })),
  odd.map((text) => ({ type: 'multipart/form-data; boundary=x', text })),
  odd.map((text) => ({ type: 'multipart/form-data', text })),
  fc.json().map((text) => ({ type: 'application/json', text })),
  odd.map((text) => ({ type: 'text/plain', text })),
)

test('no request, however odd, breaks the hub', async () => {
  demo.push({ label: 'Amina', personId: amina.personId })
  const route = fc.constantFrom(...routes)
  await fc.assert(
    fc.asyncProperty(
      route,
      body,
      odd,
      fc.boolean(),
      async ({ method, path }, sent, text, known) => {
        const query =
          method === 'GET' ? `?${new URLSearchParams({ q: text, token: text, next: text })}` : ''
        const target = path
          .replace(':business', business)
          .replace(/:person/, encodeURIComponent(text.toWellFormed()).slice(0, 200) || 'x')
        const headers = {
          ...(known ? amina.headers : {}),
          'content-type': sent.type,
          origin: hubOrigin,
        }
        const init = { method, headers, ...(method === 'GET' ? {} : { body: sent.text }) }
        const answer = await hub.fetch(new Request(hubOrigin + target + query, init))
        await answer.text()
        expect([method, path, answer.status < 500]).toEqual([method, path, true])
        // Whatever it did, go on as a fresh browser: not signed out, not limited.
        if (method === 'POST') {
          await db.pool.query('truncate rate_limits')
          amina = { ...amina, headers: await again() }
        }
      },
    ),
    { numRuns: 400 },
  )
  demo.pop()
}, 120_000)

/** The session of the person, put back if the request ended it. */
async function again(): Promise<Record<string, string>> {
  const answer = await hub.fetch(
    new Request(`${hubOrigin}/sign-in/demo`, {
      method: 'POST',
      headers: { origin: hubOrigin },
      body: new URLSearchParams({ person: amina.personId }),
    }),
  )
  const cookie = /session=[\w-]+/.exec(answer.headers.getSetCookie().join())?.[0]
  return cookie ? { cookie, origin: hubOrigin } : amina.headers
}

test('one click signs in as somebody of the demo world, and as nobody else', async () => {
  const click = (personId: string) =>
    hub.fetch(
      new Request(`${hubOrigin}/sign-in/demo`, {
        method: 'POST',
        headers: { origin: hubOrigin },
        body: new URLSearchParams({ person: personId }),
      }),
    )
  expect((await click(amina.personId)).headers.getSetCookie()).toEqual([])
  demo.push({ label: 'Amina, seller', personId: amina.personId })
  const page = await (await hub.fetch(new Request(`${hubOrigin}/sign-in`))).text()
  expect(page).toContain('Amina, seller')
  expect((await click(amina.personId)).headers.getSetCookie().join()).toContain('session=')
  demo.pop()
  expect(await (await hub.fetch(new Request(`${hubOrigin}/sign-in`))).text()).not.toContain('Amina')
})

/** Rounds; 10,000 takes a quarter of an hour, and is for `EWTP_TIMING_ROUNDS`. */
const rounds = Number(process.env['EWTP_TIMING_ROUNDS'] ?? 60)

test(`a sign-in takes as long for nobody as for somebody (${rounds} pairs)`, async () => {
  const parts = partiesPartsOf(hub)
  const email = 'chen@example.org'
  const chen = { name: 'Chen', email, password: 'lobster batik canoe' }
  await joinHub(parts, { ...chen, locale: 'en', origin: hubOrigin })
  const time = async (email: string): Promise<number> => {
    await db.pool.query('truncate rate_limits')
    const begun = process.hrtime.bigint()
    await signIn(parts, { email, password: 'not this one', address: 'a', agent: '' })
    return Number(process.hrtime.bigint() - begun) / 1e6
  }
  const differences: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // Which comes first is drawn: the second one finds warmer caches, and pauses may come in step.
    const emails = [email, `nobody${round}@example.org`]
    const [first = '', second = ''] = isHeads(round) ? emails.toReversed() : emails
    const a = await time(first)
    const b = await time(second)
    differences.push(first === email ? a - b : b - a)
  }
  const middle = differences.toSorted((a, b) => a - b).slice(rounds / 4, (rounds * 3) / 4)
  const mean = middle.reduce((sum, each) => sum + each, 0) / middle.length
  console.log(
    `sign-in, somebody less nobody: ${mean.toFixed(3)} ms in the middle half of the pairs`,
  )
  // A password that is not hashed shows as 20 ms; what the machine itself sways by shrinks with the rounds.
  expect(Math.abs(mean)).toBeLessThan(Math.max(0.1, 8 / Math.sqrt(rounds)))
}, 1_800_000)

/** A coin that falls the same way in each run. */
const isHeads = (round: number): boolean =>
  createHash('sha256').update(String(round)).digest().readUInt8() % 2 === 0
