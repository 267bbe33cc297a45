import { beforeAll, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { TestPerson } from '../../test/support/people.ts'
import { slugFrom } from './create-business.ts'
import { findBusinessBySlug, findProfile } from './index.ts'

const db = await testDatabase()
const clock = testClock()
const hub = peopledHub(db, { clock })
const day = 86_400_000

let amina: TestPerson
let bo: TestPerson
let business = ''

beforeAll(async () => {
  amina = await testPerson(hub, 'Amina', { hubRoles: ['operator'] })
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

describe('a business', () => {
  test.each([
    ['Batik Amina', 'batik-amina'],
    ["Chen's Café & Söhne", 'chen-s-cafe-sohne'],
    ['杭州丝绸', ''],
    ['--- A ---', 'a'],
  ])('%s gets the slug %s', (name, slug) => expect(slugFrom(name)).toBe(slug))

  test('names that give the same slug, or none, get their own', async () => {
    const slugs = []
    for (const name of ['Kite', 'Kite', 'Kite', '杭州丝绸']) {
      const { location } = await send(bo.headers, '/business/new', { name, country: 'CN' })
      const { rows } = await db.pool.query('select slug from businesses where id = $1', [
        location.split('/').at(-1),
      ])
      slugs.push(rows[0].slug)
    }
    expect(slugs.slice(0, 2)).toEqual(['kite', 'kite-cn'])
    expect(slugs[2]).toMatch(/^kite-[0-9a-f]{6}$/)
    expect(slugs[3]).toMatch(/^shop-[0-9a-f]{8}$/)
    expect((await findBusinessBySlug(db.kysely, 'kite-cn'))?.country).toBe('CN')
  })

  test.each([
    [{ name: '', country: 'MY' }, 'Enter the name of the business'],
    [{ name: 'A', country: '' }, 'Choose the country'],
    [{ name: 'A', country: 'ZZ' }, 'Choose the country'],
    [{ name: 'A', country: 'MY', slug: 'a b' }, 'small letters a to z'],
    [{ name: 'A', country: 'MY', slug: 'batik-amina' }, 'Another shop has the address'],
  ])('%o is refused', async (form, said) => {
    const answer = await send(bo.headers, '/business/new', form)
    expect([answer.status, answer.text.includes(said)]).toEqual([422, true])
  })
})

describe('the profile', () => {
  const good = {
    name: 'Batik Amina',
    about: 'Silk and wax.',
    employees: '3',
    turnoverBand: 'to-100k',
    ownership: 'independent',
    'id-ssm': '2019 0100 0005',
    'id-lei': '',
    'address-lines': '12 Jalan Ampang',
    'address-town': 'Kuala Lumpur',
    'address-region': 'Wilayah Persekutuan',
    'address-postcode': '50450',
  }
  const path = () => `/business/${business}/profile`

  test('is kept with its numbers checked and its address in the form of the country', async () => {
    expect((await send(amina.headers, path(), good)).location).toBe(`${path()}?saved`)
    const profile = await findProfile(db.kysely, hub.config.id, business)
    expect(profile).toMatchObject({
      facts: { employees: 3, turnoverBand: 'to-100k', ownership: 'independent' },
      shipFrom: { country: 'MY', lines: ['12 Jalan Ampang'], postcode: '50450' },
      screening: 'unscreened',
    })
    expect([...(profile?.identifiers ?? [])]).toEqual([['ssm', '201901000005']])
  })

  test('what is wrong is said at every field at once, and nothing is written', async () => {
    const bad = {
      ...good,
      employees: 'many',
      'id-ssm': '12',
      'id-lei': 'X',
      'address-postcode': '1',
    }
    const answer = await send(amina.headers, path(), { ...bad, name: 'Another name' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('There are 4 problems')
    for (const field of ['employees', 'id-ssm', 'id-lei', 'address-postcode'])
      expect(answer.text).toContain(`href="#${field}"`)
    expect((await findProfile(db.kysely, hub.config.id, business))?.name).toBe('Batik Amina')
  })

  test('a new name has to be screened again, the same one not', async () => {
    const state = async () => (await findProfile(db.kysely, hub.config.id, business))?.screening
    await db.kysely.updateTable('businesses').set({ screening: 'clear' }).execute()
    await send(amina.headers, path(), good)
    expect(await state()).toBe('clear')
    await send(amina.headers, path(), { ...good, name: 'Batik Amina 2' })
    expect(await state()).toBe('unscreened')
  })

  test('what no database takes is harmless', async () => {
    const odd = {
      ...good,
      name: 'A\u0000B\u0007 \uD800 <script>alert(1)</script>',
      about: '\u0000',
    }
    expect((await send(amina.headers, path(), odd)).status).toBe(303)
    const { text } = await send(amina.headers, `/business/${business}`)
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert(1)')
    await send(amina.headers, path(), good)
  })
})

describe('staff', () => {
  const staffPage = () => `/business/${business}/staff`
  const invitation = async (): Promise<string> => {
    const { rows } = await db.pool.query<{ body: string }>(
      "select body from mails where body like '%/invitation?%' order by mail_id desc limit 1",
    )
    return /\/invitation\?token=([\w-]+)/.exec(rows[0]?.body ?? '')?.[1] ?? ''
  }

  test('joins by a link that works once, and for a week', async () => {
    const ask = { email: 'bo@example.org', role: 'staff' }
    expect((await send(amina.headers, staffPage(), ask)).location).toBe(`${staffPage()}?invited`)
    const token = await invitation()
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
    const late = await invitation()
    clock.set(clock.now() + 7 * day)
    expect((await send(chen.headers, '/invitation', { token: late })).status).toBe(422)
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

describe('roles on the hub', () => {
  test('are given and taken by the operator; one operator stays', async () => {
    const operator = await testPerson(hub, 'Olu', { hubRoles: ['operator'] })
    const chen = await testPerson(hub, 'Chen Two')
    const page = `/operator/people/${chen.personId}`
    await send(operator.headers, page, { grant: 'role:customs-officer', given: 'yes' })
    await send(operator.headers, page, { country: 'MY', given: 'yes' })
    const { text } = await send(operator.headers, page)
    expect(text).toContain('Curator, Malaysia')
    const { rows } = await db.pool.query('select role from hub_roles where person_id = $1', [
      chen.personId,
    ])
    expect(rows).toEqual([{ role: 'customs-officer' }])

    await db.pool.query("delete from hub_roles where role = 'operator' and person_id <> $1", [
      operator.personId,
    ])
    const own = `/operator/people/${operator.personId}`
    const last = await send(operator.headers, own, { grant: 'role:operator', given: 'no' })
    expect([last.status, last.text.includes('A hub needs an operator')]).toEqual([422, true])
    await send(operator.headers, own, { grant: 'role:god', given: 'yes' })
    expect((await send(operator.headers, '/operator/people?q=chen')).text).toContain('Chen Two')
    expect((await send(operator.headers, '/operator/people?q=%25%00&after=%ED%A0%80')).status).toBe(
      200,
    )
  })

  test('who did what is in the event log', async () => {
    const { rows } = await db.pool.query('select distinct kind from events order by kind')
    expect(rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'business.created',
        'business.profile-saved',
        'key.made',
        'key.revoked',
        'person.joined',
        'person.signed-in',
        'role.granted',
        'staff.changed',
        'staff.invited',
        'staff.joined',
      ]),
    )
    const all = JSON.stringify((await db.pool.query('select body from events')).rows)
    expect(all).not.toMatch(/@example|Amina/)
  })
})
