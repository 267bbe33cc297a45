import { beforeEach, expect, test } from 'vitest'
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

const password = 'lobster batik canoe'
const amina = { name: 'Amina', email: 'amina@example.org', password }
const bo = { name: 'Bo', email: 'bo@example.org', password }
const wanted = 'amina@batik.example'
const right = { email: amina.email, password }

async function joined(person = amina): Promise<Jar> {
  const jar: Jar = new Map()
  expect((await send(jar, '/join', person)).status).toBe(303)
  return jar
}

const ask = (jar: Jar, email = wanted, own = password, address = '203.0.113.1') =>
  send(jar, '/account/email', { email, 'own-password': own }, {}, address)

type Mail = { to: string; subject: string; body: string }

/** The latest first; those of joining are left out. */
async function mails(): Promise<Mail[]> {
  const { rows } = await db.pool.query<Mail>(
    `select to_address as to, subject, body from mails where body not like '%/confirm-email?%'
      order by created_at desc, mail_id desc`,
  )
  return rows
}

async function linkTo(email = wanted): Promise<{ path: string; token: string; email: string }> {
  const mail = (await mails()).find(({ to }) => to === email)
  const path = /\/new-email\?\S+/.exec(mail?.body ?? '')?.[0] ?? ''
  const about = new URLSearchParams(path.split('?')[1])
  return { path, token: about.get('token') ?? '', email: about.get('email') ?? '' }
}

const emails = async () =>
  (
    await db.pool.query<{ email: string; confirmed: boolean }>(
      'select email, email_confirmed_at is not null as confirmed from people order by name',
    )
  ).rows.map(({ email, confirmed }) => `${email}${confirmed ? '' : ' (not confirmed)'}`)

test('the new address counts when its link is followed; the old one is told, and sessions elsewhere end', async () => {
  const laptop = await joined()
  const phone: Jar = new Map()
  await send(phone, '/sign-in', right)
  expect((await ask(phone)).location).toBe('/account?done=newEmail')
  expect((await send(phone, '/account?done=newEmail')).text).toContain(
    'Your address changes when you follow',
  )
  expect(await emails()).toEqual(['amina@example.org (not confirmed)'])

  const { path, token, email } = await linkTo()
  const shown = await send(phone, path)
  expect(shown.text).toContain('From now on you sign in with amina@batik.example')
  // Programs that check mails follow links; only the button counts.
  expect(await emails()).toEqual(['amina@example.org (not confirmed)'])
  const taken = await send(phone, '/new-email', { token, email })
  expect([
    taken.status,
    taken.text.includes('Your email address is amina@batik.example now'),
  ]).toEqual([200, true])
  expect(await emails()).toEqual(['amina@batik.example'])

  expect((await send(phone, '/account')).text).toContain('amina@batik.example')
  expect((await send(laptop, '/account')).status).toBe(303)
  const told = (await mails()).filter(({ to }) => to === amina.email)
  expect(told).toMatchObject([{ subject: 'Your email address at Test hub has changed' }])
  expect(told[0]?.body).not.toContain(wanted)
  expect((await send(new Map(), '/sign-in', right)).status).toBe(422)
  expect((await send(new Map(), '/sign-in', { ...right, email: wanted })).status).toBe(303)
  expect((await send(phone, '/new-email', { token, email })).status).toBe(422)
  const { rows } = await db.pool.query(
    "select body from events where kind = 'person.email-changed'",
  )
  expect(rows).toEqual([{ body: {} }])
})

test('whether somebody has the address does not show; they are told by mail', async () => {
  const jar = await joined()
  await joined(bo)
  const answer = async (email: string) => {
    const { status, location, text } = await ask(jar, email)
    return { status, location, text: text.replaceAll(email, '') }
  }
  expect(await answer('BO@example.org')).toEqual(await answer(wanted))
  const toBo = (await mails()).find(({ to }) => to === 'BO@example.org')
  expect(toBo?.body).toContain('There is an account with it already')
  expect(toBo?.body).not.toContain('/new-email')
  expect(await emails()).toEqual([
    'amina@example.org (not confirmed)',
    'bo@example.org (not confirmed)',
  ])
})

test('who joined with it while the mail was under way keeps it', async () => {
  const jar = await joined()
  await ask(jar)
  const { token, email } = await linkTo()
  await joined({ ...bo, email: wanted })
  const late = await send(jar, '/new-email', { token, email })
  expect([late.status, late.text.includes('Your address stays as it is')]).toEqual([422, true])
  expect(await emails()).toEqual([
    'amina@example.org (not confirmed)',
    'amina@batik.example (not confirmed)',
  ])
})

test.each([
  ['no address', { email: 'amina' }, 'Enter an email address'],
  ['the one they have', { email: 'AMINA@Example.ORG' }, 'This is your address already'],
  ['a wrong password', { own: 'not this password' }, 'The password until now is not right'],
  ['no password', { own: '' }, 'The password until now is not right'],
])('%s is refused at its field, and what was typed stays', async (_, wrong, said) => {
  const jar = await joined()
  const typed = { email: wanted, own: password, ...wrong }
  const answer = await ask(jar, typed.email, typed.own)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain(said)
  expect(answer.text).toContain('There is a problem')
  expect(answer.text).toContain(`value="${typed.email}"`)
  expect(await mails()).toEqual([])
})

test('the link is for this address, this person and three days', async () => {
  const jar = await joined()
  const other = await joined(bo)
  await ask(jar)
  const { path, token, email } = await linkTo()
  const take = async (who: Jar, form: Record<string, string>) =>
    (await send(who, '/new-email', form)).status
  expect(await take(jar, { token, email: 'thief@example.org' })).toBe(422)
  expect(await take(jar, { token, email: '' })).toBe(422)
  // Nor is it a link of the other kind.
  expect((await send(jar, '/confirm-email', { token })).status).toBe(422)
  expect((await send(jar, '/confirm-email', { token: `${token} ${email}` })).status).toBe(422)
  expect((await send(other, '/new-email', { token, email })).text).toContain(
    'asked for by another account',
  )
  expect((await send(new Map(), path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  clock.set(start + 72 * 3_600_000)
  expect(await take(jar, { token, email })).toBe(422)
  expect(await emails()).toContain('amina@example.org (not confirmed)')
})

test('only the last link works, and with the address go links that were sent to the old one', async () => {
  const jar = await joined()
  await ask(jar, 'first@batik.example')
  const first = await linkTo('first@batik.example')
  await ask(jar)
  const last = await linkTo()
  await send(new Map(), '/forgot-password', { email: amina.email })
  const reset =
    /new-password\?token=([\w-]+)/.exec((await mails()).map(({ body }) => body).join())?.[1] ?? ''
  expect((await send(jar, '/new-email', first)).status).toBe(422)
  expect((await send(jar, '/new-email', last)).status).toBe(200)
  const late = { token: reset, password: 'three quiet harbours' }
  expect(reset).not.toBe('')
  expect((await send(new Map(), '/new-password', late)).status).toBe(422)
})

test('one person sends five links at first, from wherever, and guesses ten passwords', async () => {
  const jar = await joined()
  const statuses = []
  for (let at = 0; at < 6; at += 1)
    statuses.push((await ask(jar, `new${at}@batik.example`, password, `203.0.113.${at}`)).status)
  expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  expect(await mails()).toHaveLength(5)
  const guesses = []
  for (let at = 0; at < 5; at += 1) guesses.push((await ask(jar, wanted, 'not this one')).status)
  expect(guesses).toEqual([422, 422, 422, 422, 429])
})

test('who has no password is not asked for one', async () => {
  const jar = await joined()
  await db.pool.query('delete from passwords')
  expect((await send(jar, '/account')).text).not.toContain('name="own-password"')
  expect((await ask(jar, wanted, '')).status).toBe(303)
})

test.each(['zh-Hans', 'ms', 'th', 'fr'])('it speaks %s, on pages and in mails', async (locale) => {
  const jar = await joined()
  await db.pool.query('update people set locale = $1', [locale])
  await ask(jar)
  const { path, token, email } = await linkTo()
  const texts = [
    (await send(jar, `/account?done=newEmail&lang=${locale}`)).text,
    (await send(jar, `${path}&lang=${locale}`)).text,
    (await send(jar, `/new-email?lang=${locale}`, { token, email })).text,
    ...(await mails()).map(({ subject, body }) => subject + body),
  ]
  for (const text of texts) {
    expect(text).not.toContain('parties.')
    expect(text).not.toContain('email address')
  }
})
