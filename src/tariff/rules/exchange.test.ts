import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withFiles } from '../../../test/bad-rules/rules-folder.ts'
import { addDays, dayOfNumber, daysBetween, weekday } from '../../basis/day.ts'
import { toDecimal } from '../../basis/ratio.ts'
import { readExchangeRates, secondLastWednesdayBefore, type ExchangeRule } from './exchange.ts'
import { RulesError } from './read-yaml.ts'

// Exchange rates, docs/rules-schema.md sections 9 and 12.18.

const latest: ExchangeRule = { source: 'ecb', rule: 'latest' }

/** `0.8 of 2026-01-07`, with its age when it is only as last seen, or `none`. */
function rateOn(files: Record<string, string>, pair: string, day: string, rule = latest): string {
  return withFiles(files, (folder) => {
    const [from = '', to = ''] = pair.split('/')
    const on = readExchangeRates(folder).rate(from, to, day, rule)
    if (!on) return 'none'
    const age = on.sighting ? `, ${on.sighting.ageDays} days old` : ''
    return `${toDecimal(on.rate)} of ${on.date}${age}`
  })
}

describe('the second-last Wednesday of the month before', () => {
  test.each([
    ['2026-11-22', '2026-10-21', 'Wednesdays of October: 7, 14, 21, 28'],
    ['2026-11-01', '2026-10-21', 'the whole month takes one rate'],
    ['2026-11-30', '2026-10-21', ''],
    ['2026-12-31', '2026-11-18', '4, 11, 18, 25'],
    ['2026-10-01', '2026-09-23', 'five of them: 2, 9, 16, 23, 30'],
    ['2026-07-01', '2026-06-17', '3, 10, 17, 24'],
    ['2026-05-10', '2026-04-22', '1, 8, 15, 22, 29'],
    ['2026-03-01', '2026-02-18', '4, 11, 18, 25'],
    ['2026-01-15', '2025-12-24', 'December of the year before: 3, 10, 17, 24, 31'],
    ['2025-01-01', '2024-12-18', '4, 11, 18, 25'],
    ['2024-03-31', '2024-02-21', 'a leap year: 7, 14, 21, 28'],
    ['2023-06-30', '2023-05-24', 'the last day is a Wednesday: 3, 10, 17, 24, 31'],
    ['2000-03-15', '2000-02-16', 'a leap year: 2, 9, 16, 23'],
  ])('%s: %s (%s)', (day, wednesday) => expect(secondLastWednesdayBefore(day)).toBe(wednesday))

  test('is a Wednesday of the month before, with exactly one Wednesday after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }).map(dayOfNumber), (day) => {
        const found = secondLastWednesdayBefore(day)
        const monthBefore = addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7)
        expect(weekday(found)).toBe(3)
        expect(found.slice(0, 7)).toBe(monthBefore)
        expect(addDays(found, 7).slice(0, 7)).toBe(monthBefore)
        expect(addDays(found, 14).slice(0, 7)).not.toBe(monthBefore)
      }),
      { numRuns: 1000 },
    )
  })
})

/** Thursday 1 to Wednesday 7 January 2026; a weekend on the 3rd and 4th. The kroon ended long before. */
const ecb = `Date,USD,JPY,GBP,EEK,
2026-01-07,1.2500,160.00,0.8000,N/A,
2026-01-06,1.2000,159.00,0.8000,N/A,
2026-01-05,1.1900,158.00,0.8000,N/A,
2026-01-02,1.1000,157.00,0.8000,N/A,
2010-12-31,1.3362,108.65,0.8608,15.6466,
`

describe("the central bank's series", () => {
  test.each([
    ['EUR/USD', '2026-01-07', '1.25 of 2026-01-07'],
    ['USD/EUR', '2026-01-07', '0.8 of 2026-01-07'],
    ['USD/GBP', '2026-01-07', '0.64 of 2026-01-07'],
    ['GBP/JPY', '2026-01-07', '200 of 2026-01-07'],
    ['USD/EUR', '2026-01-02', '0.909090909090… of 2026-01-02'],
    ['EUR/USD', '2026-01-03', '1.1 of 2026-01-02'],
    ['EUR/USD', '2026-01-04', '1.1 of 2026-01-02'],
    ['EUR/USD', '2026-01-05', '1.19 of 2026-01-05'],
    ['EUR/USD', '2026-01-14', '1.25 of 2026-01-07'],
    ['EUR/USD', '2026-01-15', '1.25 of 2026-01-07, 8 days old'],
    ['EUR/USD', '2026-12-31', '1.25 of 2026-01-07, 358 days old'],
    ['EUR/USD', '2026-01-01', '1.3362 of 2010-12-31, 5480 days old'],
    ['EUR/EEK', '2026-01-07', '15.6466 of 2010-12-31, 5486 days old'],
    ['EEK/USD', '2026-01-07', '0.079889560671… of 2010-12-31, 5486 days old'],
    ['EUR/USD', '2010-12-30', 'none'],
    ['EUR/VND', '2026-01-07', 'none'],
    ['VND/EUR', '2026-01-07', 'none'],
    ['USD/USD', '1990-01-01', '1 of 1990-01-01'],
    ['VND/VND', '2026-01-07', '1 of 2026-01-07'],
  ])('%s on %s: %s', (pair, day, wanted) =>
    expect(rateOn({ 'ecb.csv': ecb }, pair, day)).toBe(wanted),
  )

  test('by the rule of the second-last Wednesday, the age counts from that Wednesday', () => {
    const wednesday: ExchangeRule = { source: 'ecb', rule: 'second-last-wednesday' }
    const june = `Date,USD,\n2026-06-18,9.0000,\n2026-06-17,1.5000,\n2026-06-16,9.0000,\n`
    const missing = `Date,USD,\n2026-06-18,9.0000,\n2026-06-15,1.4000,\n`
    const old = `Date,USD,\n2026-06-18,9.0000,\n2026-06-09,1.3000,\n`
    const on = (files: string, day: string) =>
      rateOn({ 'ecb.csv': files }, 'EUR/USD', day, wednesday)
    expect(on(june, '2026-07-01')).toBe('1.5 of 2026-06-17')
    expect(on(june, '2026-07-31')).toBe('1.5 of 2026-06-17')
    expect(on(missing, '2026-07-31')).toBe('1.4 of 2026-06-15')
    expect(on(old, '2026-07-01')).toBe('1.3 of 2026-06-09, 22 days old')
  })
})

describe('neutral rows beside it', () => {
  const neutral = (...rows: string[]): string =>
    ['date,base,quote,rate,source', ...rows, ''].join('\n')
  const pool = (...rows: string[]): Record<string, string> => ({
    'ecb.csv': ecb,
    'own.csv': neutral(...rows),
  })

  test.each<[what: string, rows: string[], pair: string, day: string, wanted: string]>([
    [
      'a currency the bank has not',
      ['2026-01-07,EUR,VND,30000,nb'],
      'EUR/VND',
      '2026-01-07',
      '30000 of 2026-01-07',
    ],
    [
      'crossed through the euro',
      ['2026-01-07,EUR,VND,30000,nb'],
      'USD/VND',
      '2026-01-07',
      '24000 of 2026-01-07',
    ],
    [
      'against the dollar of the same day',
      ['2026-01-07,USD,VND,24000,nb'],
      'EUR/VND',
      '2026-01-07',
      '30000 of 2026-01-07',
    ],
    [
      'the euro as the quote',
      ['2026-01-07,VND,EUR,0.00004,nb'],
      'EUR/VND',
      '2026-01-07',
      '25000 of 2026-01-07',
    ],
    [
      'against a dollar a week old',
      ['2026-01-14,USD,VND,24000,nb'],
      'EUR/VND',
      '2026-01-14',
      '30000 of 2026-01-14',
    ],
    ['against a dollar too old', ['2026-01-15,USD,VND,24000,nb'], 'EUR/VND', '2026-01-15', 'none'],
    [
      'its own euro row leads there all the same',
      ['2026-02-15,USD,VND,24000,nb', '2026-02-15,USD,EUR,0.5,nb'],
      'EUR/VND',
      '2026-02-15',
      '48000 of 2026-02-15',
    ],
    ['against money nobody knows', ['2026-01-07,XAF,VND,43,nb'], 'EUR/VND', '2026-01-07', 'none'],
    [
      'a day the bank has too: the bank',
      ['2026-01-07,EUR,USD,9,nb'],
      'EUR/USD',
      '2026-01-07',
      '1.25 of 2026-01-07',
    ],
    [
      'a day after the bank ended: the row',
      ['2026-02-01,EUR,USD,9,nb'],
      'EUR/USD',
      '2026-02-03',
      '9 of 2026-02-01',
    ],
    [
      'before the row: the bank',
      ['2026-02-01,EUR,USD,9,nb'],
      'EUR/USD',
      '2026-01-31',
      '1.25 of 2026-01-07, 24 days old',
    ],
    [
      'on one day the pair with the euro before a cross',
      ['2026-01-07,USD,VND,1,nb', '2026-01-07,EUR,VND,30000,nb'],
      'EUR/VND',
      '2026-01-07',
      '30000 of 2026-01-07',
    ],
    [
      'of two on one day the first',
      ['2026-01-07,EUR,VND,30000,nb', '2026-01-07,EUR,VND,1,other'],
      'EUR/VND',
      '2026-01-07',
      '30000 of 2026-01-07',
    ],
    [
      'eight days on it is old',
      ['2026-01-07,EUR,VND,30000,nb'],
      'EUR/VND',
      '2026-01-15',
      '30000 of 2026-01-07, 8 days old',
    ],
    [
      'a month of a monthly source is fresh',
      ['2026-01-01,EUR,VND,30000,nb-monthly'],
      'EUR/VND',
      '2026-02-01',
      '30000 of 2026-01-01',
    ],
    [
      'and a day more is not',
      ['2026-01-01,EUR,VND,30000,nb-monthly'],
      'EUR/VND',
      '2026-02-02',
      '30000 of 2026-01-01, 32 days old',
    ],
  ])('%s', (_, rows, pair, day, wanted) => expect(rateOn(pool(...rows), pair, day)).toBe(wanted))

  test('a territory that names a source reads that source alone, and the pool where it has no such pair', () => {
    const files = pool(
      '2026-01-01,GBP,EUR,1.5,tax-monthly',
      '2026-01-01,GBP,USD,3,tax-monthly',
      '2026-01-01,GBP,XAF,800,other',
    )
    const own: ExchangeRule = { source: 'tax-monthly', rule: 'latest' }
    expect(rateOn(files, 'USD/EUR', '2026-01-07', own)).toBe('0.5 of 2026-01-01')
    expect(rateOn(files, 'USD/EUR', '2026-01-07')).toBe('0.8 of 2026-01-07')
    expect(rateOn(files, 'JPY/EUR', '2026-01-07', own)).toBe('0.00625 of 2026-01-07')
  })
})

describe('files', () => {
  test('comments are passed over, and no folder means no rates', () => {
    const own =
      '# read 2026-01-08\n# source: nb\ndate,base,quote,rate,source\n2026-01-07,EUR,VND,30000,nb\n'
    expect(rateOn({ 'own.csv': own }, 'EUR/VND', '2026-01-07')).toBe('30000 of 2026-01-07')
    expect(rateOn({ 'fx/none': '' }, 'EUR/USD', '2026-01-07')).toBe('none')
  })

  test.each([
    [
      'a day that is none',
      'own.csv',
      'date,base,quote,rate,source\n2026-02-30,EUR,VND,1,nb\n',
      'own.csv:2: wanted date,base,quote,rate,source',
    ],
    [
      'a rate that is none',
      'own.csv',
      'date,base,quote,rate,source\n2026-01-07,EUR,VND,1,nb\n2026-01-08,EUR,VND,about 1,nb\n',
      'own.csv:3: wanted',
    ],
    [
      'a rate of nothing',
      'own.csv',
      'date,base,quote,rate,source\n2026-01-07,EUR,VND,0,nb\n',
      'own.csv:2: wanted',
    ],
    [
      'a negative rate',
      'own.csv',
      'date,base,quote,rate,source\n2026-01-07,EUR,VND,-1,nb\n',
      'own.csv:2: wanted',
    ],
    [
      "the bank's day",
      'ecb.csv',
      'Date,USD,\n2026-01-07,1.25,\n07 January 2026,1.25,\n',
      'ecb.csv:3: “07 January 2026” is not a day',
    ],
  ])('%s is refused with file and line', (_, name, text, message) => {
    const read = () => withFiles({ [name]: text }, readExchangeRates)
    expect(read).toThrow(RulesError)
    expect(read).toThrow(message)
  })
})

test('there and back is the same amount, and every rate is above zero', () => {
  const days = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2025-12-01', n))
  const codes = fc.constantFrom('EUR', 'USD', 'JPY', 'GBP', 'EEK')
  withFiles({ 'ecb.csv': ecb }, (folder) => {
    const rates = readExchangeRates(folder)
    fc.assert(
      fc.property(codes, codes, days, (from, to, day) => {
        const [there, back] = [rates.rate(from, to, day, latest), rates.rate(to, from, day, latest)]
        if (!there || !back) throw new Error(`${from}/${to} has a rate`)
        expect(there.rate.n > 0n).toBe(true)
        expect(there.rate.n * back.rate.n).toBe(there.rate.d * back.rate.d)
        expect(there.date).toBe(back.date)
        expect(daysBetween(there.date, day)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })
})
