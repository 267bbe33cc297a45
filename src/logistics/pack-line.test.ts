import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefused } from '../basis/refusal.ts'
import { packLine, type PackItem } from './pack-line.ts'

const scarf: PackItem = { massG: 120, lengthMm: 250, widthMm: 200, heightMm: 20, quantity: 1 }
const limits = { massG: 2_000, lengthMm: 600, girthMm: 900 }

describe('a line of scarves', () => {
  test.each<[number, object[]]>([
    // One keeps its own size.
    [1, [{ massG: 120, lengthMm: 250, widthMm: 200, heightMm: 20 }]],
    // Three are 60 mm high and a quarter more.
    [3, [{ massG: 360, lengthMm: 250, widthMm: 200, heightMm: 75 }]],
    // Five would be 125 mm high: 250 + 2 x (200 + 125) is the 900 mm that the service takes.
    [5, [{ massG: 600, lengthMm: 250, widthMm: 200, heightMm: 125 }]],
    [
      6,
      [
        { massG: 600, lengthMm: 250, widthMm: 200, heightMm: 125 },
        { massG: 120, lengthMm: 250, widthMm: 200, heightMm: 20 },
      ],
    ],
  ])('%i pieces', (quantity, parcels) => {
    expect(packLine([{ ...scarf, quantity }], limits)).toEqual({ parcels, byMassOnly: false })
  })

  test('without limits they all go into one', () => {
    expect(packLine([{ ...scarf, quantity: 40 }])).toMatchObject({
      parcels: [{ massG: 4_800, lengthMm: 1_000 }],
    })
  })

  test('where a size is missing, mass alone decides and the answer says so', () => {
    expect(packLine([scarf, { massG: 700, quantity: 3 }], limits)).toEqual({
      parcels: [{ massG: 1_520 }, { massG: 700 }],
      byMassOnly: true,
    })
  })
})

test.each<[string, PackItem[]]>([
  ['too-heavy', [{ massG: 2_001, quantity: 1 }]],
  ['too-long', [{ ...scarf, heightMm: 601 }]],
  ['too-large', [{ ...scarf, heightMm: 300, quantity: 2 }]],
  ['mass-unknown', [{ massG: 0, quantity: 1 }]],
  ['mass-unknown', [{ massG: 1.5, quantity: 1 }]],
  ['mass-unknown', [{ massG: 100, quantity: 0 }]],
  ['no-parcel', []],
  ['too-many-pieces', [{ massG: 1, quantity: 1_000_001 }]],
  ['too-many-parcels', [{ massG: 1_500, quantity: 1_001 }]],
])('%s is refused', (code, items) =>
  expect(packLine(items, limits)).toMatchObject({ refused: code }),
)

test('a million pieces take no longer than one', () => {
  const packed = packLine([{ ...scarf, massG: 1, quantity: 1_000_000 }], { massG: 2_000_000 })
  expect(packed).toMatchObject({ parcels: [{ massG: 1_000_000 }] })
})

test('no piece is lost, and every parcel keeps the limits', () => {
  const item = fc.record({
    massG: fc.integer({ min: 1, max: 2_000 }),
    lengthMm: fc.integer({ min: 1, max: 300 }),
    widthMm: fc.integer({ min: 1, max: 200 }),
    heightMm: fc.integer({ min: 1, max: 100 }),
    quantity: fc.integer({ min: 1, max: 30 }),
  })
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) => {
      const packing = packLine(items, limits)
      if (isRefused(packing)) return
      const total = items.reduce((sum, { massG, quantity }) => sum + massG * quantity, 0)
      expect(packing.parcels.reduce((sum, { massG }) => sum + massG, 0)).toBe(total)
      const room = (
        all: readonly {
          lengthMm?: number | undefined
          widthMm?: number | undefined
          heightMm?: number | undefined
        }[],
        of: (at: number) => number,
      ): number =>
        all.reduce(
          (sum, { lengthMm = 0, widthMm = 0, heightMm = 0 }, at) =>
            sum + lengthMm * widthMm * heightMm * of(at),
          0,
        )
      expect(room(packing.parcels, () => 1)).toBeGreaterThanOrEqual(
        room(items, (at) => items[at]?.quantity ?? 0),
      )
      for (const { massG, lengthMm = 0, widthMm = 0, heightMm = 0 } of packing.parcels) {
        expect(massG).toBeLessThanOrEqual(limits.massG)
        expect(lengthMm).toBeLessThanOrEqual(limits.lengthMm)
        expect(lengthMm + 2 * (widthMm + heightMm)).toBeLessThanOrEqual(limits.girthMm)
      }
    }),
    { numRuns: 1_000 },
  )
})
