import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub, testBusiness, testPerson } from '../../test/support/people.ts'
import type { TestPerson } from '../../test/support/people.ts'
import { slugFrom } from './create-business.ts'
import { partiesPartsOf } from '../app/capabilities.ts'
import { findBusinessBySlug, findProfile, withActor, type PartiesEnv } from './index.ts'
import { partiesRoutes } from './routes.tsx'

const db = await testDatabase()
const hub = peopledHub(db)

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

  test.each([
    ['turned round', 'Shop \u202Egnp.exe', 'Shop gnp.exe'],
    ['a twin of another', 'Ba\u200Btik\u2063 Amina\u3164', 'Batik Amina'],
    ['in letters that join', 'فروشگاه می‌خواهم', 'فروشگاه می‌خواهم'],
  ])('a name is kept as it is seen: %s', async (_, name, kept) => {
    const { location } = await send(bo.headers, '/business/new', { name, country: 'MY' })
    const id = location.split('/').at(-1) ?? ''
    expect((await findProfile(db.kysely, hub.config.id, id))?.name).toBe(kept)
  })

  test.each(['person', 'business'] as const)(
    'whoever is blocked as a %s opens no other business',
    async (kind) => {
      const mala = await testPerson(hub, `Mala ${kind}`)
      const first = await testBusiness(hub, mala)
      const id = kind === 'person' ? mala.personId : first
      await db.pool.query(
        `insert into screening_subjects
           (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
         values ($1, $2, $3, '{}', '{}', 'x', 'blocked', 0, now(), now())
         on conflict (home_hub, kind, subject_id) do update set state = 'blocked'`,
        [hub.config.id, kind, id],
      )
      const asked = { name: 'Under another name', country: 'MY' }
      const { status, text } = await send(mala.headers, '/business/new', asked)
      expect(status).toBe(422)
      expect(text).toContain('You are blocked on this hub, or own a business that is')
    },
  )

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
    [{ name: '\u200B\u200D\u2060', country: 'MY' }, 'Enter the name of the business'],
    [{ name: '\u115F\u1160\u3164\uFFA0', country: 'MY' }, 'Enter the name of the business'],
    [{ name: '- -', country: 'MY' }, 'Enter the name of the business'],
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

  test('who is blocked stays so under another name', async () => {
    const state = async () => (await findProfile(db.kysely, hub.config.id, business))?.screening
    await db.kysely.updateTable('businesses').set({ screening: 'blocked' }).execute()
    await send(amina.headers, path(), { ...good, name: 'Flowers of Spring' })
    expect(await state()).toBe('blocked')
    await db.kysely.updateTable('businesses').set({ screening: 'clear' }).execute()
  })

  test('a name that cannot be read is refused, one that cannot be seen is kept as it is seen', async () => {
    const answer = await send(amina.headers, path(), { ...good, name: '\u200B\u3164' })
    expect([answer.status, answer.text.includes('href="#name"')]).toEqual([422, true])
    await send(amina.headers, path(), { ...good, name: 'Ba\u200Btik', about: 'Silk\u202E.' })
    expect(await findProfile(db.kysely, hub.config.id, business)).toMatchObject({
      name: 'Batik',
      about: 'Silk.',
    })
    await send(amina.headers, path(), good)
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
        'person.joined',
        'person.signed-in',
        'role.granted',
      ]),
    )
    const all = JSON.stringify((await db.pool.query('select body from events')).rows)
    expect(all).not.toMatch(/@example|Amina/)
  })
})

test('the checklist counts the steps it shows, and shows what this hub can do', async () => {
  const { text } = await send(amina.headers, `/business/${business}`)
  const list = /<section[^>]*aria-labelledby="checklist">.*?<\/section>/s.exec(text)?.[0] ?? ''
  const [, all] = /\d+ of (\d+) steps done/.exec(list) ?? []
  expect(list.match(/<li\b/g)?.length).toBe(Number(all))
  expect(list).not.toContain('Not on this hub')
})

test('a capability that knows how the business is paid makes it a step, with the way there', async () => {
  const parts = partiesPartsOf(hub)
  const app = new Hono<PartiesEnv>()
  const href = `/business/${business}/money`
  let done = false
  app.use(withActor(parts))
  app.route(
    '/',
    partiesRoutes({ ...parts, checklistFacts: async () => ({ payout: { done, href } }) }),
  )
  const home = async () => {
    const { headers } = amina
    return (await app.request(`${hubOrigin}/business/${business}`, { headers })).text()
  }
  expect(await home()).toContain(`<a href="${href}">How you are paid</a>`)
  const [, before] = /(\d+) of 3 steps done/.exec(await home()) ?? []
  done = true
  expect(await home()).toContain(`${Number(before) + 1} of 3 steps done`)
})
