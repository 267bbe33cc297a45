import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../basis/journal.ts'
import { putBack, takeStock, type StockDraft } from './stock.ts'

// A shelf of up to four kinds of scarves; an order takes some of several.
const variants = ['red', 'blue', 'green', 'gold']
const line = (at: number, quantity: number) => ({
  ...{ homeHub: 'my', businessId: 'amina', variantId: variants[at]!, quantity },
})
const shelf = (counts: readonly number[]): StockDraft => {
  const rows = counts.map((count, at) => {
    const key = line(at, count)
    return [`my amina ${key.variantId}`, { key, onHand: BigInt(count) }] as const
  })
  return { journal: openJournal(), onHand: new Map(rows), before: new Map(rows) }
}
const left = (draft: StockDraft) => [...draft.onHand.values()].map(({ onHand }) => Number(onHand))
const counts = fc.array(fc.nat(20), { minLength: 4, maxLength: 4 })
const lines = fc.array(
  fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 12 })).map(([at, quantity]) => line(at, quantity)),
  { minLength: 1, maxLength: 6 },
)
const need = (order: readonly { variantId: string; quantity: number }[]) =>
  variants.map((each) =>
    order.reduce((sum, { variantId, quantity }) => sum + (variantId === each ? quantity : 0), 0),
  )
const law = <T>(each: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(each, check), { numRuns: 1_000 })

describe('laws of stock', () => {
  test('an order is served exactly when there is enough of everything, lines of one kind added up', () =>
    law(fc.tuple(counts, lines), ([there, order]) => {
      const enough = need(order).every((each, at) => each <= there[at]!)
      expect(takeStock(shelf(there), order) === undefined).toBe(enough)
    }))

  test('served, what is gone is what was ordered; refused, nothing of any line is gone', () =>
    law(fc.tuple(counts, lines), ([there, order]) => {
      const draft = shelf(there)
      const refusedIt = takeStock(draft, order)
      const wanted = need(order)
      expect(left(draft)).toEqual(there.map((each, at) => (refusedIt ? each : each - wanted[at]!)))
    }))

  test('taken and put back, the shelf is as it was', () =>
    law(fc.tuple(counts, lines), ([there, order]) => {
      const draft = shelf(there)
      if (!takeStock(draft, order)) putBack(draft, order)
      expect(left(draft)).toEqual(there)
    }))

  test('lines in another order are served or refused alike, and leave the same', () =>
    law(fc.tuple(counts, lines), ([there, order]) => {
      const [one, other] = [shelf(there), shelf(there)]
      const first = takeStock(one, order)
      expect(takeStock(other, order.toReversed())?.refused).toBe(first?.refused)
      expect(left(other)).toEqual(left(one))
    }))

  test('whatever is taken and put back, in any order, on the shelf and in the parcels is all there is', () =>
    law(
      fc.tuple(counts, fc.array(fc.tuple(lines, fc.boolean()), { maxLength: 20 })),
      ([there, all]) => {
        const draft = shelf(there)
        const parcels: (typeof all)[number][0][] = []
        for (const [order, back] of all) {
          const parcel = back ? parcels.pop() : undefined
          if (parcel) putBack(draft, parcel)
          else if (!takeStock(draft, order)) parcels.push(order)
          expect(Math.min(...left(draft))).toBeGreaterThanOrEqual(0)
          const away = need(parcels.flat())
          expect(left(draft).map((each, at) => each + away[at]!)).toEqual(there)
        }
      },
    ))

  test('a kind that is gone from the shop is neither sold nor put back', () =>
    law(fc.integer({ min: 1, max: 99 }), (quantity) => {
      const draft = shelf([5])
      putBack(draft, [line(1, quantity)])
      expect(takeStock(draft, [line(1, 1)])).toMatchObject({ refused: 'out-of-stock' })
      expect(left(draft)).toEqual([5])
    }))
})
