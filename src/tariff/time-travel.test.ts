import { describe, expect, test } from 'vitest'
import { realTariff } from '../../test/cli/real-rules.ts'
import { addDays, type Day } from '../basis/day.ts'
import type { Answer } from './assess/answer.ts'
import type { BasketJson } from './parse-basket.ts'

// Every day on which a law begins or ends has an answer on both sides, or a reason why there is none.

const tariff = realTariff

/** The last day before and the first day of everything that begins, the last day and the first after what ends. */
function boundaries(...records: unknown[]): Day[] {
  const days = new Set<Day>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { from, to } = value as { from?: unknown; to?: unknown }
    if (typeof from === 'string') days.add(addDays(from, -1)).add(from)
    if (typeof to === 'string') days.add(to).add(addDays(to, 1))
    for (const each of Object.values(value)) walk(each)
  }
  walk(records)
  return [...days].sort()
}

const unionsOf = (to: string): readonly string[] => tariff.rules(to).chain.slice(0, -1)
/** Days of the territory's own law; those of a union are asked of its first member alone. */
function daysOf(to: string): Day[] {
  const union = unionsOf(to).at(-1)
  const first = tariff.destinations.find((each) => unionsOf(each).at(-1) === union)
  const all = boundaries(tariff.rules(to))
  if (union === undefined || first === to) return all
  const shared = new Set(boundaries(tariff.rules(union)))
  return all.filter((day) => !shared.has(day))
}

const knownReasons = [
  ...[
    'no-line',
    'which-line',
    'code-changed',
    'remedy-unknown',
    'measure-without-rate',
    'not-covered',
  ],
  ...[
    'not-in-grammar',
    'no-rate',
    'out-of-season',
    'missing-quantity',
    'missing-fact',
    'no-exchange-rate',
  ],
  ...['no-regime', 'no-open-route', 'no-valuation', 'no-currency', 'no-customs-border'],
]
const reasonsOf = ({ reasons, lines }: Answer): string[] =>
  [...reasons, ...lines.flatMap((line) => line.reasons)].map(({ code }) => code)

const baskets: readonly [
  what: string,
  line: Partial<BasketJson['lines'][number]>,
  consignee: 'consumer' | 'business',
][] = [
  [
    'a cheap shirt for a consumer',
    { code: '610910', unitPrice: { amount: '20', currency: 'EUR' } },
    'consumer',
  ],
  [
    'a dear computer for a business',
    { code: '847130', unitPrice: { amount: '900', currency: 'EUR' } },
    'business',
  ],
]

describe.each(tariff.destinations)('%s', (to) => {
  const days = daysOf(to)
  test(`on ${days.length} days around its changes of law there is a figure or a named reason`, () => {
    expect(boundaries(tariff.rules(to)).length).toBeGreaterThan(0)
    for (const on of days)
      for (const [what, line, consignee] of baskets) {
        const lines = [
          { id: 'goods', origin: 'CN', netMassKg: '1', ...line },
        ] as BasketJson['lines']
        const answer = tariff.quote({ from: to === 'CN' ? 'VN' : 'CN', consignee, lines }, to, {
          on,
        })
        const reasons = reasonsOf(answer)
        expect(answer.on).toBe(on)
        expect(answer.totals.landed === null, `${what} on ${on}`).toBe(reasons.length > 0)
        expect(knownReasons, `${what} on ${on}`).toEqual(expect.arrayContaining(reasons))
      }
  })
})

test('long before any law there is a reason, and long after the last change there is an answer', () => {
  const [what, line] = baskets[0]!
  const lines = [{ id: what, origin: 'CN', ...line }] as BasketJson['lines']
  for (const to of tariff.destinations) {
    const [before, after] = ['1900-01-01', '2099-12-31'].map((on) =>
      tariff.quote({ from: 'CN', lines }, to, { on }),
    )
    for (const answer of [before!, after!])
      expect(answer.totals.landed === null, `${to} ${answer.on}`).toBe(reasonsOf(answer).length > 0)
  }
})

test('the changes that everybody knows: the same shirt of 20 euros on the day before and on the day', () => {
  const landed = (to: string, on: Day): (string | null)[] => {
    const lines = [
      {
        id: 'shirt',
        code: '61091000',
        origin: 'CN',
        unitPrice: { amount: '20.00', currency: 'EUR' },
      },
    ]
    const { totals } = tariff.quote({ from: 'CN', schemes: [], lines }, to, { on })
    return [totals.duty, totals.tax]
  }
  // Germany: 19 % of 20.00; from 1 July 2026 the flat 3.00, and 19 % of 23.00.
  expect([landed('DE', '2026-06-30'), landed('DE', '2026-07-01')]).toEqual([
    ['0.00', '3.80'],
    ['3.00', '4.37'],
  ])
  // The German cut of the year 2020 had ended half a year before small parcels lost their own relief: no regime then.
  expect(landed('DE', '2021-07-01')).toEqual(['0.00', '3.80'])
  // Estonia: 22 % to 30 June 2025, then 24 %.
  expect([landed('EE', '2025-06-30'), landed('EE', '2025-07-01')]).toEqual([
    ['0.00', '4.40'],
    ['0.00', '4.80'],
  ])
})
