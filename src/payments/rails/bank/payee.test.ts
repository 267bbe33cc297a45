import { expect, test } from 'vitest'
import { isRefused } from '../../../basis/refusal.ts'
import { payeeIn, readPayee, typedFrom, wrongWithDestination, writePayee } from './payee.ts'
import type { Characters } from './settings.ts'

const typed = {
  ...{ name: 'Amina Batik', town: 'Ipoh', country: 'MY' },
  ...{ account: 'DE89 3704 0044 0532 0130 00', bank: '' },
}

test.each<[string, object, object]>([
  [
    'an IBAN with blanks, in small letters',
    { account: 'gb82 west 1234 5698 7654 32' },
    { account: { iban: 'GB82WEST12345698765432' } },
  ],
  ['an IBAN with its BIC', { bank: 'cobadeff' }, { bank: { bic: 'COBADEFF' } }],
  [
    'a number and a BIC',
    { account: '0012-3 45', bank: 'WESTGB2L' },
    { account: { number: '0012-345' }, bank: { bic: 'WESTGB2L' } },
  ],
  [
    'a number and a clearing system',
    { account: '6222020000000000000', bank: 'CNAPS 123456789012' },
    { bank: { clearingSystem: 'CNAPS', member: '123456789012' } },
  ],
])('reads %s', (_, more, expected) => {
  const payee = readPayee({ ...typed, ...more }, 'latin')
  if (isRefused(payee)) throw new Error(payee.refused)
  expect(payee).toMatchObject(expected)
  // Kept as text and read again it is the same, also by the form that is filled for the next time.
  expect(payeeIn(writePayee(payee))).toEqual(payee)
  expect(readPayee(typedFrom(payee), 'latin')).toEqual(payee)
  expect(wrongWithDestination(writePayee(payee), 'latin')).toBeUndefined()
})

test.each<[string, object, Characters, string]>([
  ['no name', { name: '' }, 'latin', 'payee-name'],
  ['a name of signs', { name: '---' }, 'latin', 'payee-name'],
  ['a name with marks', { name: 'Söhne' }, 'latin', 'payee-name'],
  ['a name in another script', { name: '陈伟' }, 'latin', 'payee-name'],
  ['an ampersand', { name: 'Bo & Sons' }, 'latin', 'payee-name'],
  ['two strokes', { name: 'Bo // Sons' }, 'latin', 'payee-name'],
  ['71 letters', { name: 'x'.repeat(71) }, 'any', 'payee-name'],
  ['unseen signs', { name: 'Bo\u202E Sons' }, 'any', 'payee-name'],
  ['no town', { town: '' }, 'latin', 'payee-town'],
  ['36 letters of town', { town: 'x'.repeat(36) }, 'latin', 'payee-town'],
  ['no country', { country: 'XX' }, 'latin', 'payee-country'],
  ['a slip in the IBAN', { account: 'DE89370400440532013001' }, 'latin', 'payee-account'],
  ['neighbours exchanged', { account: 'DE89370400440532010300' }, 'latin', 'payee-account'],
  ['words', { account: 'my bank', bank: 'WESTGB2L' }, 'latin', 'payee-account'],
  ['a number too long', { account: '1'.repeat(35), bank: 'WESTGB2L' }, 'latin', 'payee-account'],
  ['a number without its bank', { account: '0012345' }, 'latin', 'payee-bank'],
  ['a bank of no country', { bank: 'COBAXXFF' }, 'latin', 'payee-bank'],
])('refuses %s', (_, more, characters, code) => {
  expect(readPayee({ ...typed, ...more }, characters)).toMatchObject({ refused: code })
})

test.each(['陈伟', 'Söhne', 'Bo & Sons'])('a bank that takes all signs is told of %s', (name) => {
  expect(readPayee({ ...typed, name }, 'any')).toMatchObject({ name })
})

test.each(['acct_1', '{}', '[]', '{"name":"x"}', ''])('%s is no payee', (text) => {
  expect(wrongWithDestination(text, 'any')).toMatchObject({ refused: 'destination-not-valid' })
})
