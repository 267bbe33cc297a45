import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '../../src/ledger/index.ts'
import { buyingWorld, type BuyingWorld } from '../support/buying-world.ts'
import { testDatabase } from '../support/database.ts'
import { testPerson, type TestPerson } from '../support/people.ts'
import { hasSchemas, schema } from '../support/xsd.ts'
import {
  axe,
  launchBrowser,
  shoot,
  sidewaysScroll,
  smallTargets,
  type TestBrowser,
} from './support/browser.ts'
import { serveApp, type TestServer } from './support/serve.ts'

// Amina wants her money at her bank; the operator makes a file, downloads it, and brings back what the bank says.

const db = await testDatabase()
const isValid = hasSchemas ? schema('pain.001.001.09') : () => []
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

type Look = { width: number; dark: boolean; javascript: boolean; lang: string }

async function windowOf(look: Look, person: TestPerson): Promise<Page> {
  const page = await browser.openPage({ ...look, locale: look.lang })
  page.setDefaultTimeout(15_000)
  const [name = '', value = ''] = (person.headers['cookie'] ?? '').split('=')
  await page.context().addCookies([{ name, value, url: server.origin }])
  return page
}

const press = (page: Page, control: string): Promise<unknown> =>
  Promise.all([page.waitForEvent('load'), page.locator(control).first().click()])

async function downloaded(page: Page, link: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`a[href$="${link}"]`).click(),
  ])
  return file.path()
}

test.each<Look>([
  { width: 1280, dark: false, javascript: true, lang: 'en' },
  { width: 360, dark: true, javascript: false, lang: 'ms' },
  { width: 1280, dark: true, javascript: true, lang: 'fr' },
  { width: 360, dark: false, javascript: false, lang: 'zh-Hans' },
])(
  'at $width px, dark $dark, JavaScript $javascript, in $lang',
  async (look) => {
    const { hub } = world
    const name = `${look.lang} ${look.width}`
    const amina = await testPerson(hub, `Amina ${name}`)
    await world.give(amina, 100_000n)
    const nadia = await testPerson(hub, `Nadia ${name}`, { hubRoles: ['operator'] })
    const seller = await windowOf(look, amina)
    const operator = await windowOf(look, nadia)
    const checked = async (page: Page, what: string): Promise<void> => {
      await shoot(page, `bank-${what}-${look.lang}-${look.width}${look.dark ? '-dark' : ''}`)
      expect([what, await sidewaysScroll(page)]).toEqual([what, 0])
      expect([what, await smallTargets(page)]).toEqual([what, []])
      if (look.javascript) expect([what, await axe(page)]).toEqual([what, []])
    }

    const form = 'form:has([name=rail][value=sandbox-bank])'
    const payOut = async (account: string, amount: string): Promise<void> => {
      await seller.goto(`${server.origin}/wallet?currency=GBP`)
      await seller.locator(`details:has(${form}) summary`).click()
      const fields = {
        amount,
        'payee-name': 'Amina Batik',
        'payee-town': 'Ipoh',
        'payee-account': account,
      }
      for (const [field, value] of Object.entries(fields))
        await seller.locator(`${form} [name=${field}]`).fill(value)
      await seller.locator(`${form} [name=payee-country]`).selectOption('MY')
      await press(seller, `${form} button`)
    }
    await payOut('DE89 3704 0044 0532 0130 01', '120.00')
    await seller.waitForSelector('.error-summary')
    await checked(seller, 'payee-slip')
    await payOut('DE89 3704 0044 0532 0130 00', '120.00')
    await payOut('DE89 3704 0044 0532 0130 00', '9.99')
    await checked(seller, 'wallet')

    await operator.goto(`${server.origin}/operator/money`)
    await press(operator, 'a[href="/operator/money/bank"]')
    await checked(operator, 'desk')
    await press(operator, 'form[action$="/bank/files"] button')
    await checked(operator, 'file')
    const path = await downloaded(operator, '/download')
    const xml = await readFile(path, 'utf8')
    expect(isValid(xml)).toEqual([])
    expect(xml).toContain('<CtrlSum>129.99</CtrlSum>')
    const answer = await downloaded(operator, '/statement')
    const bytes = await readFile(answer)
    const statement = { name: 'camt.xml', mimeType: 'application/xml', buffer: bytes }
    await operator.locator('[name=file][type=file]').setInputFiles(statement)
    await press(operator, 'form[action$="/bank-file"] button')
    await operator.waitForSelector('.notice.ok')
    await checked(operator, 'result')
    await operator.goto(`${server.origin}/operator/money/bank`)
    await checked(operator, 'desk-after')
    await seller.goto(`${server.origin}/wallet?currency=GBP`)
    expect(await seller.locator('.tag.ok').count()).toBe(2)
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  },
  90_000,
)
