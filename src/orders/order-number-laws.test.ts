import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uuidv7 } from '../basis/uuid.ts'
import { orderNumber, rangeOfNumber, readTracking, trackingLink } from './order-number.ts'

const first = Date.UTC(2026, 0, 1)
const times = fc.integer({ min: first, max: Date.UTC(2094, 0, 1) })
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
/** Near, far, and a single bit apart. */
const distances = fc.oneof(
  fc.integer({ min: 1, max: 10 ** 9 }),
  fc.integer({ min: 0, max: 40 }).map((bit) => 2 ** bit),
)
const idOf = (at: number, random: Uint8Array) => uuidv7(at, () => random)
/** Other bytes, or the same with one bit changed. */
const others: fc.Arbitrary<(one: Uint8Array) => Uint8Array> = fc.oneof(
  bytes.map((other) => () => other),
  fc
    .integer({ min: 0, max: 127 })
    .map(
      (bit) => (one: Uint8Array) =>
        one.map((each: number, at: number) => (at === bit >> 3 ? each ^ (1 << (bit & 7)) : each)),
    ),
)
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 1_000 })

describe('laws of order numbers', () => {
  test('orders of different milliseconds never share a number', () =>
    law(fc.tuple(times, distances, bytes), ([at, later, random]) => {
      expect(orderNumber(idOf(at, random))).not.toBe(orderNumber(idOf(at + later, random)))
    }))

  test('of one millisecond two orders share a number only if their last 19 bits are the same', () =>
    law(fc.tuple(times, bytes, others), ([at, one, otherThan]) => {
      const other = otherThan(one)
      const ids = [idOf(at, one), idOf(at, other)]
      const tails = ids.map((id) => Number.parseInt(id.slice(-5), 16) % 2 ** 19)
      expect(new Set(ids.map(orderNumber)).size).toBe(new Set(tails).size)
    }))

  test('the orders that a number may mean are all of one millisecond', () =>
    law(fc.tuple(times, distances, bytes), ([at, apart, random]) => {
      const { first: from, last } = rangeOfNumber(orderNumber(idOf(at, random)))!
      const other = idOf(at + apart, random)
      expect(from <= other && other <= last).toBe(false)
    }))

  test('whoever reads O for 0, or I or L for 1, still finds the order', () =>
    law(fc.tuple(times, bytes, fc.constantFrom('I', 'L', 'i', 'l')), ([at, random, one]) => {
      const number = orderNumber(idOf(at, random))
      const misread = number.replaceAll('0', 'O').replaceAll('1', one)
      expect(rangeOfNumber(misread)).toEqual(rangeOfNumber(number))
    }))

  test('a tracking link is of one order and one secret: another of either is another link', () =>
    law(fc.tuple(times, bytes, bytes, bytes), ([at, random, one, other]) => {
      const links = [one, other].map((secret) =>
        trackingLink({
          id: idOf(at, random),
          tracking: Buffer.from(secret).toString('base64url'),
        }),
      )
      expect(links[0] === links[1]).toBe(Buffer.compare(one, other) === 0)
      expect(readTracking(links[0]!)?.order).toBe(idOf(at, random))
    }))
})
