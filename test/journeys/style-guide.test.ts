import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets, assetUrl } from '../../src/ui/index.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'
import { styleGuideApp } from './support/style-guide-app.tsx'

let server: TestServer
let browser: TestBrowser
let guide: string

beforeAll(async () => {
  server = await serveApp(styleGuideApp())
  browser = await launchBrowser()
  guide = `${server.origin}/style-guide`
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const views = [
  { width: 320, dark: false, query: '' },
  { width: 360, dark: false, query: '' },
  { width: 360, dark: true, query: '?lang=zh-Hans' },
  { width: 768, dark: false, query: '?density=work' },
  { width: 1280, dark: false, query: '' },
  { width: 1280, dark: true, query: '?density=work' },
]

test.each(views)(
  'fits and is accessible at $width px, dark $dark, $query',
  async (view) => {
    const page = await browser.openPage(view)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(guide + view.query)
    expect(await axe(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await smallTargets(page)).toEqual([])
    const theme = view.dark ? 'dark' : 'light'
    await shoot(page, `style-guide-${view.width}-${theme}${view.query.replace(/\W+/g, '-')}`)
    expect(complaints, 'the content policy is kept').toEqual([])
  },
  60_000,
)

test('an open menu is accessible on a phone', async () => {
  const page = await browser.openPage({ width: 360 })
  await page.goto(guide)
  await page.locator('.narrow-only summary').click()
  expect(await axe(page)).toEqual([])
  expect(await page.getByRole('link', { name: '简体中文' }).first().isVisible()).toBe(true)
}, 60_000)

test('an error leads to its field', async () => {
  const page = await browser.openPage({ javascript: false })
  await page.goto(guide)
  await page.getByRole('link', { name: 'Choose who pays the freight' }).click()
  expect(page.url()).toContain('#incoterm')
  await page.keyboard.press('Space')
  expect(await page.getByLabel('The seller, and the duty too').isChecked()).toBe(true)
}, 60_000)

test.each([true, false])(
  'a search works, JavaScript %s',
  async (javascript) => {
    const page = await browser.openPage({ javascript })
    let loads = 0
    page.on('domcontentloaded', () => loads++)
    await page.goto(guide)
    await page.getByLabel('Goods').fill('syrup')
    await page.keyboard.press('Enter')
    await page.getByText('1 result', { exact: true }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(page.url()).toContain('q=syrup')
    expect(loads).toBe(javascript ? 1 : 2)
  },
  60_000,
)

test('sorting replaces the table only, and the keyboard stays in it', async () => {
  const page = await browser.openPage()
  let loads = 0
  page.on('domcontentloaded', () => loads++)
  await page.goto(guide)
  await page.getByRole('link', { name: 'Number' }).press('Enter')
  await page.locator('[aria-sort=descending]').waitFor()
  expect(page.url()).toContain('order=down')
  expect(loads).toBe(1)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('declarations')
}, 60_000)

test('is light enough for a slow line', async () => {
  const html = await (await fetch(guide)).text()
  const map = await (await fetch(`${server.origin}/world.svg`)).text()
  const weights = {
    html: gzipSync(html).length,
    css: assets.get(assetUrl('app.css'))?.gzip.length ?? Infinity,
    js: assets.get(assetUrl('fragment.js'))?.gzip.length ?? Infinity,
    map: gzipSync(map).length,
  }
  console.info('gzip bytes', weights)
  expect(weights.css).toBeLessThanOrEqual(9000)
  expect(weights.html).toBeLessThanOrEqual(14_000)
  expect(weights.html + weights.css + weights.js + weights.map).toBeLessThan(60_000)
})
