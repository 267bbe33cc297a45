import { describe, expect, test } from 'vitest'
import type { DoorLine } from '../../catalogue/index.ts'
import { splitPrice, type KnownPrice } from './split-price.ts'

const seller = '0199d2f0-0000-7000-8000-00000000000a'
const lines = (currency: string, price = 12_000n, quantity = 2) =>
  [{ offer: { currency }, variant: { priceMinor: price }, quantity }] as unknown as DoorLine[]

const totals = {
  ...{
    goods: '44.00',
    freight: '6.00',
    insurance: '0.00',
    duty: '0.00',
    tax: '0.00',
    fees: '0.00',
  },
}
type Change = Partial<typeof totals> & { landed: string; currency?: string; lane?: string }
const price = (
  { landed, currency = 'GBP', lane = 'MYR', ...change }: Change,
  status = 'complete',
) =>
  ({
    ...{ destination: 'GB', status, total: { amount: landed, currency }, basket: {} },
    answer: { totals: { ...totals, ...change } },
    lane: { lane: { carrier: 'pos-my' }, currency: lane, amountMinor: 3_300n },
  }) as unknown as KnownPrice
const split = (known: KnownPrice, bought = lines('MYR')) =>
  splitPrice(known, bought, (money) => `${wallet}:${money}`)?.map(({ leg, amount, to, as }) =>
    [leg, amount, to, as ?? '-'].join(' '),
  )

const wallet = `wallet:business:${seller}`
describe('the legs of 240 ringgit of goods and 33 ringgit of freight', () => {
  test.each<[string, KnownPrice, DoorLine[], string[]]>([
    [
      'to Britain, nothing due',
      price({ landed: '50.00' }),
      lines('MYR'),
      [`goods 4400 ${wallet}:MYR 24000`, 'freight 600 payable:freight:pos-my:MYR 3300'],
    ],
    [
      'all six',
      price({ insurance: '1.00', duty: '2.50', tax: '10.70', fees: '0.80', landed: '65.00' }),
      lines('MYR'),
      [
        `goods 4400 ${wallet}:MYR 24000`,
        'freight 600 payable:freight:pos-my:MYR 3300',
        'insurance 100 payable:insurance:pos-my:GBP -',
        'duty 250 payable:duty:GB:GBP -',
        'tax 1070 payable:tax:GB:GBP -',
        'fee 80 payable:fee:GB:GBP -',
      ],
    ],
    [
      'of a seller who asks pounds',
      price({ tax: '10.00', landed: '60.00' }),
      lines('GBP', 2_200n),
      [
        `goods 4400 ${wallet}:GBP -`,
        'freight 600 payable:freight:pos-my:MYR 3300',
        'tax 1000 payable:tax:GB:GBP -',
      ],
    ],
    [
      'within a border, whatever the answer says',
      price({ landed: '273.00', currency: 'MYR' }, 'no-border'),
      lines('MYR'),
      [`goods 24000 ${wallet}:MYR -`, 'freight 3300 payable:freight:pos-my:MYR -'],
    ],
  ])('%s', (_, known, bought, expected) => expect(split(known, bought)).toEqual(expected))

  test('are none where the share of the seller or the carrier is nothing in the buyer’s money', () => {
    expect(split(price({ goods: '0.00', landed: '6.00' }))).toBeUndefined()
    expect(split(price({ freight: '0.00', landed: '44.00' }))).toBeUndefined()
  })

  test.each([
    ['do not add up to the price', price({ landed: '50.01' })],
    ['would be less than nothing', price({ goods: '60.00', tax: '-10.00', landed: '56.00' })],
    ['are no amounts', price({ duty: '0.001', landed: '50.00' })],
  ])('that %s are a fault', (_, known) => expect(() => split(known)).toThrow(RangeError))
})
