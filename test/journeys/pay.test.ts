import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { railPartsOf } from '../../src/app/capabilities.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { workRails } from '../../src/payments/index.ts'
import { testClock } from '../support/clock.ts'
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
const clock = testClock()
const hub = peopledHub(db, { clock })
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  const app = new Hono().all('*', (c) => hub.fetch(c.req.raw, c.env as object))
  server = await serveApp(app as Hono)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** A person with a window of their own. */
async function joined(name: string, options: { width: number; javascript: boolean; lang: string }) {
  const page = await browser.openPage({
    ...options,
    dark: options.width > 1000,
    locale: options.lang,
  })
  await page.goto(`${server.origin}/join?lang=${options.lang}`)
  await page.fill('[name=name]', name)
  await page.fill('[name=email]', `${name}.${options.width}@example.org`.toLowerCase())
  await page.fill('[name=password]', 'lobster batik canoe')
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/join'),
    page.click('main form button'),
  ])
  return page
}

const checked = async (page: Page, name: string, withAxe: boolean): Promise<void> => {
  await shoot(page, name)
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await smallTargets(page)).toEqual([])
  if (withAxe) expect([name, await axe(page)]).toEqual([name, []])
}

test.each([
  { width: 1280, javascript: true, lang: 'en' },
  { width: 360, javascript: false, lang: 'ms' },
])(
  'Bo brings money in and pays what Amina asks, by the code that she shows: $width px, JavaScript $javascript',
  async (options) => {
    const file = `${options.lang}-${options.width}`
    const look = (page: Page, name: string) => checked(page, name, options.javascript)
    const amina = await joined('Amina', options)
    const bo = await joined('Bo', options)

    await amina.goto(`${server.origin}/wallet`)
    await look(amina, `wallet-empty-${file}`)
    const ask = amina.locator('form[action="/wallet/requests"]')
    await ask.locator('[name=amount]').fill('2,500')
    await ask.locator('button').click()
    await amina.waitForSelector('.error-summary')
    await ask.locator('[name=currency]').selectOption('MYR')
    await ask.locator('[name=amount]').fill('45.50')
    await ask.locator('[name=purpose]').fill('batik scarf, blue')
    await ask.locator('button').click()
    await amina.waitForURL(/\/wallet\/requests\/[0-9A-Z]{9}$/)
    await look(amina, `wallet-request-${file}`)
    const code = (await amina.locator('.code-large').textContent()) ?? ''

    // Another window: the code is typed with a slip, then right; there is no money yet.
    await bo.goto(`${server.origin}/pay`)
    await bo.fill('[name=code]', code.slice(0, -1) + (code.endsWith('0') ? '1' : '0'))
    await bo.click('main form button:not([type=button])')
    await bo.waitForSelector('.error-summary')
    await look(bo, `pay-code-${file}`)
    await bo.fill('[name=code]', code.toLowerCase())
    await bo.click('main form button:not([type=button])')
    await bo.waitForURL(/\/pay\/[0-9A-Z]{9}$/)
    await look(bo, `pay-${file}`)
    await bo.click('main form button')
    await bo.waitForSelector('.error-summary')
    expect(await bo.locator('.error-summary').textContent()).toContain('45.50')

    await bo.goto(`${server.origin}/wallet`)
    const topUp = bo.locator('form[action="/wallet/transfers"]', {
      has: bo.locator('[name=kind][value=top-up]'),
    })
    await topUp.locator('[name=currency]').selectOption('MYR')
    await topUp.locator('[name=amount]').fill('100.00')
    await Promise.all([bo.waitForURL(/currency=MYR/), topUp.locator('button').click()])
    clock.set(clock.now() + 5_000)
    while ((await workRails(railPartsOf(hub))) > 0);
    if (!options.javascript) await bo.reload()
    await bo.waitForSelector('.tag.ok', { timeout: 10_000 })
    expect(await bo.locator('main').textContent()).toContain('100.00')
    await look(bo, `wallet-${file}`)

    await bo.goto(`${server.origin}/pay/${code.replaceAll('-', '')}`)
    await Promise.all([bo.waitForURL(/\/paid\?/), bo.click('main form button')])
    expect(await bo.locator('main').textContent()).toContain('54.50')
    await look(bo, `paid-${file}`)

    // With JavaScript her page says so by itself.
    if (!options.javascript) await amina.reload()
    await amina.waitForSelector('.notice.ok', { timeout: 10_000 })
    await look(amina, `wallet-request-paid-${file}`)
    await amina.goto(`${server.origin}/wallet?currency=MYR`)
    await look(amina, `wallet-movements-${file}`)
    expect(await amina.locator('#movements').textContent()).toContain('Bo')
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  },
  60_000,
)

test.each([
  { width: 1280, javascript: true, lang: 'en' },
  { width: 360, javascript: false, lang: 'fr' },
])(
  'Bob shows a code, Aminah takes it at her till, and his page says so: $width px, JavaScript $javascript',
  async (options) => {
    const file = `${options.lang}-${options.width}`
    const look = (page: Page, name: string) => checked(page, name, options.javascript)
    const aminah = await joined('Aminah', options)
    const bob = await joined('Bob', options)
    await bob.goto(`${server.origin}/wallet`)
    const topUp = bob.locator('form[action="/wallet/transfers"]', {
      has: bob.locator('[name=kind][value=top-up]'),
    })
    await topUp.locator('[name=currency]').selectOption('MYR')
    await topUp.locator('[name=amount]').fill('100.00')
    await Promise.all([bob.waitForURL(/currency=MYR/), topUp.locator('button').click()])
    clock.set(clock.now() + 5_000)
    while ((await workRails(railPartsOf(hub))) > 0);

    await bob.goto(`${server.origin}/wallet/code`)
    await bob.locator('[name=currency]').selectOption('MYR')
    await bob.fill('[name=amount]', '50.00')
    await bob.click('main form button:not([type=button])')
    await bob.waitForSelector('samp')
    await look(bob, `code-${file}`)
    await bob.goto(`${server.origin}/wallet/code`)
    await look(bob, `code-ready-${file}`)
    await bob.click('form[action="/wallet/code"] button')
    const code = (await bob.locator('samp').textContent()) ?? ''

    await aminah.goto(`${server.origin}/wallet/till`)
    await aminah.fill('[name=code]', code)
    await aminah.locator('[name=currency]').selectOption('MYR')
    await aminah.fill('[name=amount]', '12.50')
    await Promise.all([
      aminah.waitForURL(/entry=/),
      aminah.click('form[action="/wallet/till"] button:not([type=button])'),
    ])
    // With JavaScript his page says so by itself, and no form is sent a second time for it.
    if (!options.javascript) await bob.goto(`${server.origin}/wallet/code`)
    await bob.waitForSelector('.notice.ok', { timeout: 10_000 })
    expect(await bob.locator('main').textContent()).toContain('Aminah')
    await look(bob, `code-used-${file}`)
  },
  60_000,
)
