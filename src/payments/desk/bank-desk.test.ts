import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { browserOf, fieldsOf, type Browser } from '../../../test/support/form-browser.ts'
import { testPerson, type TestPerson } from '../../../test/support/people.ts'
import { workRails } from '../rails/rails.ts'
import { railPartsOf } from '../../app/capabilities.ts'

// Payouts by file on pages: the payee's form, the operator's file, the bank's statement and the operator's word.

const db = await testDatabase()
let world: BuyingWorld
let operator: Browser
let nina: TestPerson
beforeAll(async () => {
  world = await buyingWorld(db)
  nina = await testPerson(world.hub, 'Nina Operator', { hubRoles: ['operator'] })
  operator = browserOf(world, nina)
}, 60_000)
afterAll(() => world.end())

const home = '/operator/money/bank'
const payee = {
  ...{ 'payee-name': 'Chen Wei', 'payee-town': 'Hangzhou', 'payee-country': 'CN' },
  ...{ 'payee-account': 'de89 3704 0044 0532 0130 00', 'payee-bank': '' },
}

/** Somebody with 1,000 pounds, and their wallet's form. */
async function withMoney(name: string, person?: TestPerson) {
  const who = person ?? (await testPerson(world.hub, name))
  await world.give(who, 100_000n)
  const browser = browserOf(world, who)
  const payOut = async (amount: string, more = {}) => {
    const { html } = await browser.get('/wallet?currency=GBP')
    const form = fieldsOf(html, '/wallet/transfers', 'value="sandbox-bank"')
    return browser.post('/wallet/transfers', {
      ...{ ...form, currency: 'GBP', amount, ...payee, ...more },
    })
  }
  return { who, browser, payOut }
}

/** The operator's form with all that waits ticked, or those whose words have a mark. */
async function waiting(mark = ''): Promise<Record<string, string | string[]>> {
  const { html } = await operator.get(home)
  const fields = fieldsOf(html, `${home}/files`)
  const wanted = (fields['payout'] ?? []).filter((id) => {
    const at = html.indexOf(`value="${id}"`)
    return html.slice(at, html.indexOf('</div></div>', at)).includes(mark)
  })
  return { key: fields['key']?.[0] ?? '', on: fields['on']?.[0] ?? '', payout: wanted }
}

const bytesAt = async (path: string) => {
  const cookie = [...operator.cookies].map((each) => each.join('=')).join('; ')
  const answer = await world.hub.fetch(
    new Request(`http://hub.test${path}`, { headers: { cookie } }),
  )
  return { answer, text: await answer.text() }
}

async function sendStatement(xml: string) {
  const form = new FormData()
  form.set('bank', 'sandbox-bank')
  form.set('file', new File([xml], 'bank.xml'))
  const cookie = [...operator.cookies].map((each) => each.join('=')).join('; ')
  const answer = await world.hub.fetch(
    new Request('http://hub.test/operator/money/bank-file', {
      ...{ method: 'POST', body: form },
      headers: { cookie, origin: 'http://hub.test', 'accept-language': 'en' },
    }),
  )
  return (await answer.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('a payout waits, goes into a file once, is downloaded twice, and is done by the statement', async () => {
  expect((await operator.get(home)).text).toContain('No payout waits.')
  const chen = await withMoney('Chen')
  expect((await chen.payOut('40.00')).text).toContain('GBP 960.00 GBP 40.00')
  expect((await operator.get('/operator/money')).text).toContain('Payouts by file (1 waiting)')
  const desk = await operator.get(home)
  expect(desk.text).toMatch(
    /GBP 40\.00 · Chen Wei DE89370400440532013000 · Hangzhou, China · asked by Chen/,
  )
  expect(desk.text).toContain('which no bank has')
  const form = await waiting()
  const made = await operator.post(`${home}/files`, form)
  expect(made.path).toMatch(/\/operator\/money\/bank\/files\/[0-9a-f-]{36}$/)
  // A double click, and a second operator with an older page.
  expect((await operator.post(`${home}/files`, form)).path).toBe(made.path)
  const late = await operator.post(`${home}/files`, { ...form, key: crypto.randomUUID() })
  expect([late.status, late.text]).toEqual([
    422,
    expect.stringContaining('Not all of them wait any more (1)'),
  ])
  const [first, second] = [
    await bytesAt(`${made.path}/download`),
    await bytesAt(`${made.path}/download`),
  ]
  expect(first.text).toBe(second.text)
  expect(first.text).toContain('<InstdAmt Ccy="GBP">40.00</InstdAmt>')
  expect(first.answer.headers.get('content-disposition')).toMatch(
    /attachment; filename="sandbox-bank-.*\.xml"/,
  )
  const digest = createHash('sha256').update(first.text).digest('hex')
  expect(made.html.replaceAll(/<\/?code>|<wbr *\/?>/g, '')).toContain(digest)
  const told = await sendStatement((await bytesAt(`${made.path}/statement`)).text)
  expect(told).toContain('done by this file: 1. That were not paid or came back: 0.')
  expect(told).toContain('Both sides say the same.')
  expect((await chen.browser.get('/wallet?currency=GBP')).text).toMatch(/GBP 960\.00 GBP 0\.00/)
  // Who was paid last stands in the form.
  expect((await chen.browser.get('/wallet?currency=GBP')).html).toContain(
    'value="DE89370400440532013000"',
  )
  while ((await workRails(railPartsOf(world.hub))) > 0);
  expect((await operator.get(home)).text).toMatch(/1 0 GBP 40\.00/)
})

test('the operator’s word has a reason that the holder reads, and is never on one’s own', async () => {
  const dara = await withMoney('Dara')
  await dara.payOut('30.00', { 'payee-name': 'Dara Sok' })
  const own = await withMoney('Nina', nina)
  await own.payOut('20.00', { 'payee-name': 'Nina Own' })
  const give = (fields: object) =>
    operator.post(`${home}/words`, { outcome: 'failed', reason: 'account closed', ...fields })
  const daras = await waiting('Dara Sok')
  expect((await give({ ...daras, reason: '' })).text).toContain('Give a reason')
  expect((await give(await waiting('Nina Own'))).text).toContain('somebody else decides')
  expect((await give({ ...(await waiting()), payout: [] })).text).toContain('Choose payouts first')
  // Put in a file the word is about the file.
  const made = await operator.post(`${home}/files`, daras)
  const key = fieldsOf(made.html, `${home}/words`)['key'] ?? ''
  const file = made.path.split('/').at(-1) ?? ''
  const said = await give({ key, file, payout: daras['payout'] })
  expect(said.path).toBe(made.path)
  expect(said.text).toContain('account closed')
  const wallet = await dara.browser.get('/wallet?currency=GBP')
  expect(wallet.text).toContain('GBP 1,000.00 GBP 0.00')
  expect(wallet.text).toMatch(/The operator says that it was not paid · account closed/)
})

test('of somebody who is blocked meanwhile nothing goes into a file', async () => {
  const eve = await withMoney('Eve')
  await eve.payOut('10.00', { 'payee-name': 'Eve Blocked' })
  const form = await waiting('Eve Blocked')
  await db.pool.query(
    `insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
     values ($1, 'person', $2, '{Eve}', '{eve}', '', 'blocked', 0, now(), now())
     on conflict (home_hub, kind, subject_id) do update set state = 'blocked'`,
    [world.hub.config.id, eve.who.personId],
  )
  expect((await operator.get(home)).text).toContain('The holder may not trade')
  expect((await operator.post(`${home}/files`, form)).status).toBe(422)
})

test.each<[string, Record<string, string>, string]>([
  ['no name', { 'payee-name': '' }, 'Give the name of the account holder'],
  [
    'a name that banks do not take',
    { 'payee-name': '陈伟' },
    'Give the name of the account holder',
  ],
  ['no country', { 'payee-country': '' }, 'Choose the country'],
  [
    'a slip in the IBAN',
    { 'payee-account': 'DE89370400440532013001' },
    'The check digits of an IBAN',
  ],
  [
    'a number without its bank',
    { 'payee-account': '6222020000000000' },
    'Give the BIC of the bank',
  ],
  ['more than there is', { amount: '2000.00' }, 'GBP'],
])('the payee’s form refuses %s and keeps what was typed', async (_, more, sentence) => {
  const { payOut } = await withMoney(`Fay ${crypto.randomUUID().slice(0, 8)}`)
  const { status, text, html } = await payOut(more['amount'] ?? '5.00', more)
  expect([status, text]).toEqual([422, expect.stringContaining(sentence)])
  expect(html).toContain('value="Hangzhou"')
})

test('all of it is the operator’s alone', async () => {
  const omar = browserOf(
    world,
    await testPerson(world.hub, 'Omar', { hubRoles: ['customs-officer'] }),
  )
  const id = crypto.randomUUID()
  for (const path of [home, `${home}/files/${id}`, `${home}/files/${id}/download`])
    expect((await omar.get(path)).status).toBe(403)
  for (const path of [`${home}/files`, `${home}/words`])
    expect((await omar.post(path, {})).status).toBe(403)
  for (const path of [`${home}/files/${id}`, `${home}/files/x`, `${home}/files/${id}/download`])
    expect((await operator.get(path)).status).toBe(404)
})
