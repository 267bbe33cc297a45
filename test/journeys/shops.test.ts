import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storePicture } from '../../src/catalogue/index.ts'
import { transact } from '../../src/db/index.ts'
import { assets } from '../../src/ui/index.ts'
import { testDatabase } from '../support/database.ts'
import { testHub } from '../support/hub.ts'
import {
  amina,
  bo,
  curator,
  lookedAtBy,
  scarf,
  shopWorld,
  syrup,
  type ShopWorld,
} from '../support/shop-world.ts'
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
const hub = testHub(db)
let server: TestServer
let editor: TestServer
let browser: TestBrowser
let syrupPath = ''

beforeAll(async () => {
  const world = await shopWorld(hub)
  const drawn = await sharp({
    create: { width: 900, height: 600, channels: 3, background: '#00727f' },
  })
    .composite([{ input: Buffer.from(circle), blend: 'over' }])
    .png()
    .toBuffer()
  const stored = await transact(db, (tx) => storePicture(tx, new Uint8Array(drawn)))
  if ('refused' in stored) throw new Error(stored.refused)
  const pictures = [{ digest: stored.digest, alt: { en: 'A scarf with a rising sun' } }]
  await world.sell(amina, [
    { ...scarf, pictures },
    ...['indigo', 'red clay', 'sea green', 'long', 'small'].map((colour) => ({
      ...scarf,
      texts: [{ locale: 'en', title: `Batik scarf, ${colour}`, description: '' }],
      variants: [{ price: '99.00', stock: 3, netMassG: 80, grossMassG: 120 }],
    })),
  ])
  const [outcome] = await world.sell(bo, [syrup])
  if (!outcome || 'refused' in outcome) throw new Error('the syrup is not on sale')
  syrupPath = `/shop/bo/${outcome.slug}`
  const app = new Hono()
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return c.notFound()
    return c.body(asset.bytes, 200, { 'content-type': asset.contentType })
  })
  app.route('/', world.app)
  server = await serveApp(app)
  editor = await serveApp(curated(world))
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await editor?.close()
})

const circle =
  '<svg width="900" height="600"><circle cx="450" cy="600" r="320" fill="#bb7a00"/></svg>'

const pages: readonly [name: string, path: string][] = [
  ['front', '/'],
  ['search', '/search?q=batik'],
  ['no-goods', '/search?q=xyzzyqwrt'],
  ['typo', '/search?q=batic+scraf'],
  ['shop', '/shop/amina'],
  ['product', '/shop/amina/batik-scarf-of-silk'],
  ['product-fallback', ''],
  ['product-wrong', '/shop/amina/batik-scarf-of-silk?quantity=none'],
  ['pavilion', '/pavilion/MY'],
  ['pavilion-empty', '/pavilion/RW'],
  ['gone', '/shop/nobody'],
]
const views = [
  { width: 320, dark: false, javascript: true, lang: 'en', withAxe: true },
  { width: 360, dark: true, javascript: false, lang: 'th', withAxe: false },
  { width: 1280, dark: false, javascript: true, lang: 'fr', withAxe: false },
  { width: 1280, dark: true, javascript: true, lang: 'zh-Hans', withAxe: true },
]

test.each(views)(
  'every page fits and is accessible at $width px, dark $dark, JavaScript $javascript, $lang',
  async ({ withAxe, lang, ...view }) => {
    const page = await browser.openPage({ ...view, locale: lang })
    await page.goto(`${server.origin}/choose?destination=CN&currency=EUR&next=/`)
    for (const [name, path] of pages) {
      const answer = await page.goto(server.origin + (path || syrupPath))
      expect(answer?.status(), name).toBe(name === 'gone' ? 404 : 200)
      await openAll(page)
      expect(await sidewaysScroll(page), name).toBe(0)
      expect(await smallTargets(page), name).toEqual([])
      if (withAxe) expect(await axe(page), name).toEqual([])
      await shoot(page, `shops-${name}-${view.width}${view.dark ? '-dark' : ''}`)
    }
    await page.context().close()
  },
  180_000,
)

/** The same hub, looked at by a curator of Malaysia. */
function curated(world: ShopWorld): Hono {
  const app = lookedAtBy(hub, world, curator)
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return c.notFound()
    return c.body(asset.bytes, 200, { 'content-type': asset.contentType })
  })
  return app
}

/** What opens on demand is looked at open. */
const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const each of document.querySelectorAll('main details')) each.setAttribute('open', '')
  })

test.each([
  { width: 320, dark: false, lang: 'en' },
  { width: 1280, dark: true, lang: 'zh-Hans' },
])(
  'the editor of a pavilion fits and is accessible at $width px, dark $dark',
  async ({ lang, ...view }) => {
    const page = await browser.openPage({ ...view, locale: lang })
    await page.goto(`${editor.origin}/pavilion/MY/edit`)
    await openAll(page)
    // A collection with goods that nobody sells, to see what is said about it.
    await page.locator('[name=offers-1]').fill('/shop/nobody/nothing')
    await page.locator('main form[method=post] button').click()
    await openAll(page)
    expect(await page.locator('.error-summary').isVisible()).toBe(true)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await smallTargets(page)).toEqual([])
    expect(await axe(page)).toEqual([])
    await shoot(page, `shops-editor-${view.width}${view.dark ? '-dark' : ''}`)
    await page.context().close()
  },
  60_000,
)

test.each([true, false])(
  'a visitor in China finds goods described in English and reads what they cost, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ width: 360, javascript, locale: 'zh-CN' })
    await page.goto(server.origin)
    // Nobody asked where they are: the browser's language names China.
    await page.getByRole('searchbox').fill('丝巾')
    await page.getByRole('button', { name: '搜索' }).click()
    await page.getByRole('link', { name: 'Batik scarf of silk' }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans')
    expect(await page.locator('h1').getAttribute('lang')).toBe('en')
    const price = await page.locator('.price').textContent()
    await page.locator('details', { hasText: '价格由什么组成' }).locator('summary').first().click()
    const total = await page.locator('.breakdown .total .money').textContent()
    expect(price).toContain('CNY')
    expect(total?.replace(/\D/g, '')).toBe(price?.replace(/\D/g, ''))
    await page.context().close()
  },
  60_000,
)

test('a visitor says where goods shall go, and every price follows', async () => {
  const page = await browser.openPage({ width: 1280, locale: 'en' })
  await page.goto(`${server.origin}/shop/amina/batik-scarf-of-silk`)
  await page.locator('details', { hasText: 'Delivery to' }).last().locator('summary').click()
  await page.getByLabel('Where shall goods go?').selectOption('JP')
  await page.getByLabel('Also show prices in').selectOption('USD')
  await page.getByRole('button', { name: 'Use these' }).click()
  await page.waitForURL('**/batik-scarf-of-silk')
  expect(await page.locator('.price').textContent()).toContain('JPY')
  expect(await page.locator('main').textContent()).toContain('USD')
  await page.context().close()
}, 60_000)

test('pages stay within their budgets', async () => {
  const bytes = async (path: string) =>
    gzipSync(await (await fetch(server.origin + path)).text()).length
  expect(await bytes('/search?anywhere=1')).toBeLessThan(20_000)
  expect(await bytes('/')).toBeLessThan(20_000)
  expect(await bytes('/shop/amina/batik-scarf-of-silk')).toBeLessThan(14_000)
})
