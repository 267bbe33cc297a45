import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutgoingMail } from '../../src/parties/index.ts'
import { testDatabase } from '../support/database.ts'
import { until } from '../support/hub-process.ts'
import { peopledHub, testPerson } from '../support/people.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

const db = await testDatabase()
const mails: OutgoingMail[] = []
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  const hub = peopledHub(db, {
    sendMail: async (mail) => {
      mails.push(mail)
    },
  })
  await testPerson(hub, 'Chen', { hubRoles: ['operator'] })
  server = await serveApp(new Hono().all('*', (c) => hub.fetch(c.req.raw, c.env as object)))
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test.each([
  { width: 360, dark: false, javascript: false, locale: 'en', withAxe: false },
  { width: 1280, dark: true, javascript: true, locale: 'fr', withAxe: true },
  { width: 360, dark: true, javascript: true, locale: 'en', withAxe: true },
])(
  'who joins where mails are sent chooses a password by the mail: $width px, JavaScript $javascript, $locale',
  async ({ withAxe, ...options }) => {
    const { width, locale } = options
    const page = await browser.openPage(options)
    const look = async (name: string) => {
      await shoot(page, `join-by-mail-${name}-${locale}-${width}`)
      expect([name, await sidewaysScroll(page), await smallTargets(page)]).toEqual([name, 0, []])
      if (withAxe) expect([name, await axe(page)]).toEqual([name, []])
    }
    const send = () =>
      Promise.all([page.waitForEvent('load'), page.locator('main form button').first().click()])
    const email = `amina.${width}.${String(options.dark)}@example.org`
    await page.goto(`${server.origin}/join?next=/pay`)
    await look('asked')
    expect(await page.locator('[name=password]').count()).toBe(0)
    await page.fill('[name=name]', 'Amina')
    await page.fill('[name=email]', email)
    await send()
    await look('sent')
    await until(() => mails.some(({ to }) => to === email))
    const text = mails.find(({ to }) => to === email)?.text ?? ''
    const [link = ''] = /\/new-password\?\S+/.exec(text) ?? []
    await page.goto(server.origin + link)
    await look('password')
    await page.fill('[name=password]', 'lobster batik canoe')
    await send()
    expect(new URL(page.url()).pathname).toBe('/pay')
    await page.goto(`${server.origin}/account`)
    expect(await page.textContent('h1')).toBe('Amina')
    await page.context().close()
  },
  60_000,
)
