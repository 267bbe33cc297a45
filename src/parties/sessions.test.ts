import { beforeEach, describe, expect, test } from 'vitest'
import { browserAt, type Jar } from '../../test/support/browse.ts'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { peopledHub } from '../../test/support/people.ts'

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

async function tokenOf(path: string): Promise<string> {
  const { rows } = await db.pool.query<{ body: string }>(
    'select body from mails order by created_at desc, mail_id desc',
  )
  for (const { body } of rows) {
    const token = new RegExp(`/${path}\\?token=([\\w-]+)`).exec(body)?.[1]
    if (token) return token
  }
  throw new Error(`No mail leads to ${path}`)
}

describe('limits', () => {
  test('strangers who guess are stopped, and told for how long', async () => {
    await joined()
    for (let guess = 0; guess < 10; guess += 1)
      expect((await send(new Map(), '/sign-in', wrong)).status).toBe(422)
    const stopped = await send(new Map(), '/sign-in', wrong)
    expect(stopped.status).toBe(429)
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(60)
    expect(stopped.text).toContain('Too many tries. Wait 3 minutes')
    // Also the right password, from a browser that nobody knows and from another address.
    expect((await send(new Map(), '/sign-in', right, {}, '198.51.100.1')).status).toBe(429)
    clock.set(start + 3 * 60_000)
    expect((await send(new Map(), '/sign-in', right)).status).toBe(303)
  })

  test('they cannot lock the person out: a browser that was here before still enters', async () => {
    const jar = await joined()
    await send(jar, '/sign-out', {})
    for (let guess = 0; guess < 12; guess += 1) await send(new Map(), '/sign-in', wrong)
    const entered = await send(jar, '/sign-in', right)
    expect(entered.status).toBe(303)
    // But the known browser is no way to guess without end either.
    await send(jar, '/sign-out', {})
    const answers = []
    for (let guess = 0; guess < 11; guess += 1)
      answers.push((await send(jar, '/sign-in', wrong)).status)
    expect(answers.at(-1)).toBe(429)
  })

  test('and a link by mail enters from a new browser as well', async () => {
    await joined()
    for (let guess = 0; guess < 12; guess += 1) await send(new Map(), '/sign-in', wrong)
    await send(new Map(), '/forgot-password', { email: amina.email })
    const jar: Jar = new Map()
    const password = 'three quiet harbours'
    const set = await send(jar, '/new-password', { token: await tokenOf('new-password'), password })
    expect(set.status).toBe(303)
    expect((await send(jar, '/account')).status).toBe(200)
  })

  test('one address that tries many people is stopped, its neighbours are not', async () => {
    const answers = []
    for (let guess = 0; guess < 41; guess += 1) {
      const form = { email: `p${guess}@example.org`, password: 'a'.repeat(12) }
      answers.push((await send(new Map(), '/sign-in', form, {}, '2001:db8:1:2:3::4')).status)
    }
    expect(answers.slice(0, 40).every((status) => status === 422)).toBe(true)
    expect(answers.at(-1)).toBe(429)
    const form = { email: 'q@example.org', password: 'a'.repeat(12) }
    const from = (address: string) => send(new Map(), '/sign-in', form, {}, address)
    expect((await from('2001:db8:1:2:ffff::9')).status).toBe(429)
    expect((await from('2001:db8:1:3::4')).status).toBe(422)
  }, 60_000)
})

describe('sessions', () => {
  test('sign out ends this one, sign out everywhere the others', async () => {
    const laptop = await joined()
    const phone: Jar = new Map()
    await send(phone, '/sign-in', right)
    expect(await sessions()).toBe(2)
    await send(phone, '/account/sign-out-everywhere', {})
    expect((await send(phone, '/account')).status).toBe(200)
    expect((await send(laptop, '/account')).status).toBe(303)

    const stolen = new Map(phone)
    await send(phone, '/sign-out', {})
    expect(phone.has('session')).toBe(false)
    expect((await send(stolen, '/account')).status).toBe(303)
    expect(await sessions()).toBe(0)
  })

  test('end after two weeks unused, and after 90 days in any case', async () => {
    const day = 86_400_000
    const jar = await joined()
    clock.set(start + 13 * day)
    expect((await send(jar, '/account')).status).toBe(200)
    clock.set(start + 26 * day)
    expect((await send(jar, '/account')).status).toBe(200)
    for (let at = 36; at < 90; at += 10) {
      clock.set(start + at * day)
      expect([at, (await send(jar, '/account')).status]).toEqual([at, 200])
    }
    clock.set(start + 90 * day)
    expect((await send(jar, '/account')).status).toBe(303)

    const idle = await joined({ ...amina, email: 'idle@example.org' })
    clock.set(start + (90 + 14) * day)
    expect((await send(idle, '/account')).status).toBe(303)
  })

  test('get a new token when a role changes; the old one ends half a minute later', async () => {
    const operator = await joined()
    const bo = await joined({ ...amina, name: 'Bo', email: 'bo@example.org' })
    const { rows } = await db.pool.query("select person_id from people where name = 'Bo'")
    const old = new Map(bo)
    expect((await send(bo, '/operator/people')).status).toBe(403)
    const grant = { grant: 'role:operator', given: 'yes' }
    await send(operator, `/operator/people/${rows[0].person_id}`, grant)
    expect((await send(bo, '/operator/people')).status).toBe(200)
    expect(bo.get('session')).not.toBe(old.get('session'))
    clock.set(start + 31_000)
    expect((await send(bo, '/account')).status).toBe(200)
    expect((await send(old, '/account')).status).toBe(303)
  })

  test.each([
    ['/account/sign-out-everywhere', {}],
    ['/account/password', { old: amina.password, password: 'three quiet harbours' }],
  ])('%s stays signed in here, also when its answer brings a new token', async (path, form) => {
    const laptop = await joined()
    const phone: Jar = new Map()
    await send(phone, '/sign-in', right)
    const before = phone.get('session')
    await db.pool.query('update sessions set rotate = true')
    expect((await send(phone, path, form)).status).toBe(303)
    expect(phone.get('session')).not.toBe(before)
    expect((await send(phone, '/account')).status).toBe(200)
    expect((await send(laptop, '/account')).status).toBe(303)
    expect(await sessions()).toBe(1)
  })

  test('a changed password signs out everywhere else', async () => {
    const laptop = await joined()
    const phone: Jar = new Map()
    await send(phone, '/sign-in', right)
    const change = (old: string) =>
      send(phone, '/account/password', { old, password: 'three quiet harbours' })
    expect((await change('not the old one')).text).toContain('The password until now is not right')
    expect((await change(amina.password)).location).toBe('/account?done=password')
    expect((await send(phone, '/account')).status).toBe(200)
    expect((await send(laptop, '/account')).status).toBe(303)
    expect((await send(new Map(), '/sign-in', right)).status).toBe(422)
  })
})

describe('mails', () => {
  test('the link confirms an address once, by a button', async () => {
    const jar = await joined()
    expect((await send(jar, '/account')).text).toContain('Confirm your email address')
    const token = await tokenOf('confirm-email')
    expect((await send(jar, `/confirm-email?token=${token}`)).text).toContain(token)
    expect((await send(jar, '/account')).text).toContain('Confirm your email address')
    expect((await send(jar, '/confirm-email', { token })).status).toBe(200)
    expect((await send(jar, '/account')).text).not.toContain('Confirm your email address')
    expect((await send(jar, '/confirm-email', { token })).status).toBe(422)
  })

  test('only who joined with an address confirms it, signed in, and the link leads there', async () => {
    const jar = await joined()
    const token = await tokenOf('confirm-email')
    const path = `/confirm-email?token=${token}`
    const stranger: Jar = new Map()
    const asked = await send(stranger, path)
    expect(asked.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
    expect((await send(stranger, '/confirm-email', { token })).status).toBe(303)
    const bo = await joined({ ...amina, name: 'Bo', email: 'bo@example.org' })
    const other = await send(bo, '/confirm-email', { token })
    expect([other.status, other.text.includes('belongs to another account')]).toEqual([422, true])
    expect((await send(jar, '/account')).text).toContain('Confirm your email address')
    expect((await send(stranger, '/sign-in', { ...right, next: path })).location).toBe(path)
    expect((await send(stranger, '/confirm-email', { token })).status).toBe(200)
    expect((await send(jar, '/account')).text).not.toContain('Confirm your email address')
  })

  test('a link that does not work is told before the password is looked at, and tries are counted', async () => {
    await joined()
    const guess = (address: string) =>
      send(new Map(), '/new-password', { token: 'A'.repeat(43), password: 'short' }, {}, address)
    for (let tries = 0; tries < 20; tries += 1) {
      const { status, text } = await guess('203.0.113.7')
      expect([status, text.includes('does not work any more')]).toEqual([422, true])
    }
    const stopped = await guess('203.0.113.7')
    expect([stopped.status, stopped.headers.get('retry-after')]).toEqual([429, '60'])
    expect(stopped.text).toContain('Too many tries')
    expect((await guess('203.0.113.8')).status).toBe(422)
  })

  test('one person gets four links an hour, in whatever letters the address is asked for', async () => {
    await joined()
    const ask = async (email: string) =>
      (await send(new Map(), '/forgot-password', { email })).status
    const wide = 'ａｍｉｎａ@example.org'
    expect(await Promise.all([amina.email, amina.email].map(ask))).toEqual([200, 200])
    expect(await Promise.all([wide, wide].map(ask))).toEqual([200, 200])
    expect([await ask(wide), await ask(amina.email)]).toEqual([429, 429])
  })

  test('a link for a new password works once, for an hour, and signs out whoever was in', async () => {
    const thief = await joined()
    const ask = async () => {
      const answer = await send(new Map(), '/forgot-password', { email: amina.email })
      expect(answer.text).toContain('waits in the mailbox')
      return tokenOf('new-password')
    }
    const late = await ask()
    clock.set(start + 3_600_000)
    const password = 'three quiet harbours'
    expect((await send(new Map(), '/new-password', { token: late, password })).status).toBe(422)
    const token = await ask()
    expect((await send(new Map(), '/new-password', { token, password })).status).toBe(303)
    expect((await send(new Map(), '/new-password', { token, password })).status).toBe(422)
    expect((await send(thief, '/account')).status).toBe(303)
  })

  test('who joined with the address of somebody else loses every way in when that one takes it', async () => {
    const thief = await joined()
    const { rows } = await db.pool.query('select home_hub, person_id from people')
    const { home_hub, person_id } = rows[0]
    await db.pool.query(
      `insert into passkeys (home_hub, person_id, credential_id, public_key, counter, label, created_at)
       values ($1, $2, 'of-the-thief', '\\x00', 0, 'phone', now())`,
      [home_hub, person_id],
    )
    const { location } = await send(thief, '/business/new', { name: 'Shop', country: 'MY' })
    const key = { label: 'shop', scopes: 'offers:write', days: '0' }
    const made = await send(thief, `${location}/keys`, key)
    const bearer = /ewtp_[0-9a-f]{12}_[\w-]{43}/.exec(made.text)?.[0] ?? ''
    const program = async () =>
      (await send(new Map(), '/api/v1/none', undefined, { authorization: `Bearer ${bearer}` }))
        .status
    expect(await program()).toBe(404)
    await send(thief, `${location}/staff`, { email: 'thief@example.org', role: 'owner' })
    await send(new Map(), '/forgot-password', { email: amina.email })
    const token = await tokenOf('new-password')
    const owner: Jar = new Map()
    await send(owner, '/new-password', { token, password: 'three quiet harbours' })
    expect(await program()).toBe(401)
    expect((await db.pool.query('select 1 from invitations')).rows).toEqual([])
    expect((await db.pool.query('select 1 from known_devices')).rows).toHaveLength(1)
    expect((await send(owner, '/account')).text).not.toContain('Confirm your email address')
    expect((await send(thief, '/account')).status).toBe(303)
    expect((await db.pool.query('select 1 from passkeys')).rows).toEqual([])
  })

  test('whoever asks for a password learns nothing about who is here', async () => {
    await joined()
    const answer = async (email: string) =>
      (await send(new Map(), '/forgot-password', { email })).text.replaceAll(email, '')
    expect(await answer('nobody@example.org')).toBe(await answer(amina.email))
    const { rows } = await db.pool.query("select body from mails where to_address like 'nobody%'")
    expect(rows[0].body).toContain('There is no account with this address')
  })
})
