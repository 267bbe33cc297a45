import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realTariff as tariff, seed } from '../../test/cli/real-rules.ts'
import { formatMinor } from '../basis/money.ts'
import { findMarkets, wantedPrice, type Market } from './find-markets.ts'
import { parseBasket, type BasketJson } from './parse-basket.ts'

// What one product costs at every door, and what price it could bear there.

const runs = { numRuns: 250, seed }
type Ask = {
  code?: string
  price?: string
  freight?: string
  currency?: string
  on?: string
  quantity?: string
}

function basketOf({
  code = '61091000',
  price = '40.00',
  freight,
  currency = 'EUR',
  quantity = '1',
}: Ask): BasketJson {
  return {
    from: 'CN',
    schemes: [],
    ...(freight === undefined ? {} : { freight: { amount: freight, currency } }),
    lines: [{ id: 'goods', code, origin: 'CN', quantity, unitPrice: { amount: price, currency } }],
  }
}
function markets(ask: Ask, wanted?: string): Market[] {
  const parsed = parseBasket(basketOf(ask))
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  const price = wanted === undefined ? undefined : wantedPrice(wanted, ask.currency ?? 'EUR')
  return findMarkets(tariff, parsed.basket, ask.on ?? '2026-11-22', price ? { wanted: price } : {})
}
const marketIn = (to: string, all: readonly Market[]): Market => {
  const found = all.find((market) => market.to === to)
  if (!found) throw new Error(`no market ${to}`)
  return found
}

describe('a shirt of 40.00 euros with freight of 5.00 on 1 June 2026, when small parcels were free of duty', () => {
  const all = markets({ freight: '5.00', on: '2026-06-01' }, '60.00')

  test.each([
    // 17 % of 45.00 is 7.65. For 60.00 at the door: 51.28 + 8.72, less 5.00 of freight.
    ['LU', '52.65', '7.65', '14.5', '46.28'],
    // 19 % is 8.55; 50.42 + 9.58.
    ['DE', '53.55', '8.55', '16.0', '45.42'],
    // 23 % is 10.35; 48.78 + 11.22.
    ['IE', '55.35', '10.35', '18.7', '43.78'],
  ])(
    '%s: %s at the door, of it tax %s or %s per cent; for 60.00 it may cost %s',
    (to, landed, tax, share, highest) =>
      expect(marketIn(to, all)).toMatchObject({
        status: 'complete-except',
        currency: 'EUR',
        landed,
        duty: '0.00',
        tax,
        chargesShare: share,
        highestPrice: { amount: highest, currency: 'EUR' },
      }),
  )

  test('every destination stands there but the one it comes from, the cheapest share first', () => {
    expect(all.map(({ to }) => to).sort()).toEqual(tariff.destinations.filter((to) => to !== 'CN'))
    const shares = all.map(({ chargesShare }) => chargesShare)
    const known = shares.filter((share) => share !== null)
    expect(shares.slice(0, known.length)).toEqual(known)
    expect(known.map(Number)).toEqual(known.map(Number).sort((a, b) => a - b))
    const order = ['LU', 'DE', 'IE'].map((to) => all.findIndex((market) => market.to === to))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test('who has no figure says why', () => {
    for (const { landed, chargesShare, reasons } of all) {
      expect(landed === null).toBe(reasons.length > 0)
      expect(landed === null).toBe(chargesShare === null)
    }
  })
})

describe('the highest price at which goods still land within a wanted price', () => {
  test.each<
    [
      to: string,
      code: string,
      currency: string,
      wanted: string,
      highest: string | undefined,
      why: string,
    ]
  >([
    // Germany since July: 3.00 flat up to 150.00, then the tariff, which is nothing for computers.
    ['DE', '847130', 'EUR', '178.50', '147.00', '(147.00 + 3.00) x 1.19'],
    [
      'DE',
      '847130',
      'EUR',
      '178.51',
      '150.01',
      'above 150 the flat duty falls away: 150.01 x 1.19 = 178.51',
    ],
    ['DE', '847130', 'EUR', '182.06', '152.99', '152.99 x 1.19 = 182.06'],
    ['DE', '847130', 'EUR', '182.07', '153.00', 'as dear as 150.00 with the flat duty'],
    // A shirt pays 12 % above the limit: 150.01 lands at (150.01 + 18.00) x 1.19 = 199.93.
    ['DE', '61091000', 'EUR', '182.07', '150.00', 'the limit itself'],
    ['DE', '61091000', 'EUR', '199.92', '150.00', 'one cent more would cost 17.86'],
    ['DE', '61091000', 'EUR', '199.93', '150.01', 'over the step'],
    ['DE', '61091000', 'EUR', '3.56', undefined, 'the flat duty alone lands at 3.57'],
    ['DE', '61091000', 'EUR', '3.57', '0.00', 'and nothing is left for the goods'],
    // Great Britain: relief up to 135.00; a shirt of 135.01 lands at (135.01 + 16.20) x 1.20 = 181.45.
    ['GB', '61091000', 'GBP', '162.00', '135.00', '135.00 x 1.20'],
    ['GB', '61091000', 'GBP', '161.99', '134.99', '134.99 x 1.20 = 161.99'],
    ['GB', '61091000', 'GBP', '181.44', '135.00', 'below the step'],
    ['GB', '61091000', 'GBP', '181.45', '135.01', 'over the step'],
  ])('%s, %s: for %s %s it may cost %s: %s', (to, code, currency, wanted, highest) => {
    const { highestPrice } = marketIn(to, markets({ code, currency, price: '20.00' }, wanted))
    expect(highestPrice?.amount).toBe(highest)
  })

  test.each([
    // Three of 50.00 are 150.00 and pay the flat duty: 182.07. Three of 49.00 land at 178.50.
    ['3', '178.52', '49.00', '178.50'],
    ['3', '180.00', '50.42', '180.00'],
    ['2', '178.51', '73.50', '178.50'],
  ])('%s computers land in Germany for %s EUR at %s each', (quantity, wanted, highest, landed) => {
    const ask: Ask = { code: '847130', quantity, price: highest }
    expect(marketIn('DE', markets(ask, wanted)).highestPrice?.amount).toBe(highest)
    expect(marketIn('DE', markets(ask)).landed).toBe(landed)
  })

  test.each([
    ['MYR', '20.00'],
    ['IDR', '20000.00'],
    ['VND', '200000'],
  ])(
    'money finer than the buyer’s, %s, finds the stretch above the limit too',
    (currency, price) => {
      const parsed = parseBasket(basketOf({ code: '847130', price, currency }))
      if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
      const wanted = wantedPrice('180.00', 'EUR')!
      const { highestPrice } = marketIn(
        'DE',
        findMarkets(tariff, parsed.basket, '2026-11-22', { wanted }),
      )
      const highest = marketIn(
        'DE',
        markets({ code: '847130', price: highestPrice!.amount, currency }),
      )
      // 151.26 euros and 19 %; below the limit nothing lands at more than 182.07 less the step.
      expect(highest).toMatchObject({ landed: '180.00', duty: '0.00', tax: '28.74' })
    },
  )

  test('where nothing is charged the wanted price itself fits, in whatever money', () =>
    expect(
      marketIn('HK', markets({ code: '847130', currency: 'USD', price: '20.00' }, '25.00'))
        .highestPrice,
    ).toEqual({ amount: '25.00', currency: 'USD' }))

  test('does not depend on the price that was asked with', () => {
    for (const price of ['1.00', '149.00', '150.00', '151.00', '4000.00'])
      expect(
        marketIn('DE', markets({ code: '847130', price }, '178.51')).highestPrice?.amount,
      ).toBe('150.01')
  })

  test('before July 2026 there was no step for goods free of duty', () =>
    expect(
      marketIn('DE', markets({ code: '847130', on: '2026-06-30' }, '178.51')).highestPrice?.amount,
    ).toBe('150.01'))

  test('a price wanted in money without a rate, and a basket of two products, get none', () => {
    const parsed = parseBasket({
      ...basketOf({}),
      lines: [...basketOf({}).lines, { ...basketOf({}).lines[0]!, id: 'more' }],
    })
    if ('faults' in parsed) throw new Error('a good basket')
    const wanted = wantedPrice('60.00', 'EUR')!
    expect(
      findMarkets(tariff, parsed.basket, '2026-11-22', { wanted }).every(
        ({ highestPrice }) => highestPrice === null,
      ),
    ).toBe(true)
    const one = parseBasket(basketOf({}))
    if ('faults' in one) throw new Error('a good basket')
    const [first] = findMarkets(tariff, one.basket, '2026-11-22', {
      wanted: wantedPrice('60', 'KPW')!,
    })
    expect(first?.highestPrice).toBe(null)
  })

  test.each([
    ['50.00', 'EUR', 5000n],
    ['50', 'EUR', 5000n],
    ['50.5', 'EUR', 5050n],
    ['5000', 'JPY', 5000n],
    ['50.001', 'EUR', undefined],
    ['50.0', 'JPY', undefined],
    ['-1', 'EUR', undefined],
    ['1e3', 'EUR', undefined],
    ['50', 'EUX', undefined],
    ['9'.repeat(16), 'EUR', undefined],
  ])('%s %s is read as %s', (amount, currency, minor) =>
    expect(wantedPrice(amount, currency)?.minor).toBe(minor),
  )
})

describe('property', () => {
  const places = [
    ['DE', 'EUR', '2026-11-22'],
    ['DE', 'EUR', '2026-06-01'],
    ['FR', 'EUR', '2026-11-22'],
    ['GB', 'GBP', '2026-11-22'],
    ['SG', 'SGD', '2026-11-22'],
    ['AU', 'AUD', '2026-11-22'],
    ['CA', 'CAD', '2026-11-22'],
  ] as const
  const landedAt = (to: string, on: string, ask: Ask): bigint | undefined => {
    const { landed } = tariff.quote(basketOf(ask), to, { on }).totals
    return landed === null ? undefined : BigInt(landed.replace('.', ''))
  }
  const asked = fc.record({
    quantity: fc.constantFrom('1', '1', '2', '3', '7'),
    place: fc.constantFrom(...places),
    code: fc.constantFrom('847130', '61091000', '330300', '490199'),
    freight: fc.constantFrom('0.00', '4.99'),
    wanted: fc.oneof(fc.bigInt(1n, 40_000n), fc.bigInt(15_000n, 21_000n), fc.bigInt(1n, 150_000n)),
  })

  test('the highest price fits, one minor unit more does not, and no dearer one fits either', () => {
    const higher = fc.array(fc.bigInt(1n, 1000n), { minLength: 8, maxLength: 8 })
    let found = 0
    fc.assert(
      fc.property(
        asked,
        higher,
        ({ place: [to, currency, on], quantity, code, freight, wanted }, steps) => {
          const ask: Ask = { code, freight, currency, on, quantity, price: '10.00' }
          const { highestPrice } = marketIn(to, markets(ask, formatMinor(wanted, currency)))
          const fits = (price: bigint): boolean => {
            const landed = landedAt(to, on, { ...ask, price: formatMinor(price, currency) })
            return landed !== undefined && landed <= wanted
          }
          if (!highestPrice) {
            expect(fits(0n)).toBe(false)
            return
          }
          found += 1
          const price = BigInt(highestPrice.amount.replace('.', ''))
          expect(fits(price)).toBe(true)
          expect(fits(price + 1n)).toBe(false)
          for (const step of steps)
            expect(fits(price + 1n + (step * (wanted - price)) / 1000n)).toBe(false)
        },
      ),
      runs,
    )
    expect(found).toBeGreaterThan(100)
  })
})
