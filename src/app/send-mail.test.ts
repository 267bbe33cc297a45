import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { browserAt } from '../../test/support/browse.ts'
import { testClock } from '../../test/support/clock.ts'
import { peopledHub } from '../../test/support/people.ts'
import { until } from '../../test/support/hub-process.ts'
import { partiesPartsOf } from './capabilities.ts'
import { surroundingsFrom } from './config.ts'
import { mailBySmtp } from './send-mail.ts'
import { sendMails } from '../parties/index.ts'

const db = await testDatabase()

/** A mail server that speaks the few words of SMTP that are needed, and keeps what it was told. */
async function mailServer() {
  const mails: { to: string; text: string }[] = []
  const state = { refuses: false }
  const server = createServer((socket: Socket) => {
    let to = ''
    let text: string | undefined
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mail.test')
    socket.on('data', (chunk) => {
      if (text !== undefined) {
        text += chunk.toString()
        if (!text.endsWith('\r\n.\r\n')) return
        mails.push({ to, text })
        text = undefined
        return say('250 kept')
      }
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        if (line.startsWith('RCPT TO')) to = /<(.*)>/.exec(line)?.[1] ?? ''
        if (line === 'DATA') text = ''
        say(
          line === 'DATA'
            ? '354 go on'
            : state.refuses && /^RCPT/.test(line)
              ? '451 later'
              : '250 ok',
        )
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { mails, state, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('mails reach a real server; one that was refused is tried again later, and once', async () => {
  const smtp = await mailServer()
  const clock = testClock()
  const sendMail = mailBySmtp({ url: smtp.url, from: 'Hub <hub@mail.test>' })
  const hub = peopledHub(db, { clock, sendMail })
  const send = browserAt(hub)
  const states = async () => (await db.pool.query('select state, attempts, body from mails')).rows

  smtp.state.refuses = true
  const jar = new Map<string, string>()
  const amina = { name: 'Amina', email: 'amina@example.org', password: 'lobster batik canoe' }
  expect((await send(jar, '/join', amina)).status).toBe(303)
  await until(async () => (await states())[0]?.attempts === 1)
  await until(async () => (await db.pool.query('select last_error from mails')).rows[0].last_error)
  expect((await states())[0]).toMatchObject({ state: 'waiting', attempts: 1 })

  smtp.state.refuses = false
  const parts = partiesPartsOf(hub)
  expect(await sendMails(parts)).toBe(0)
  clock.set(clock.now() + 60_000)
  const sent = await Promise.all([sendMails(parts), sendMails(parts)])
  expect(sent[0] + sent[1]).toBe(1)
  expect(smtp.mails.map(({ to }) => to)).toEqual(['amina@example.org'])
  expect(smtp.mails[0]?.text).toMatch(/^From: Hub <hub@mail\.test>/m)
  expect(smtp.mails[0]?.text).toContain('Confirm your email address at Test hub')
  // The link is a secret: it goes with the mail.
  expect(await states()).toEqual([{ state: 'sent', attempts: 2, body: '' }])
  expect((await send(jar, '/mailbox')).status).toBe(404)
  expect((await send(jar, '/account')).text).toContain('We sent a mail to amina@example.org')
})

test.each([
  [{}, {}],
  [{ EWTP_ORIGIN: 'https://hub.example/x' }, { origin: 'https://hub.example' }],
  [{ EWTP_BEHIND_PROXY: '1' }, { behindProxy: true }],
])('%o is read as %o', (env, read) => expect(surroundingsFrom(env)).toEqual(read))

test.each([
  [{ EWTP_ORIGIN: 'hub.example' }, 'bad-origin'],
  [{ EWTP_SMTP_URL: 'smtp://mail.test' }, 'mail-incomplete'],
  [{ EWTP_SMTP_URL: 'smtp://mail.test', EWTP_MAIL_FROM: 'a@b.test' }, 'mail-incomplete'],
])('%o is refused: %s', (env, code) => {
  expect(() => surroundingsFrom(env)).toThrow(code)
})
