import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayNumber, dayOfNumber, daysBetween, daysInMonth, isDay, weekday } from './day.ts'

const runs = { numRuns: 1000 }
const first = dayNumber('0001-01-01')
const last = dayNumber('9999-12-31')
const anyNumber = fc.integer({ min: first, max: last })
const anyDay = anyNumber.map(dayOfNumber)

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => void,
): () => void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => void law(...values))
  return () => fc.assert(property, runs)
}

// A calendar of its own, from the rule of 1582 alone: https://en.wikipedia.org/wiki/Gregorian_calendar
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const monthLengths = (year: number): number[] => [
  31,
  isLeap(year) ? 29 : 28,
  31,
  30,
  31,
  30,
  31,
  31,
  30,
  31,
  30,
  31,
]
const two = (n: number): string => String(n).padStart(2, '0')
const written = (y: number, m: number, d: number): string =>
  `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`

test.each([
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2026-04-31', false],
  ['2026-00-10', false],
  ['2026-13-10', false],
  ['2026-11-00', false],
  ['2026-1-1', false],
  ['26-01-01', false],
  ['2026-11-22T00:00:00Z', false],
  [' 2026-11-22', false],
])('%s is a day: %s', (text, wanted) => expect(isDay(text)).toBe(wanted))

test(
  'a day exists exactly when the calendar has it',
  holds(
    [
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
    ],
    (year, month, date) => {
      const length = monthLengths(year)[month - 1] ?? 0
      expect(isDay(written(year, month, date))).toBe(date >= 1 && date <= length)
      if (length > 0) expect(daysInMonth(year, month)).toBe(length)
    },
  ),
)

test(
  'other text is no day, and never an error',
  holds([fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-') }))], (text) => {
    if (isDay(text)) expect(text).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }),
)

test('day 0 is 1 January 1970, a Thursday', () => {
  expect(dayOfNumber(0)).toBe('1970-01-01')
  expect(weekday('1970-01-01')).toBe(4)
})

test('400 years are 146,097 days, counted one by one', () => {
  let days = dayNumber('1999-12-31')
  for (let year = 2000; year < 2400; year += 1)
    for (const [index, length] of monthLengths(year).entries())
      for (let date = 1; date <= length; date += 1)
        if (dayOfNumber((days += 1)) !== written(year, index + 1, date))
          expect(dayOfNumber(days)).toBe(written(year, index + 1, date))
  expect(days - dayNumber('1999-12-31')).toBe(146_097)
})

test(
  'number to day and back',
  holds([anyNumber], (number) => {
    expect(dayNumber(dayOfNumber(number))).toBe(number)
    expect(isDay(dayOfNumber(number))).toBe(true)
  }),
)

test(
  'days sort as they read',
  holds([anyNumber, anyNumber], (a, b) => expect(dayOfNumber(a) < dayOfNumber(b)).toBe(a < b)),
)

test(
  'adding the days between two days leads from one to the other',
  holds([anyDay, anyDay], (a, b) => {
    expect(addDays(a, daysBetween(a, b))).toBe(b)
    expect(daysBetween(a, b) + daysBetween(b, a)).toBe(0)
  }),
)

test(
  'weekdays follow each other and agree with the congruence of Zeller',
  holds([anyNumber.filter((number) => number < last)], (number) => {
    const day = dayOfNumber(number)
    expect(weekday(addDays(day, 1))).toBe((weekday(day) % 7) + 1)
    expect(weekday(day)).toBe(zeller(day))
  }),
)

/** Zeller 1887: 0 is Saturday; January and February belong to the year before. ISO: 1 is Monday. */
function zeller(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const [m, y] = month < 3 ? [month + 12, year - 1] : [month, year]
  const [century, rest] = [Math.floor(y / 100), y % 100]
  const h = date + Math.floor((13 * (m + 1)) / 5) + rest + Math.floor(rest / 4)
  const saturdayIsZero = (((h + Math.floor(century / 4) - 2 * century) % 7) + 7) % 7
  return ((saturdayIsZero + 5) % 7) + 1
}
