import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies, minorDigits } from './currency.ts'
import {
  formatMinor,
  formatMoney,
  money,
  nil,
  parseAmount,
  portion,
  sum,
  typedAmount,
} from './money.ts'
import { one, ratio, subtract, zero } from './ratio.ts'
import { roundingModes } from './rounding.ts'

const runs = { numRuns: 1000 }
const minor = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const currency = fc.constantFrom(...currencies)
const mode = fc.constantFrom(...roundingModes)
const rate = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 6n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => ratio(n, d))

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

test.each([
  [1990n, 'EUR', '19.90'],
  [1500n, 'JPY', '1500'],
  [5n, 'KWD', '0.005'],
  [-5n, 'USD', '-0.05'],
  [0n, 'CLF', '0.0000'],
  [123456n, 'IDR', '1234.56'],
])('%d minor units of %s are written %s', (amount, code, text) => {
  expect(formatMinor(amount, code)).toBe(text)
  expect(parseAmount(text, code)).toBe(amount)
})

test('an amount of any ISO 4217 currency is written and read back without loss', () => {
  for (const code of currencies) {
    const roundTrip = fc.property(minor, (amount) => {
      expect(parseAmount(formatMinor(amount, code), code)).toBe(amount)
    })
    fc.assert(roundTrip, runs)
  }
})

test(
  "an amount is written with exactly the currency's own digits",
  holds([minor, currency], (amount, code) => {
    const digits = minorDigits(code) ?? -1
    const shape = digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`)
    expect(formatMinor(amount, code)).toMatch(shape)
    expect(formatMoney(money(amount, code))).toBe(`${formatMinor(amount, code)} ${code}`)
  }),
)

test(
  'what is finer than the minor unit is not read; zeros behind it are',
  holds([minor, currency, fc.constantFrom(...'123456789')], (amount, code, digit) => {
    const text = formatMinor(amount, code)
    const finer = minorDigits(code) === 0 ? `${text}.` : text
    expect(parseAmount(`${finer}${digit}`, code)).toBeUndefined()
    expect(parseAmount(`${finer}00`, code)).toBe(amount)
  }),
)

test.each(['', '1,00', '1e2', '€1', ' 1', '1.', 'NaN'])('%j is no amount', (text) => {
  expect(parseAmount(text, 'EUR')).toBeUndefined()
})

test('an unknown currency is not read, and is a fault to write', () => {
  expect(parseAmount('1.00', 'XXX')).toBeUndefined()
  expect(() => formatMinor(1n, 'XXX')).toThrow(RangeError)
})

test(
  'a sum is the sum of its minor units, in any order',
  holds([fc.array(minor, { minLength: 1, maxLength: 8 }), currency], (amounts, code) => {
    const all = amounts.map((amount) => money(amount, code))
    const [first = nil(code), ...rest] = all
    const total = amounts.reduce((a, b) => a + b, 0n)
    expect(sum(first, ...rest)).toEqual(money(total, code))
    expect(sum(nil(code), ...all.toReversed())).toEqual(money(total, code))
  }),
)

test(
  'two currencies in one sum are a fault',
  holds([minor, minor, currency, currency], (a, b, one_, other) => {
    if (one_ === other) return
    expect(() => sum(money(a, one_), money(b, other))).toThrow(TypeError)
  }),
)

test(
  'all of an amount is the amount, none of it is nil, whatever the mode',
  holds([minor, currency, mode], (amount, code, name) => {
    expect(portion(money(amount, code), one, name)).toEqual(money(amount, code))
    expect(portion(money(amount, code), zero, name)).toEqual(nil(code))
  }),
)

test(
  'a portion rounded down and its remainder rounded up re-add',
  holds([minor, rate.filter(({ n, d }) => n <= d)], (amount, part) => {
    const whole = money(amount < 0n ? -amount : amount, 'MYR')
    const rest = subtract(one, part)
    expect(sum(portion(whole, part, 'down'), portion(whole, rest, 'up'))).toEqual(whole)
  }),
)

test(
  'a portion is less than one minor unit from the exact one, and grows with the rate',
  holds([minor, rate, rate, mode], (amount, a, b, name) => {
    const whole = money(amount < 0n ? -amount : amount, 'SGD')
    const taken = portion(whole, a, name).minor
    const off = whole.minor * a.n - taken * a.d
    expect((off < 0n ? -off : off) < a.d).toBe(true)
    const less = a.n * b.d <= b.n * a.d
    expect(less ? taken <= portion(whole, b, name).minor : true).toBe(true)
  }),
)

test.each([
  ['25.50', '25.50'],
  // A phone in French has only a comma.
  ['25,50', '25.50'],
  ['25,5', '25.5'],
  ['0,99', '0.99'],
  // Thousands or thousandths: nobody knows, and the reader is asked.
  ['1,000', '1,000'],
  ['1,204.50', '1,204.50'],
  ['1.204,50', '1.204,50'],
  [',50', ',50'],
  ['', ''],
  ['abc', 'abc'],
])('%j is read as %j', (text, amount) => {
  expect(typedAmount(text)).toBe(amount)
})
