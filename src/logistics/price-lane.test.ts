import { describe, expect, test } from 'vitest'
import { day, lane, steps, surcharge } from '../../test/logistics/amina-post.ts'
import { isRefused } from '../basis/refusal.ts'
import { cheapest, packLine, priceLane, priceLanes, priceLoad, type LaneQuote } from './index.ts'
import type { Lane, Parcel, RateStep, Surcharge } from './lane.ts'

const price = (over: Partial<Lane>, parcel: Parcel, on = day): string => {
  const quote = priceLane({ ...lane, ...over }, [parcel], on)
  return isRefused(quote) ? quote.refused : String(quote.amountMinor)
}
describe('a parcel by the rate card', () => {
  const byKg: RateStep[] = [
    { upToG: 30_000, baseMinor: 300n, includedG: 0, unitMinor: 333n, minimumMinor: 900n },
  ]
  test.each<[string, Partial<Lane>, Parcel, string]>([
    ['half a kilo is in the first step', {}, { massG: 500 }, '1200'],
    ['a gram more is in the next', {}, { massG: 501 }, '2000'],
    ['two kilos', {}, { massG: 2_000 }, '2000'],
    ['the next kilogram is begun', {}, { massG: 2_001 }, '2500'],
    ['and full', {}, { massG: 3_000 }, '2500'],
    ['30 kg', {}, { massG: 30_000 }, '16000'],
    [
      'volume does not count without a divisor',
      {},
      { massG: 400, lengthMm: 400, widthMm: 400, heightMm: 400 },
      '1200',
    ],
    // 64,000,000 mm3 over 5000 are 12,800 g: 20.00 and eleven begun kilograms.
    [
      'volume counts with one',
      { divisor: 5000 },
      { massG: 400, lengthMm: 400, widthMm: 400, heightMm: 400 },
      '7500',
    ],
    [
      'mass counts when it is more',
      { divisor: 5000 },
      { massG: 20_000, lengthMm: 100, widthMm: 100, heightMm: 100 },
      '11000',
    ],
    ['by the gram, half up: 3.00 + 3.33 x 2.345 kg', { steps: byKg }, { massG: 2_345 }, '1081'],
    ['the minimum', { steps: byKg }, { massG: 1_000 }, '900'],
  ])('%s', (_, over, parcel, minor) => expect(price(over, parcel)).toBe(minor))
})

describe('what is not taken', () => {
  const cube = (side: number): Parcel => ({
    massG: 1_000,
    lengthMm: side,
    widthMm: side,
    heightMm: side,
  })
  test.each<[string, Partial<Lane>, Parcel]>([
    ['too-heavy', {}, { massG: 30_001 }],
    ['too-heavy', { steps: steps.slice(0, 1) }, { massG: 501 }],
    // Nobody weighs more than 30 kg here, but 80 cm each way count as 102.4 kg.
    ['too-heavy', { divisor: 5000, limits: { massG: 30_000 } }, cube(800)],
    ['too-long', {}, { massG: 1_000, lengthMm: 10, widthMm: 1_051, heightMm: 10 }],
    ['too-large', {}, cube(401)],
    ['mass-unknown', {}, { massG: 0 }],
    ['mass-unknown', {}, { massG: 0.5 }],
    ['mass-unknown', {}, { massG: Number.NaN }],
    ['size-unknown', {}, { massG: 1, lengthMm: 0, widthMm: 1, heightMm: 1 }],
    [
      'too-valuable',
      { maxValueMinor: 100_00n },
      { massG: 1, value: { minor: 100_01n, currency: 'MYR' } },
    ],
    ['goods-not-taken', { prohibited: ['2208'] }, { massG: 1, codes: ['610910', '220830'] }],
    ['goods-not-taken', { prohibited: ['93'] }, { massG: 1, codes: ['930400'] }],
    ['goods-not-taken', { prohibited: ['lithium'] }, { massG: 1, contains: ['lithium'] }],
  ])('%s', (code, over, parcel) => expect(price(over, parcel)).toBe(code))

  test('a lane has no price on other days than its own', () => {
    expect(price({}, { massG: 1 }, '2025-12-31')).toBe('lane-not-on-day')
    expect(price({}, { massG: 1 }, '2026-01-01')).toBe('1200')
    expect(price({}, { massG: 1 }, '2026-12-31')).toBe('1200')
    expect(price({}, { massG: 1 }, '2027-01-01')).toBe('lane-not-on-day')
  })

  test('no lane is a refusal, never a price', () => {
    expect(priceLoad([], { items: [{ massG: 1, quantity: 1 }] }, day)).toMatchObject({
      refused: 'no-lane',
    })
    expect(priceLoad([lane], { items: [{ massG: 31_000, quantity: 1 }] }, day)).toMatchObject({
      refused: 'no-lane-takes-it',
      facts: { reasons: ['Amina Post, Parcel: too-heavy'] },
    })
    expect(cheapest([])).toMatchObject({ refused: 'no-lane' })
    expect(priceLane(lane, [], day)).toMatchObject({ refused: 'no-parcel' })
  })
})

describe('surcharges', () => {
  const fuel = surcharge('fuel', { kind: 'percent-of-freight', percent: { n: 165n, d: 10n } })
  const handling = surcharge('handling', { amountMinor: 150n })
  const perKg = surcharge('security', { kind: 'per-kg', amountMinor: 20n })
  const vat = surcharge('vat', { kind: 'percent-of-all', percent: { n: 6n, d: 1n } })
  const far = surcharge('remote', {
    amountMinor: 9500n,
    applies: 'remote-area',
    postcodes: ['X0A', 'X0B'],
  })
  const long = surcharge('oversize', { amountMinor: 4000n, applies: 'oversize', overMm: 600 })
  const heavy = surcharge('heavy', { amountMinor: 700n, applies: 'heavy', overG: 10_000 })
  const old = surcharge('fuel', {
    ...fuel,
    percent: { n: 99n, d: 1n },
    validity: { from: '2026-01-01', to: '2026-11-21' },
  })
  const known: Parcel = {
    massG: 1_200,
    lengthMm: 300,
    widthMm: 200,
    heightMm: 100,
    postcode: 'K1A 0B1',
  }

  test.each<[string, Surcharge[], Parcel, string]>([
    ['16.5 % of 20.00', [fuel], known, 'fuel 330'],
    ['only of the day', [old, fuel], known, 'fuel 330'],
    ['per begun kilogram', [perKg], known, 'security 40'],
    // 6 % of 20.00 + 1.50 + 0.40 is 1.314: half up.
    [
      'of freight and sums, not of other shares',
      [fuel, handling, perKg, vat],
      known,
      'fuel 330, handling 150, security 40, vat 131',
    ],
    ['remote area by its postcode', [far], { ...known, postcode: 'x0a 1h0' }, 'remote 9500'],
    ['not elsewhere', [far], known, ''],
    ['oversize', [long], { ...known, heightMm: 601 }, 'oversize 4000'],
    ['not at the limit', [long], { ...known, heightMm: 600 }, ''],
    ['heavy', [heavy], { massG: 10_001 }, 'heavy 700'],
  ])('%s', (_, surcharges, parcel, expected) => {
    const quote = priceLane({ ...lane, surcharges }, [parcel], day) as LaneQuote
    expect(
      quote.surcharges.map(({ code, amountMinor }) => `${code} ${amountMinor}`).join(', '),
    ).toBe(expected)
  })

  test('what cannot be decided is said, not charged and not forgotten', () => {
    const all = {
      ...lane,
      divisor: 5000,
      maxValueMinor: 5n,
      prohibited: ['93', 'lithium'],
      surcharges: [far, long],
    }
    const quote = priceLane(all, [{ massG: 1_200 }], day) as LaneQuote
    expect(quote.possible.map(({ code, needs }) => `${code} ${needs}`)).toEqual([
      'remote postcode',
      'oversize size',
    ])
    expect(quote.byMassOnly).toBe(true)
    expect(quote.unchecked).toEqual(['size', 'value', 'goods', 'contents'])
    const asked = {
      ...known,
      codes: ['610910'],
      contains: [],
      value: { minor: 5n, currency: 'MYR' },
    }
    expect(priceLane(all, [asked], day)).toMatchObject({
      possible: [],
      byMassOnly: false,
      unchecked: [],
    })
  })

  test('a limit in another currency is not looked at', () => {
    const quote = priceLane(
      { ...lane, maxValueMinor: 5n },
      [{ massG: 1, value: { minor: 9n, currency: 'JPY' } }],
      day,
    )
    expect(quote).toMatchObject({ unchecked: ['size', 'value'] })
  })
})
test('the cheapest first in each currency; between currencies only by a rate that is known', () => {
  const yen = { ...lane, currency: 'JPY', id: { ...lane.id, carrier: 'bo' } }
  const dear = {
    ...lane,
    steps: [{ ...steps[2], baseMinor: 9900n } as RateStep],
    id: { ...lane.id, carrier: 'chen' },
  }
  const quotes = priceLanes([dear, lane, yen], { massG: 400 }, day)
  expect(quotes.map(({ lane: { carrier } }) => carrier)).toEqual(['bo', 'amina', 'chen'])
  expect(cheapest(quotes)).toMatchObject({ refused: 'currencies-not-comparable' })
  // 1,200 yen at 0.03 ringgit are 36 ringgit; Amina asks 12.00.
  const inRinggit = (currency: string) => (currency === 'JPY' ? { n: 3n, d: 1n } : { n: 1n, d: 1n })
  expect(cheapest(quotes, inRinggit)).toMatchObject({ lane: { carrier: 'amina' } })
})

test('a load is packed by the limits of each lane', () => {
  const small = { ...lane, limits: { massG: 2_000 }, id: { ...lane.id, carrier: 'bo' } }
  const freight = priceLoad([lane, small], { items: [{ massG: 900, quantity: 5 }] }, day)
  if (isRefused(freight)) throw new Error(freight.refused)
  expect(
    freight.quotes.map(({ lane: { carrier }, parcels, amountMinor }) => [
      carrier,
      parcels.map(({ massG }) => massG),
      amountMinor,
    ]),
  ).toEqual([
    ['amina', [4_500], 3_500n],
    ['bo', [1_800, 1_800, 900], 6_000n],
  ])
  expect(packLine([{ massG: 900, quantity: 5 }])).toMatchObject({
    parcels: [{ massG: 4_500 }],
    byMassOnly: true,
  })
})
