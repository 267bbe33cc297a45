import { describe, expect, test } from 'vitest'
import { isRefused } from '../../src/basis/refusal.ts'
import { bo } from '../support/shop-world.ts'
import { began, line, quotesWorld, type Line } from './quotes-world.ts'

// What cannot be bought, and what a buyer is told of it.

const { clock, goods, id, ask } = await quotesWorld()

describe('is refused', () => {
  const gone = { ...line(goods.scarf), offerId: id() }
  const noVariant = { ...line(goods.scarf), variantId: id() }
  const stranger = { ...line(goods.scarf), sellerId: bo.id }
  test.each<[string, string, readonly Line[], object]>([
    ['an offer that is not there', 'GB', [gone], { refused: 'offer-gone' }],
    ['an offer of another seller', 'GB', [stranger], { refused: 'offer-gone' }],
    ['a variant that is not there', 'GB', [noVariant], { refused: 'variant-gone' }],
    ['no piece', 'GB', [line(goods.scarf, 0)], { refused: 'quantity-not-allowed' }],
    ['half a piece', 'GB', [line(goods.scarf, 1.5)], { refused: 'quantity-not-allowed' }],
    [
      'a thousand pieces',
      'GB',
      [line(goods.scarf, 500), line(goods.scarf, 500)],
      { refused: 'quantity-not-allowed' },
    ],
    [
      'goods of a seller who may not trade',
      'GB',
      [line(goods.denied)],
      { refused: 'seller-blocked' },
    ],
    [
      'where the seller does not sell',
      'CN',
      [line(goods.scarf)],
      { refused: 'not-sold-there', facts: { offer: goods.scarf.offerId } },
    ],
    [
      'one of two where the seller does not sell',
      'CN',
      [line(goods.shawl), line(goods.scarf)],
      { refused: 'not-sold-there', facts: { offer: goods.scarf.offerId } },
    ],
    [
      'at home, where the seller did not open it',
      'MY',
      [line(goods.shawl)],
      { refused: 'not-sold-there' },
    ],
    [
      'more than there is',
      'GB',
      [line(goods.scarf, 3), line(goods.scarf, 3)],
      { refused: 'out-of-stock', facts: { variant: line(goods.scarf).variantId, left: 5 } },
    ],
    [
      'what is sold out',
      'GB',
      [line(goods.scarf, 1, 1)],
      { refused: 'out-of-stock', facts: { left: 0 } },
    ],
    [
      'a price that needs facts',
      'US',
      [line(goods.scarf)],
      { refused: 'no-price', facts: { status: 'needs-facts', reasons: ['which-line'] } },
    ],
    [
      'goods in dollars, at home, by a carrier who asks ringgit',
      'MY',
      [line(goods.dollars)],
      {
        refused: 'no-price',
        facts: { status: 'no-border', reasons: ['freight-in-other-money'] },
      },
    ],
    [
      'a country without rules',
      'AE',
      [line(goods.scarf)],
      { refused: 'no-price', facts: { status: 'no-law' } },
    ],
  ])('%s', async (_, to, lines, expected) => {
    const outcomes = await ask(to, lines)
    const refusals = outcomes.map((each) =>
      isRefused(each) ? { refused: each.refused, facts: each.facts } : 'quoted',
    )
    expect(refusals).toMatchObject([expected])
  })

  test('one seller’s goods, and another seller’s are quoted all the same', async () => {
    const outcomes = await ask('GB', [line(goods.denied), line(goods.scarf), gone])
    expect(outcomes.map((each) => (isRefused(each) ? each.refused : 'quote'))).toEqual([
      'seller-blocked',
      'quote',
      'offer-gone',
    ])
  })

  test('who asks more than sixty times, until a minute later', async () => {
    const buyer = id()
    const fate = async () => {
      const [outcome] = await ask('GB', [line(goods.denied)], buyer)
      return outcome && isRefused(outcome) ? outcome : undefined
    }
    for (let time = 0; time < 60; time += 1)
      expect(await fate()).toMatchObject({ refused: 'seller-blocked' })
    const no = { refused: 'too-many-quotes', facts: { wait: 60 } }
    for (let time = 0; time < 3; time += 1) expect(await fate()).toMatchObject(no)
    clock.set(began + 60_000)
    expect(await fate()).toMatchObject({ refused: 'seller-blocked' })
    expect(await fate()).toMatchObject(no)
    clock.set(began)
    expect((await ask('GB', [line(goods.denied)]))[0]).toMatchObject({ refused: 'seller-blocked' })
  })
})
