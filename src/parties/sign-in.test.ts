import { beforeEach, describe, expect, test } from 'vitest'
import { browserAt, type Jar } from '../../test/support/browse.ts'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { hubOrigin, peopledHub } from '../../test/support/people.ts'

const db = await testDatabase()
const clock = testClock()
const hub = peopledHub(db, { clock })
const start = clock.now()
const send = browserAt(hub)

beforeEach(async () => {
  clock.set(start)
  await db.pool.query('truncate people, rate_limits, mails, events cascade')
})

const amina = { name: 'Amina', email: 'amina@example.org', password: 'lobster batik canoe' }
const wrong = { email: amina.email, password: 'not this password' }
const right = { email: amina.email, password: amina.password }

async function joined(person = amina): Promise<Jar> {
  const jar: Jar = new Map()
  expect((await send(jar, '/join', person)).status).toBe(303)
  return jar
}

const sessions = async (): Promise<number> =>
  Number((await db.pool.query('select count(*)::int as n from sessions')).rows[0].n)

describe('joining', () => {
  test('the first becomes the operator and is told so; the second comes to buying and selling', async () => {
    expect((await send(new Map(), '/join')).text).toContain('You will run this hub')
    const jar: Jar = new Map()
    expect((await send(jar, '/join', amina)).location).toBe('/account?done=operator')
    expect((await send(jar, '/account?done=operator')).text).toContain('you run it')
    expect((await send(jar, '/operator/people')).status).toBe(200)

    expect((await send(new Map(), '/join')).text).not.toContain('You will run this hub')
    const bo: Jar = new Map()
    const second = await send(bo, '/join', { ...amina, name: 'Bo', email: 'bo@example.org' })
    expect(second.location).toBe('/welcome')
    const welcome = (await send(bo, '/welcome')).text
    for (const way of ['Welcome, Bo', 'href="/search"', 'action="/business/new"'])
      expect(welcome).toContain(way)
    expect((await send(bo, '/operator/people')).status).toBe(403)
  })

  test.each([
    ['a shop', '/shop/batik-amina?page=2'],
    ['a wallet', '/wallet'],
    ['an invitation', '/invitation?token=x'],
  ])('who came from %s goes on there, by way of signing in or not', async (_, place) => {
    await joined()
    const next = encodeURIComponent(place)
    const nowhere = await send(new Map(), '/shop/nobody?page=2')
    expect(nowhere.text).toContain('href="/join?next=%2Fshop%2Fnobody%3Fpage%3D2"')
    expect(nowhere.text).toContain('href="/sign-in?next=%2Fshop%2Fnobody%3Fpage%3D2"')
    expect((await send(new Map(), '/')).text).toContain('href="/join"')
    for (const page of ['/sign-in', '/join']) {
      const { text } = await send(new Map(), `${page}?next=${next}`)
      expect(text).toContain(`href="/join?next=${next}"`)
      expect(text).toContain(`href="/sign-in?next=${next}"`)
    }
    const bo = { ...amina, name: 'Bo', email: 'bo@example.org', next: place }
    expect((await send(new Map(), '/join', bo)).location).toBe(place)
  })

  test('two who join a fresh hub at the same time: one operator', async () => {
    const people = ['a', 'b', 'c', 'd'].map((name) => ({
      ...amina,
      name,
      email: `${name}@x.example`,
    }))
    await Promise.all(people.map((person) => send(new Map(), '/join', person)))
    const { rows } = await db.pool.query("select 1 from hub_roles where role = 'operator'")
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['no name', { ...amina, name: ' ' }, 'Enter your name'],
    ['a name that cannot be seen', { ...amina, name: '\u200B\u3164\uFFA0' }, 'Enter your name'],
    ['a name without a letter', { ...amina, name: '...' }, 'Enter your name'],
    ['no address', { ...amina, email: 'amina' }, 'Enter an email address'],
    [
      'a line end in the address',
      { ...amina, email: 'a@b.example\nbcc: x@y.example' },
      'Enter an email',
    ],
    ['a short password', { ...amina, password: 'abc' }, 'at least 10 letters'],
    ['a password of everybody', { ...amina, password: 'password1234' }, 'others would not guess'],
  ])('%s is refused at its field, and what was typed stays', async (_, person, said) => {
    const answer = await send(new Map(), '/join', person)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(said)
    expect(answer.text).toContain('There is a problem')
    expect(answer.text).toContain(`value="${person.email}"`)
    expect(answer.text).not.toContain(person.password)
  })

  test('an address is used once, in capitals or not', async () => {
    await joined()
    const again = await send(new Map(), '/join', { ...amina, email: 'AMINA@Example.ORG' })
    expect([again.status, again.text.includes('is here already')]).toEqual([422, true])
  })
})

describe('signing in', () => {
  test('with the right password, to the page that was asked for', async () => {
    await joined()
    const jar: Jar = new Map()
    const asked = await send(jar, '/account')
    expect([asked.status, asked.location]).toEqual([303, '/sign-in?next=%2Faccount'])
    const entered = await send(jar, '/sign-in', { ...right, next: '/business/new' })
    expect([entered.status, entered.location]).toEqual([303, '/business/new'])
    expect((await send(jar, '/account')).status).toBe(200)
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '',
  ])('never leads to another site: %s', async (next) => {
    await joined()
    expect((await send(new Map(), '/sign-in', { ...right, next })).location).toBe('/home')
    const bo = { ...amina, name: 'Bo', email: 'bo@example.org', next }
    expect((await send(new Map(), '/join', bo)).location).toBe('/welcome')
  })

  test('says the same to a wrong password and to somebody who is not here', async () => {
    await joined()
    const said = async (form: Record<string, string>) => {
      const { status, text } = await send(new Map(), '/sign-in', form)
      return [status, text.replaceAll(form['email'] ?? '', '')]
    }
    const known = await said(wrong)
    expect(await said({ ...wrong, email: 'nobody@example.org' })).toEqual(known)
    expect(known[0]).toBe(422)
  })

  test('gives a cookie that no script and no other site can use, and a new one each time', async () => {
    const jar = await joined()
    const first = jar.get('session')
    const { headers } = await send(jar, '/sign-in', right)
    const [session = ''] = headers.getSetCookie()
    expect(session).toMatch(/^session=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(jar.get('session')).not.toBe(first)
    expect(await sessions()).toBe(1)
    // A token that somebody put there beforehand is not taken over (fixation).
    const fixed: Jar = new Map([['session', 'A'.repeat(43)]])
    await send(fixed, '/sign-in', right)
    expect(fixed.get('session')).not.toBe('A'.repeat(43))
  })

  test('over https the cookie is for this host and https alone', async () => {
    await joined()
    const body = new URLSearchParams(right)
    const origin = 'https://hub.test'
    const request = new Request(`${origin}/sign-in`, { method: 'POST', body, headers: { origin } })
    const [session = ''] = (await hub.fetch(request)).headers.getSetCookie()
    expect(session).toMatch(/^__Host-session=.*Secure/)
  })

  test('only hashes are kept', async () => {
    const jar = await joined()
    const { rows } = await db.pool.query('select * from sessions, known_devices, passwords')
    const kept = JSON.stringify(rows)
    for (const secret of [...jar.values(), amina.password]) expect(kept).not.toContain(secret)
  })
})

describe('what another site starts', () => {
  const forms = { old: amina.password, password: 'three quiet harbours' }

  test.each([
    [
      'a form of another site',
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      403,
    ],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://shop.hub.test' }, 403],
    ['an older browser, elsewhere', { 'sec-fetch-site': '', origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { 'sec-fetch-site': '', origin: 'null' }, 403],
    ['an older browser, here', { 'sec-fetch-site': '', origin: hubOrigin }, 303],
    ['no word about it, with a cookie', { 'sec-fetch-site': '' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: hubOrigin }, 303],
  ])('%s', async (_, headers, status) => {
    const jar = await joined()
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const told = Object.entries({ ...headers, cookie }).filter(([, value]) => value !== '')
    const request = new Request(`${hubOrigin}/account/password`, {
      method: 'POST',
      headers: Object.fromEntries(told) as Record<string, string>,
      body: new URLSearchParams(forms),
    })
    expect((await hub.fetch(request)).status).toBe(status)
  })

  test('nor does it sign anybody in', async () => {
    await joined()
    const elsewhere = { 'sec-fetch-site': 'cross-site' }
    const answer = await send(new Map(), '/sign-in', right, elsewhere)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
  })
})
