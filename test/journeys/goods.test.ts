import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { goodsHub, type GoodsHub } from './support/goods-hub.ts'
import { serveApp, type TestServer } from './support/serve.ts'

const db = await testDatabase()
let desk: GoodsHub
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  desk = await goodsHub(db)
  server = await serveApp(desk.app)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

type Look = NonNullable<Parameters<TestBrowser['openPage']>[0]>

/** A page of Amina's browser. */
async function signedIn(look: Look): Promise<Page> {
  const page = await browser.openPage(look)
  page.setDefaultTimeout(15_000)
  const [name = '', value = ''] = (desk.amina.headers['cookie'] ?? '').split('=')
  await page.context().addCookies([{ name, value, url: server.origin }])
  return page
}

const picture = async (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 700, channels: 3, background: { r: 30, g: 90, b: 110 } } })
    .jpeg()
    .toBuffer()

describe.each([
  ['with JavaScript at 1280 px', { javascript: true, width: 1280 }],
  ['without JavaScript at 360 px', { javascript: false, width: 360 }],
] satisfies [string, Look][])('a seller %s', (_, look) => {
  test('adds goods, finds the code by a question, mends what is missing, sees ten destinations and goes on sale', async () => {
    const page = await signedIn(look)
    await page.goto(`${server.origin}${desk.goods}`)
    await page.getByRole('link', { name: 'Add goods' }).first().click()

    await page.getByLabel('Name', { exact: true }).fill('Batik scarf')
    await page.getByLabel('Price of one').fill('120,00')
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.getByRole('alert').getByRole('link').first().click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('price-1')
    await page.getByLabel('Price of one').fill('120.00')

    await page.getByLabel(/^What is it/).fill('silk scarf')
    await page.getByRole('button', { name: 'Find the code', exact: true }).click()
    await page
      .getByRole('radio', { name: /^6214\.10/ })
      .first()
      .check()
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await page.getByLabel('HS code (six digits)').inputValue()).toBe('621410')

    await page.getByRole('button', { name: 'Put on sale' }).click()
    await page.getByText('Not on sale yet').waitFor()
    await page.getByRole('link', { name: 'Give the mass of one' }).click()
    await page.getByLabel('Net mass of one').fill('80')
    await page.getByRole('button', { name: 'Save', exact: true }).first().click()

    await page.getByRole('link', { name: /^Pictures/ }).click()
    await page
      .getByLabel('Add a picture')
      .setInputFiles({ name: 'scarf.jpg', mimeType: 'image/jpeg', buffer: await picture() })
    await page.getByRole('button', { name: 'Send the picture' }).click()
    await page.getByText('The face of the offer').waitFor()

    await page.getByRole('link', { name: /^Markets/ }).click()
    const priced = page.locator('table tbody tr strong')
    await page.getByRole('link', { name: 'United States' }).click()
    await page.getByRole('radio', { name: '6214.10.10' }).check()
    await page.getByRole('button', { name: 'Take this line' }).click()
    await page.getByText('Tariff line kept').waitFor()
    expect(await priced.count()).toBeGreaterThanOrEqual(10)
    await page.getByRole('link', { name: /^Details/ }).click()
    await page.getByRole('button', { name: 'Put on sale' }).click()
    await page.getByText(/^On sale in \d+ destinations/).waitFor()
    await page.getByRole('link', { name: /^Markets/ }).click()
    const close = page.getByRole('button', { name: 'Close Singapore' })
    await close.click()
    await page.getByRole('button', { name: 'Open Singapore' }).waitFor()
    await page.context().close()
  }, 120_000)
})

test('every page: no finding of axe, nothing sideways, controls for fingers, within its weight, light and dark', async () => {
  const { rows } = await db.pool.query<{ offer_id: string }>('select offer_id from offers limit 1')
  const offer = `${desk.goods}/${rows[0]?.offer_id}`
  const pages = [
    ['list', desk.goods],
    ['list-no-hit', `${desk.goods}?q=nothing`],
    ['new', `${desk.goods}/new`],
    ['offer', offer],
    ['pictures', `${offer}/pictures`],
    ['markets', `${offer}/markets`],
    ['market', `${offer}/markets?see=SG`],
  ] as const
  for (const [name, path] of pages)
    for (const look of [{ width: 320 }, { width: 360, dark: true }, { width: 1280 }]) {
      const page = await signedIn(look)
      await page.goto(server.origin + path)
      const at = `${name} at ${look.width}`
      expect(await axe(page), at).toEqual([])
      expect(await sidewaysScroll(page), at).toBe(0)
      expect(await smallTargets(page), at).toEqual([])
      if (look.width !== 320) await shoot(page, `goods-${name}-${look.width}`)
      expect(gzipSync(await page.content()).length, at).toBeLessThan(30_000)
      await page.context().close()
    }
}, 180_000)
