import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, lane, surcharge } from '../../test/logistics/amina-post.ts'
import { isRefused } from '../basis/refusal.ts'
import { priceLane, type LaneQuote } from './index.ts'
import type { RateStep } from './lane.ts'

describe('laws of pricing', () => {
  const sides = fc.record({
    lengthMm: fc.integer({ min: 1, max: 900 }),
    widthMm: fc.integer({ min: 1, max: 250 }),
    heightMm: fc.integer({ min: 1, max: 250 }),
  })
  const grams = fc.integer({ min: 1, max: 25_000 })
  /** A card whose prices never fall as masses grow, with every kind of step. */
  const card = fc
    .array(
      fc.record({
        more: fc.integer({ min: 1, max: 20_000 }),
        dearer: fc.bigInt({ min: 0n, max: 5_000n }),
        unitG: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
        unitMinor: fc.bigInt({ min: 0n, max: 900n }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map(rising)
  const some = fc.array(
    fc.oneof(
      fc
        .bigInt({ min: 1n, max: 4_000n })
        .map((n) =>
          surcharge(`share${n}`, { kind: 'percent-of-freight', percent: { n, d: 100n } }),
        ),
      fc
        .bigInt({ min: 1n, max: 4_000n })
        .map((n) => surcharge(`all${n}`, { kind: 'percent-of-all', percent: { n, d: 100n } })),
      fc
        .bigInt({ min: 1n, max: 4_000n })
        .map((amountMinor) => surcharge(`sum${amountMinor}`, { amountMinor })),
      fc
        .bigInt({ min: 1n, max: 400n })
        .map((amountMinor) => surcharge(`kg${amountMinor}`, { kind: 'per-kg', amountMinor })),
      fc
        .integer({ min: 1, max: 20_000 })
        .map((overG) => surcharge(`heavy${overG}`, { applies: 'heavy', overG, amountMinor: 77n })),
    ),
    { maxLength: 4 },
  )
  const lanes = fc
    .record({
      steps: card,
      surcharges: some,
      divisor: fc.option(fc.integer({ min: 1_000, max: 9_000 }), { nil: undefined }),
    })
    .map(({ divisor, ...each }) => ({
      ...lane,
      limits: { massG: 1_000_000 },
      ...each,
      ...(divisor ? { divisor } : {}),
    }))

  test('more mass never costs less', () => {
    fc.assert(
      fc.property(lanes, sides, grams, grams, (each, size, a, b) => {
        const [light, heavy] = [Math.min(a, b), Math.max(a, b)].map((massG) =>
          priceLane(each, [{ massG, ...size }], day),
        )
        if (isRefused(light)) return void expect(isRefused(heavy)).toBe(true)
        if (!isRefused(heavy))
          expect((heavy as LaneQuote).amountMinor >= (light as LaneQuote).amountMinor).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('parts add up to the amount, and freight is never free', () => {
    fc.assert(
      fc.property(
        lanes,
        fc.array(fc.tuple(grams, sides), { minLength: 1, maxLength: 5 }),
        (each, given) => {
          const quote = priceLane(
            each,
            given.map(([massG, size]) => ({ massG, ...size })),
            day,
          )
          if (isRefused(quote)) return
          const sum = (all: readonly { amountMinor: bigint }[]): bigint =>
            all.reduce((total, { amountMinor }) => total + amountMinor, 0n)
          expect(quote.amountMinor).toBe(quote.freightMinor + sum(quote.surcharges))
          expect(quote.amountMinor).toBe(sum(quote.parcels))
          for (const parcel of quote.parcels)
            expect(parcel.amountMinor).toBe(parcel.freightMinor + sum(parcel.surcharges))
          expect(quote.freightMinor > 0n).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('which side is called length does not matter', () => {
    fc.assert(
      fc.property(lanes, grams, sides, (each, massG, { lengthMm, widthMm, heightMm }) => {
        const turned = { massG, lengthMm: heightMm, widthMm: lengthMm, heightMm: widthMm }
        expect(priceLane(each, [turned], day)).toEqual(
          priceLane(each, [{ massG, lengthMm, widthMm, heightMm }], day),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})

type Drawn = { more: number; dearer: bigint; unitG: number | undefined; unitMinor: bigint }

/** Each step begins at what the one before costs at its end, or above. */
function rising(drawn: readonly Drawn[]): RateStep[] {
  let [upToG, cost] = [0, 1n]
  return drawn.map(({ more, dearer, unitG, unitMinor }) => {
    const step = {
      includedG: upToG,
      upToG: upToG + more,
      baseMinor: cost + dearer,
      unitMinor,
      minimumMinor: 0n,
      ...(unitG === undefined ? {} : { unitG }),
    }
    upToG += more
    cost =
      step.baseMinor +
      unitMinor * BigInt(unitG === undefined ? Math.ceil(more / 1_000) : Math.ceil(more / unitG))
    return step
  })
}
