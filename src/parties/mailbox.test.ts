import { beforeEach, expect, test } from 'vitest'
import { browserAt, type Jar } from '../../test/support/browse.ts'
import { testDatabase } from '../../test/support/database.ts'
import { peopledHub } from '../../test/support/people.ts'

const db = await testDatabase()
const send = browserAt(peopledHub(db))

beforeEach(async () => {
  await db.pool.query('truncate people, rate_limits, mails, events cascade')
})

const amina = { name: 'Amina', email: 'amina@example.org', password: 'lobster batik canoe' }

async function joined(person = amina): Promise<Jar> {
  const jar: Jar = new Map()
  expect((await send(jar, '/join', person)).status).toBe(303)
  return jar
}

test.each([
  ['joining', '/account?done=operator', {}],
  ['asking for the mail again', '/account/confirm-again', {}],
  ['asking for another address', '/account/email', { 'own-password': amina.password }],
  ['inviting', 'staff', { role: 'staff' }],
  ['a forgotten password', '/forgot-password', {}],
])(
  'a hub without a mail server says where the mail is, and not that it was sent: %s',
  async (_, path, more) => {
    const jar = await joined()
    let at = path
    if (path === 'staff')
      at = `${(await send(jar, '/business/new', { name: 'Shop', country: 'MY' })).location}/staff`
    // Beside this one, the address that waits to be confirmed has a notice of its own.
    await db.pool.query('update people set email_confirmed_at = now() where $1', [path === 'staff'])
    const form = { email: 'new@example.org', ...more }
    const sent = await send(jar, at, path.includes('?') ? undefined : form)
    const page = sent.location ? await send(jar, sent.location) : sent
    expect(page.text).toContain('waits in the mailbox of its operator')
    expect(page.text).toMatch(/<p><a href="\/mailbox">Mailbox<\/a><\/p>/)
    expect(page.text).not.toMatch(/on its way|We sent a mail|Look into your mail|Send the mail/)
  },
)

test('who may not see the mailbox is told of it, without a link', async () => {
  await joined()
  const bo = await joined({ ...amina, name: 'Bo', email: 'bo@example.org' })
  const told = await send(bo, '/forgot-password', { email: amina.email })
  expect(told.text).toContain('waits in the mailbox of its operator')
  expect(told.text).not.toContain('"/mailbox"')
})

test('without a mail server the operator reads them in the mailbox, and nobody else', async () => {
  const operator = await joined()
  const bo = await joined({ ...amina, name: 'Bo', email: 'bo@example.org' })
  expect((await send(operator, '/mailbox')).text).toContain('/confirm-email?token=')
  expect((await send(bo, '/mailbox')).status).toBe(403)
  expect((await send(new Map(), '/mailbox')).status).toBe(303)
})
