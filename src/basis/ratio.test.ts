import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  compare,
  decimal,
  divide,
  equal,
  isLower,
  multiply,
  one,
  parseDecimal,
  ratio,
  reduce,
  scale,
  subtract,
  toDecimal,
  zero,
  type Ratio,
} from './ratio.ts'

const runs = { numRuns: 1000 }
const whole = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const positive = fc.bigInt({ min: 1n, max: 10n ** 24n })
const anyRatio = fc.tuple(whole, positive).map(([n, d]) => ratio(n, d))
const notZero = anyRatio.filter(({ n }) => n !== 0n)

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

const same = (a: Ratio, b: Ratio): void => expect(reduce(a)).toEqual(reduce(b))

test(
  'a sum does not depend on order or grouping',
  holds([anyRatio, anyRatio, anyRatio], (a, b, c) => {
    same(add(a, b), add(b, a))
    same(add(add(a, b), c), add(a, add(b, c)))
  }),
)

test(
  'a product does not depend on order or grouping, and spreads over a sum',
  holds([anyRatio, anyRatio, anyRatio], (a, b, c) => {
    same(multiply(a, b), multiply(b, a))
    same(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))
    same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))
  }),
)

test(
  'zero and one change nothing',
  holds([anyRatio], (a) => {
    same(add(a, zero), a)
    same(multiply(a, one), a)
    same(subtract(a, a), zero)
  }),
)

test(
  'subtracting undoes adding, dividing undoes multiplying',
  holds([anyRatio, notZero], (a, b) => {
    same(subtract(add(a, b), b), a)
    same(divide(multiply(a, b), b), a)
  }),
)

test(
  'scaling is multiplying by a whole number',
  holds([anyRatio, whole], (a, by) => same(scale(a, by), multiply(a, ratio(by)))),
)

test(
  'every result has a positive denominator',
  holds([anyRatio, notZero], (a, b) => {
    for (const { d } of [add(a, b), subtract(a, b), multiply(a, b), divide(a, b), reduce(a)])
      expect(d > 0n).toBe(true)
  }),
)

test(
  'the sign stands in the numerator, wherever it was given',
  holds([whole, positive], (n, d) => expect(ratio(n, -d)).toEqual(ratio(-n, d))),
)

test(
  'comparing is a total order that agrees with the sign of the difference',
  holds([anyRatio, anyRatio, anyRatio], (a, b, c) => {
    const { n } = subtract(a, b)
    expect(compare(a, b)).toBe(n < 0n ? -1 : n > 0n ? 1 : 0)
    expect(compare(a, b) + compare(b, a)).toBe(0)
    expect(equal(a, b)).toBe(n === 0n)
    expect(isLower(a, b)).toBe(compare(a, b) < 0)
    if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
  }),
)

test(
  'adding the same to both sides keeps their order',
  holds([anyRatio, anyRatio, anyRatio], (a, b, c) =>
    expect(compare(add(a, c), add(b, c))).toBe(compare(a, b)),
  ),
)

test(
  'lowest terms are the same value, reached once',
  holds([anyRatio, positive], (a, k) => {
    const lowest = reduce(a)
    expect(lowest.n * a.d).toBe(a.n * lowest.d)
    expect(reduce(lowest)).toEqual(lowest)
    expect(reduce({ n: a.n * k, d: a.d * k })).toEqual(lowest)
  }),
)

const plainDecimal = fc
  .tuple(whole, fc.integer({ min: 0, max: 12 }))
  .map(([n, places]) => ratio(n, 10n ** BigInt(places)))

test(
  'a finite decimal is written and read back without loss',
  holds([plainDecimal], (a) => same(decimal(toDecimal(a)), a)),
)

test(
  'what has no finite decimal is cut towards zero and says so',
  holds([anyRatio, fc.integer({ min: 1, max: 20 })], (a, digits) => {
    const text = toDecimal(a, digits)
    const shown = decimal(text.replace('…', ''))
    const error = subtract(a, shown)
    expect(text.endsWith('…')).toBe(error.n !== 0n)
    const size = { n: error.n < 0n ? -error.n : error.n, d: error.d }
    expect(isLower(size, ratio(1n, 10n ** BigInt(digits)))).toBe(true)
    if (error.n !== 0n) expect(error.n > 0n).toBe(a.n > 0n)
  }),
)

test(
  'text is read as a plain decimal or not at all',
  holds(
    [fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.+-eE, _') }))],
    (text) => {
      const plain = /^[+-]?[0-9]+([.][0-9]+)?$/.test(text)
      expect(parseDecimal(text) !== undefined).toBe(plain)
    },
  ),
)

test.each(['', '.5', '5.', '1e3', '1,000', ' 1', '1 ', '0x10', '--1', '٣', 'NaN', 'Infinity'])(
  '%j is no plain decimal',
  (text) => {
    expect(parseDecimal(text)).toBeUndefined()
    expect(() => decimal(text)).toThrow(RangeError)
  },
)

test('a zero denominator is a fault', () => {
  expect(() => ratio(1n, 0n)).toThrow(RangeError)
  expect(() => divide(one, zero)).toThrow(RangeError)
})
