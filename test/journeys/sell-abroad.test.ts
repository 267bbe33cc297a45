import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoLanes, laneFile } from '../../src/logistics/index.ts'
import { languageFor } from '../../src/ui/index.ts'
import { serveHub, until, usedDataFolder } from '../support/hub-process.ts'
import { launchBrowser, type PageOptions, type TestBrowser } from './support/browser.ts'
import { cheapestWay } from './support/cheapest-way.ts'
import { walk, type Walk, type WalkOptions } from './support/walk.ts'

// Amina, who sells in Malaysia, comes with the file of her shop and leaves with goods that somebody in China and somebody
// in Singapore find in their own words, at the price they pay at their door. A hub of its own, with its own database, each
// time.

let browser: TestBrowser
let rateCard: Buffer

beforeAll(async () => {
  const pieces: Uint8Array[] = []
  for await (const piece of laneFile(demoLanes())) pieces.push(piece)
  rateCard = Buffer.concat(pieces)
  browser = await launchBrowser()
}, 60_000)

afterAll(() => browser?.close())

const password = 'lobster batik canoe'

interface Goods {
  title: string
  /** As the file says. */
  price: string
  kg: string
  code: string
  /** What Amina calls it, and what is true of it, to answer questions by. */
  words: string
  truths: readonly RegExp[]
}

const scarf: Goods = {
  title: 'Batik scarf',
  price: '120.00',
  kg: '0.12',
  code: '621410',
  words: 'scarf',
  truths: [/silk/i, /^woven/i],
}
const kopi: Goods = {
  title: 'Kopi beans',
  price: '38.00',
  kg: '0.3',
  code: '090121',
  words: 'roasted coffee beans',
  truths: [/^no$/i, /^roasted coffee, with/i],
}
const soap: Goods = {
  title: 'Lemongrass soap',
  price: '14.50',
  kg: '0.11',
  code: '340111',
  words: 'soap bar',
  truths: [/the body/i],
}

/**
 * What Shopify writes. The price of the tea and the weight of the cup cannot be read; the weight of the board is missing.
 */
const shopifyFile = `Handle,Title,Body (HTML),Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Gift Card,Status
batik-scarf,Batik scarf,"<p>Drawn by hand, 90 by 90 cm.</p>",Amina,true,Title,Default Title,AM-1,120,12,120.00,false,active
kopi-beans,Kopi beans,<p>Liberica from Johor.</p>,Amina,true,Title,Default Title,AM-2,300,40,38.00,false,active
lemongrass-soap,Lemongrass soap,<p>Coconut oil.</p>,Amina,true,Title,Default Title,AM-3,110,60,14.50,false,active
chopping-board,Chopping board,<p>Rubberwood.</p>,Amina,true,Title,Default Title,AM-4,,8,65.00,false,active
boh-tea,Highland tea,<p>Black tea.</p>,Amina,true,Title,Default Title,AM-5,250,30,twenty-two,false,active
pewter-cup,Pewter cup,<p>From Selangor.</p>,Amina,true,Title,Default Title,AM-6,heavy,9,180.00,false,active
`

const csv = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer })

test.each([
  ['with JavaScript at 1280 px', { javascript: true, width: 1280 }],
  ['without JavaScript at 360 px', { javascript: false, width: 360 }],
] satisfies [string, PageOptions & WalkOptions][])(
  'from nothing to found abroad, %s',
  async (_, look) => {
    const origin = await freshHub()
    const visit = async (locale: string): Promise<Walk> =>
      walk(await browser.openPage({ ...look, locale }), origin, look)
    const operator = await visit('en')
    await bringRateCard(operator)
    const amina = await visit('en')
    const home = await joinAndOpenBusiness(amina)
    await decideOnNames(operator)
    await bringGoods(amina, home)
    for (const goods of [scarf, kopi, soap]) {
      await classify(amina, home, goods)
      await openMarkets(amina)
      await publish(amina)
    }
    const fromChina = { origin, locale: 'zh-Hans', to: 'CN', words: '丝巾' }
    await findFrom(await visit('zh-CN'), fromChina, scarf)
    const fromSingapore = { origin, locale: 'ms', to: 'SG', words: 'kopi' }
    await findFrom(await visit('ms-SG'), fromSingapore, kopi)
    await amina.open(home)
    await amina.page.getByText('6 of 8 steps done').waitFor()
    await amina.look('business')
    for (const { page } of [operator, amina]) await page.context().close()
  },
  180_000,
)

async function freshHub(): Promise<string> {
  const { ready } = serveHub(await usedDataFolder(), ['--territory', 'MY'])
  return new URL(await ready).origin
}

/** The operator joins first, and brings the invented prices of the demo world. */
async function bringRateCard(operator: Walk): Promise<void> {
  await operator.open('/join')
  await operator.look('join')
  await operator.fill('Your name', 'Chen')
  await operator.fill('Email address', 'chen@example.org')
  await operator.fill('Password', password)
  await operator.press('Join')
  await operator.look('account')
  await operator.open('/lanes/import')
  await operator.look('lanes')
  await operator.page.getByLabel('Lane file').setInputFiles(csv('lanes.csv', rateCard))
  await operator.press('Send file')
  await operator.page.getByText('The file is loaded').waitFor()
  await operator.look('lanes-loaded')
}

/** Gives the path of the business's home. */
async function joinAndOpenBusiness(amina: Walk): Promise<string> {
  await amina.open('/join')
  await amina.fill('Your name', 'Amina')
  await amina.fill('Email address', 'amina@example.org')
  await amina.fill('Password', password)
  await amina.press('Join')
  await amina.look('new-business')
  await amina.fill('Name of the business', 'Batik Amina')
  await amina.choose('Country', 'MY')
  await amina.press('Open the business')
  await amina.look('business')
  const home = new URL(amina.page.url()).pathname
  await amina.follow('Who you are')
  await amina.fill(/^SSM/, '201901000005')
  await amina.fill('Street and house number', '12 Jalan Ampang')
  await amina.fill('Town', 'Kuala Lumpur')
  await amina.fill('State or region', 'Wilayah Persekutuan')
  await amina.fill('Postcode', '50450')
  await amina.press('Save')
  await amina.page.getByText('The profile is saved').waitFor()
  await amina.look('profile')
  return home
}

/** A hub without lists screens nobody; what the operator, who knows Amina, says is kept as such. */
async function decideOnNames(operator: Walk): Promise<void> {
  const line = operator.page.getByRole('link', { name: 'Batik Amina' })
  const found = async (): Promise<boolean> => {
    await operator.open('/officer/screening?state=unscreened')
    return (await line.count()) > 0
  }
  await until(found)
  await operator.look('screening')
  await operator.follow('Batik Amina')
  await operator.tick(operator.page.getByRole('radio', { name: /^Clear/ }))
  await operator.fill('Reason', 'Seen her register extract and her workshop.')
  await operator.press('Save the decision')
  await operator.page.getByText('The decision is saved').waitFor()
  await operator.look('screened')
}

/** The file as it is, then the rows it was refused for, mended. */
async function bringGoods(amina: Walk, home: string): Promise<void> {
  const { page } = amina
  await amina.open(home)
  await amina.follow('Bring goods from a file')
  await amina.look('upload')
  await bringFile(amina, 'products_export.csv', Buffer.from(shopifyFile), true)
  expect(await page.locator('main').innerText()).toContain('Nothing is saved yet')
  const refused = await page.getByRole('table', { name: 'Refused rows' }).innerText()
  expect(refused).toContain('The price cannot be read')
  expect(refused).toContain('The weight cannot be read')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the refused rows' }).click(),
  ])
  const rows = await readFile(await download.path(), 'utf8')
  expect(rows.trim().split('\n')).toHaveLength(3)
  expect(rows).toContain('The price cannot be read')
  await amina.press('Save 4 products')
  await arrived(amina, 'Your goods are here')
  await amina.look('import-saved')
  await amina.follow('Bring another file')
  const mended = rows.replace('twenty-two', '22.00').replace('heavy', '420')
  await bringFile(amina, 'refused-rows.csv', Buffer.from(mended), false)
  expect(await page.getByRole('heading', { name: 'Refused rows' }).count()).toBe(0)
  await amina.press('Save 2 products')
  await arrived(amina, 'Your goods are here')
  await amina.follow('Go to your goods')
  await amina.look('goods')
  // A weight that is not there at all is no reason to refuse a row: it is asked for at the goods.
  expect(await page.getByText('6 shown.').count()).toBe(1)
  await amina.choose('What is missing', 'no-mass')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByText('1 shown.').waitFor()
  await amina.follow('Chopping board')
  await amina.fill(/^Mass of one, packed/, '900')
  await amina.press(/^Save/)
  await page.getByText('Saved', { exact: true }).waitFor()
}

async function bringFile(amina: Walk, name: string, file: Buffer, isFirst: boolean) {
  await amina.page.getByLabel('Product file').setInputFiles(csv(name, file))
  await amina.press('Upload and look')
  if (isFirst) await amina.look('columns')
  await amina.choose('Currency of prices that do not name theirs', 'MYR')
  await amina.press('Check the goods')
  await arrived(amina, 'What would happen')
  await amina.look('import-checked')
}

/** The work on a file ends by itself; without scripts somebody looks again. */
async function arrived(amina: Walk, title: string): Promise<void> {
  const { page } = amina
  const heading = page.getByRole('heading', { name: title, level: 1 })
  const again = page.getByRole('link', { name: 'Look again' })
  if (!amina.javascript)
    await until(async () => {
      if (await again.isVisible()) await amina.go(again)
      return heading.isVisible()
    })
  await heading.waitFor()
  await page.waitForLoadState('load')
}

/**
 * Finds the code of one of the goods by the questions in its form: of each question the
 * first answer that is known to be true is given.
 */
async function classify(
  amina: Walk,
  home: string,
  { title, words, truths, code }: Goods,
): Promise<void> {
  const { page } = amina
  await amina.open(`${home}/goods`)
  await amina.follow(title)
  await amina.look('offer')
  await amina.fill(/^What is it/, words)
  await amina.press('Find the code')
  const question = page.locator('input[type=radio][name=classify-answer]')
  let asked = 0
  for (; (await question.count()) > 0 && asked < 4; asked += 1) {
    await amina.look('question')
    const answers = await question.evaluateAll((all) =>
      all.map((each) => (each as HTMLInputElement).labels?.[0]?.innerText.trim() ?? ''),
    )
    const asks = await question.first().locator('xpath=ancestor::fieldset[1]/legend').innerText()
    await amina.tick(question.nth(answerTo(asks, answers, truths)))
    await amina.press('Answer')
  }
  expect(asked, `${words} was asked about`).toBeGreaterThan(0)
  await amina.tick(codeRadio(amina, code))
  await amina.choose('Made in', 'MY')
  await amina.press(/^Save/)
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await page.getByLabel('HS code (six digits)').inputValue()).toBe(code)
  await amina.look('offer')
}

/** Of "Is it this: …?" yes where it is true, and no where it is not; who cannot tell says so. */
function answerTo(asks: string, answers: readonly string[], truths: readonly RegExp[]): number {
  const means = answers.map((text) => (text === 'Yes, it is' ? asks : text))
  const [found] = truths
    .map((truth) => means.findIndex((text) => truth.test(text)))
    .filter((at) => at >= 0)
  const rather = ['No, it is not', 'I do not know'].map((text) => answers.indexOf(text))
  return found ?? rather.find((at) => at >= 0) ?? 0
}

const codeRadio = ({ page }: Walk, code: string): Locator =>
  page.locator(`input[name=classify-code][value="${code}"]`)

/** Every destination has a price or says why not; all that are ready open. */
async function openMarkets(amina: Walk): Promise<void> {
  const { page } = amina
  await amina.follow('Markets')
  await amina.look('markets')
  const rows = await page.locator('main table tbody tr').evaluateAll((all) =>
    all.map((row) => ({
      price: row.querySelector('strong')?.innerText ?? '',
      reason: row.querySelector('.muted.small')?.textContent ?? '',
    })),
  )
  expect(rows.filter(({ price, reason }) => price === '' && reason === '')).toEqual([])
  const reached = rows.filter(({ reason }) => reason !== 'No carrier takes it there yet')
  expect(reached.length).toBeGreaterThanOrEqual(10)
  await amina.follow('Singapore')
  await amina.look('market')
  const inTable = page.getByRole('row', { name: /Singapore/ }).locator('strong')
  const receipt = page.locator('#see .breakdown .total .money')
  expect(figure(await receipt.innerText())).toBe(figure(await inTable.innerText()))
  await amina.press(/^Open all \d+ that are ready$/)
  await page.getByText('Opened', { exact: true }).waitFor()
  await amina.look('markets')
}

async function publish(amina: Walk): Promise<void> {
  await amina.follow('Details')
  await amina.press('Put on sale')
  await amina.page.getByText(/^On sale in [1-9]\d* destinations?$/).waitFor()
  await amina.look('published')
  await amina.follow('See it in the shop')
  await amina.look('product', 14_000)
}

interface Wish {
  origin: string
  /** The visitor's country, which the language of their browser names. */
  to: string
  locale: string
  words: string
}

/** A visitor looks for goods in their own words and reads what they cost at their own door. */
async function findFrom(visitor: Walk, { origin, locale, to, words }: Wish, goods: Goods) {
  const { page } = visitor
  // What was put on sale a moment ago is not yet everywhere.
  const shows = async (control: Locator): Promise<boolean> => {
    if (await control.isVisible()) return true
    await page.reload()
    return false
  }
  await visitor.open('/')
  await until(() => shows(page.getByRole('searchbox')))
  await visitor.look('front', 20_000)
  expect(await page.locator('html').getAttribute('lang')).toBe(locale)
  const { t } = languageFor(locale)
  await page.getByRole('searchbox').fill(words)
  await visitor.press(t('shops.search.go'))
  const link = page.getByRole('link', { name: goods.title })
  await until(() => shows(link))
  await visitor.look('search', 20_000)
  const { totals, lane } = await cheapestWay(origin, to, goods)
  const inList = await page.locator('main').innerText()
  await visitor.go(link)
  await visitor.look('product', 14_000)
  const main = await page.locator('main').innerText()
  const price = await page.locator('main .price').innerText()
  // What customs counts, and what changing money for the seller and the carrier costs.
  const changed = page
    .locator('main .breakdown li', { hasText: t('shops.product.exchange') })
    .locator('.money')
    .first()
  const more = Number(figure((await changed.textContent()) ?? ''))
  const whole = (Number(totals.landed) + more).toFixed(2)
  expect(more).toBeGreaterThan(0)
  expect(figure(price)).toBe(whole)
  expect(inList).toContain(price)
  expect(main).toContain(lane.carrier)
  expect(main).toContain(lane.service)
  const [before = '', between = '', after = ''] = t('shops.product.arrives', {
    from: '|',
    to: '|',
  }).split('|')
  expect(main).toMatch(new RegExp(`${before}.*2\\d{3}.*${between}.*2\\d{3}.*${after}`))
  const parts = page.locator('main .breakdown .money')
  expect(await parts.first().isVisible()).toBe(false)
  await page.locator('summary', { hasText: t('shops.product.breakdown') }).click()
  expect(await parts.first().isVisible()).toBe(true)
  await visitor.look('breakdown', 14_000)
  const figures = (await parts.allInnerTexts()).map(figure)
  expect([figures[0], figures[1], figures.at(-1)]).toEqual([totals.goods, totals.freight, whole])
  await visitor.follow(t('shops.product.everyStep'))
  await visitor.look('cost')
  const steps = await page.locator('#receipt .money').allInnerTexts()
  expect(steps.map(figure)).toContain(totals.landed)
  await page.context().close()
}

/** `CNY 1,236.29` is `1236.29`. */
const figure = (money: string): string => money.replaceAll(/[^\d.]/g, '')

test('goods typed in by hand are on sale abroad within 25 things to do', async () => {
  const origin = await freshHub()
  const visit = async () =>
    walk(await browser.openPage(), origin, { javascript: true, withAxe: false })
  const operator = await visit()
  await bringRateCard(operator)
  const amina = await visit()
  await joinAndOpenBusiness(amina)
  await amina.follow('Your business')
  await amina.follow('The first product')
  await amina.fill('Name', 'Batik scarf of silk')
  await amina.fill('Price of one', '120.00')
  await amina.fill('What is it?', 'silk scarf')
  await amina.press('Find the code')
  await amina.tick(codeRadio(amina, '621410'))
  await amina.fill('Net mass of one', '80')
  await amina.press('Save as a draft')
  await amina.press('Put on sale')
  await amina.page.getByText(/^On sale in [1-9]\d* destinations?$/).waitFor()
  expect(amina.actions()).toBeLessThanOrEqual(25)
  for (const { page } of [operator, amina]) await page.context().close()
}, 90_000)
