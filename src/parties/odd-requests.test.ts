import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { TestPerson } from '../../test/support/people.ts'
import { accessOf } from './index.ts'
import { partiesPartsOf } from '../app/capabilities.ts'
import { partiesRoutes } from './routes.tsx'

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
