import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chapterOf, formatTariffCode, headingOf, parseTariffCode, subheadingOf } from './hs.ts'

const runs = { numRuns: 1000 }
const digit = fc.constantFrom(...'0123456789')
const chapter = fc
  .integer({ min: 1, max: 99 })
  .filter((number) => number !== 77)
  .map((number) => String(number).padStart(2, '0'))
const pairs = (min: number, max: number) =>
  fc
    .array(fc.tuple(digit, digit), { minLength: min, maxLength: max })
    .map((all) => all.flat().join(''))
const code = fc.tuple(chapter, pairs(1, 5)).map(([start, rest]) => start + rest)

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

test.each([
  ['6214.10', '621410'],
  ['6109.10.00.10', '6109100010'],
  ['6109 10', '610910'],
  [' 0101.21 ', '010121'],
  ['9801.00', '980100'],
  ['6109', '6109'],
  ['61', undefined],
  ['61091', undefined],
  ['0001.10', undefined],
  ['7701.10', undefined],
  ['6109-10', undefined],
  ['6109.10.', undefined],
  ['61O910', undefined],
  ['61091000101010', undefined],
  ['', undefined],
])('%j is read as %j', (text, wanted) => expect(parseTariffCode(text)).toBe(wanted))

test(
  'a code is read back from the way people write it',
  holds([code], (digits) => {
    expect(parseTariffCode(digits)).toBe(digits)
    expect(parseTariffCode(formatTariffCode(digits))).toBe(digits)
  }),
)

test(
  'dots and spaces between the digits do not matter',
  holds([code, fc.infiniteStream(fc.constantFrom('', '', '', '.', ' '))], (digits, between) => {
    const text = [...digits].reduce((all, next) => `${all}${between.next().value}${next}`)
    expect(parseTariffCode(text)).toBe(digits)
  }),
)

test(
  'chapter, heading and subheading are its first two, four and six digits',
  holds([code.filter((digits) => digits.length >= 6)], (digits) => {
    expect(subheadingOf(digits).startsWith(headingOf(digits))).toBe(true)
    expect(headingOf(digits).startsWith(chapterOf(digits))).toBe(true)
    expect(digits.startsWith(subheadingOf(digits))).toBe(true)
    const lengths = [chapterOf, headingOf, subheadingOf].map((part) => part(digits).length)
    expect(lengths).toEqual([2, 4, 6])
  }),
)

test(
  'an odd number of digits, or a chapter that does not exist, is no code',
  holds([code, digit, fc.constantFrom('00', '77')], (digits, odd, missing) => {
    expect(parseTariffCode(digits + odd)).toBeUndefined()
    expect(parseTariffCode(missing + digits.slice(2))).toBeUndefined()
  }),
)

test(
  'other text is no code, and never an error',
  holds([fc.string({ unit: fc.constantFrom(...'0123456789. x-') })], (text) => {
    expect(parseTariffCode(text) ?? '6109').toMatch(/^\d{4,12}$/)
  }),
)
