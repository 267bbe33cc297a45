import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { peopledHub } from '../support/people.ts'
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
let server: TestServer
let browser: TestBrowser
let origin = ''

beforeAll(async () => {
  const hub = peopledHub(db)
  const app = new Hono().all('*', (c) => hub.fetch(c.req.raw, c.env as object))
  server = await serveApp(app as Hono)
  // Passkeys are bound to a name, and an address of numbers is none.
  origin = server.origin.replace('127.0.0.1', 'localhost')
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const views = [
  { name: 'Amina', width: 360, dark: false, javascript: false, lang: 'en', withAxe: false },
  { name: 'Bo', width: 1280, dark: true, javascript: true, lang: 'en', withAxe: true },
  { name: '陈', width: 360, dark: true, javascript: true, lang: 'zh-Hans', withAxe: true },
  { name: 'Dara', width: 320, dark: false, javascript: false, lang: 'th', withAxe: false },
  { name: 'Élise', width: 1280, dark: false, javascript: false, lang: 'fr', withAxe: false },
  { name: 'Faridah', width: 320, dark: false, javascript: true, lang: 'ms', withAxe: false },
]

test.each(views)(
  '$name joins, opens a business, tells who it is: $width px, dark $dark, JavaScript $javascript, $lang',
  async ({ name, lang, withAxe, ...options }) => {
    const page = await browser.openPage({ ...options, locale: lang })
    const complaints: string[] = []
    page.on('console', (message) => {
      // A form that was refused is answered with 422.
      if (message.type() === 'error' && !message.text().includes('422'))
        complaints.push(message.text())
    })
    const file = `${lang}-${options.width}-${options.dark ? 'dark' : 'light'}`
    const look = (what: string) => check(page, `join-${what}-${file}`, withAxe)
    await page.goto(`${origin}/join?lang=${lang}`)
    await look('join')
    await page.fill('[name=name]', name)
    await page.fill('[name=email]', `${lang}${options.width}@example.org`)
    await page.fill('[name=password]', 'short')
    await submit(page)
    await page.waitForSelector('.error-summary')
    await look('join-errors')
    expect(await page.inputValue('[name=name]')).toBe(name)
    await page.fill('[name=password]', 'lobster batik canoe')
    await submit(page)
    if (page.url().includes('/account')) await look('account-operator')

    await page.goto(`${origin}/business/new`)
    await look('new-business')
    await page.fill('[name=name]', `Batik ${name}`)
    await page.selectOption('[name=country]', 'MY')
    await submit(page)
    await page.waitForURL(/\/business\/[0-9a-f-]{36}$/)
    await look('home')
    const home = page.url()

    await page.goto(`${home}/profile`)
    await page.fill('[name=id-ssm]', '12')
    await page.fill('[name=address-lines]', '12 Jalan Ampang')
    await submit(page)
    await look('profile-errors')
    await page.fill('[name=id-ssm]', '201901000005')
    await page.fill('[name=address-town]', 'Kuala Lumpur')
    await page.fill('[name=address-region]', 'Selangor')
    await page.fill('[name=address-postcode]', '50450')
    await submit(page)
    await page.waitForURL(/saved/)
    await page.goto(home)
    expect(await page.locator('.timeline .done').count()).toBe(2)

    await page.goto(`${home}/staff`)
    await page.fill('main [name=email]', `chen.${lang}${options.width}@example.org`)
    await submit(page)
    await look('staff')
    await page.goto(`${home}/keys`)
    await page.fill('[name=label]', 'Our web shop')
    await page.check('[name=scopes]')
    await submit(page)
    expect(await page.textContent('#key')).toMatch(/^ewtp_/)
    await look('keys')
    await page.goto(`${origin}/account`)
    await look('account')
    await page.goto(`${origin}/sign-out`)
    await submit(page)
    await look('signed-out')
    await page.goto(`${origin}/account`)
    expect(page.url()).toContain('/sign-in?next=%2Faccount')
    await look('sign-in')
    await page.goto(`${origin}/forgot-password`)
    await look('forgot')
    expect(complaints, 'the content policy is kept').toEqual([])
    await page.context().close()
  },
  120_000,
)

/** The first form of the main part that is not the notice about the mail. */
async function submit(page: Page): Promise<void> {
  const button = page.locator('main form:not(.notice form) button:not([value]):not([type=button])')
  await Promise.all([page.waitForLoadState('load'), button.last().click()])
  await page.waitForLoadState('load')
}

async function check(page: Page, name: string, withAxe: boolean): Promise<void> {
  await shoot(page, name)
  expect([name, await sidewaysScroll(page)]).toEqual([name, 0])
  expect([name, await smallTargets(page)]).toEqual([name, []])
  if (withAxe) expect([name, await axe(page)]).toEqual([name, []])
}

test('the operator gives roles and reads the mailbox', async () => {
  const page = await browser.openPage({ width: 360 })
  await page.goto(`${origin}/sign-in?next=/operator/people`)
  await page.fill('[name=email]', 'en360@example.org')
  await page.fill('[name=password]', 'lobster batik canoe')
  await submit(page)
  await check(page, 'join-people-360', true)
  await page.click('main table a >> nth=1')
  await check(page, 'join-person-360', true)
  await page.locator('button[name=grant][value="role:carrier"]').click()
  await page.waitForURL(/saved/)
  await page.goto(`${origin}/mailbox`)
  await check(page, 'join-mailbox-360', true)
  await page.goto(`${origin}/business/0199d2f0-0000-7000-8000-00000000dead`)
  await check(page, 'join-not-found-360', true)
  await page.context().close()
}, 120_000)

test.each(['en', 'zh-Hans', 'ms', 'th', 'fr'])(
  'the head of a visitor and of an operator who sells stays in one row, and the rest opens without JavaScript: %s',
  async (locale) => {
    const page = await browser.openPage({ width: 1280, javascript: false, locale })
    await page.goto(`${origin}/sign-in?next=/account`)
    expect((await page.locator('.site-header').boundingBox())?.height).toBeLessThan(80)
    await page.fill('[name=email]', 'en360@example.org')
    await page.fill('[name=password]', 'lobster batik canoe')
    await submit(page)
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 })
      const { height = 0 } = (await page.locator('.site-header').boundingBox()) ?? {}
      expect([width, height < 80]).toEqual([width, true])
      expect(await sidewaysScroll(page)).toBe(0)
      const mailbox = page.locator('.site-header a[href="/mailbox"]:visible')
      expect(await mailbox.count()).toBe(0)
      await page
        .locator('.site-header summary:visible')
        .nth(width === 360 ? 0 : 1)
        .click()
      expect(await mailbox.count()).toBe(1)
      await shoot(page, `join-head-${locale}-${width}`)
    }
    await page.goto(`${origin}/lanes`)
    await page.setViewportSize({ width: 1280, height: 740 })
    const current = await page.locator('summary[aria-current]:visible').textContent()
    expect(current).toBe(await page.locator('.site-header nav summary').first().textContent())
    await page.context().close()
  },
  60_000,
)

test('who joins from a shop is there again; who came for no page in particular sees both ways', async () => {
  const page = await browser.openPage({ width: 360, dark: true })
  await page.goto(`${origin}/shop/nobody`)
  await page.click('.site-header summary:visible')
  await page.click('.site-header a[href^="/join"]:visible')
  await page.fill('[name=name]', 'Bo')
  await page.fill('[name=email]', 'bo.buys@example.org')
  await page.fill('[name=password]', 'lobster batik canoe')
  await submit(page)
  expect(new URL(page.url()).pathname).toBe('/shop/nobody')
  await page.goto(`${origin}/welcome`)
  await check(page, 'join-welcome-360', true)
  await page.click('main a[href="/search"]')
  expect(new URL(page.url()).pathname).toBe('/search')
  await page.context().close()
}, 60_000)

test('a passkey is added and signs in, in place of a password', async () => {
  const page = await browser.openPage()
  const control = await page.context().newCDPSession(page)
  await control.send('WebAuthn.enable')
  const { authenticatorId } = await control.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await page.goto(`${origin}/sign-in?next=/account`)
  await page.fill('[name=email]', 'en1280@example.org')
  await page.fill('[name=password]', 'lobster batik canoe')
  await submit(page)
  await page.click('pass-key button')
  await page.waitForURL(/done=passkey/)
  const kept = await control.send('WebAuthn.getCredentials', { authenticatorId })
  expect(kept.credentials).toHaveLength(1)
  await shoot(page, 'join-passkey-1280')

  await page.goto(`${origin}/sign-out`)
  await submit(page)
  await page.goto(`${origin}/sign-in?next=/business/new`)
  await page.click('pass-key button')
  await page.waitForURL(({ pathname }) => pathname === '/business/new')
  await page.goto(`${origin}/account`)
  expect(await page.textContent('h1')).toBe('Bo')

  // An authenticator that does not know who holds it is not enough.
  await control.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.goto(`${origin}/sign-out`)
  await submit(page)
  await page.goto(`${origin}/sign-in`)
  await page.click('pass-key button')
  await page.waitForTimeout(500)
  expect(page.url()).toContain('/sign-in')

  // A passkey that was removed opens nothing.
  await control.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await db.pool.query('delete from passkeys')
  await page.click('pass-key button')
  await page.waitForSelector('pass-key .field-error:not(:empty)')
  expect(page.url()).toContain('/sign-in')
  await page.context().close()
}, 60_000)
