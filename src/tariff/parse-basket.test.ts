import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aminasShirts, withLine } from '../../test/cli/baskets.ts'
import { decimal, equal, toDecimal } from '../basis/ratio.ts'
import { parseBasket } from './parse-basket.ts'

// The basket as the world sends it, docs/rules-schema.md section 11: every place that is wrong is named.

const line = aminasShirts.lines[0]!
const faults = (basket: unknown): string[] => {
  const parsed = parseBasket(basket)
  return 'faults' in parsed ? parsed.faults.map(({ at, reason }) => `${at}: ${reason}`) : []
}
const basket = (change: object = {}): unknown => ({ ...aminasShirts, ...change })
const priced = (amount: unknown, currency: unknown = 'MYR'): unknown =>
  withLine({ unitPrice: { amount, currency } })

describe('what is wrong, and where', () => {
  test.each<[what: string, basket: unknown, fault: string]>([
    ['a list', [], ': Invalid input: expected object'],
    ['nothing', null, ': Invalid input: expected object'],
    ['no country of dispatch', basket({ from: undefined }), 'from: '],
    [
      'a country in small letters',
      basket({ from: 'my' }),
      'from: not an ISO 3166-1 alpha-2 country',
    ],
    [
      'an origin nobody knows',
      withLine({ origin: 'ZZ' }),
      'lines[0].origin: not an ISO 3166-1 alpha-2 country',
    ],
    ['a day that is none', basket({ on: '2026-02-30' }), 'on: a day is YYYY-MM-DD'],
    ['another transport', basket({ transport: 'drone' }), 'transport: '],
    ['another consignee', basket({ consignee: 'friend' }), 'consignee: '],
    ['another incoterm', basket({ incoterm: 'FOB' }), 'incoterm: '],
    ['another edition', basket({ hs: '2019' }), 'hs: '],
    ['no line', basket({ lines: [] }), 'lines: '],
    [
      'a thousand lines and one',
      basket({ lines: Array.from({ length: 1001 }, (_, n) => ({ ...line, id: `${n}` })) }),
      'lines: Too big',
    ],
    ['one name for two lines', basket({ lines: [line, line] }), 'lines[1].id: stands twice'],
    [
      'two moneys',
      basket({ lines: [line, { ...line, id: 'b', unitPrice: { amount: '1', currency: 'EUR' } }] }),
      'lines[1].unitPrice.currency: prices in MYR and EUR',
    ],
    [
      'a chapter for a code',
      withLine({ code: '61' }),
      'lines[0].code: not a tariff code of 4 to 12 digits',
    ],
    ['a code in words', withLine({ code: 'T-shirt' }), 'lines[0].code: not a tariff code'],
    ['a code of seven digits', withLine({ code: '6109100' }), 'lines[0].code: not a tariff code'],
    [
      'the chapter 77, which is reserved',
      withLine({ code: '770100' }),
      'lines[0].code: not a tariff code',
    ],
    ['a negative price', priced('-5.00'), 'lines[0].unitPrice.amount: a plain decimal'],
    ['a price with a comma', priced('5,00'), 'lines[0].unitPrice.amount: a plain decimal'],
    ['a price with an exponent', priced('1e9'), 'lines[0].unitPrice.amount: a plain decimal'],
    ['a price that is infinite', priced('Infinity'), 'lines[0].unitPrice.amount: a plain decimal'],
    ['a price of sixteen digits', priced('1234567890123456'), 'lines[0].unitPrice.amount: '],
    ['a price as a number', priced(5), 'lines[0].unitPrice.amount: Invalid input: expected string'],
    [
      'a money nobody knows',
      priced('5.00', 'EUX'),
      'lines[0].unitPrice.currency: not an ISO 4217 currency',
    ],
    [
      'a negative freight',
      basket({ freight: { amount: '-1', currency: 'MYR' } }),
      'freight.amount: ',
    ],
    ['no pieces', withLine({ quantity: '0.00' }), 'lines[0].quantity: must be more than 0'],
    ['a mass of nothing', withLine({ netMassKg: '0' }), 'lines[0].netMassKg: must be more than 0'],
    [
      'a measure nobody knows',
      withLine({ measures: { bottles: '6' } }),
      'lines[0].measures.bottles: not a measure; known: kg, g, l,',
    ],
    ['a fact as a number', withLine({ facts: { used: 1 } }), 'lines[0].facts.used: '],
    ['a proof without a name', withLine({ proofs: [''] }), 'lines[0].proofs[0]: '],
    [
      'a key of a line that means nothing',
      withLine({ colour: 'red' } as Record<string, unknown>),
      'lines[0]: Unrecognized key: "colour"',
    ],
    ['a key that means nothing', basket({ form: 'MY' }), ': Unrecognized key: "form"'],
  ])('%s', (_, given, fault) => {
    expect(faults(given)).toHaveLength(1)
    expect(faults(given)[0]).toContain(fault)
  })

  test('all of it at once', () =>
    expect(
      faults({
        ...aminasShirts,
        from: 'ZZ',
        lines: [{ ...line, code: '1', unitPrice: { amount: 'x', currency: 'y' } }],
      }),
    ).toHaveLength(4))
})

describe('what is right', () => {
  const read = (given: unknown) => {
    const parsed = parseBasket(given)
    if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
    return parsed.basket
  }
  const quantities = (change: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(
      ['KGM', 'C62', 'NPR', 'LTR', 'ASV', 'LPA', 'MTK', 'XYZ'].flatMap((unit) => {
        const held = read(withLine(change)).lines[0]!.quantities.get(unit)
        return held ? [[unit, toDecimal(held)]] : []
      }),
    )

  test('what is left out: a courier to a consumer, duty paid, freight of nothing, one piece', () => {
    const plain = read({
      from: 'MY',
      lines: [
        { id: 'a', code: '6109.10', origin: 'MY', unitPrice: { amount: '45', currency: 'MYR' } },
      ],
    })
    expect(plain).toMatchObject({
      transport: 'courier',
      consignee: 'consumer',
      incoterm: 'DDP',
      freight: { minor: 0n, currency: 'MYR' },
    })
    expect(plain.lines[0]).toMatchObject({ code: '610910', unit: 'C62', priceMinor: 4500n })
    expect(plain.schemes).toBe(undefined)
    expect(read(basket({ schemes: [] })).schemes).toEqual(new Set())
  })

  test.each<[quantity: string, price: string, currency: string, minor: bigint]>([
    ['2', '45.00', 'MYR', 9000n],
    ['3', '0.335', 'EUR', 101n],
    ['1', '0.004', 'EUR', 0n],
    ['1', '0.005', 'EUR', 1n],
    ['0.5', '0.01', 'EUR', 1n],
    ['2', '1500', 'JPY', 3000n],
    ['1', '1500.5', 'JPY', 1501n],
    ['2', '1.001', 'KWD', 2002n],
    ['999999999999999', '999999999999999', 'EUR', 99999999999999800000000000000100n],
  ])('%s of %s %s is %s minor units, rounded half-up', (quantity, amount, currency, minor) => {
    expect(read(withLine({ quantity, unitPrice: { amount, currency } })).lines[0]?.priceMinor).toBe(
      minor,
    )
  })

  test.each<[what: string, line: Record<string, unknown>, held: Record<string, string>]>([
    ['pieces and net mass', {}, { KGM: '0.4', C62: '2' }],
    ['the line counted in dozens', { unit: 'DZN' }, { KGM: '0.4', C62: '24' }],
    ['the line weighed: net mass goes before', { unit: 'GRM', quantity: '500' }, { KGM: '0.4' }],
    [
      'measures of one piece, times the pieces',
      { netMassKg: undefined, measures: { g: '200', ml: '750' } },
      { C62: '2', KGM: '0.4', LTR: '1.5' },
    ],
    ['net mass goes before a measure', { measures: { kg: '9' } }, { KGM: '0.4', C62: '2' }],
    [
      'strength does not add up; pure alcohol follows',
      { netMassKg: undefined, measures: { l: '0.7', alcohol_pct: '40' } },
      { C62: '2', LTR: '1.4', ASV: '40', LPA: '0.56' },
    ],
    [
      'pure alcohol as given goes before',
      { netMassKg: undefined, measures: { l: '0.7', alcohol_pct: '40', lpa: '0.3' } },
      { C62: '2', LTR: '1.4', ASV: '40', LPA: '0.6' },
    ],
    ['pairs are not pieces', { netMassKg: undefined, unit: 'NPR' }, { NPR: '2' }],
    [
      'a unit by its code',
      { netMassKg: undefined, measures: { MTK: '1.5', XYZ: '2' } },
      { C62: '2', MTK: '3', XYZ: '4' },
    ],
  ])('quantities: %s', (_, change, held) => expect(quantities(change)).toEqual(held))

  test('any figure within bounds is read exactly', () => {
    const figures = fc
      .tuple(fc.bigInt(0n, 10n ** 15n - 1n), fc.stringMatching(/^\d{0,10}$/))
      .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`))
    fc.assert(
      fc.property(figures, (figure) => {
        fc.pre(/[1-9]/.test(figure))
        const { quantity } = read(withLine({ quantity: figure })).lines[0]!
        expect(equal(quantity, decimal(figure))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('whatever json comes, it is read or refused, never a fault', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('from', 'lines', 'freight', 'facts', 'hs', '__proto__'),
        (value, key) => {
          for (const given of [
            value,
            { ...aminasShirts, [key]: value },
            withLine({ [key]: value, facts: value, measures: value }),
          ])
            expect(Object.keys(parseBasket(given))).toHaveLength(1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
