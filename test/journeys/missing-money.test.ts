import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '../../src/ledger/index.ts'
import { qrPicture } from '../../src/payments/qr/qr-picture.ts'
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

// Chen has too little for the syrup and shows a code; Dara pays it from another window; Chen goes on where they were.

const db = await testDatabase()
let world: BuyingWorld
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  world = await buyingWorld(db)
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

async function windowOf(look: Look, person: TestPerson): Promise<Page> {
  const page = await browser.openPage({ ...look, dark: look.width > 1000, locale: look.lang })
  page.setDefaultTimeout(15_000)
  const [name = '', value = ''] = (person.headers['cookie'] ?? '').split('=')
  await page.context().addCookies([{ name, value, url: server.origin }])
  return page
}

const press = (page: Page, control: string): Promise<unknown> =>
  Promise.all([page.waitForEvent('load'), page.locator(control).first().click()])

const balances = async (): Promise<bigint> => {
  const { rows } = await db.pool.query<{ sum: bigint }>(
    `select sum(balance_minor)::bigint as sum from accounts where account like 'wallet:person:%:GBP'`,
  )
  return BigInt(rows[0]?.sum ?? 0)
}

test.each<Look & { late: boolean }>([
  { width: 1280, javascript: true, lang: 'en', late: false },
  // By the time Dara has paid, the price has run out.
  { width: 360, javascript: false, lang: 'fr', late: true },
])(
  'what Chen lacks Dara pays by the code, and Chen goes on to order: $width px, JavaScript $javascript, late $late',
  async (look) => {
    const { late, javascript, width, lang } = look
    const checked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `missing-${name}-${lang}-${width}`)
      expect([name, await sidewaysScroll(page)]).toEqual([name, 0])
      expect([name, await smallTargets(page)]).toEqual([name, []])
      if (javascript) expect([name, await axe(page)]).toEqual([name, []])
    }
    const [payer, buyer] = [
      await testPerson(world.hub, `Dara ${width}`),
      await testPerson(world.hub, `Chen ${width}`),
    ]
    await world.give(buyer, 1_000n)
    await world.give(payer, 50_000n)
    const chen = await windowOf(look, buyer)
    const before = await balances()

    await chen.goto(`${server.origin}/choose?destination=GB&next=${world.syrup.path}`)
    await press(chen, '[formaction^="/basket/lines"]')
    await press(chen, 'a[href="/checkout"]')
    await chen.fill('[name=address-lines]', '221B Baker Street')
    await chen.fill('[name=address-town]', 'London')
    await chen.fill('[name=address-postcode]', 'NW1 6XE')
    await press(chen, 'main form button')
    await chen.waitForURL(/\/checkout\/review\?/)
    const quoted = new URL(chen.url()).searchParams.getAll('q')
    await checked(chen, 'review')

    // The wallet has what is missing filled in, and the way back.
    await press(chen, 'a[href^="/wallet?"]')
    const amount = chen.locator('form:has([name=kind][value=top-up]) [name=amount]')
    const missing = await amount.inputValue()
    await checked(chen, 'wallet')
    await press(chen, 'main a[href^="/checkout/review"]')

    // Chen asks for exactly that, and shows the code.
    await press(chen, 'form[action="/checkout/request"] button')
    await chen.waitForURL(/\/wallet\/requests\/[0-9A-Z]{9}\?next=/)
    const asked = (await chen.locator('.price').textContent()) ?? ''
    expect(asked.replace(',', '.')).toContain(missing)
    const link = (await chen.locator('main a[href*="/pay/"]').getAttribute('href')) ?? ''
    const drawn = await chen.locator('.qr svg path').nth(1).getAttribute('d')
    expect(await qrPicture(link, '')).toContain(` d="${drawn}"`)
    await checked(chen, 'code')

    // Dara scans it with a phone, or types the code that is read out.
    const dara = await windowOf(look, payer)
    if (javascript) await dara.goto(link)
    else {
      await dara.goto(`${server.origin}/pay`)
      await dara.fill('[name=code]', (await chen.locator('.code-large').textContent()) ?? '')
      await press(dara, 'main form button:not([type=button])')
    }
    await press(dara, 'form[action^="/pay/"] button')
    await dara.waitForURL(/\/paid\?/)
    await checked(dara, 'paid')

    // With JavaScript the page says so by itself; without, it is loaded again every ten seconds.
    if (late) world.clock.set(world.clock.now() + 31 * 60_000)
    await chen.waitForSelector('.notice.ok', { timeout: 20_000 })
    await checked(chen, 'code-paid')
    await press(chen, 'main a.button[href^="/checkout/review"]')
    const now = new URL(chen.url()).searchParams.getAll('q')
    expect(now.length).toBe(1)
    expect(now.join() === quoted.join()).toBe(!late)
    expect(await chen.locator('.notice.warn[role=status]').count()).toBe(late ? 1 : 0)
    await checked(chen, 'review-again')
    await press(chen, 'form[action="/checkout"] button')
    await chen.waitForURL(/\/orders\/placed\?/)
    // Exactly what was missing was asked for: what Chen had and what Dara paid are the price of the order.
    const { rows } = await db.pool.query<{ total_minor: bigint }>(
      'select total_minor from orders where buyer_id = $1',
      [buyer.personId],
    )
    expect(rows).toHaveLength(1)
    const [total] = rows.map(({ total_minor }) => BigInt(total_minor))
    expect(total).toBe(1_000n + BigInt(missing.replace('.', '')))
    expect(await balances()).toBe(before - total!)
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  },
  120_000,
)
