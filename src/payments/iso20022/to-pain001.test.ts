import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasSchemas, schema } from '../../../test/support/xsd.ts'
import { currencies, minorDigits } from '../../basis/currency.ts'
import { isRefused } from '../../basis/refusal.ts'
import { isBic, isIban, type Bank, type BankAccount } from './account.ts'
import { toPain001, type Payout, type PayoutFile } from './to-pain001.ts'

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const compact = (uuid: string) => uuid.replaceAll('-', '')

const payout = (n: number, more: Partial<Payout> = {}): Payout => ({
  id: id(n),
  amountMinor: 19_90n,
  currency: 'EUR',
  on: '2026-11-27',
  creditor: {
    name: 'Bo & Söhne',
    country: 'DE',
    account: { iban: 'DE89370400440532013000' },
    bank: { bic: 'COBADEFFXXX' },
  },
  reference: 'payout of November',
  ...more,
})

const chen: Payout['creditor'] = {
  name: '陈伟',
  country: 'CN',
  town: '杭州',
  account: { number: '6222020000000000000', scheme: 'CARD' },
  bank: { clearingSystem: 'CNAPS', member: '123456789012' },
}

const file: PayoutFile = {
  id: id(1),
  createdAt: Date.UTC(2026, 10, 25, 9, 30),
  debtor: 'Hub of Penang',
  accounts: [
    {
      currency: 'EUR',
      account: { iban: 'GB82WEST12345698765432' },
      bank: { bic: 'WESTGB2L' },
    },
    { currency: 'JPY', account: { number: '0012345' }, bank: { bic: 'WESTGB2L' } },
  ],
  payouts: [
    payout(10),
    payout(11, { currency: 'JPY', amountMinor: 1500n, creditor: chen }),
    payout(12, { on: '2026-11-26', amountMinor: 1n }),
    payout(13, { amountMinor: 10n }),
  ],
}

const written = (of: PayoutFile): string => {
  const xml = toPain001(of)
  if (typeof xml !== 'string') throw new Error(JSON.stringify(xml))
  return xml
}

/** The texts of all elements of a name, in order. */
const all = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs'))].map(
    ([, text = '']) => text,
  )

test('one group for each day and currency, with exact counts and sums', () => {
  const xml = written(file)
  expect(all(xml, 'NbOfTxs')).toEqual(['4', '1', '2', '1'])
  // 19.90 + 1500 + 0.01 + 0.10, whatever the currency; then the groups.
  expect(all(xml, 'CtrlSum')).toEqual(['1520.01', '0.01', '20.00', '1500'])
  expect(all(xml, 'ReqdExctnDt')).toEqual([
    '<Dt>2026-11-26</Dt>',
    '<Dt>2026-11-27</Dt>',
    '<Dt>2026-11-27</Dt>',
  ])
  expect(all(xml, 'PmtInfId')).toEqual(['001', '002', '003'].map((n) => `${compact(id(1))}${n}`))
  expect(all(xml, 'EndToEndId')).toEqual([12, 10, 13, 11].map((n) => compact(id(n))))
  expect(all(xml, 'Cdtr')[3]).toBe(
    '<Nm>陈伟</Nm><PstlAdr><TwnNm>杭州</TwnNm><Ctry>CN</Ctry></PstlAdr>',
  )
})

test.each([
  ['JPY', 1500n, '1500'],
  ['EUR', 1500n, '15'],
  ['EUR', 1n, '0.01'],
  ['KWD', 1n, '0.001'],
  ['CLF', 12_3456n, '12.3456'],
])('the control sum of %s and %s minor units is %s', (currency, amountMinor, sum) => {
  const accounts = [{ ...file.accounts[0]!, currency }]
  const xml = written({ ...file, accounts, payouts: [payout(10, { currency, amountMinor })] })
  expect(all(xml, 'CtrlSum')[0]).toBe(sum)
})

const creditor = (more: Partial<Payout['creditor']>): Partial<Payout> => ({
  creditor: { ...payout(10).creditor, ...more },
})

test.each<[string, Partial<Payout>, string]>([
  ['an id that is none', { id: 'x' }, 'id'],
  ['an account that we do not have', { currency: 'USD' }, 'currency'],
  ['nothing', { amountMinor: 0n }, 'amount'],
  ['less than nothing', { amountMinor: -1n }, 'amount'],
  ['19 digits', { amountMinor: 10n ** 18n }, 'amount'],
  ['a day that is none', { on: '2026-02-30' }, 'on'],
  ['nobody', creditor({ name: '\u202E \u0000' }), 'name'],
  ['nowhere', creditor({ country: 'XX' }), 'country'],
  ['a slip in the IBAN', creditor({ account: { iban: 'DE89370400440532013001' } }), 'iban'],
  ['an IBAN with blanks', creditor({ account: { iban: 'DE89 3704 0044 0532 0130 00' } }), 'iban'],
  ['a number too long', creditor({ account: { number: '1'.repeat(35) } }), 'number'],
  ['a number with an unseen sign', creditor({ account: { number: '12\u200B34' } }), 'number'],
  ['a scheme too long', creditor({ account: { number: '1', scheme: 'x'.repeat(36) } }), 'scheme'],
  ['a BIC of no country', creditor({ bank: { bic: 'COBAXXFF' } }), 'bic'],
  [
    'a clearing system in words',
    creditor({ bank: { clearingSystem: 'Fedwire', member: '1' } }),
    'clearing-system',
  ],
  ['no member', creditor({ bank: { clearingSystem: 'USABA', member: '' } }), 'member'],
])('refuses to pay %s', (_, more, field) => {
  const wrong = payout(20, more)
  expect(toPain001({ ...file, payouts: [...file.payouts, wrong] })).toEqual({
    refused: 'payout-wrong',
    facts: { payout: wrong.id, field },
  })
})

test.each<[string, Partial<PayoutFile>, object]>([
  ['without an id', { id: '' }, { refused: 'payout-file', facts: { field: 'id' } }],
  ['of nobody', { debtor: ' ' }, { refused: 'payout-file', facts: { field: 'debtor' } }],
  ['without payouts', { payouts: [] }, { refused: 'payout-file', facts: { field: 'payouts' } }],
  [
    'from a wrong account',
    { accounts: [{ ...file.accounts[0]!, account: { iban: 'GB00WEST12345698765432' } }] },
    { refused: 'payout-file', facts: { field: 'iban', currency: 'EUR' } },
  ],
  [
    'with one payout twice',
    { payouts: [payout(10), payout(10)] },
    { refused: 'payout-wrong', facts: { payout: id(10), field: 'id' } },
  ],
  [
    'with a sum of 19 digits',
    { payouts: [10, 11].map((n) => payout(n, { amountMinor: 10n ** 18n - 1n })) },
    { refused: 'payout-file-too-large' },
  ],
])('refuses a file %s', (_, more, refused) => {
  expect(toPain001({ ...file, ...more })).toMatchObject(refused)
})

test.each([
  // The examples of the IBAN registry.
  ['GB82WEST12345698765432', true],
  ['DE89370400440532013000', true],
  ['FR1420041010050500013M02606', true],
  ['NO9386011117947', true],
  ['MT84MALT011000012345MTLCAST001S', true],
  ['GB28WEST12345698765432', false],
  ['DE8937040044053201300', false],
  // Each is 1 mod 97; no country is XX, and check digits are 02 to 98.
  ['XX46370400440532013000', false],
  ['DE98370400440532000034', true],
  ['DE01370400440532000034', false],
  ['DE02370400440532000016', true],
  ['DE99370400440532000016', false],
  ['de89370400440532013000', false],
  ['', false],
])('IBAN %s: %s', (iban, valid) => {
  expect(isIban(iban)).toBe(valid)
})

test('a slip or two neighbours exchanged is always found in an IBAN', () => {
  const known = 'DE89370400440532013000'
  for (let at = 4; at < known.length; at += 1) {
    for (const digit of '0123456789')
      expect(isIban(known.slice(0, at) + digit + known.slice(at + 1))).toBe(digit === known[at])
    const swapped = known.slice(0, at - 1) + known[at] + known[at - 1] + known.slice(at + 1)
    if (at > 4 && swapped !== known) expect(isIban(swapped)).toBe(false)
  }
})

test.each([
  ['COBADEFF', true],
  ['COBADEFFXXX', true],
  ['COBADEF', false],
  ['COBADEFFXX', false],
  ['COBAZZFF', false],
])('BIC %s: %s', (bic, valid) => {
  expect(isBic(bic)).toBe(valid)
})

const name = 'pain.001 by the schema of ISO 20022'
if (!hasSchemas) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)

describe.skipIf(!hasSchemas)(name, () => {
  const faults = hasSchemas ? schema('pain.001.001.09') : () => []

  test('the file above is valid, and without the bank of the debtor it is not', () => {
    expect(faults(written(file))).toEqual([])
    expect(faults(written(file).replaceAll(/<DbtrAgt>.*?<\/DbtrAgt>/gs, ''))).not.toEqual([])
  })

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom('', '😀'.repeat(150), 'أمينة ‏(بتيك)‏', '\u202E<Nm>&]]>\uFFFF\u0000', '\uD800x'),
  )
  const plain = fc.stringMatching(/^[0-9A-Z]{1,34}$/)
  const accounts: fc.Arbitrary<BankAccount> = fc.oneof(
    fc.constantFrom({ iban: 'DE89370400440532013000' }, { iban: 'NO9386011117947' }),
    fc.record({ number: plain, scheme: fc.option(plain, { nil: undefined }) }),
  )
  const banks: fc.Arbitrary<Bank> = fc.oneof(
    fc.constant({ bic: 'COBADEFFXXX' }),
    fc.record({ clearingSystem: fc.constantFrom('CNAPS', 'USABA'), member: plain }),
  )
  const payouts = fc.array(
    fc.record<Payout>({
      id: fc.uuid({ version: 7 }),
      amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      currency: fc.constantFrom(...currencies),
      on: fc.constantFrom('2026-11-26', '2026-11-27', '2028-02-29'),
      creditor: fc.record({
        name: text.map((each) => `Chen ${each}`),
        country: fc.constantFrom('CN', 'MY', 'DE'),
        town: fc.option(text, { nil: undefined }),
        account: accounts,
        bank: banks,
      }),
      reference: fc.option(text, { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )

  test('any file is valid, and its control sums re-add from the transfers in it', () => {
    const ours = currencies.map((currency) => ({ ...file.accounts[0]!, currency }))
    // Read back as hundred-thousandths, without the code that wrote them.
    const exact = (decimal: string): bigint => {
      const [whole = '', fraction = ''] = decimal.split('.')
      return BigInt(`${whole}${fraction.padEnd(5, '0')}`)
    }
    const sumOf = (amounts: string[]): bigint =>
      amounts.reduce((sum, each) => sum + exact(each), 0n)
    fc.assert(
      fc.property(payouts, (some) => {
        const xml = written({ ...file, accounts: ours, payouts: some })
        expect(faults(xml)).toEqual([])
        const [head = '', ...groups] = xml.split('<PmtInf>')
        const amounts = all(xml, 'InstdAmt')
        expect(amounts).toHaveLength(some.length)
        expect(all(head, 'NbOfTxs')).toEqual([String(some.length)])
        expect(exact(all(head, 'CtrlSum')[0] ?? '')).toBe(sumOf(amounts))
        expect(groups).toHaveLength(new Set(some.map(({ on, currency }) => on + currency)).size)
        for (const group of groups) {
          const own = all(group, 'InstdAmt')
          expect(all(group, 'NbOfTxs')).toEqual([String(own.length)])
          expect(exact(all(group, 'CtrlSum')[0] ?? '')).toBe(sumOf(own))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the largest sum that fits is valid', () => {
    for (const currency of ['JPY', 'EUR', 'CLF']) {
      const most = 10n ** BigInt(14 + (minorDigits(currency) ?? 0)) - 1n
      const accounts = [{ ...file.accounts[0]!, currency }]
      const payouts = [payout(10, { currency, amountMinor: most })]
      const xml = toPain001({ ...file, accounts, payouts })
      expect([currency, isRefused(xml)]).toEqual([currency, false])
      expect(faults(String(xml))).toEqual([])
    }
  })
})
