import { beforeAll, describe, expect, test } from 'vitest'
import { railPartsOf } from '../../src/app/capabilities.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { workRails } from '../../src/payments/index.ts'
import { testClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import {
  hubOrigin,
  peopledHub,
  testBusiness,
  testPerson,
  type TestPerson,
} from '../support/people.ts'
import type { Hub } from '../../src/app/index.ts'

// Two windows, without JavaScript: Bo changes money and shows a code, Amina's shop takes it.

const db = await testDatabase()
const clock = testClock()
let hub: Hub
let bo: TestPerson
let amina: TestPerson
let clerk: TestPerson
let shop: string

beforeAll(async () => {
  hub = peopledHub(db, { clock })
  bo = await testPerson(hub, 'Bo')
  amina = await testPerson(hub, 'Amina')
  shop = `/business/${await testBusiness(hub, amina)}/money`
  clerk = await testPerson(hub, 'Chen', { businesses: { [shop.split('/')[2]!]: 'staff' } })
})

type Told = { status: number; to: string; text: string }

async function send(
  { headers }: TestPerson,
  path: string,
  form?: Record<string, string>,
): Promise<Told> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await hub.fetch(
    new Request(`${hubOrigin}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form ? type : {}) },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    }),
  )
  const text = (await answer.text()).replaceAll('\u00A0', ' ')
  return { status: answer.status, to: answer.headers.get('location') ?? '', text }
}
const words = ({ text }: Told): string =>
  (/<main[^]*<\/main>/.exec(text)?.[0] ?? '')
    .replaceAll(/<option[^]*?<\/option>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
/** The value of a hidden field. */
const hidden = ({ text }: Told, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

let keys = 0
const newKey = (): string => `0199d2f0-0000-7000-8000-${String((keys += 1)).padStart(12, '0')}`

async function topUp(person: TestPerson, amount: string, base = '/wallet'): Promise<void> {
  const way = { kind: 'top-up', rail: 'sandbox', currency: 'MYR' }
  await send(person, `${base}/transfers`, { ...way, amount, key: newKey() })
  clock.set(clock.now() + 5_000)
  while ((await workRails(railPartsOf(hub))) > 0);
}

describe('changing money', () => {
  const ask = (amount: string, from = 'MYR', to = 'EUR') =>
    send(bo, '/wallet/exchange', { amount, from, to })
  /** Asks for a quote and gives its page. */
  const quoted = async (amount: string): Promise<Told & { path: string }> => {
    const { to: path } = await ask(amount)
    return { ...(await send(bo, path)), path }
  }

  test('without money there is nothing to change, and the wallet leads there', async () => {
    expect((await send(bo, '/wallet')).text).toContain('href="/wallet/exchange"')
    expect(words(await send(bo, '/wallet/exchange'))).toContain('No money yet')
  })

  test('the quote shows the mid rate with its source and day, the spread, what is received, and until when', async () => {
    await topUp(bo, '500.00')
    const page = await quoted('100.00')
    expect(page.path).toMatch(/^\/wallet\/exchange\/[0-9a-f-]{36}$/)
    // The newest rates that the rules hold, of 1 August 2026: 5.4633 MYR and 1.1719 EUR for a pound.
    for (const said of [
      'For MYR 100.00',
      '1 MYR = 0.2145040543… EUR',
      'EUR 21.45',
      'Spread of 0.5%',
      'EUR -0.11',
      'You get EUR 21.34',
      'HM Revenue and Customs',
      'Aug 1, 2026',
      '113 days old',
      'no real money moves',
      'Change MYR 100.00 into EUR 21.34',
    ])
      expect(words(page)).toContain(said)
  })

  test('it is confirmed once, however often; then the page says that it is done', async () => {
    const page = await quoted('100.00')
    const key = hidden(page, 'key')
    expect(await send(bo, page.path, { key })).toMatchObject({ status: 303, to: page.path })
    expect(await send(bo, page.path, { key })).toMatchObject({ status: 303, to: page.path })
    expect(await send(bo, page.path, { key: newKey() })).toMatchObject({ to: page.path })
    const done = await send(bo, page.path)
    expect(words(done)).toContain('You gave MYR 100.00 and got EUR 21.34')
    expect(done.text).not.toContain('name="key"')
    const wallet = words(await send(bo, '/wallet?currency=EUR'))
    expect(wallet).toContain('EUR 21.34')
    expect(wallet).toContain('Money changed')
  })

  test('after ten minutes it is asked for again, with the same amount', async () => {
    const page = await quoted('50.00')
    clock.set(clock.now() + 10 * 60_000)
    const late = await send(bo, page.path, { key: hidden(page, 'key') })
    expect(late.status).toBe(422)
    expect(words(late)).toContain('The time for this rate is over')
    const [, again = ''] = /href="([^"]*exchange\?[^"]*)"/.exec(late.text) ?? []
    expect((await send(bo, again.replaceAll('&amp;', '&'))).text).toContain('value="50.00"')
  })

  test.each([['more than there is', '9000.00', 'Not enough money there']])(
    '%s is told on the quote',
    async (_, amount, said) => {
      const page = await quoted(amount)
      const no = await send(bo, page.path, { key: hidden(page, 'key') })
      expect([no.status, words(no).includes(said)]).toEqual([422, true])
    },
  )

  test.each([
    ['0', 'MYR', 'EUR', 'Enter an amount above zero'],
    ['0.01', 'MYR', 'EUR', 'So little gives nothing'],
    ['1.00', 'MYR', 'MYR', 'Choose two different currencies'],
    ['1.00', 'MYR', 'KPW', 'No rate from MYR to KPW'],
    ['1.00', 'MYR', '<b>', 'Choose a currency'],
    ['99999999999999.99', 'MYR', 'EUR', 'too large'],
  ])('%s %s into %s: %s', async (amount, from, to, said) => {
    const page = await ask(amount, from, to)
    expect([page.status, words(page).includes(said)]).toEqual([422, true])
  })

  test.each([
    ['zh-Hans', '金额太小'],
    ['ms', 'Jumlah sekecil ini'],
    ['th', 'จำนวนน้อยเกินไป'],
    ['fr', 'Un si petit montant'],
  ])('a refusal is a sentence in %s', async (lang, said) => {
    const form = { amount: '0.01', from: 'MYR', to: 'EUR' }
    expect(words(await send(bo, `/wallet/exchange?lang=${lang}`, form))).toContain(said)
  })

  test.each([
    ['quotes', '/wallet/exchange', { amount: '1.00', from: 'MYR', to: 'EUR' }, 30],
    ['requests', '/wallet/requests', { amount: '1.00', currency: 'MYR', purpose: '' }, 60],
  ])('nobody makes %s by the thousand', async (_, path, form, most) => {
    const person = await testPerson(hub, `Busy ${most}`)
    for (let made = 0; made < most; made += 1)
      expect((await send(person, path, form)).status).toBe(303)
    const no = await send(person, path, form)
    expect([no.status, words(no).includes('Try again in 1 min')]).toEqual([429, true])
    clock.set(clock.now() + 20_000)
    expect((await send(person, path, form)).status).toBe(303)
  })

  test('somebody else’s quote is not found, nor is what is no quote', async () => {
    const { path } = await quoted('1.00')
    for (const each of [path, '/wallet/exchange/1', `/wallet/exchange/${newKey()}`]) {
      expect((await send(amina, each)).status).toBe(404)
      expect((await send(amina, each, { key: newKey() })).status).toBe(404)
    }
    expect((await send(bo, path, { key: 'x' })).status).toBe(422)
  })
})

describe('the code that a payer shows', () => {
  /** The page with a new code, also right after a payment. */
  const newCode = (person: TestPerson, base = '/wallet'): Promise<Told> =>
    send(person, `${base}/code`, {})
  /** The code on Bo's screen: its secret, in groups. */
  const shown = async (): Promise<string> => {
    const page = await newCode(bo)
    return /<samp>([^<]+)<\/samp>/.exec(page.text)?.[1] ?? ''
  }
  const take = async (code: string, amount = '12.50', currency = 'MYR', key = newKey()) =>
    send(amina, `${shop}/till`, { code, amount, currency, key })

  test('the ceiling is asked for first; then there is a code, another each time it is asked for', async () => {
    const first = await send(bo, '/wallet/code')
    expect(words(first)).toContain('Say first how much one code may pay at most')
    expect(first.text).not.toContain('<svg xmlns="http://www.w3.org/2000/svg" role="img"')
    const wrong = await send(bo, '/wallet/code', { amount: '0', currency: 'MYR' })
    expect([wrong.status, words(wrong).includes('above zero')]).toEqual([422, true])
    const set = await send(bo, '/wallet/code', { amount: '50.00', currency: 'MYR' })
    expect(words(set)).toContain('It pays once, at most MYR 50.00')
    expect(set.text).toContain('role="img"')
    const [one, other] = [await shown(), await shown()]
    expect(one).toMatch(/^([0-9A-Z]{5}-){5}[0-9A-Z]$/)
    expect(one).not.toBe(other)
  })

  test('looking makes none: a link from elsewhere leaves the one on the screen good', async () => {
    const code = await shown()
    const page = await send(bo, '/wallet/code')
    expect(words(page)).toContain('A code pays once, at most MYR 50.00')
    expect(page.text).not.toContain('<samp>')
    expect((await take(code, '1.00')).status).toBe(303)
  })

  test('Amina’s till takes it, and both pages say so', async () => {
    const code = await shown()
    const key = newKey()
    const taken = await take(code, '12.50', 'MYR', key)
    expect(taken.to).toContain(`${shop}/till?currency=MYR&entry=`)
    expect((await take(code, '12.50', 'MYR', key)).to).toBe(taken.to)
    expect(words(await send(amina, taken.to))).toContain('MYR 12.50 came from Bo')
    const page = await send(bo, '/wallet/code')
    expect(words(page)).toContain('MYR 12.50 went to Batik Amina')
    expect(page.text).not.toContain('<samp>')
    // Asked for a code after this payment; the next payment is told again.
    const after = await newCode(bo)
    const [, second = ''] = /<samp>([^<]+)<\/samp>/.exec(after.text) ?? []
    await take(second, '2.00')
    expect(words(await send(bo, '/wallet/code'))).toContain('MYR 2.00 went to Batik Amina')
    const again = await take(second)
    expect([again.status, words(again).includes('has paid already')]).toEqual([422, true])
    expect(words(await send(bo, '/wallet?currency=MYR'))).toContain('MYR -12.50')
    clock.set(clock.now() + 5 * 60_000)
    expect(words(await send(bo, '/wallet/code'))).toContain('A code pays once')
  })

  test('what the QR code says is read as well; somebody’s link to the till shows them nothing', async () => {
    const code = await shown()
    const whole = `EWTP1/HUB.TEST/${code.replaceAll('-', '')}`
    const { to } = await take(whole.toLowerCase(), '1.00')
    expect(words(await send(amina, to))).toContain('MYR 1.00 came from Bo')
    const own = to.replace(shop, '/wallet')
    expect(words(await send(bo, own))).not.toContain('came from')
    expect(words(await send(amina, own))).not.toContain('came from')
  })

  const no: readonly [code: 'shown' | string, amount: string, currency: string, said: string][] = [
    ['shown', '50.01', 'MYR', 'more than the payer lets a code pay'],
    ['shown', '1.00', 'EUR', 'This payer pays in MYR'],
    ['shown', '', 'MYR', 'Enter an amount above zero'],
    ['K7Q-4MD-2PX', '1.00', 'MYR', 'no code to pay with'],
    ['', '1.00', 'MYR', 'no code to pay with'],
    ['EWTP2/HUB.TEST/00000000000000000000000000', '1.00', 'MYR', 'no code to pay with'],
    ['EWTP1/OTHER.TEST/00000000000000000000000000', '1.00', 'MYR', 'of another hub'],
    ['00000000000000000000000000', '1.00', 'MYR', 'not good any more'],
  ]
  test.each(no)('%s, %s %s: %s', async (code, amount, currency, said) => {
    const page = await take(code === 'shown' ? await shown() : code, amount, currency)
    expect([page.status, words(page).includes(said)]).toEqual([422, true])
    // What was typed stays, so that the rest need not be typed again.
    expect(page.text).toContain(`value="${amount}"`)
  })

  test('after two minutes it pays nothing', async () => {
    const code = await shown()
    clock.set(clock.now() + 2 * 60_000)
    expect(words(await take(code))).toContain('The two minutes of this code are over')
  })

  test('a page that waits is told when the code was used', async () => {
    const page = await newCode(bo)
    const [, from = ''] = /data-from="([^"]+)"/.exec(page.text) ?? []
    const { headers } = bo
    const live = await hub.fetch(
      new Request(`${hubOrigin}${from.replaceAll('&amp;', '&')}`, { headers }),
    )
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('"ended":false')
    const [, code = ''] = /<samp>([^<]+)<\/samp>/.exec(page.text) ?? []
    await take(code, '1.00')
    let said = ''
    for (let next = await reader.read(); !next.done; next = await reader.read()) said += next.value
    expect(said).toContain('"ended":true')
  })

  test('staff look at the money of the business and move none of it', async () => {
    expect((await send(clerk, shop)).text).not.toContain(`${shop}/till`)
    for (const way of ['till', 'code', 'exchange'])
      expect([way, (await send(clerk, `${shop}/${way}`)).status]).toEqual([way, 403])
    expect((await send(bo, `${shop}/till`)).status).toBe(404)
  })

  test('a business pays by a code, too', async () => {
    await topUp(amina, '20.00', shop)
    await send(amina, `${shop}/code`, { amount: '5.00', currency: 'MYR' })
    const page = await newCode(amina, shop)
    const [, code = ''] = /<samp>([^<]+)<\/samp>/.exec(page.text) ?? []
    const form = { code, amount: '5.00', currency: 'MYR', key: newKey() }
    const { to } = await send(bo, '/wallet/till', form)
    expect(words(await send(bo, to))).toContain('MYR 5.00 came from Batik Amina')
  })
})

test('the books are right after all that', async () => {
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
})
