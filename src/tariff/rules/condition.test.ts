import { describe, expect, test } from 'vitest'
import { decimal, multiply, ratio, type Ratio } from '../../basis/ratio.ts'
import type { BasketState, LineState } from '../assess/state.ts'
import { compileBasketCondition, compileLineCondition, holdsForLine } from './condition.ts'
import type { ConditionContext } from './condition.ts'
import type { BasketCondition, LineCondition } from './records.ts'

// Conditions of docs/rules-schema.md section 6. The territory's money is the euro; a dollar is 80 cents.

const places: Readonly<Record<string, string[]>> = { '@neighbours': ['MY', 'SG'] }
const rates: Readonly<Record<string, Ratio>> = {
  EUR: ratio(100n),
  USD: ratio(80n),
  JPY: ratio(1n, 3n),
}
const context: ConditionContext = {
  countries: (place) => places[place] ?? [place],
  toMinor: (amount) => {
    const [figure = '', currency = ''] = amount.split(' ')
    const rate = rates[currency]
    return rate && multiply(decimal(figure), rate)
  },
}

type Given = {
  from?: string
  consignee?: 'consumer' | 'business'
  transport?: 'post' | 'courier' | 'sea'
  facts?: Record<string, string>
  freight?: string
  lines?: GivenLine[]
}
type GivenLine = {
  code?: string
  origin?: string
  quantity?: string
  /** Of the whole line, in euros. */
  price?: string
  customsValue?: string
  facts?: Record<string, string | boolean>
}

const cents = (euros: string): bigint => BigInt(euros.replace('.', ''))

/** A parcel from China to a consumer: by default one shirt of 100.00. */
function parcel({
  from = 'CN',
  consignee = 'consumer',
  transport = 'post',
  facts = {},
  freight = '0.00',
  lines = [{}],
}: Given): BasketState {
  const states = lines.map((line, index) => {
    const price = cents(line.price ?? '100.00')
    return {
      index,
      line: {
        origin: line.origin ?? 'CN',
        quantity: decimal(line.quantity ?? '1'),
        facts: line.facts ?? {},
      },
      law: { digits: line.code ?? '61091000' },
      price,
      freight: index === 0 ? cents(freight) : 0n,
      insurance: 0n,
      customsValue: line.customsValue === undefined ? price : cents(line.customsValue),
    } as unknown as LineState
  })
  const price = states.reduce((sum, line) => sum + line.price, 0n)
  return {
    basket: { from, consignee, transport, facts } as unknown as BasketState['basket'],
    lines: states,
    price,
    freight: cents(freight),
    insurance: 0n,
    cif: price + cents(freight),
    customsValue: states.reduce((sum, line) => sum + line.customsValue, 0n),
    unconverted: [],
  }
}

const holds = (condition: BasketCondition, given: Given = {}, held: string[] = []): boolean =>
  compileBasketCondition(condition, context)?.(parcel(given), new Set(held)) ?? true

describe('of the basket', () => {
  const shirt = { codes: ['61'] }
  test.each<[condition: BasketCondition, given: Given, holds: boolean]>([
    [{}, {}, true],
    [{ consignee: 'consumer' }, {}, true],
    [{ consignee: 'business' }, {}, false],
    [{ transport: ['post', 'courier'] }, {}, true],
    [{ transport: ['courier'] }, {}, false],
    [{ from: ['CN', 'HK'] }, {}, true],
    [{ from: ['@neighbours'] }, {}, false],
    [{ from: ['@neighbours'] }, { from: 'MY' }, true],
    [{ from_not: ['CN'] }, {}, false],
    [{ from_not: ['@neighbours'] }, {}, true],
    [{ from: ['@neighbours'], from_not: ['SG'] }, { from: 'SG' }, false],
    [{ every_line: shirt }, {}, true],
    [{ every_line: shirt }, { lines: [{}, { code: '22042100' }] }, false],
    [{ any_line: shirt }, { lines: [{ code: '22042100' }, {}] }, true],
    [{ any_line: shirt }, { lines: [{ code: '22042100' }] }, false],
    [{ no_line: shirt }, { lines: [{ code: '22042100' }] }, true],
    [{ no_line: shirt }, { lines: [{ code: '22042100' }, {}] }, false],
    [{ any_line: { ...shirt, fact: 'used' } }, { lines: [{ facts: { used: true } }] }, true],
    [{ any_line: { ...shirt, fact: 'used' } }, {}, false],
    [{ consignee: 'consumer', transport: ['courier'] }, {}, false],
    [{ consignee: 'consumer', transport: ['post'], from: ['CN'] }, {}, true],
  ])('%j of %j: %s', (condition, given, wanted) => expect(holds(condition, given)).toBe(wanted))

  test.each<[condition: BasketCondition, held: string[], holds: boolean]>([
    [{ holds: 'IOSS' }, ['IOSS'], true],
    [{ holds: 'IOSS' }, [], false],
    [{ holds: 'IOSS' }, ['VOEC'], false],
    [{ holds_not: 'IOSS' }, [], true],
    [{ holds_not: 'IOSS' }, ['IOSS'], false],
  ])('%j of a seller with %j: %s', (condition, held, wanted) =>
    expect(holds(condition, {}, held)).toBe(wanted),
  )
})

describe('limits, one minor unit around', () => {
  const price = (limit: object, per = 'consignment', of = 'price'): BasketCondition =>
    ({ value: { of, per, ...limit } }) as BasketCondition

  test.each<[limit: object, below: boolean, at: boolean, above: boolean]>([
    [{ max: '100.00 EUR' }, true, true, false],
    [{ below: '100.00 EUR' }, true, false, false],
    [{ min: '100.00 EUR' }, false, true, true],
    [{ above: '100.00 EUR' }, false, false, true],
    [{ min: '100.00 EUR', max: '100.00 EUR' }, false, true, false],
    [{ above: '99.98 EUR', below: '100.01 EUR' }, true, true, false],
    [{ max: '125.00 USD' }, true, true, false],
    // 29,999 yen are 99.9966… euros: 99.99 is within, 100.00 is not.
    [{ max: '29999 JPY' }, true, false, false],
    [{ min: '29999 JPY' }, false, true, true],
  ])('%j of 99.99, 100.00, 100.01: %s %s %s', (limit, ...wanted) => {
    const found = ['99.99', '100.00', '100.01'].map((each) =>
      holds(price(limit), { lines: [{ price: each }] }),
    )
    expect(found).toEqual(wanted)
  })

  test.each<[what: string, condition: BasketCondition, given: Given, holds: boolean]>([
    ['price leaves freight out', price({ max: '100.00 EUR' }), { freight: '5.00' }, true],
    [
      'cif takes freight in',
      price({ max: '100.00 EUR' }, 'consignment', 'cif'),
      { freight: '0.01' },
      false,
    ],
    [
      'customs value',
      price({ max: '100.00 EUR' }, 'consignment', 'customs-value'),
      { lines: [{ customsValue: '100.01' }] },
      false,
    ],
    [
      'two lines, together',
      price({ max: '100.00 EUR' }),
      { lines: [{ price: '60.00' }, { price: '40.01' }] },
      false,
    ],
    [
      'two lines, each',
      price({ max: '100.00 EUR' }, 'line'),
      { lines: [{ price: '100.00' }, { price: '99.99' }] },
      true,
    ],
    [
      'two lines, one too dear',
      price({ max: '100.00 EUR' }, 'line'),
      { lines: [{ price: '0.01' }, { price: '100.01' }] },
      false,
    ],
    [
      'three pieces for 300.00',
      price({ max: '100.00 EUR' }, 'item'),
      { lines: [{ price: '300.00', quantity: '3' }] },
      true,
    ],
    [
      'three pieces for 300.01',
      price({ max: '100.00 EUR' }, 'item'),
      { lines: [{ price: '300.01', quantity: '3' }] },
      false,
    ],
    [
      'half a piece for 50.01',
      price({ max: '100.00 EUR' }, 'item'),
      { lines: [{ price: '50.01', quantity: '0.5' }] },
      false,
    ],
  ])('%s', (_, condition, given, wanted) => expect(holds(condition, given)).toBe(wanted))

  test('a limit in money without a rate decides nothing, and says so', () => {
    const state = parcel({})
    for (const limit of [{ max: '5 VND' }, { above: '5 VND' }])
      expect(compileBasketCondition(price(limit), context)?.(state, new Set())).toBe(false)
    expect(state.unconverted).toEqual(['VND', 'VND'])
  })
})

describe('within the year', () => {
  const yearly: BasketCondition = { yearly: { limit: '260.00 EUR', of: 'cif', fact: 'used' } }
  test.each<[used: string | undefined, price: string, holds: boolean]>([
    [undefined, '260.00', true],
    [undefined, '260.01', false],
    ['0', '260.00', true],
    ['160.00', '100.00', true],
    ['160.01', '100.00', false],
    ['160', '100.00', true],
    ['1000', '0.01', false],
  ])('%s used and %s more: %s', (used, price, wanted) =>
    expect(holds(yearly, { facts: used === undefined ? {} : { used }, lines: [{ price }] })).toBe(
      wanted,
    ),
  )

  test('freight counts where the law says cif', () =>
    expect(holds(yearly, { freight: '0.01', lines: [{ price: '260.00' }] })).toBe(false))
})

describe('of a line', () => {
  const matches = (condition: LineCondition, line: GivenLine = {}): boolean => {
    const state = parcel({ lines: [line] })
    return holdsForLine(
      compileLineCondition(condition, context),
      state.lines[0] as LineState,
      state,
    )
  }
  test.each<[condition: LineCondition, line: GivenLine, matches: boolean]>([
    [{}, {}, true],
    [{ codes: ['61'] }, {}, true],
    [{ codes: ['6109'] }, {}, true],
    [{ codes: ['61091000'] }, {}, true],
    [{ codes: ['6109100010'] }, {}, false],
    [{ codes: ['62', '6109'] }, {}, true],
    [{ codes: ['2203-2208'] }, { code: '220421' }, true],
    [{ codes: ['2203-2208'] }, { code: '220210' }, false],
    [{ codes: ['2203-2208'] }, { code: '22' }, false],
    [{ codes: ['50-63'] }, {}, true],
    [{ codes: ['50-60'] }, {}, false],
    [{ codes_not: ['61'] }, {}, false],
    [{ codes_not: ['62'] }, {}, true],
    [{ codes: ['61'], codes_not: ['6109'] }, {}, false],
    [{ origin: ['CN'] }, {}, true],
    [{ origin: ['@neighbours'] }, { origin: 'SG' }, true],
    [{ origin_not: ['@neighbours'] }, { origin: 'SG' }, false],
    [{ origin: ['@neighbours'], origin_not: ['SG'] }, { origin: 'SG' }, false],
    [{ fact: 'used' }, { facts: { used: true } }, true],
    [{ fact: 'used' }, { facts: { used: false } }, false],
    [{ fact: 'used' }, { facts: { used: 'true' } }, false],
    [{ fact: 'used' }, {}, false],
    [{ fact_not: 'used' }, {}, true],
    [{ fact_not: 'used' }, { facts: { used: true } }, false],
    [{ value: { of: 'price', per: 'line', max: '100.00 EUR' } }, {}, true],
    [{ value: { of: 'price', per: 'line', below: '100.00 EUR' } }, {}, false],
    [{ value: { of: 'price', per: 'item', max: '50.00 EUR' } }, { quantity: '2' }, true],
    [
      { value: { of: 'price', per: 'item', max: '50.00 EUR' } },
      { quantity: '2', price: '100.01' },
      false,
    ],
    [
      { codes: ['61'], fact: 'used', value: { of: 'price', per: 'line', min: '1.00 EUR' } },
      { facts: { used: true } },
      true,
    ],
  ])('%j of %j: %s', (condition, line, wanted) => expect(matches(condition, line)).toBe(wanted))

  test('per consignment a line condition looks at the whole parcel', () => {
    const state = parcel({ lines: [{ price: '60.00' }, { price: '60.00' }] })
    const test = compileLineCondition(
      { value: { of: 'price', per: 'consignment', max: '100.00 EUR' } },
      context,
    )
    expect(state.lines.map((line) => holdsForLine(test, line, state))).toEqual([false, false])
  })
})
