import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { countries, isCountry } from './country.ts'
import {
  currencies,
  currencyNumber,
  currencyOfNumber,
  isCurrency,
  minorDigits,
} from './currency.ts'

const reference = process.env['EWTP_REFERENCE_DATA']
const readTable = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(reference ?? '', 'codes', name), 'utf8'), { columns: true, bom: true })

test.each([
  ['MYR', 2],
  ['JPY', 0],
  ['IDR', 2],
  ['HUF', 2],
  ['KWD', 3],
  ['CLF', 4],
  ['XXX', undefined],
  ['myr', undefined],
])('%s has %s digits after the point', (code, digits) => {
  expect(minorDigits(code)).toBe(digits)
  expect(isCurrency(code)).toBe(digits !== undefined)
})

test.each([
  ['MYR', '458'],
  ['ALL', '008'],
  ['CNY', '156'],
  ['HRK', '191'],
])('%s has the number %s', (code, number) => {
  expect(currencyNumber(code)).toBe(number)
  expect(currencyOfNumber(number)).toBe(code)
})

test('no two currencies have one number', () => {
  for (const code of currencies)
    expect([code, currencyOfNumber(currencyNumber(code) ?? '')]).toEqual([code, code])
  expect(currencyNumber('XXX')).toBeUndefined()
  expect(currencyOfNumber('999')).toBeUndefined()
})

test('every code stands once, sorted', () => {
  for (const codes of [currencies, countries])
    expect([...codes]).toEqual([...new Set(codes)].toSorted())
  expect(isCountry('MY')).toBe(true)
  expect(isCountry('my')).toBe(false)
  expect(isCountry('EU')).toBe(false)
})

test.skipIf(!reference)('currencies, their minor units and numbers are those of ISO 4217', () => {
  const rows = readTable('iso4217-codes-all.csv')
  const circulating = rows
    .filter((row) => row['WithdrawalDate'] === '' && /^\d$/.test(row['MinorUnit'] ?? ''))
    .map((row) => [row['AlphabeticCode'] ?? '', Number(row['MinorUnit'])] as const)
  for (const [code, digits] of circulating)
    expect([code, minorDigits(code)]).toEqual([code, digits])
  for (const { AlphabeticCode: code = '', NumericCode: number } of rows)
    if (isCurrency(code)) expect([code, currencyNumber(code)]).toEqual([code, number])

  // What is known beyond them was withdrawn: the law of its day still speaks of it.
  const circulates = new Set(circulating.map(([code]) => code))
  const withdrawn = new Set(
    rows.filter((row) => row['WithdrawalDate'] !== '').map((row) => row['AlphabeticCode']),
  )
  for (const code of currencies)
    expect([code, circulates.has(code) || withdrawn.has(code)]).toEqual([code, true])
})

test.skipIf(!reference)('countries are those of ISO 3166-1, and Kosovo', () => {
  const published = readTable('country-codes.csv').map((row) => row['ISO3166-1-Alpha-2'])
  expect(countries.toSorted()).toEqual([...published, 'XK'].toSorted())
})
