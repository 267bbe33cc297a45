import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../../basis/refusal.ts'
import { signs } from './crockford.ts'
import { makeShortCode, readShortCode, showShortCode } from './short-code.ts'

const codeOf = (...bytes: number[]) => makeShortCode(() => new Uint8Array(bytes))

// The check sign of a single 1 is twice it; one place further to the left doubles again, modulo x^5 + x^2 + 1.
test.each([
  [[0, 0, 0, 0, 0], '000-000-000'],
  [[0, 0, 0, 0, 1], '000-000-012'],
  [[0, 0, 0, 0, 1 << 5], '000-000-104'],
  [[0, 0, 0, 4, 0], '000-001-008'],
  [[0, 0, 0, 1 << 7, 0], '000-010-00G'],
  [[0, 0, 1 << 4, 0, 0], '000-100-005'],
  [[0x12, 0x34, 0x56, 0x78, 0x9a], '28T-5CY-4TH'],
])('%j is shown as %s', (bytes, shown) => {
  const code = codeOf(...bytes)
  expect(showShortCode(code)).toBe(shown)
  expect(readShortCode(shown)).toBe(code)
})

test.each([
  ['28T-5CY-4TH', '28T5CY4TH'],
  ['  28t 5cy 4th\n', '28T5CY4TH'],
  ['28T–5CY—4TH', '28T5CY4TH'],
  ['ooo ooo oi2', '000000012'],
  ['OOOOOOOL2', '000000012'],
])('%j is read as %s', (typed, code) => {
  expect(readShortCode(typed)).toBe(code)
})

test.each([
  ['', 'short-code-length', { length: 0 }],
  ['28T-5CY-4T', 'short-code-length', { length: 8 }],
  ['28T-5CY-4THH', 'short-code-length', { length: 10 }],
  ['28T-5CU-4TH', 'short-code-sign', { at: 5, sign: 'U' }],
  ['28T-5CY-4T*', 'short-code-sign', { at: 8, sign: '*' }],
  ['２８T5CY4TH', 'short-code-sign', { at: 0, sign: '２' }],
  ['28T-5CY-4HT', 'short-code-check', {}],
  ['28T-5CY-4T1', 'short-code-check', {}],
])('%j is refused: %s', (typed, refused, facts) => {
  expect(readShortCode(typed)).toEqual({ refused, facts })
})

test('every wrong sign and every swap of neighbours is found, in every place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
      const code = makeShortCode(() => bytes)
      const letters = [...code]
      const wrong = letters.flatMap((letter, at) =>
        [...signs].filter((sign) => sign !== letter).map((sign) => letters.with(at, sign)),
      )
      const swapped = letters
        .slice(1)
        .map((letter, at) => letters.with(at, letter).with(at + 1, letters[at] ?? ''))
        .filter((each) => each.join('') !== code)
      const unseen = [...wrong, ...swapped].filter(
        (each) => !isRefused(readShortCode(each.join(''))),
      )
      expect(unseen.map((each) => each.join(''))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
