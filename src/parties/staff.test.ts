import { beforeAll, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { TestPerson } from '../../test/support/people.ts'

const db = await testDatabase()
const clock = testClock()
const hub = peopledHub(db, { clock })
const day = 86_400_000

let amina: TestPerson
let bo: TestPerson
let business = ''

beforeAll(async () => {
  amina = await testPerson(hub, 'Amina')
  bo = await testPerson(hub, 'Bo')
  business = await testBusiness(hub, amina)
})

async function send(
  who: Record<string, string>,
  path: string,
  form?: Record<string, string> | [string, string][],
) {
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
  const answer = await hub.fetch(new Request(hubOrigin + path, { ...init, headers: who }))
  await db.kysely.updateTable('sessions').set({ rotate: false }).execute()
  const location = answer.headers.get('location') ?? ''
  return { status: answer.status, location, text: await answer.text() }
}

describe('staff', () => {
  const staffPage = () => `/business/${business}/staff`
  const invitation = async (to: string): Promise<string> => {
    const { rows } = await db.pool.query<{ body: string }>(
      "select body from mails where body like '%/invitation?%' and to_address = $1",
      [to],
    )
    return /\/invitation\?token=([\w-]+)/.exec(rows[0]?.body ?? '')?.[1] ?? ''
  }

  test('joins by a link that works once, and for a week', async () => {
    const ask = { email: 'bo@example.org', role: 'staff' }
    expect((await send(amina.headers, staffPage(), ask)).location).toBe(`${staffPage()}?invited`)
    const token = await invitation('bo@example.org')
    expect((await send(bo.headers, `/business/${business}`)).status).toBe(404)
    expect((await send({}, `/invitation?token=${token}`)).status).toBe(303)
    expect((await send(bo.headers, `/invitation?token=${token}`)).text).toContain('Batik Amina')
    const accepted = await send(bo.headers, '/invitation', { token })
    expect(accepted.location).toBe(`/business/${business}`)
    expect((await send(bo.headers, `/business/${business}`)).status).toBe(200)
    expect((await send(bo.headers, staffPage())).status).toBe(403)
    const chen = await testPerson(hub, 'Chen')
    expect((await send(chen.headers, '/invitation', { token })).status).toBe(422)
    expect((await send(amina.headers, staffPage(), ask)).text).toContain(
      'works in the business already',
    )

    await send(amina.headers, staffPage(), { ...ask, email: 'chen@example.org' })
    const late = await invitation('chen@example.org')
    clock.set(clock.now() + 7 * day)
    expect((await send(chen.headers, '/invitation', { token: late })).status).toBe(422)
  })

  test.each(['none', 'staff'])(
    'whoever is no owner any more (%s) comes back by no invitation of theirs',
    async (role) => {
      const dara = await testPerson(hub, `Dara ${role}`, { businesses: { [business]: 'owner' } })
      const twin = await testPerson(hub, `Twin ${role}`)
      const ask = { email: twin.email, role: 'owner' }
      await send(dara.headers, staffPage(), ask)
      const token = await invitation(twin.email)
      await send(amina.headers, staffPage(), { email: 'kept@example.org', role: 'staff' })
      expect((await send(twin.headers, `/invitation?token=${token}`)).status).toBe(200)
      await send(amina.headers, `${staffPage()}/change`, { person: dara.personId, role })
      const { rows } = await db.pool.query(
        'select distinct email from invitations where accepted_at is null and invited_by in ($1, $2)',
        [dara.personId, amina.personId],
      )
      expect(rows.map(({ email }) => email)).toContain('kept@example.org')
      expect(rows.map(({ email }) => email)).not.toContain(twin.email)
      expect((await send(twin.headers, '/invitation', { token })).status).toBe(422)
      expect((await send(twin.headers, `/business/${business}`)).status).toBe(404)
    },
  )

  test('an invitation sent in the moment of being removed leads nowhere', async () => {
    const dara = await testPerson(hub, 'Dara late', { businesses: { [business]: 'owner' } })
    const twin = await testPerson(hub, 'Twin late')
    await send(dara.headers, staffPage(), { email: twin.email, role: 'owner' })
    const token = await invitation(twin.email)
    await db.pool.query('delete from memberships where person_id = $1', [dara.personId])
    expect((await send(twin.headers, `/invitation?token=${token}`)).status).toBe(404)
    expect((await send(twin.headers, '/invitation', { token })).status).toBe(422)
  })

  test('a business keeps an owner; whoever leaves takes no key along', async () => {
    const change = (person: TestPerson, role: string) =>
      send(amina.headers, `${staffPage()}/change`, { person: person.personId, role })
    const last = await change(amina, 'staff')
    expect([last.status, last.text.includes('needs an owner')]).toEqual([422, true])
    await change(bo, 'owner')
    const made = await send(bo.headers, `/business/${business}/keys`, [
      ['label', 'shop'],
      ['scopes', 'offers:read'],
      ['days', '30'],
    ])
    const key = /ewtp_[0-9a-f]{12}_[\w-]{43}/.exec(made.text)?.[0] ?? ''
    const api = () => send({ authorization: `Bearer ${key}` }, '/api/v1/rules/none')
    expect((await api()).status).toBe(404)
    await change(bo, 'none')
    expect((await api()).status).toBe(401)
    expect((await send(bo.headers, `/business/${business}`)).status).toBe(404)
  })
})

describe('API keys', () => {
  const keysPage = () => `/business/${business}/keys`
  const make = async (days: string) => {
    const form: [string, string][] = [
      ['label', 'Our web shop'],
      ['scopes', 'offers:read'],
      ['scopes', 'offers:write'],
      ['days', days],
    ]
    const { text } = await send(amina.headers, keysPage(), form)
    return /ewtp_[0-9a-f]{12}_[\w-]{43}/.exec(text)?.[0] ?? ''
  }
  const rowOf = async (key: string) => {
    const one = 'select key_id, last_used_at from api_keys where prefix = $1'
    return (await db.pool.query(one, [key.slice(5, 17)])).rows[0]
  }
  const ask = (key: string) => send({ authorization: `Bearer ${key}` }, '/api/v1/none')

  test('are shown once and kept as a hash', async () => {
    const key = await make('90')
    expect(key).toHaveLength(5 + 12 + 1 + 43)
    expect((await send(amina.headers, keysPage())).text).not.toContain(key.slice(18))
    const { rows } = await db.pool.query('select * from api_keys')
    expect(JSON.stringify(rows)).not.toContain(key.slice(18))
  })

  test('work until they expire or are revoked, and say when they were used', async () => {
    const key = await make('30')
    expect((await ask(key)).status).toBe(404)
    expect((await ask(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).status).toBe(401)
    expect((await ask('ewtp_nonsense')).status).toBe(401)
    expect(Date.parse((await rowOf(key)).last_used_at)).toBe(clock.now())
    const other = await make('0')
    clock.set(clock.now() + 30 * day)
    const owner = await testPerson(hub, 'Aminah', { businesses: { [business]: 'owner' } })
    amina = { ...amina, headers: owner.headers }
    expect((await ask(key)).status).toBe(401)
    expect((await ask(other)).status).toBe(404)
    const revoke = { key: (await rowOf(other)).key_id }
    await send(amina.headers, `${keysPage()}/revoke`, revoke)
    expect((await ask(other)).status).toBe(401)
    await send(amina.headers, `${keysPage()}/revoke`, { key: 'no uuid' })
  })

  test('need a name and a scope', async () => {
    const { text, status } = await send(amina.headers, keysPage(), { label: 'x' })
    expect([status, text.includes('Choose what the key may do')]).toEqual([422, true])
  })
})

test('who did what is in the event log', async () => {
  const { rows } = await db.pool.query<{ kind: string }>('select distinct kind from events')
  expect(rows.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'key.made',
      'key.revoked',
      'staff.changed',
      'staff.invited',
      'staff.joined',
    ]),
  )
  const all = JSON.stringify((await db.pool.query('select body from events')).rows)
  expect(all).not.toMatch(/@example|Amina/)
})
