import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, isLower, multiply, ratio, subtract, type Ratio } from './ratio.ts'
import { apportion, round, roundingModes, roundQuotient, roundToStep } from './rounding.ts'
import type { RoundingMode } from './rounding.ts'

const runs = { numRuns: 1000 }
const whole = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n })
const anyRatio = fc.tuple(whole, positive).map(([n, d]) => ratio(n, d))
const mode = fc.constantFrom(...roundingModes)
const half: Ratio = { n: 1n, d: 2n }
const distance = (a: Ratio, b: Ratio): Ratio => {
  const { n, d } = subtract(a, b)
  return { n: n < 0n ? -n : n, d }
}

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

test.each<[string, Record<RoundingMode, bigint>]>([
  ['1.4', { down: 1n, up: 2n, 'half-up': 1n, 'half-down': 1n, 'half-even': 1n }],
  ['1.5', { down: 1n, up: 2n, 'half-up': 2n, 'half-down': 1n, 'half-even': 2n }],
  ['2.5', { down: 2n, up: 3n, 'half-up': 3n, 'half-down': 2n, 'half-even': 2n }],
  ['2.6', { down: 2n, up: 3n, 'half-up': 3n, 'half-down': 3n, 'half-even': 3n }],
  ['-2.5', { down: -2n, up: -3n, 'half-up': -3n, 'half-down': -2n, 'half-even': -2n }],
  ['3.0', { down: 3n, up: 3n, 'half-up': 3n, 'half-down': 3n, 'half-even': 3n }],
])('%s by every mode', (text, wanted) => {
  const value = ratio(BigInt(text.replace('.', '')), 10n)
  const found = Object.fromEntries(roundingModes.map((name) => [name, round(value, name)]))
  expect(found).toEqual(wanted)
})

test(
  'agrees with counting on the number line',
  holds(
    [fc.bigInt({ min: -600n, max: 600n }), fc.bigInt({ min: 1n, max: 24n }), mode],
    (n, d, name) => expect(roundQuotient(n, d, name)).toBe(countedRounding(n, d, name)),
  ),
)

test(
  'a whole number stays what it is',
  holds([whole, positive, mode], (k, d, name) => expect(roundQuotient(k * d, d, name)).toBe(k)),
)

test(
  'never moves a value by one or more, and the half modes by no more than a half',
  holds([anyRatio, mode], (value, name) => {
    const moved = distance(ratio(round(value, name)), value)
    expect(isLower(moved, ratio(1n))).toBe(true)
    if (name.startsWith('half')) expect(isLower(half, moved)).toBe(false)
  }),
)

test(
  'a negative value rounds as its mirror image',
  holds([anyRatio, mode], (value, name) =>
    expect(round({ n: -value.n, d: value.d }, name)).toBe(-round(value, name)),
  ),
)

test(
  'keeps order: what is not less does not become less',
  holds([anyRatio, anyRatio, mode], (a, b, name) => {
    const [low, high] = isLower(a, b) ? [a, b] : [b, a]
    expect(round(low, name) <= round(high, name)).toBe(true)
  }),
)

test(
  'does not depend on how the ratio is written',
  holds([anyRatio, positive, mode], ({ n, d }, k, name) =>
    expect(roundQuotient(n * k, d * k, name)).toBe(roundQuotient(n, d, name)),
  ),
)

test(
  'an even number added before rounding or after is the same, while the sign stays',
  holds([anyRatio, positive, mode], (value, k, name) => {
    const even = (value.n < 0n ? -2n : 2n) * k
    expect(round(add(value, ratio(even)), name)).toBe(round(value, name) + even)
  }),
)

test(
  'to a step: a multiple of it, the same as rounding the number of steps',
  holds([anyRatio, positive, mode], (value, step, name) => {
    const rounded = roundToStep(value, step, name)
    expect(rounded % step).toBe(0n)
    expect(rounded).toBe(round(multiply(value, ratio(1n, step)), name) * step)
    expect(roundToStep(value, 1n, name)).toBe(round(value, name))
  }),
)

const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 })
const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n)

test.each([
  [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  [100n, [1n, 2n, 4n], [14n, 29n, 57n]],
  [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
  [5n, [0n, 0n], [5n, 0n]],
  [0n, [3n, 4n], [0n, 0n]],
  [1n, [0n, 1n, 1n], [0n, 1n, 0n]],
])('%s shared by %s is %s', (amount, shares, parts) => {
  expect(apportion(amount, shares)).toEqual(parts)
})

test(
  'shares re-add to the whole',
  holds([whole, weights], (amount, shares) => {
    const parts = apportion(amount, shares)
    expect(parts).toHaveLength(shares.length)
    expect(sumOf(parts)).toBe(amount)
  }),
)

test(
  'every share is within one unit of the exact one',
  holds([whole, weights.filter((shares) => sumOf(shares) > 0n)], (amount, shares) => {
    const total = sumOf(shares)
    for (const [index, part] of apportion(amount, shares).entries()) {
      const exact = ratio(amount * (shares[index] ?? 0n), total)
      expect(isLower(distance(ratio(part), exact), ratio(1n))).toBe(true)
    }
  }),
)

test(
  'more weight never gets less, and of equals the earlier is never behind',
  holds([whole.map((n) => (n < 0n ? -n : n)), weights], (amount, shares) => {
    const parts = apportion(amount, shares)
    for (let i = 0; i < shares.length; i += 1)
      for (let j = i + 1; j < shares.length; j += 1) {
        const [wi = 0n, wj = 0n, pi = 0n, pj = 0n] = [shares[i], shares[j], parts[i], parts[j]]
        if (wi >= wj) expect(pi >= pj).toBe(true)
        else if (sumOf(shares) > 0n) expect(pj >= pi).toBe(true)
      }
  }),
)

test(
  'no weight, no share, unless nobody has any',
  holds([whole, weights], (amount, shares) => {
    const parts = apportion(amount, shares)
    if (sumOf(shares) === 0n) expect(parts[0]).toBe(amount)
    else
      for (const [index, share] of shares.entries()) if (share === 0n) expect(parts[index]).toBe(0n)
  }),
)

test(
  'only the proportions count, and a debt is shared like a claim',
  holds([whole, weights, positive], (amount, shares, k) => {
    const parts = apportion(amount, shares)
    expect(
      apportion(
        amount,
        shares.map((share) => share * k),
      ),
    ).toEqual(parts)
    expect(apportion(-amount, shares)).toEqual(parts.map((part) => -part))
  }),
)

/** The slow way: walk the whole numbers away from zero until the value lies between two of them, then choose. */
function countedRounding(n: bigint, d: bigint, name: RoundingMode): bigint {
  const size = n < 0n ? -n : n
  let below = 0n
  while ((below + 1n) * d <= size) below += 1n
  const toBelow = size - below * d
  const toAbove = (below + 1n) * d - size
  const nearer = toBelow < toAbove ? below : toAbove < toBelow ? below + 1n : undefined
  const tie = { 'half-up': below + 1n, 'half-down': below, 'half-even': below + (below % 2n) }
  const chosen =
    toBelow === 0n || name === 'down' ? below : name === 'up' ? below + 1n : (nearer ?? tie[name])
  return n < 0n ? -chosen : chosen
}
