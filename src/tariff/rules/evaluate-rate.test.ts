import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compare,
  decimal,
  equal,
  multiply,
  parseDecimal,
  ratio,
  reduce,
  type Ratio,
} from '../../basis/ratio.ts'
import { evaluateRate, isMissing, type RateFacts } from './evaluate-rate.ts'
import { parseRate } from './rate.ts'
import { baseUnit } from './units.ts'

// Rates worked out on one line, exactly. The territory's money is the euro, in cents.

type Given = {
  /** Customs value in cents. */
  value?: bigint
  /** By base unit. */
  quantities?: Readonly<Record<string, string>>
  facts?: Readonly<Record<string, string>>
  ordinaryDuty?: bigint
  on?: string
  quota?: boolean
}

/** 100.00 euros of goods, 2.5 kg; one dollar is 80 cents; there is no rate for the dong. */
function line({
  value = 10_000n,
  quantities,
  facts = {},
  ordinaryDuty = 0n,
  on = '0115',
  quota,
}: Given = {}): RateFacts {
  const held = quantities ?? { KGM: '2.5' }
  const rates: Readonly<Record<string, Ratio>> = { EUR: ratio(100n), USD: ratio(80n) }
  return {
    basis: value,
    quantity: (base) => (held[base] === undefined ? undefined : decimal(held[base])),
    minorPerMajor: (currency) => rates[currency],
    amountFact: (name) => {
      const amount = parseDecimal(facts[name] ?? '')
      return amount && multiply(amount, ratio(100n))
    },
    ordinaryDuty,
    monthDay: on,
    holdsProof: (name) => name === 'quota' && quota === true,
  }
}

const worked = (rate: string, given?: Given): string => {
  const amount = evaluateRate(parseRate(rate), line(given))
  if (isMissing(amount)) return Object.values(amount).join(' ')
  const { n, d } = reduce(amount)
  return d === 1n ? `${n}` : `${n}/${d}`
}

const wine: Given = { quantities: { LTR: '0.75', ASV: '12', C62: '1' } }

describe('in cents, exact', () => {
  test.each<[rate: string, given: string, facts: Given | undefined, cents: string]>([
    ['16.5%', '100.00', undefined, '1650'],
    ['0', '100.00', undefined, '0'],
    ['12%', '0.01', { value: 1n }, '3/25'],
    ['22/78', '100.00', undefined, '110000/39'],
    ['6.4% of value.case', 'a case of 12.00', { facts: { 'value.case': '12.00' } }, '384/5'],
    ['33.58 USD', 'once', undefined, '13432/5'],
    ['33.58 USD', 'once, whatever the value', { value: 0n }, '13432/5'],
    ['0.063 USD/LTR', '0.75 l', wine, '189/50'],
    ['93.1 EUR/100 KGM', '2.5 kg', undefined, '931/4'],
    ['1 EUR/TNE', '2.5 kg', undefined, '1/4'],
    ['0.5 EUR/HLT/ASV', '0.75 l of 12 %', wine, '9/2'],
    ['2 EUR/DZN', '6 pieces', { quantities: { C62: '6' } }, '100'],
    ['5% + 1 EUR/KGM', '100.00, 2.5 kg', undefined, '750'],
    ['5% + 1 EUR/KGM + 3 USD', '100.00, 2.5 kg', undefined, '990'],
    ['max(10%, 0.5 EUR/KGM)', '10 % is more', undefined, '1000'],
    ['max(10%, 5 EUR/KGM)', '5 euros a kilogram is more', undefined, '1250'],
    ['min(10%, 5 EUR/KGM)', '10 % is less', undefined, '1000'],
    ['min(10%, 5 EUR/KGM, 3 EUR)', 'three', undefined, '300'],
    ['max(min(10%, 1 EUR), 2%)', 'nested', undefined, '200'],
    ['min(35%, 6% + 1 EUR/KGM)', 'compound capped', undefined, '850'],
    ['topup(15%)', 'no duty yet', undefined, '1500'],
    ['topup(15%)', 'a duty of 4.00', { ordinaryDuty: 400n }, '1100'],
    ['topup(15%)', 'a duty of just 15 %', { ordinaryDuty: 1500n }, '0'],
    ['topup(15%)', 'a duty of 16.50: never below 0', { ordinaryDuty: 1650n }, '0'],
    ['quota(2%; 20%)', 'without the proof', undefined, '2000'],
    ['quota(2%; 20%)', 'with the proof', { quota: true }, '200'],
  ])('%s on %s', (rate, _, given, cents) => expect(worked(rate, given)).toBe(cents))
})

describe('by season: 10 % from 1 June to 30 September, 5 % from 1 November over the new year to 15 May', () => {
  const rate = 'season(0601-0930: 10%; 1101-0515: 5%)'
  test.each([
    ['0531', 'season'],
    ['0601', '1000'],
    ['0930', '1000'],
    ['1001', 'season'],
    ['1031', 'season'],
    ['1101', '500'],
    ['1231', '500'],
    ['0101', '500'],
    ['0229', '500'],
    ['0515', '500'],
    ['0516', 'season'],
  ])('%s: %s', (on, cents) => expect(worked(rate, { on })).toBe(cents))

  test('a window of one day, and of two windows the first that holds', () =>
    expect(
      ['0228', '0229', '0301'].map((on) => worked('season(0229-0229: 1%; 0101-1231: 2%)', { on })),
    ).toEqual(['200', '100', '200']))
})

describe('what is missing is named as the rate writes it', () => {
  test.each<[rate: string, given: Given | undefined, missing: string]>([
    ['1 EUR/LTR', undefined, 'quantity LTR'],
    ['5 EUR/100 MTK', undefined, 'quantity MTK'],
    ['0.5 EUR/HLT/ASV', { quantities: { LTR: '0.75' } }, 'quantity ASV'],
    ['1 EUR/NPR', { quantities: { C62: '2' } }, 'quantity NPR'],
    ['1 VND/KGM', undefined, 'exchange-rate VND'],
    ['1 VND', undefined, 'exchange-rate VND'],
    ['6.4% of value.case', undefined, 'amount value.case'],
    ['6.4% of value.case', { facts: { 'value.case': 'twelve' } }, 'amount value.case'],
    ['max(90%, 1 EUR/LTR)', undefined, 'quantity LTR'],
    ['min(0, 1 EUR/LTR)', undefined, 'quantity LTR'],
    ['5% + 1 EUR/LTR', undefined, 'quantity LTR'],
    ['quota(1 EUR/LTR; 5%)', { quota: true }, 'quantity LTR'],
    ['season(0101-1231: 1 EUR/LTR)', undefined, 'quantity LTR'],
  ])('%s', (rate, given, missing) => expect(worked(rate, given)).toBe(missing))

  test('what the rate does not read is not missed', () => {
    expect(worked('quota(1 EUR/LTR; 5%)')).toBe('500')
    expect(worked('season(0101-0131: 5%; 0201-1231: 1 EUR/LTR)')).toBe('500')
  })
})

describe('units of one dimension convert into each other (docs/rules-schema.md 12.12), others do not', () => {
  test.each([
    [
      'KGM',
      {
        KGM: '1',
        GRM: '0.001',
        MGM: '0.000001',
        TNE: '1000',
        DTN: '100',
        CTM: '0.0002',
        LBR: '0.45359237',
        ONZ: '0.028349523125',
      },
    ],
    [
      'LTR',
      {
        LTR: '1',
        MLT: '0.001',
        CLT: '0.01',
        HLT: '100',
        MTQ: '1000',
        CMQ: '0.001',
        GLL: '3.785411784',
      },
    ],
    [
      'C62',
      { C62: '1', NMB: '1', H87: '1', EA: '1', DZN: '12', CEN: '100', GRO: '144', MIL: '1000' },
    ],
    ['NPR', { NPR: '1', DPR: '12' }],
    ['MTK', { MTK: '1', CMK: '0.0001' }],
    ['MTR', { MTR: '1', CMT: '0.01', FOT: '0.3048' }],
    ['KWH', { KWH: '1', MWH: '1000' }],
    ['LPA', { LPA: '1' }],
    ['KDW', { KDW: '1' }],
    ['ASV', { ASV: '1' }],
    ['SUC', { SUC: '1' }],
    ['XYZ', { XYZ: '1' }],
  ])('into %s', (base, factors) => {
    for (const [unit, factor] of Object.entries(factors)) {
      expect(baseUnit(unit).base).toBe(base)
      expect(equal(baseUnit(unit).factor, decimal(factor))).toBe(true)
    }
  })
})

describe('properties', () => {
  const runs = { numRuns: 1000 }
  const cents = fc.bigInt({ min: 0n, max: 10n ** 12n })
  const kilograms = fc.integer({ min: 1, max: 10 ** 6 }).map((grams) => String(grams / 1000))
  const simple = fc.oneof(
    fc.nat(100).map((n) => `${n}%`),
    fc.nat(100).map((n) => `${n} EUR/KGM`),
    fc.nat(100).map((n) => `${n} USD`),
  )
  const exact = (rate: string, value: bigint, kg: string): Ratio => {
    const amount = evaluateRate(parseRate(rate), line({ value, quantities: { KGM: kg } }))
    if (isMissing(amount)) throw new Error(`${rate} misses ${amount.missing}`)
    return amount
  }

  test('max is no less and min no more than any of its rates, and each is one of them', () => {
    fc.assert(
      fc.property(
        fc.array(simple, { minLength: 1, maxLength: 4 }),
        cents,
        kilograms,
        (rates, value, kg) => {
          const each = rates.map((rate) => exact(rate, value, kg))
          const most = exact(`max(${rates.join(', ')})`, value, kg)
          const least = exact(`min(${rates.join(', ')})`, value, kg)
          for (const one of each) {
            expect(compare(most, one)).toBeGreaterThanOrEqual(0)
            expect(compare(least, one)).toBeLessThanOrEqual(0)
          }
          expect(each.some((one) => equal(one, most))).toBe(true)
          expect(each.some((one) => equal(one, least))).toBe(true)
        },
      ),
      runs,
    )
  })

  test('the duty and its top-up come to the higher of the two', () => {
    fc.assert(
      fc.property(cents, fc.nat(60), cents, (value, percent, ordinaryDuty) => {
        const lift = evaluateRate(parseRate(`topup(${percent}%)`), line({ value, ordinaryDuty }))
        if (isMissing(lift)) throw new Error('a top-up misses nothing')
        const total = { n: lift.n + ordinaryDuty * lift.d, d: lift.d }
        const target = ratio(value * BigInt(percent), 100n)
        expect(
          equal(total, compare(target, ratio(ordinaryDuty)) > 0 ? target : ratio(ordinaryDuty)),
        ).toBe(true)
      }),
      runs,
    )
  })

  test('twice the goods, twice the duty, except on an amount once', () => {
    fc.assert(
      fc.property(
        cents,
        fc.nat(100),
        fc.nat(100),
        fc.integer({ min: 1, max: 10 ** 6 }),
        (value, a, b, grams) => {
          const rate = `${a}% + ${b} EUR/KGM`
          const once = exact(rate, value, String(grams / 1000))
          const twice = exact(rate, value * 2n, String((grams * 2) / 1000))
          expect(equal(twice, multiply(once, ratio(2n)))).toBe(true)
        },
      ),
      runs,
    )
  })
})
