import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, weekday } from '../basis/day.ts'
import { deliveryOf } from './delivery.ts'
import type { Transit } from './lane.ts'

const post: Transit = {
  min: 2,
  max: 7,
  count: 'working',
  week: [1, 2, 3, 4, 5],
  cutOff: '16:00',
  timeZone: 'Asia/Kuala_Lumpur',
}
const at = (text: string): number => Date.parse(text)

// Kuala Lumpur is eight hours ahead of UTC. 20 November 2026 is a Friday.
test.each<[string, Partial<Transit>, string, string]>([
  [
    'at the cut-off it still leaves',
    {},
    '2026-11-20T08:00:59Z',
    '2026-11-20 2026-11-24 2026-12-01',
  ],
  [
    'a minute later it waits for Monday',
    {},
    '2026-11-20T08:01:00Z',
    '2026-11-23 2026-11-25 2026-12-02',
  ],
  ['on Saturday too', {}, '2026-11-21T03:00:00Z', '2026-11-23 2026-11-25 2026-12-02'],
  ['the day is that of the origin', {}, '2026-11-22T17:00:00Z', '2026-11-23 2026-11-25 2026-12-02'],
  [
    'calendar days count all, but it leaves on a working day',
    { count: 'calendar' },
    '2026-11-20T09:00:00Z',
    '2026-11-23 2026-11-25 2026-11-30',
  ],
  [
    'a week from Sunday to Thursday',
    { week: [1, 2, 3, 4, 7] },
    '2026-11-20T03:00:00Z',
    '2026-11-22 2026-11-24 2026-12-01',
  ],
  [
    'one ship a week',
    { week: [3], min: 1, max: 2 },
    '2026-11-20T03:00:00Z',
    '2026-11-25 2026-12-02 2026-12-09',
  ],
  ['the same day', { min: 0, max: 0 }, '2026-11-20T03:00:00Z', '2026-11-20 2026-11-20 2026-11-20'],
  // Toronto leaves daylight saving time on 1 November 2026: 20:00 UTC is 16:00 before and 15:00 after.
  [
    'summer time',
    { timeZone: 'America/Toronto' },
    '2026-10-30T20:01:00Z',
    '2026-11-02 2026-11-04 2026-11-11',
  ],
  [
    'winter time',
    { timeZone: 'America/Toronto' },
    '2026-11-06T20:01:00Z',
    '2026-11-06 2026-11-10 2026-11-17',
  ],
])('%s', (_, over, instant, expected) => {
  const { leaves, earliest, latest } = deliveryOf({ ...post, ...over }, at(instant))
  expect(`${leaves} ${earliest} ${latest}`).toBe(expected)
})

test('arrivals are in order, and working days are counted one by one', () => {
  const weeks = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
  const instants = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
  fc.assert(
    fc.property(weeks, fc.nat(90), fc.nat(30), instants, (week, min, more, instant) => {
      const { leaves, earliest, latest } = deliveryOf(
        { ...post, week, min, max: min + more },
        instant,
      )
      expect(week).toContain(weekday(leaves))
      expect(leaves <= earliest && earliest <= latest).toBe(true)
      let [day, left] = [leaves, min]
      while (left > 0) {
        day = addDays(day, 1)
        if (week.includes(weekday(day))) left -= 1
      }
      expect(earliest).toBe(day)
    }),
    { numRuns: 1_000 },
  )
})
