import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { railPartsOf } from '../../src/app/capabilities.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { workRails } from '../../src/payments/index.ts'
import { buyingWorld, type BuyingWorld } from '../support/buying-world.ts'
import { testDatabase } from '../support/database.ts'
import { testPerson, type TestPerson } from '../support/people.ts'
import {
  axe,
  launchBrowser,
  reload,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

// Chen in London buys a scarf of Amina in Malaysia and syrup of Bo in Canada: two sellers, two moneys, one payment.

const db = await testDatabase()
let world: BuyingWorld
let server: TestServer
let browser: TestBrowser
let officer: TestPerson

beforeAll(async () => {
  world = await buyingWorld(db)
  officer = await testPerson(world.hub, 'Officer', { hubRoles: ['customs-officer'] })
  const app = new Hono().all('*', (c) => world.hub.fetch(c.req.raw, c.env as object))
  server = await serveApp(app as Hono)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  world?.end()
})

type Look = { width: number; javascript: boolean; lang: string }

const windowOf = async (look: Look, person?: TestPerson): Promise<Page> => {
  const page = await browser.openPage({ ...look, dark: look.width > 1000, locale: look.lang })
  page.setDefaultTimeout(15_000)
  const [name = '', value = ''] = (person?.headers['cookie'] ?? '').split('=')
  if (person) await page.context().addCookies([{ name, value, url: server.origin }])
  return page
}

const press = (page: Page, button: string): Promise<unknown> =>
  Promise.all([page.waitForEvent('load'), page.locator(button).first().click()])

const textOf = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ')

/** What is in Chen's wallet, in pence. */
async function moneyOf(page: Page): Promise<bigint> {
  const { rows } = await db.pool.query<{ balance_minor: bigint }>(
    `select balance_minor from accounts join people on account = 'wallet:person:' || person_id || ':GBP'
      where email = $1`,
    [`chen.${page.viewportSize()?.width}@example.org`],
  )
  return BigInt(rows[0]?.balance_minor ?? 0)
}

test.each<Look>([
  { width: 1280, javascript: true, lang: 'en' },
  { width: 360, javascript: false, lang: 'ms' },
])(
  'Chen buys of two sellers, one sends, is complained about and is paid, the other order is withdrawn: $width px, JavaScript $javascript',
  async (look) => {
    const checked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `buy-${name}-${look.lang}-${look.width}`)
      expect([name, await sidewaysScroll(page)]).toEqual([name, 0])
      expect([name, await smallTargets(page)]).toEqual([name, []])
      if (look.javascript) expect([name, await axe(page)]).toEqual([name, []])
    }
    const chen = await windowOf(look)
    const at = (path: string) => chen.goto(server.origin + path)

    // Signed out: goods of two sellers go into the basket.
    await at('/basket')
    await checked(chen, 'basket-empty')
    await at(`/choose?destination=GB&next=${world.scarf.path}`)
    await checked(chen, 'product')
    const product = await chen.request.get(server.origin + world.scarf.path)
    expect(gzipSync(await product.body()).length).toBeLessThan(14_000)
    await press(chen, '[formaction^="/basket/lines"]')
    await at(world.syrup.path)
    await chen.fill('[name=quantity]', '2')
    await press(chen, '[formaction^="/basket/lines"]')
    expect(chen.url()).toContain('/basket?added=')
    await checked(chen, 'basket')

    // Checkout asks who Chen is, and comes back to the address.
    await press(chen, 'a[href="/checkout"]')
    await press(chen, 'main a[href^="/join"]')
    await chen.fill('[name=name]', 'Chen')
    await chen.fill('[name=email]', `chen.${look.width}@example.org`)
    await chen.fill('[name=password]', 'lobster batik canoe')
    await press(chen, 'main form button')
    await chen.waitForURL(/\/checkout$/)
    await chen.fill('[name=address-lines]', '221B Baker Street')
    await press(chen, 'main form button')
    await chen.waitForSelector('.error-summary')
    await checked(chen, 'address')
    await chen.fill('[name=address-town]', 'London')
    await chen.fill('[name=address-postcode]', 'NW1 6XE')
    await press(chen, 'main form button')
    await chen.waitForURL(/\/checkout\/review\?/)
    await checked(chen, 'review-no-money')
    const review = chen.url()

    // What is missing is brought in by a friend who pays by the code, or by Chen.
    await press(chen, 'form[action="/checkout/request"] button')
    await chen.waitForURL(/\/wallet\/requests\/[0-9A-Z]{9}\?next=/)
    expect(await chen.locator('.qr').count()).toBeGreaterThan(0)
    if (look.javascript) {
      const friend = await testPerson(world.hub, 'Dara')
      await world.give(friend, 50_000n)
      const other = await windowOf(look, friend)
      await other.goto(
        server.origin + new URL(chen.url()).pathname.replace('/wallet/requests', '/pay'),
      )
      await press(other, 'form[action^="/pay/"] button')
      await chen.waitForSelector('.notice.ok')
    } else {
      await at('/wallet?currency=GBP')
      const topUp = chen.locator('form[action="/wallet/transfers"]', {
        has: chen.locator('[name=kind][value=top-up]'),
      })
      await topUp.locator('[name=currency]').selectOption('GBP')
      await topUp.locator('[name=amount]').fill('500.00')
      await topUp.locator('button').click()
      await chen.waitForLoadState()
      world.clock.set(world.clock.now() + 5_000)
      while ((await workRails(railPartsOf(world.hub))) > 0);
    }
    const broughtIn = await moneyOf(chen)
    await chen.goto(review)
    await checked(chen, 'review')
    await press(chen, 'form[action="/checkout"] button')
    await chen.waitForURL(/\/orders\/placed\?/)
    await checked(chen, 'placed')
    await at('/basket')
    expect(await chen.locator('form[action="/basket/lines/change"]').count()).toBe(0)
    await at('/orders')
    await checked(chen, 'orders')

    // The scarf's order: everything lies in escrow.
    await chen.locator('tr', { hasText: 'Amina Batik' }).first().locator('a').click()
    await chen.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    await checked(chen, 'order')
    const order = new URL(chen.url()).pathname
    const inEscrow = (): Promise<number> => chen.locator('table .tag.info').count()
    const legs = await inEscrow()
    expect(legs).toBeGreaterThan(2)

    // Amina accepts, packs, hands over.
    const seller = await windowOf(look, world.scarf.owner)
    const sold = `/business/${world.scarf.seller.id}/orders`
    await seller.goto(server.origin + sold)
    await checked(seller, 'sold')
    await seller.goto(server.origin + sold + order.replace('/orders', ''))
    await checked(seller, 'sold-order')
    const move = (page: Page, name: string) =>
      press(page, `form:has([name=move][value=${name}]) button`)
    await move(seller, 'accept')
    // With JavaScript the buyer's page says so by itself.
    if (!look.javascript) await reload(chen)
    await chen.waitForFunction(() => document.querySelectorAll('.timeline .upcoming').length === 5)
    await move(seller, 'pack')
    await seller.fill('[name=hand-over-consignment]', 'EE123456789MY')
    await move(seller, 'hand-over')

    // The officer releases: duty and tax are given.
    const desk = await windowOf(look, officer)
    await desk.goto(`${server.origin}/desk/orders`)
    await checked(desk, 'desk')
    await desk.goto(`${server.origin}/desk${order}`)
    await checked(desk, 'desk-order')
    await move(desk, 'release')
    await reload(chen)
    expect(await inEscrow()).toBeLessThan(legs)
    expect(await textOf(chen)).toContain('EE123456789MY')

    // Who has the link sees the way, and nobody's name.
    const link = (await chen.locator('a[href^="/track/"]').getAttribute('href')) ?? ''
    const anybody = await windowOf(look)
    await anybody.goto(server.origin + link)
    await checked(anybody, 'track')
    const told = await textOf(anybody)
    expect(told).toContain('EE123456789MY')
    expect(told).not.toMatch(/Chen|Baker|Amina|GBP/)

    // Received; Chen complains, both say something, Chen lets it go: Amina has her ringgit.
    await move(chen, 'deliver')
    await chen.locator('details:has([value=dispute]) > summary').click()
    await chen.fill('[name=dispute-reason]', 'The colour is not what the picture shows.')
    // What Amina is writing meanwhile is not taken from her.
    await reload(seller)
    await seller.locator('details:has([value=refund]) > summary').click()
    await seller.fill('[name=refund-reason]', 'For the late')
    await move(chen, 'dispute')
    if (look.javascript) await seller.waitForSelector('wait-for .changed', { state: 'visible' })
    expect(await seller.inputValue('[name=refund-reason]')).toBe('For the late')
    await reload(seller)
    await seller.fill('[name=words]', 'Batik differs from piece to piece.')
    await press(seller, 'form[action$="/statements"] button')
    await checked(seller, 'sold-disputed')
    await reload(chen)
    expect(await textOf(chen)).toContain('Batik differs from piece to piece.')
    await checked(chen, 'order-disputed')
    await chen.locator('details:has([value=drop]) > summary').click()
    await move(chen, 'drop')
    expect(await inEscrow()).toBe(0)
    await checked(chen, 'order-closed')
    await seller.goto(`${server.origin}${sold}/money`)
    await checked(seller, 'money')
    expect(await textOf(seller)).toContain(look.javascript ? '120.00' : '240.00')
    for (const paper of ['receipt', 'receipt.pdf', 'receipt.xml']) {
      const answer = await chen.request.get(`${server.origin}${order}/${paper}`)
      expect([paper, answer.status()]).toEqual([paper, 200])
    }
    await at(`${order}/receipt`)
    await checked(chen, 'receipt')

    // The syrup's order is withdrawn, and given back to the cent.
    await at('/orders')
    await chen.locator('tr', { hasText: 'Bo Maple' }).first().locator('a').click()
    await chen.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    await chen.locator('details:has([value=withdraw]) > summary').click()
    await move(chen, 'withdraw')
    expect(await inEscrow()).toBe(0)
    await checked(chen, 'order-withdrawn')
    const { rows } = await db.pool.query<{ total_minor: bigint }>(
      'select total_minor from orders where order_id = $1',
      [order.replace('/orders/', '')],
    )
    expect(await moneyOf(chen)).toBe(broughtIn - BigInt(rows[0]?.total_minor ?? 0))
    const back = await chen.request.get(chen.url().split('?')[0] + '/credit-note')
    expect(back.status()).toBe(200)
    await at('/wallet?currency=GBP')
    await checked(chen, 'wallet')

    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  },
  120_000,
)
