import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { browserOf, fieldsOf } from '../../test/support/form-browser.ts'
import { keysInMemory } from '../../test/support/keys.ts'
import { testPerson } from '../../test/support/people.ts'
import { hasSchemas, schema } from '../../test/support/xsd.ts'
import { openJournal } from '../basis/journal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { transact } from '../db/index.ts'
import { loadLedger, post, railAccount, walletAccount, writeLedger } from '../ledger/index.ts'
import { railPartsOf } from './capabilities.ts'
import { surroundingsFrom } from './config.ts'
import { createHub } from './create-hub.ts'
import { closedNet } from './net.ts'

// A real bank that takes files, by settings alone.

const settings = {
  EWTP_BANK_DEBTOR: 'Hub of Penang',
  EWTP_BANK_ACCOUNTS: 'EUR=DE89370400440532013000@COBADEFFXXX, JPY=0012345@WESTGB2L',
}
const db = await testDatabase()
const clock = testClock()
const { bank } = surroundingsFrom(settings)
const hub = createHub({
  ...{ db, clock, keys: keysInMemory(), net: closedNet() },
  random: { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: () => 0.5 },
  config: {
    id: '0199d2f0-0000-7000-8000-000000000001',
    ...{ name: 'Test hub', territory: 'MY', version: '0.0.0' },
  },
  bank: bank!,
})
afterAll(() => hub.stop())

async function give(personId: string, amount: bigint): Promise<void> {
  const accounts = [
    railAccount('bank', 'EUR'),
    walletAccount({ kind: 'person', id: personId }, 'EUR'),
  ]
  const now = clock.now()
  await transact(db, async (tx) => {
    const draft = await loadLedger(tx, openJournal(), { accounts }, now)
    const [from = '', to = ''] = accounts
    const postings = [
      { account: from, amount: -amount },
      { account: to, amount },
    ]
    post(draft, {
      id: uuidv7(now, randomBytes),
      kind: 'top-up',
      reference: 'test',
      at: now,
      postings,
    })
    await writeLedger(tx, draft, { hub: hub.config.id, now })
  })
}

test('there is no sandbox beside it, and its file is paid from the account of the settings', async () => {
  expect([...railPartsOf(hub).rails.keys()]).toEqual(['bank'])
  const person = await testPerson(hub, 'Chen')
  await give(person.personId, 10_000n)
  const chen = browserOf({ hub } as never, person)
  const wallet = await chen.get('/wallet')
  expect(wallet.text).not.toContain('No real money moves')
  expect(wallet.text).not.toContain('Bring money in')
  // Only what there is an account for.
  expect(wallet.html).toMatch(
    /<option value="EUR"[^>]*>EUR<\/option><option value="JPY"[^>]*>JPY<\/option><\/select>/,
  )
  const payee = {
    ...{ 'payee-name': 'Chen Wei', 'payee-town': 'Hangzhou', 'payee-country': 'CN' },
    ...{ 'payee-account': '6222020000000000000', 'payee-bank': 'cnaps 123456789012' },
  }
  const form = fieldsOf(wallet.html, '/wallet/transfers', 'value="bank"')
  await chen.post('/wallet/transfers', { ...form, ...payee, currency: 'EUR', amount: '40.00' })
  const operator = browserOf(
    { hub } as never,
    await testPerson(hub, 'Nadia', { hubRoles: ['operator'] }),
  )
  const desk = await operator.get('/operator/money/bank')
  expect(desk.text).not.toContain('SANDBOX')
  const made = await operator.post('/operator/money/bank/files', {
    ...fieldsOf(desk.html, '/operator/money/bank/files'),
  })
  expect(made.text).toContain('EUR 40.00')
  expect((await operator.get(`${made.path}/statement`)).status).toBe(404)
  const { html: xml } = await operator.get(`${made.path}/download`)
  expect(xml).toContain(
    '<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct>',
  )
  expect(xml).toContain('<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId>')
  if (hasSchemas) expect(schema('pain.001.001.09')(xml)).toEqual([])
  expect((await chen.get('/wallet')).text).toContain('EUR 60.00 EUR 40.00')
})

describe('settings', () => {
  test('are the name, the accounts and the signs that the bank takes', () => {
    expect(surroundingsFrom({})).toEqual({})
    expect(bank).toEqual({
      ...{ debtor: 'Hub of Penang', characters: 'latin' },
      accounts: [
        {
          ...{ currency: 'EUR', account: { iban: 'DE89370400440532013000' } },
          bank: { bic: 'COBADEFFXXX' },
        },
        { currency: 'JPY', account: { number: '0012345' }, bank: { bic: 'WESTGB2L' } },
      ],
    })
    const any = { ...settings, EWTP_BANK_DEBTOR: '槟城', EWTP_BANK_CHARACTERS: 'any' }
    expect(surroundingsFrom(any).bank?.debtor).toBe('槟城')
  })

  test.each<[string, Record<string, string>, string]>([
    ['no accounts', { EWTP_BANK_ACCOUNTS: '' }, 'EWTP_BANK_ACCOUNTS'],
    ['no name', { EWTP_BANK_DEBTOR: '' }, 'EWTP_BANK_DEBTOR'],
    ['a name that banks do not take', { EWTP_BANK_DEBTOR: 'Händler' }, 'EWTP_BANK_DEBTOR'],
    [
      'a slip in the IBAN',
      { EWTP_BANK_ACCOUNTS: 'EUR=DE89370400440532013001@COBADEFFXXX' },
      'EWTP_BANK_ACCOUNTS',
    ],
    ['no BIC', { EWTP_BANK_ACCOUNTS: 'EUR=DE89370400440532013000' }, 'EWTP_BANK_ACCOUNTS'],
    ['no such money', { EWTP_BANK_ACCOUNTS: 'QQQ=0012345@WESTGB2L' }, 'EWTP_BANK_ACCOUNTS'],
    [
      'a currency twice',
      { EWTP_BANK_ACCOUNTS: 'EUR=1@WESTGB2L,EUR=2@WESTGB2L' },
      'EWTP_BANK_ACCOUNTS',
    ],
    ['other signs', { EWTP_BANK_CHARACTERS: 'utf-8' }, 'EWTP_BANK_CHARACTERS'],
    [
      'test money that could be paid out',
      {
        EWTP_STRIPE_SECRET_KEY: ['sk', 'test', 'a'].join('_'),
        EWTP_STRIPE_WEBHOOK_SECRET: 'whsec_a',
      },
      'EWTP_STRIPE_SECRET_KEY',
    ],
  ])('refuse %s', (_, more, name) => {
    expect(() => surroundingsFrom({ ...settings, ...more })).toThrow(
      expect.objectContaining({
        code: 'bad-bank-setting',
        facts: expect.objectContaining({ name }),
      }),
    )
  })
})
