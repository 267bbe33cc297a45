import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realTariff, rulesFolder, seed } from '../../test/cli/real-rules.ts'
import { randomBaskets } from '../../test/cli/random-baskets.ts'
import { compareDays, type DayComparison } from './compare-days.ts'
import { parseBasket, type BasketJson } from './parse-basket.ts'

// What changed in the law between two days, cause by cause.

const tariff = realTariff
const runs = { numRuns: 250, seed }

function compare(json: BasketJson, to: string, days: [string, string]): DayComparison {
  const parsed = parseBasket(json)
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  return compareDays(tariff, parsed.basket, to, days)
}
const shirt = (price: string, currency = 'EUR'): BasketJson => ({
  from: 'CN',
  schemes: [],
  lines: [{ id: 'shirt', code: '61091000', origin: 'CN', unitPrice: { amount: price, currency } }],
})
/** A cause as `+3.00 shirt duty began: eu-low-value-duty -> eu-low-value`. */
const inWords = ({ causes }: DayComparison): string[] =>
  causes.map(({ difference, line = 'consignment', kind, because, before, after }) => {
    const sign = difference.startsWith('-') ? '' : '+'
    return `${sign}${difference} ${line} ${kind} ${because}: ${before?.rule ?? 'nothing'} -> ${after?.rule ?? 'nothing'}`
  })
const minor = (text: string): bigint => BigInt(text.replace('.', ''))

describe('Germany, 30 June and 1 July 2026: the relief of 150 euros ends, the flat duty of 3 euros begins', () => {
  test('a shirt of 40.00: 40.00 + 19 % before; 43.00 + 19 % after', () => {
    const found = compare(shirt('40.00'), 'DE', ['2026-06-30', '2026-07-01'])
    expect([found.before.totals.landed, found.after.totals.landed, found.difference]).toEqual([
      '47.60',
      '51.17',
      '3.57',
    ])
    expect(inWords(found)).toEqual([
      '+3.00 shirt duty began: eu-low-value-duty -> eu-low-value',
      '+0.57 shirt tax other-basis: de-vat -> de-vat',
    ])
    const [duty, tax] = found.causes
    expect(duty?.after).toMatchObject({
      rate: '3.00 EUR',
      amount: '3.00',
      citation: { publisher: expect.any(String) },
    })
    expect([tax?.before?.basis, tax?.after?.basis]).toEqual(['40.00', '43.00'])
  })

  test('a shirt of 150.01 pays 12 % on both days: nothing changed', () => {
    const found = compare(shirt('150.01'), 'DE', ['2026-06-30', '2026-07-01'])
    expect([found.causes, found.difference]).toEqual([[], '0.00'])
    expect(found.after.totals.duty).toBe('18.00')
  })

  test('the other way round every sign turns', () => {
    const found = compare(shirt('40.00'), 'DE', ['2026-07-01', '2026-06-30'])
    expect(found.difference).toBe('-3.57')
    expect(inWords(found)).toEqual([
      '-3.00 shirt duty ended: eu-low-value -> eu-low-value-duty',
      '-0.57 shirt tax other-basis: de-vat -> de-vat',
    ])
  })

  test('the same day twice: nothing', () => {
    const found = compare(shirt('40.00'), 'DE', ['2026-07-01', '2026-07-01'])
    expect([found.causes, found.difference]).toEqual([[], '0.00'])
  })
})

describe('other changes', () => {
  test('Estonia raised its tax from 22 % to 24 % on 1 July 2025', () =>
    expect(inWords(compare(shirt('40.00'), 'EE', ['2025-06-30', '2025-07-01']))).toEqual([
      '+0.80 shirt tax other-rate: ee-vat -> ee-vat',
    ]))

  test('the British answer is the same before and after the change of the Union', () => {
    const found = compare(shirt('40.00', 'GBP'), 'GB', ['2026-06-30', '2026-07-01'])
    expect([found.causes, found.difference]).toEqual([[], '0.00'])
  })

  test('an exchange rate that moved is a cause of its own', () => {
    const found = compare(shirt('40.00', 'GBP'), 'DE', ['2026-05-31', '2026-06-01'])
    expect(found.causes[0]).toMatchObject({ kind: 'exchange-rate', because: 'other-rate' })
    expect(found.causes[0]?.line).toBe(undefined)
  })

  test('where one side has no figure there is no difference', () => {
    const found = compare(shirt('40.00'), 'DE', ['1990-01-01', '2026-07-01'])
    expect(found.before.totals.landed).toBe(null)
    expect(found.difference).toBe(null)
  })

  test('Bulgaria took the euro on 1 January 2026: two moneys are not subtracted', () => {
    const found = compare(shirt('40.00'), 'BG', ['2025-12-31', '2026-01-01'])
    expect([found.before.currency, found.after.currency]).toEqual(['BGN', 'EUR'])
    expect([found.causes, found.difference]).toEqual([[], null])
  })
})

describe('properties', () => {
  const asked = randomBaskets(tariff, rulesFolder)
  const day = fc.constantFrom(
    '2026-06-30',
    '2026-07-01',
    '2026-01-01',
    '2025-08-28',
    '2025-03-04',
    '2024-06-01',
    '2026-11-22',
  )

  test('the causes add up to the difference, and each to its two sides', () => {
    let compared = 0
    fc.assert(
      fc.property(asked, day, ({ basket, to, on }, other) => {
        // Two rounding charges of one rule are taken for one: test/defects.md.
        const found = compare(basket, to, [on, other])
        for (const { difference, before, after } of found.causes)
          expect(minor(difference)).toBe(minor(after?.amount ?? '0') - minor(before?.amount ?? '0'))
        if (found.difference === null) return
        const sum = found.causes.reduce((total, { difference }) => total + minor(difference), 0n)
        expect(sum).toBe(minor(found.difference))
        const [before, after] = [found.before.totals.landed, found.after.totals.landed]
        expect(minor(found.difference)).toBe(minor(after ?? '0') - minor(before ?? '0'))
        compared += 1
      }),
      runs,
    )
    expect(compared).toBeGreaterThan(80)
  })

  test('there and back are mirror images', () => {
    fc.assert(
      fc.property(asked, day, ({ basket, to, on }, other) => {
        const [there, back] = [compare(basket, to, [on, other]), compare(basket, to, [other, on])]
        const mirrored = ({ causes }: DayComparison): string[] =>
          causes
            .map(({ kind, line, difference }) => `${kind} ${line} ${difference.replace('-', '')}`)
            .sort()
        expect(mirrored(back)).toEqual(mirrored(there))
        expect(back.before).toEqual(there.after)
      }),
      runs,
    )
  })
})
