import { expect, test } from 'vitest'
import { ratesHold } from './quote.ts'

test.each([
  ['3 to 5 days', { min: 3, max: 5, count: 'calendar' }, 19],
  ['5 working days are a week', { min: 3, max: 5, count: 'working' }, 21],
  ['11 to 20 working days', { min: 11, max: 20, count: 'working' }, 30],
  ['by sea', { min: 40, max: 60, count: 'calendar' }, 30],
])('rates hold while goods travel and are looked at: %s', (_, days, expected) =>
  expect(ratesHold({ days }) / 86_400_000).toBe(expected),
)
