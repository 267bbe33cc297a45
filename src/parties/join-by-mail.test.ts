import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { browserAt, type Jar } from '../../test/support/browse.ts'
import { testDatabase } from '../../test/support/database.ts'
import { until } from '../../test/support/hub-process.ts'
import { peopledHub } from '../../test/support/people.ts'
import type { OutgoingMail } from './index.ts'

const db = await testDatabase()
const mails: OutgoingMail[] = []
const hub = peopledHub(db, {
  sendMail: async (mail) => {
    mails.push(mail)
  },
})
const send = browserAt(hub)

const password = 'lobster batik canoe'
const chen = { name: 'Chen', email: 'chen@example.org', password }
const amina = { name: 'Amina', email: 'amina@example.org' }

/** Chen runs the hub: who is first joins at once. */
beforeEach(async () => {
  await db.pool.query('truncate people, rate_limits, mails, events cascade')
  mails.length = 0
  expect((await send(new Map(), '/join', chen)).location).toBe('/account?done=operator')
  await until(() => mails.length === 1)
  mails.length = 0
})

async function mailTo(email: string): Promise<string> {
  await until(() => mails.some(({ to }) => to === email))
  return mails.find(({ to }) => to === email)?.text ?? ''
}

const linkIn = (text: string): string => /\/new-password\?\S+/.exec(text)?.[0] ?? ''

/** What the page of the link sends, with the path to go on to. */
const typedAt = (link: string) => {
  const about = new URLSearchParams(link.split('?')[1])
  return { token: about.get('token') ?? '', next: about.get('next') ?? '', password }
}

test('joining says the same to an address that is known and to one that is not', async () => {
  const said = async (email: string) => {
    const jar: Jar = new Map()
    const { status, text, headers } = await send(jar, '/join', { ...amina, email })
    await mailTo(email)
    const heads = [...headers].filter(([name]) => name !== 'x-request-id')
    return { status, heads, text: text.replaceAll(email, ''), cookies: [...jar.keys()] }
  }
  const known = await said('Chen@Example.org')
  expect(known).toEqual(await said('nobody@example.org'))
  expect(known.status).toBe(200)
  expect(known.text).toContain('Look into your mail')
  const toChen = await mailTo('Chen@Example.org')
  expect(toChen).toContain('There is an account with it already')
  for (const path of ['/sign-in', '/forgot-password'])
    expect(toChen).toContain(`http://hub.test${path}\n`)
  expect(linkIn(toChen)).toBe('')
})

test('the answer comes before anything about the address is written, so that its time tells nothing', async () => {
  const other = await db.pool.connect()
  await other.query('begin')
  await other.query('lock table mails in access exclusive mode')
  const freed = sleep(1_000)
    .then(() => other.query('commit'))
    .finally(() => other.release())
  for (const email of [chen.email, amina.email])
    expect((await send(new Map(), '/join', { ...amina, email })).status).toBe(200)
  expect(mails).toEqual([])
  await freed
  await until(() => mails.length === 2)
})

test('nor does signing in with what was typed tell them apart', async () => {
  await send(new Map(), '/join', { ...amina, password })
  await mailTo(amina.email)
  const said = async (email: string) => {
    const { status, text } = await send(new Map(), '/sign-in', { email, password: 'not this one' })
    return [status, text.replaceAll(email, '')]
  }
  const known = await said(chen.email)
  expect(await said(amina.email)).toEqual(known)
  // A password that came with the form is not taken: only who reads the mail chooses one.
  expect((await send(new Map(), '/sign-in', { email: amina.email, password })).status).toBe(422)
})

test('the link of the mail asks for a password, confirms the address and leads to buying and selling', async () => {
  await send(new Map(), '/join', amina)
  const link = linkIn(await mailTo(amina.email))
  const jar: Jar = new Map()
  const asked = await send(jar, link)
  expect(asked.text).toContain('Choose a password')
  expect(asked.text).not.toContain('signed out everywhere else')
  const short = await send(jar, '/new-password', { ...typedAt(link), password: 'short' })
  expect([short.status, short.text.includes('Choose a password')]).toEqual([422, true])
  const taken = await send(jar, '/new-password', typedAt(link))
  expect([taken.status, taken.location]).toEqual([303, '/welcome'])
  const welcome = await send(jar, '/welcome')
  expect(welcome.text).toContain('Welcome, Amina')
  const { rows } = await db.pool.query(
    "select email_confirmed_at is not null as confirmed from people where name = 'Amina'",
  )
  expect(rows).toEqual([{ confirmed: true }])
  expect((await send(new Map(), '/new-password', typedAt(link))).status).toBe(422)
})

test.each([
  ['/shop/batik-amina/scarf?to=SG', '/shop/batik-amina/scarf?to=SG'],
  ['//evil.example', '/welcome'],
])('who came from %s goes on to %s', async (next, to) => {
  await send(new Map(), '/join', { ...amina, next })
  const link = linkIn(await mailTo(amina.email))
  expect((await send(new Map(), '/new-password', typedAt(link))).location).toBe(to)
})

test('a forged way on in the link leads nowhere else', async () => {
  await send(new Map(), '/join', amina)
  const typed = { ...typedAt(linkIn(await mailTo(amina.email))), next: 'https://evil.example/' }
  expect((await send(new Map(), '/new-password', typed)).location).toBe('/account?done=password')
})

test('two at once with one address: one account, and each gets a mail', async () => {
  await Promise.all([1, 2, 3].map(() => send(new Map(), '/join', amina)))
  await until(() => mails.length === 3)
  const { rows } = await db.pool.query("select 1 from people where name = 'Amina'")
  expect(rows).toHaveLength(1)
})

test('nobody is flooded with mails, known or not', async () => {
  const statuses = async (email: string) => {
    const all = []
    for (let at = 0; at < 5; at += 1)
      all.push((await send(new Map(), '/join', { ...amina, email })).status)
    return all
  }
  expect(await statuses(chen.email)).toEqual([200, 200, 200, 200, 429])
  await until(() => mails.length === 4)
  await db.pool.query('truncate rate_limits')
  expect(await statuses(amina.email)).toEqual([200, 200, 200, 200, 429])
  await until(() => mails.length === 8)
})

test.each([
  ['no name', { ...amina, name: ' ' }, 'Enter your name'],
  ['no address', { ...amina, email: 'amina' }, 'Enter an email address'],
])('%s is refused at its field, and what was typed stays', async (_, typed, said) => {
  const answer = await send(new Map(), '/join', typed)
  expect([answer.status, answer.text.includes(said)]).toEqual([422, true])
  expect(answer.text).toContain(`value="${typed.email}"`)
  expect(answer.text).not.toContain('name="password"')
})

test.each(['zh-Hans', 'ms', 'th', 'fr'])('it speaks %s, on pages and in mails', async (locale) => {
  const sent = await send(new Map(), `/join?lang=${locale}`, amina)
  const text = await mailTo(amina.email)
  const page = await send(new Map(), `${linkIn(text)}&lang=${locale}`)
  for (const said of [sent.text, text, page.text]) {
    expect(said).not.toContain('parties.')
    expect(said).not.toMatch(/password\b(?=[ .,<])/)
  }
})
