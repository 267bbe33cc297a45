import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets, assetUrl } from '../../src/ui/index.ts'
import type { Database } from '../../src/db/index.ts'
import { testHub } from '../support/hub.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  const hub = testHub({} as Database)
  const app = new Hono()
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return c.notFound()
    return c.body(asset.bytes, 200, { 'content-type': asset.contentType })
  })
  app.all('*', (c) => hub.fetch(c.req.raw))
  server = await serveApp(app)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const scarf = new URLSearchParams([
  ['from', 'MY'],
  ['on', '2026-11-22'],
  ['currency', 'MYR'],
  ['freight', '45.00'],
  ['goods-1', 'Batik scarf of silk'],
  ['code-1', '6214.10'],
  ['origin-1', 'MY'],
  ['quantity-1', '2'],
  ['price-1', '108.39'],
  ['mass-1', '0.2'],
  ...['CN', 'US', 'DE', 'GB', 'JP', 'SG', 'AU', 'CA'].map((to) => ['to', to]),
])
const wrong = 'asked=1&goods-1=Soap&code-1=99&price-1=-3&quantity-1=0&freight=much&to=XX'

const pages: readonly [name: string, path: string][] = [
  ['welcome', '/cost'],
  ['answer', `/cost?${scarf}`],
  ['receipt', `/cost?${scarf}&see=GB`],
  ['asks', `/cost?${scarf}&see=US`],
  ['undecided', `/cost?${scarf}&see=CN`],
  ['editing', `/cost/question?${scarf}&add=1`],
  ['errors', `/cost?${wrong}`],
  ['changes', `/cost/changes?${scarf}&since=2026-01-01`],
  ['markets', `/cost/markets?${scarf}&wanted=400`],
  ['rules', '/rules'],
  ['territory', '/rules/GB'],
  ['rule', '/rules/GB/gb-collect-at-sale'],
  ['line', '/tariff/VN/0101.29.00'],
  ['heading', '/tariff/US/6214.10'],
  ['nothing', '/rules/ZZ'],
]
/** axe takes seconds a page: it looks at the narrowest and the widest, each theme, each language once. */
const views = [
  { width: 320, dark: false, javascript: true, lang: 'en', withAxe: true },
  { width: 360, dark: true, javascript: false, lang: 'zh-Hans', withAxe: false },
  { width: 1280, dark: false, javascript: true, lang: 'en', withAxe: false },
  { width: 1280, dark: true, javascript: true, lang: 'zh-Hans', withAxe: true },
]

test.each(views)(
  'every page fits and is accessible at $width px, dark $dark, JavaScript $javascript, $lang',
  async (view) => {
    for (const [name, path] of pages) {
      const page = await browser.openPage(view)
      const complaints: string[] = []
      page.on('console', (message) => {
        // Two of the pages say 404, and that they are not there.
        if (!message.text().includes('404')) complaints.push(message.text())
      })
      await page.goto(`${server.origin}${path}${path.includes('?') ? '&' : '?'}lang=${view.lang}`)
      expect(await sidewaysScroll(page), name).toBe(0)
      expect(await smallTargets(page), name).toEqual([])
      if (view.withAxe) expect(await axe(page), name).toEqual([])
      const theme = view.dark ? 'dark' : 'light'
      await shoot(page, `cost-${name}-${view.width}-${theme}-${view.lang}`)
      expect(complaints, `${name}: the content policy is kept`).toEqual([])
      await page.context().close()
    }
  },
  240_000,
)

test('what is folded away is accessible when it is open', async () => {
  for (const path of [`/cost?${scarf}&see=GB`, `/cost/question?${scarf}`]) {
    const page = await browser.openPage({ width: 320 })
    await page.goto(server.origin + path)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    expect(await axe(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await smallTargets(page)).toEqual([])
    await shoot(page, `cost-open-${path.includes('question') ? 'question' : 'receipt'}-320`)
  }
}, 120_000)

const withAndWithout = test.each([true, false])

withAndWithout(
  'from an example to the rule behind a figure, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ width: 360, javascript })
    await page.goto(`${server.origin}/cost`)
    await page.getByRole('link', { name: 'Batik scarf of silk' }).click()
    await page.getByText(/\d of 8 destinations have a price/).waitFor()
    await page.getByRole('link', { name: 'United Kingdom' }).click()
    await page.getByRole('heading', { name: 'At the door: United Kingdom' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#receipt')
    await page.locator('summary', { hasText: 'Value added tax' }).click()
    await page.getByRole('link', { name: 'Value added tax', exact: true }).click()
    await page.getByText('Holds on Nov 22, 2026').waitFor()
    expect(page.url()).toContain('/rules/GB/gb-vat')
    expect(await page.getByText('Source:').count()).toBeGreaterThan(0)
    await page.getByRole('link', { name: 'United Kingdom' }).click()
    await page
      .getByRole('heading', { name: 'What is known, kind by kind' })
      .or(page.getByText('What is known, kind by kind'))
      .first()
      .waitFor()
  },
  60_000,
)

withAndWithout(
  'goods are described line by line, added and taken out, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ javascript })
    await page.goto(`${server.origin}/cost`)
    await page.getByLabel('What is it?').fill('Tea')
    await page.getByLabel('HS code').fill('0902.30')
    await page.getByLabel('Price of one').fill('12,50')
    await page.getByLabel('How many?').fill('4')
    await page.getByRole('button', { name: 'Add other goods' }).click()
    await page.waitForURL(/add=1/)
    expect(await page.locator('#goods-1').inputValue()).toBe('Tea')
    await page.locator('#goods-2').fill('Teapot')
    await page.locator('#code-2').fill('6911.10')
    await page.locator('#price-2').fill('80')
    await page.getByRole('button', { name: 'Show the cost' }).click()
    await page.getByText(/4 × Tea and 1 × Teapot/).waitFor()
    await page.getByRole('link', { name: 'Change goods or destinations' }).click()
    await page.waitForURL(/question/)
    await page.getByRole('button', { name: 'Take out Tea', exact: true }).click()
    await page.waitForURL(/remove=1/)
    expect(await page.locator('#goods-1').inputValue()).toBe('Teapot')
    expect(await page.locator('#goods-2').count()).toBe(0)
  },
  60_000,
)

withAndWithout(
  'who does not know the code finds it and comes back with all that was typed, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ width: 360, javascript })
    await page.goto(`${server.origin}/cost`)
    await page.getByLabel('What is it?').fill('Scarf')
    await page.getByLabel('Price of one').fill('12,50')
    await page.getByLabel('How many?').fill('4')
    await page.getByLabel('Freight to the door').fill('20')
    await page.getByRole('button', { name: 'I do not know the code' }).click()
    await page.waitForURL(/classify/)
    await page.getByLabel('Silk scarves and shawls').check()
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByRole('link', { name: 'Use 6214.10', exact: true }).click()
    await page.waitForURL(/question.*#code-1$/)
    expect(await page.locator('#code-1').inputValue()).toBe('6214.10')
    await page.getByRole('button', { name: 'Show the cost' }).click()
    await page.getByText(/4 × Scarf, sent from/).waitFor()
    expect(page.url()).toContain('freight=20')
  },
  60_000,
)

withAndWithout(
  'another day changes the answer, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ javascript })
    let loads = 0
    page.on('domcontentloaded', () => loads++)
    await page.goto(`${server.origin}/cost?${scarf}&see=DE`)
    const before = await figures(page)
    await page.locator('#also-on').fill('2026-01-15')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/on=2026-01-15/)
    expect(page.url()).not.toContain('also-')
    expect(await figures(page)).not.toBe(before)
    expect(loads, 'with JavaScript only the answer is replaced').toBe(javascript ? 1 : 2)
  },
  60_000,
)

const figures = (page: Page): Promise<string> => page.locator('#detail').innerText()

test('the address is the answer: whoever opens it reads the same', async () => {
  const page = await browser.openPage()
  await page.goto(`${server.origin}/cost?${scarf}&see=GB&sort=share&order=down`)
  await page.getByText('Share or print this answer').click()
  const address = await page.getByLabel('The address of exactly this question').inputValue()
  expect(address).not.toContain('see=')
  const other = await browser.openPage({ width: 360, javascript: false })
  await other.goto(`${address}&see=GB`)
  expect(await figures(other)).toContain('United Kingdom')
  const table = (each: Page) => each.locator('#prices .price-row').allInnerTexts()
  expect((await table(other)).sort()).toEqual((await table(page)).sort())
}, 60_000)

test('a question of the tariff is answered by following a line', async () => {
  const page = await browser.openPage({ javascript: false })
  await page.goto(`${server.origin}/cost?${scarf}&see=US`)
  await page.getByRole('link', { name: '6214.10.20' }).click()
  expect(page.url()).toContain('code-1=6214.10.20&code-of-1=US')
  expect(new URL(page.url()).hash).toBe('#receipt')
  // The other destinations still read the six digits.
  await page.getByRole('link', { name: 'United Kingdom' }).click()
  await page.getByRole('heading', { name: 'At the door: United Kingdom' }).waitFor()
}, 60_000)

test('an error leads to its field, by keyboard', async () => {
  const page = await browser.openPage({ width: 360, javascript: false })
  await page.goto(`${server.origin}/cost?${wrong}`)
  expect(await page.title()).toMatch(/^Error:/)
  await page.getByRole('link', { name: /enter the price of one/ }).press('Enter')
  expect(page.url()).toContain('#price-1')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('7.50')
  expect(await page.locator('#price-1').inputValue()).toBe('7.50')
}, 60_000)

test('the page of the question is used by keyboard alone', async () => {
  const page = await browser.openPage({ javascript: false })
  await page.goto(`${server.origin}/cost`)
  await page.locator('#goods-1').focus()
  await page.keyboard.type('Tea')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0902.30')
  await page.keyboard.press('Tab')
  expect(await page.locator(':focus').innerText()).toBe('I do not know the code')
  await page.keyboard.press('Tab')
  await page.keyboard.type('12.50')
  await page.keyboard.press('Enter')
  await page.getByText(/1 × Tea, sent from/).waitFor()
}, 60_000)

test('on paper every figure says where it comes from', async () => {
  const page = await browser.openPage({ width: 800 })
  await page.emulateMedia({ media: 'print' })
  await page.goto(`${server.origin}/cost?${scarf}&see=GB`)
  await shoot(page, 'cost-paper')
  expect(await page.getByText('Rule:').first().isVisible(), 'receipts open on paper').toBe(true)
}, 60_000)

test('the map is kept for ever and asked for again for nothing', async () => {
  const html = await (await fetch(`${server.origin}/cost?${scarf}`)).text()
  const src = /src="(\/cost\/map\.svg[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(src, 'it says nothing of the goods').not.toMatch(/scarf|108/)
  const first = await fetch(server.origin + src)
  expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const etag = first.headers.get('etag') ?? ''
  const again = await fetch(server.origin + src, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  const page = await browser.openPage({ javascript: false })
  await page.goto(`${server.origin}/cost?${scarf}`)
  const drawn = await page.locator('figure img').evaluate((img) => {
    const { complete, naturalWidth, alt } = img as HTMLImageElement
    return { complete, naturalWidth, alt }
  })
  expect(drawn).toMatchObject({ complete: true, alt: expect.stringContaining('Malaysia') })
  expect(drawn.naturalWidth).toBeGreaterThan(0)
}, 60_000)

test('everything is light enough for a slow line', async () => {
  const weigh = async (path: string) =>
    gzipSync(await (await fetch(server.origin + path)).text()).length
  const html: Record<string, number> = {}
  for (const [name, path] of pages) html[name] = await weigh(path)
  const map = await weigh('/cost/map.svg?from=MY&l=CN3.GB2.US5.JP4.DE3.AU2&lang=en')
  const css = assets.get(assetUrl('app.css'))?.gzip.length ?? Infinity
  const js = assets.get(assetUrl('fragment.js'))?.gzip.length ?? Infinity
  console.info('gzip bytes', { ...html, css, js, map })
  for (const [name, bytes] of Object.entries(html)) expect(bytes, name).toBeLessThanOrEqual(20_000)
  expect(js).toBeLessThanOrEqual(15_000)
  expect(map).toBeLessThanOrEqual(30_000)
}, 60_000)
