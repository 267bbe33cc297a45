import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testDealer } from '../../test/support/dealer.ts'
import { isRefused } from '../basis/refusal.ts'
import type { LaneQuote } from '../logistics/index.ts'
import { createTariff } from '../tariff/index.ts'
import { doorExchange } from './door-exchange.ts'
import { priceOn, type DoorLine } from './price-at-door.ts'

const day = '2026-11-22'
const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../rules') })
const change = testDealer(tariff, day)

/** Two pieces at 60.00 and a lane at 31.08. */
const lines = (currency: string) =>
  [
    {
      offer: {
        currency,
        subheading: '621410',
        origin: 'MY',
        texts: [],
        nationalCodes: {},
        proofs: [],
      },
      variant: { priceMinor: 6_000n, netMassG: 80, options: [] },
      quantity: 2,
    },
  ] as unknown as DoorLine[]
const lane = (currency: string) =>
  ({ currency, amountMinor: 3_108n, transport: 'post', dutyPaid: false }) as unknown as LaneQuote
const asked = (gets: bigint, to: string): bigint => {
  const found = change(gets, 'SGD', to)
  return isRefused(found) ? 0n : found.gives
}
const answer = (goods: string, freight: string) =>
  ({ currency: 'SGD', totals: { goods, freight } }) as Parameters<typeof doorExchange>[3]

describe('what changing money adds to what customs counts', () => {
  test.each<[string, string, string, { goods: bigint; freight: bigint }, string[]]>([
    [
      'both are owed ringgit',
      ...(['MYR', 'MYR'] as const),
      { goods: asked(12_000n, 'MYR') - 3_600n, freight: asked(3_108n, 'MYR') - 930n },
      ['MYR'],
    ],
    [
      'the seller asks the buyer’s money',
      ...(['SGD', 'MYR'] as const),
      { goods: 0n, freight: asked(3_108n, 'MYR') - 930n },
      ['MYR'],
    ],
    [
      'two moneys',
      ...(['USD', 'MYR'] as const),
      { goods: asked(12_000n, 'USD') - 3_600n, freight: asked(3_108n, 'MYR') - 930n },
      ['USD', 'MYR'],
    ],
  ])('%s', (_, goods, freight, more, owed) => {
    const found = doorExchange(change, lines(goods), lane(freight), answer('36.00', '9.30'))
    expect(found).toMatchObject({ ...more, spreadPoints: 50 })
    expect(Object.keys((found as { rates: object }).rates)).toEqual(owed)
  })

  test('is nothing where nobody is owed another money', () => {
    expect(
      doorExchange(change, lines('SGD'), lane('SGD'), answer('120.00', '31.08')),
    ).toBeUndefined()
  })

  test('is less than nothing where the rate of customs is dearer than the dealer’s', () => {
    const dear = doorExchange(change, lines('MYR'), lane('SGD'), answer('900.00', '31.08'))
    expect(dear).toMatchObject({ goods: asked(12_000n, 'MYR') - 90_000n, freight: 0n })
  })
})

test('there is no price where the hub cannot change the money that somebody is owed', () => {
  const on = (currency: string) =>
    priceOn(lane('MYR'), { tariff, change }, lines(currency), {
      from: 'MY',
      destination: 'SG',
      day,
    })
  expect(on('AED')).toMatchObject({
    ...{ status: 'no-rate', total: null, exchange: null, reasons: ['no-rate'] },
    answer: { currency: 'SGD' },
  })
  const { total, exchange, answer: said } = on('MYR')
  const more = (exchange?.goods ?? 0n) + (exchange?.freight ?? 0n)
  const cents = (text = '') => BigInt(text.replace('.', ''))
  expect(more).not.toBe(0n)
  expect(cents(total?.amount)).toBe(cents(said?.totals.landed ?? '') + more)
})
