import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseLimits } from '../../src/payments/index.ts'
import { buyingWorld, type BuyingWorld } from '../support/buying-world.ts'
import { testDatabase } from '../support/database.ts'
import { testPerson, type TestPerson } from '../support/people.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

// Lena reaches her limit and shows a passport; Nina, who runs the hub, confirms it, and settles a transfer that does not fit.

const db = await testDatabase()
let world: BuyingWorld
let server: TestServer
let browser: TestBrowser
let nina: TestPerson
let passport: Buffer

beforeAll(async () => {
  world = await buyingWorld(db, { limits: parseLimits('new=10/20,known=30/40,verified=500/600')! })
  const app = new Hono().all('*', (c) => world.hub.fetch(c.req.raw, c.env as object))
  server = await serveApp(app as Hono)
  browser = await launchBrowser()
  nina = await testPerson(world.hub, 'Nina Operator', { hubRoles: ['operator'] })
  const page = { width: 1250, height: 880, channels: 3 as const, background: '#d8cfc0' }
  passport = await sharp({ create: page }).jpeg().toBuffer()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  world?.end()
})

type Look = { width: number; javascript: boolean; dark: boolean; lang: string }

async function windowOf(look: Look, person: TestPerson): Promise<Page> {
  const page = await browser.openPage({ ...look, locale: look.lang })
  page.setDefaultTimeout(15_000)
  const [name = '', value = ''] = (person.headers['cookie'] ?? '').split('=')
  await page.context().addCookies([{ name, value, url: server.origin }])
  return page
}

const press = (page: Page, control: string): Promise<unknown> =>
  Promise.all([page.waitForEvent('load'), page.locator(control).first().click()])

/** A top-up of which the provider told another amount. */
const wrongTopUp = (person: TestPerson) =>
  db.pool.query(
    `insert into rail_transfers (transfer_id, kind, holder_kind, holder_id, account, currency, amount_minor, rail, state,
                                 provider_ref, return_url, made_at, made_by, ended_at, tries, fault)
     values (gen_random_uuid(), 'top-up', 'person', $1::uuid, 'wallet:person:' || $1 || ':GBP', 'GBP', 4200, 'sandbox', 'wrong',
             'pr_' || $1, 'http://hub.test/', $2, $1, $2, 0, 'amount-differs')`,
    [person.personId, new Date(world.clock.now())],
  )

test.each<Look>([
  { width: 1280, javascript: true, dark: true, lang: 'en' },
  { width: 360, javascript: true, dark: false, lang: 'en' },
  { width: 360, javascript: false, dark: false, lang: 'zh-Hans' },
])(
  'who one is and what really moved: $width px, JavaScript $javascript, $lang',
  async (look) => {
    const { javascript, width, lang } = look
    const checked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `known-${name}-${lang}-${width}`)
      expect([name, await sidewaysScroll(page)]).toEqual([name, 0])
      expect([name, await smallTargets(page)]).toEqual([name, []])
      if (javascript) expect([name, await axe(page)]).toEqual([name, []])
    }
    const name = `Lena ${width} ${lang}`
    const person = await testPerson(world.hub, name)
    const lena = await windowOf(look, person)
    await lena.goto(`${server.origin}/wallet`)
    await press(lena, 'a[href="/wallet/verification"]')
    await checked(lena, 'form')
    await press(lena, 'form[enctype] button')
    await checked(lena, 'refused')
    await lena.locator('#country').selectOption('MY')
    await lena.locator('#valid-until').fill('2031-05-01')
    await lena
      .locator('#front')
      .setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: passport })
    await press(lena, 'form[enctype] button')
    expect(await lena.locator('form[enctype]').count()).toBe(0)
    await checked(lena, 'waiting')

    const desk = await windowOf(look, nina)
    await desk.goto(`${server.origin}/operator/money`)
    await press(desk, 'a[href="/operator/verifications"]')
    await checked(desk, 'list')
    await press(desk, `table a:has-text("${name}")`)
    await desk
      .locator('img.evidence')
      .first()
      .evaluate((img: HTMLImageElement) => img.decode())
    await checked(desk, 'look')
    await desk.locator('input[value=verified]').check()
    await press(desk, '#decide button')
    await checked(desk, 'decided')
    await lena.goto(`${server.origin}/wallet/verification`)
    await checked(lena, 'verified')
    await lena.goto(`${server.origin}/wallet`)
    expect(await lena.locator('#limits').textContent()).toContain('600')

    await wrongTopUp(person)
    await desk.goto(`${server.origin}/operator/money`)
    await press(desk, '#odd table a')
    await checked(desk, 'transfer')
    await desk.locator('input[value=moved]').check()
    await desk.locator('#amount').fill('40')
    await desk.locator('#reason').fill('Their list of the day says 40')
    await press(desk, 'form:has(#amount) button')
    await checked(desk, 'settled')
    await lena.goto(`${server.origin}/wallet`)
    expect(await lena.locator('main').textContent()).toContain('40.00')
    await lena.context().close()
    await desk.context().close()
  },
  60_000,
)
