import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid, uuidv7 } from '../basis/uuid.ts'
import { orderNumber, rangeOfNumber, readTracking, trackingLink } from './order-number.ts'

const ids = fc
  .tuple(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2094, 0, 1) }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  )
  .map(([at, bytes]) => uuidv7(at, () => bytes))

test('a number leads back to the id, however it is typed', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const number = orderNumber(id)
      expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      for (const typed of [number, number.toLowerCase(), number.replaceAll('-', ' ')]) {
        const range = rangeOfNumber(typed)!
        expect(range.number).toBe(number)
        expect(range.first <= id && id <= range.last).toBe(true)
      }
    }),
  )
})

test('numbers of later orders are higher', () => {
  const at = (milliseconds: number) =>
    orderNumber(uuidv7(milliseconds, (length) => new Uint8Array(length)))
  expect(at(Date.UTC(2026, 10, 22)) < at(Date.UTC(2026, 10, 22) + 1)).toBe(true)
})

test.each(['', '0M5K', 'UUUU-UUUU-UUUU', '0M5K-3ZQ2-7XAB-1', "' or 1=1"])(
  '%j is no number',
  (typed) => expect(rangeOfNumber(typed)).toBeUndefined(),
)

test('a tracking link holds the id and the secret; what is none is told apart', () => {
  fc.assert(
    fc.property(ids, fc.uint8Array({ minLength: 16, maxLength: 16 }), (id, bytes) => {
      const tracking = Buffer.from(bytes).toString('base64url')
      const link = trackingLink({ id, tracking })
      expect(readTracking(link)).toEqual({ order: id, secret: tracking })
      expect(readTracking(link.slice(1))).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readTracking(text)
      expect(read === undefined || /^[0-9a-f-]{36}$/.test(read.order)).toBe(true)
    }),
  )
  expect(isUuid(readTracking('A'.repeat(44))!.order)).toBe(false)
})
