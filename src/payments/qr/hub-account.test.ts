import { expect, test } from 'vitest'
import { isRefused } from '../../basis/refusal.ts'
import { hubPaymentIn, writeHubCode, type HubCodeFacts, type HubPayment } from './hub-account.ts'
import { readSellerCode } from './read-seller-code.ts'
import type { CodeKind, SellerCode, Template } from './seller-code.ts'

const payment: HubPayment = { hubHost: 'hub.example', code: '28T5CY4TH', kind: 'dynamic' }
const amina: HubCodeFacts = {
  category: '5651',
  currency: 'MYR',
  amountMinor: 24_950n,
  country: 'MY',
  name: 'AMINA BATIK',
  city: 'KUALA LUMPUR',
  inLanguage: { language: 'ZH', name: '阿米娜蜡染', others: [] },
}

function written(facts: Partial<HubCodeFacts> = {}, to: Partial<HubPayment> = {}): string {
  const text = writeHubCode({ ...payment, ...to }, { ...amina, ...facts })
  if (isRefused(text)) throw new TypeError(JSON.stringify(text))
  return text
}

function read(text: string): SellerCode {
  const code = readSellerCode(text)
  if (isRefused(code)) throw new TypeError(JSON.stringify(code))
  return code
}

test('the code of one payment, object by object', () => {
  expect(written()).toMatch(
    RegExp(
      '^000201' +
        '010212' +
        '26460008org.ewtp0111hub.example020928T5CY4TH030212' +
        '52045651' +
        '5303458' +
        '5406249.50' +
        '5802MY' +
        '5911AMINA BATIK' +
        '6012KUALA LUMPUR' +
        '64150002ZH0105阿米娜蜡染' +
        '6304[0-9A-F]{4}$',
    ),
  )
  expect(hubPaymentIn(read(written()))).toEqual(payment)
})

test('a standing code of a till has no amount', () => {
  const { amountMinor: _, ...facts } = amina
  const text = writeHubCode({ ...payment, kind: 'static' }, facts)
  expect(hubPaymentIn(read(String(text)))).toEqual({ ...payment, kind: 'static' })
  expect(read(String(text)).amountMinor).toBeUndefined()
})

test.each([
  ['AMINA BATIK OF KUALA LUMPUR', 'AMINA BATIK OF KUALA LUMP'],
  ['AMINA BATIK AND DAUGHTERS OF KL', 'AMINA BATIK AND DAUGHTERS'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXนี้', 'ABCDEFGHIJKLMNOPQRSTUVWX'], // the last sign is three characters
  ['ABCDEFGHIJKLMNOPQRSTUVนี้', 'ABCDEFGHIJKLMNOPQRSTUVนี้'],
])('%s stands there as %s', (name, cut) => {
  expect(read(written({ name })).name).toBe(cut)
})

test.each([
  [{ hubHost: 'HUB.example' }, 'hub-host-broken'],
  [{ hubHost: 'hub.example/pay' }, 'hub-host-broken'],
  [{ hubHost: `${'a'.repeat(64)}.example` }, 'hub-host-broken'],
  [{ code: '28T5CY4HT' }, 'short-code-check'],
])('a payment with %j is not written', (change, refused) => {
  expect(writeHubCode({ ...payment, ...change }, amina)).toMatchObject({ refused })
})

test('the longest host fits', () => {
  const hubHost = `${'a'.repeat(57)}.example`.slice(-64)
  expect(hubPaymentIn(read(written({}, { hubHost })))).toEqual({ ...payment, hubHost })
})

const template = (id: string, fields: Record<string, string>, owner = 'org.ewtp'): Template => ({
  id,
  owner,
  fields: Object.entries(fields).map(([number, text]) => ({ id: number, text })),
})
const ours = { '01': 'hub.example', '02': '28T5CY4TH', '03': '12' }

test.each<[string, Template[], CodeKind | undefined, unknown]>([
  ['under another id', [template('51', ours)], 'dynamic', payment],
  ['its owner in capitals', [template('26', ours, 'ORG.EWTP')], 'dynamic', payment],
  [
    'beside others',
    [template('26', { '01': 'A' }, 'org.xa'), template('27', ours)],
    'dynamic',
    payment,
  ],
  ['with a field of a later version', [template('26', { ...ours, '04': 'A' })], 'dynamic', payment],
  ['none', [template('26', ours, 'org.ewtp.example')], 'dynamic', undefined],
  ['twice', [template('26', ours), template('27', ours)], 'dynamic', 'hub-payment-twice'],
  ['of another kind', [template('26', ours)], 'static', 'hub-kind-contradicts'],
  ['in a code of no kind', [template('26', ours)], undefined, 'hub-kind-contradicts'],
  ['without a host', [template('26', { ...ours, '01': '' })], 'dynamic', 'hub-payment-broken'],
  [
    'with a path',
    [template('26', { ...ours, '01': 'hub.example/x' })],
    'dynamic',
    'hub-payment-broken',
  ],
  [
    'with a wrong code',
    [template('26', { ...ours, '02': '28T5CY4HT' })],
    'dynamic',
    'hub-payment-broken',
  ],
  [
    'with a code not as written',
    [template('26', { ...ours, '02': '28T-5CY-4TH' })],
    'dynamic',
    'hub-payment-broken',
  ],
  ['of a third kind', [template('26', { ...ours, '03': '13' })], 'dynamic', 'hub-payment-broken'],
])('our template %s', (_, accounts, kind, expected) => {
  const { category, currency, country } = amina
  const code = { category, currency, country, accounts, reserved: [], unreserved: [] }
  const found = hubPaymentIn(kind ? { ...code, kind } : code)
  expect(isRefused(found) ? found.refused : found).toEqual(expected)
})

test('any one wrong sign of our code is found, or means the same', () => {
  const text = written()
  const letters = [...text]
  const signs = [
    ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)),
    'é',
    '腊',
    '𠮷',
  ]
  const passed = letters.flatMap((letter, at) =>
    signs.flatMap((sign) => {
      const wrong = readSellerCode(letters.with(at, sign).join(''))
      if (isRefused(wrong)) return []
      expect(wrong).toEqual(read(text))
      return sign === letter ? [] : [`${letter} as ${sign}`]
    }),
  )
  // Only the check itself may be written in small letters.
  expect(passed.filter((each) => !/^([A-F]) as \1$/i.test(each))).toEqual([])
})
