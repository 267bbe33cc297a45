import { expect, test } from 'vitest'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { crc16 } from './crc.ts'
import { readSellerCode } from './read-seller-code.ts'
import type { SellerCode } from './seller-code.ts'
import { writeSellerCode } from './write-seller-code.ts'

/** Objects of a code with the check that belongs to them. */
const checked = (body: string) => `${body}6304${crc16(`${body}6304`)}`

const sound = <T>(value: T | Refused): T => {
  if (isRefused(value)) throw new TypeError(JSON.stringify(value))
  return value
}

/** Amina's stall: the shortest code that we read. */
const stall = '00020126180006org.xa0104AMIN53034585802MY'

test('the shortest code that we read', () => {
  expect(readSellerCode(checked(stall))).toEqual({
    accounts: [{ id: '26', owner: 'org.xa', fields: [{ id: '01', text: 'AMIN' }] }],
    currency: 'MYR',
    country: 'MY',
    reserved: [],
    unreserved: [],
  })
})

const amina: SellerCode = {
  kind: 'dynamic',
  accounts: [
    { id: '04', text: '5123456789012346' },
    { id: '26', owner: 'org.xa', fields: [{ id: '01', text: 'AMIN' }] },
  ],
  category: '5651',
  currency: 'MYR',
  amountMinor: 24_950n,
  tip: { kind: 'share', basisPoints: 250n },
  country: 'MY',
  name: 'AMINA BATIK',
  city: 'KUALA LUMPUR',
  postalCode: '50050',
  additional: {
    bill: 'B-17',
    purpose: '***',
    others: [{ id: '10', text: 'C123' }],
    templates: [{ id: '50', owner: 'org.xb', fields: [{ id: '07', text: 'X' }] }],
  },
  inLanguage: { language: 'ZH', name: '阿米娜蜡染', city: '吉隆坡', others: [] },
  reserved: [{ id: '65', text: 'later' }],
  unreserved: [{ id: '80', owner: 'org.xb', fields: [] }],
}

test('every part has its place, in the order of the ids, and is read again', () => {
  const text = sound(writeSellerCode(amina))
  expect(text).toBe(
    checked(
      '000201010212' +
        '04165123456789012346' +
        '26180006org.xa0104AMIN' +
        '52045651' +
        '5303458' +
        '5406249.50' +
        '550203' +
        '57042.50' +
        '5802MY' +
        '5911AMINA BATIK' +
        '6012KUALA LUMPUR' +
        '610550050' +
        '62420104B-170803***1004C12350150006org.xb0701X' +
        '64220002ZH0105阿米娜蜡染0203吉隆坡' +
        '6505later' +
        '80100006org.xb',
    ),
  )
  expect(readSellerCode(text)).toEqual(amina)
})

test.each([
  ['MYR', 1n, '54040.01'],
  ['MYR', 100n, '54041.00'],
  ['JPY', 1500n, '54041500'],
  ['KWD', 1500n, '54051.500'],
  ['CLF', 1n, '54060.0001'],
  ['IDR', 99_999_999_999_99n, undefined],
])('%s: %s minor units are %s', (currency, amountMinor, written) => {
  const text = writeSellerCode({ ...amina, currency, amountMinor })
  if (written === undefined) expect(text).toMatchObject({ refused: 'qr-value-broken' })
  else expect(text).toContain(written)
})

test.each([
  ['54041500', 'JPY', 1500n],
  ['54071500.00', 'JPY', 1500n],
  ['54031.5', 'MYR', 150n],
  ['5404007.', 'MYR', 'qr-value-broken'],
  ['5402-1', 'MYR', 'qr-value-broken'],
  ['54031e3', 'MYR', 'qr-value-broken'],
  ['54031,5', 'MYR', 'qr-value-broken'],
  ['541412345678901.00', 'MYR', 'qr-value-broken'],
  ['54040.00', 'MYR', 'qr-amount-zero'],
  ['54051.005', 'MYR', 'qr-amount-too-fine'],
  ['54031.5', 'JPY', 'qr-amount-too-fine'],
])('%s %s is %s', (amount, currency, read) => {
  const number = currency === 'JPY' ? '392' : '458'
  const code = readSellerCode(checked(`00020126180006org.xa0104AMIN5303${number}${amount}5802MY`))
  expect(isRefused(code) ? code.refused : code.amountMinor).toBe(read)
  if (isRefused(code)) expect(code.facts['at']).toBe(39)
})

test.each([
  ['550201', { kind: 'asked' }],
  ['550202 56041.50', { kind: 'fixed', minor: 150n }],
  ['550203 570202', { kind: 'share', basisPoints: 200n }],
  ['550203 57030.5', { kind: 'share', basisPoints: 50n }],
  ['550203 570599.99', { kind: 'share', basisPoints: 9999n }],
  ['550204', 'qr-value-broken'],
  ['550202', 'qr-tip-contradicts'],
  ['550203 56041.50', 'qr-tip-contradicts'],
  ['550201 56041.50', 'qr-tip-contradicts'],
  ['56041.50', 'qr-tip-contradicts'],
  ['550202 56041.50 570202', 'qr-tip-contradicts'],
  ['550203 57040.00', 'qr-amount-zero'],
  ['550203 5703100', 'qr-value-broken'],
])('tip %s', (objects, read) => {
  const code = readSellerCode(checked(stall + objects.replaceAll(' ', '')))
  if (isRefused(code)) expect(code.refused).toBe(read)
  else expect(code.tip).toEqual(read)
})

test('the check may be written in small letters', () => {
  const small = checked(stall).replace(/....$/, (check) => check.toLowerCase())
  expect(small).not.toBe(checked(stall))
  expect(readSellerCode(small)).toEqual(readSellerCode(checked(stall)))
})

const line = '\u2028'

test.each([
  ['nothing at all', '', 'qr-other-kind', 0],
  ['a link', 'https://hub.example/pay/K7Q4MD2PX', 'qr-other-kind', 0],
  ['a later version', '000202', 'qr-other-kind', 0],
  ['a line break at the end', `${checked(stall)}\n`, 'qr-sign-unreadable', 49],
  ['a sign that turns the direction', checked(`${stall}5905a\u202Ebcd`), 'qr-sign-unreadable', 46],
  ['a line separator behind 𠮷', checked(`${stall}5904𠮷a${line}b`), 'qr-sign-unreadable', 47],
  ['half of a character', checked(`${stall}5903a\uD842b`), 'qr-sign-unreadable', 46],
  ['more than any QR code holds', `000201${'5'.repeat(2948)}`, 'qr-too-long', 0],
  ['no check', stall, 'qr-check-missing', 41],
  ['a check of letters', `${stall}6304WXYZ`, 'qr-check-missing', 49],
  ['a wrong check', `${stall}63040000`, 'qr-check-wrong', 45],
  ['the check inside another object', checked(`${stall}5908`), 'qr-check-missing', 45],
  ['something behind a longer check', checked(`${stall}6308`), 'qr-value-broken', 45],
  ['two checks', checked(checked(stall)), 'qr-object-twice', 49],
  ['an object that ends too late', checked(`${stall}5920AMINA`), 'qr-length-wrong', 43],
  ['a letter in a length', checked(`${stall}59O5AMINA`), 'qr-object-broken', 41],
  ['an empty name', checked(`${stall}5900`), 'qr-object-empty', 41],
  ['the country twice', checked(`${stall}5802SG`), 'qr-object-twice', 41],
  ['no account', checked('00020153034585802MY'), 'qr-object-missing', 23],
  ['no currency', checked('00020126180006org.xa0104AMIN5802MY'), 'qr-object-missing', 38],
  ['no country', checked('00020126180006org.xa0104AMIN5303458'), 'qr-object-missing', 39],
  [
    'an unknown currency',
    checked('00020126180006org.xa0104AMIN53039995802MY'),
    'qr-currency-unknown',
    32,
  ],
  [
    'an unknown country',
    checked('00020126180006org.xa0104AMIN53034585802XX'),
    'qr-country-unknown',
    39,
  ],
  ['a third kind', checked(`000201010213${stall.slice(6)}`), 'qr-value-broken', 10],
  ['a category of letters', checked(`${stall}5204SHOP`), 'qr-value-broken', 45],
  ['an account without its owner', checked(`${stall}27080104AMIN`), 'qr-owner-missing', 45],
  ['an account that is no template', checked(`${stall}2704AMIN`), 'qr-object-broken', 45],
  ['a template that ends too late', checked(`${stall}27080009AMIN`), 'qr-length-wrong', 47],
  ['an owner twice', checked(`${stall}27100001A0001B`), 'qr-object-twice', 50],
  ['a broken additional part', checked(`${stall}6204AMIN`), 'qr-object-broken', 45],
  ['an additional template of nobody', checked(`${stall}620950050101A`), 'qr-owner-missing', 49],
  ['a language without a name', checked(`${stall}64060002ZH`), 'qr-object-missing', 45],
  ['a name without a language', checked(`${stall}64060102阿娜`), 'qr-object-missing', 45],
  ['an unreserved part of nobody', checked(`${stall}80050101A`), 'qr-owner-missing', 45],
])('%s is refused', (_, text, code, at) => {
  expect(readSellerCode(text)).toMatchObject({ refused: code, facts: { at } })
})

test('a length of bytes is read where a length of characters makes no sense', () => {
  const characters = sound(readSellerCode(checked(`${stall}5904最佳运输64140002ZH0104最佳运输`)))
  const bytes = sound(readSellerCode(checked(`${stall}5912最佳运输64220002ZH0112最佳运输`)))
  expect(characters.name).toBe('最佳运输')
  expect(bytes).toEqual(characters)
})

test('a text that is one code in characters and another in bytes is refused', () => {
  // In characters the name is é6, then come 61 and 65; in bytes the name is é, then come 66 and 67.
  const text = checked(`${stall}5902é66105abcde65066702XY`)
  expect(readSellerCode(text)).toMatchObject({ refused: 'qr-two-readings', facts: { at: 45 } })
})

test.each([
  ['an unknown currency', { currency: 'XXX' }, 'qr-currency-unknown'],
  [
    'an account under an id of others',
    { accounts: [{ id: '59', text: 'A' }] },
    'qr-id-out-of-place',
  ],
  [
    'a template under an id of card schemes',
    { accounts: [{ id: '04', owner: 'a', fields: [] }] },
    'qr-id-out-of-place',
  ],
  [
    'an owner among the fields',
    { accounts: [{ id: '26', owner: 'a', fields: [{ id: '00', text: 'b' }] }] },
    'qr-id-out-of-place',
  ],
  ['an id of three digits', { reserved: [{ id: '650', text: 'A' }] }, 'qr-id-out-of-place'],
  [
    'one id twice',
    {
      reserved: [
        { id: '65', text: 'A' },
        { id: '65', text: 'B' },
      ],
    },
    'qr-object-twice',
  ],
  ['no account', { accounts: [] }, 'qr-object-missing'],
  ['an amount of nothing', { amountMinor: 0n }, 'qr-amount-zero'],
  ['an amount below nothing', { amountMinor: -1n }, 'qr-value-broken'],
  ['a tip of everything', { tip: { kind: 'share', basisPoints: 10_000n } }, 'qr-value-broken'],
  ['a name of a hundred', { name: 'A'.repeat(100) }, 'qr-value-length'],
  ['an empty city', { city: '' }, 'qr-value-length'],
  ['a hidden sign', { name: 'Ami\u200Bna' }, 'qr-sign-unreadable'],
] satisfies [string, Partial<SellerCode>, string][])('%s is not written', (_, change, code) => {
  expect(writeSellerCode({ ...amina, ...change })).toMatchObject({ refused: code })
})
