import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { delivered, lifeWorld } from '../../../test/orders/life-world.ts'
import { balanceOf, moving, placeThem, pursesOf } from '../../../test/support/placed-orders.ts'
import { workOutAsked } from '../../payments/exchange/exchange-quote.ts'
import type { MoveName, Role } from '../order.ts'

// Rounding must not be worth anybody's while: orders of a few fen, paid to sellers in sen and given back in every possible
// part, leave the hub's dealer with no loss at the rate that they were made by. 119 prices are 10,000 orders.

const db = await testDatabase()
const { move, booksAreRight } = lifeWorld(db)
const prices = Number(process.env['EWTP_TINY_PRICES'] ?? 30)
/** Ringgit for one yuan; both have two decimals. */
const mid = { n: 6_389n, d: 10_000n }
const none = { freight: 0n, insurance: 0n, duty: 0n, tax: 0n, fee: 0n }

test(`orders of 1 to ${prices} sen, each given back in every part, cost the dealer nothing`, async () => {
  let count = 0
  for (let sellerGets = 1n; sellerGets <= BigInt(prices); sellerGets += 1n) {
    // Without a spread, so that nothing but rounding is looked at.
    const goods = workOutAsked(sellerGets, 'CNY', 'MYR', mid, 0) as bigint
    const orders = await placeThem(db, Number(goods), { legs: { ...none, goods }, sellerGets })
    for (const step of delivered) {
      const [name, role] = step.split(' ') as [MoveName, Role]
      const said = await move(orders.map((order) => moving(order, name, role)))
      expect(new Set(said).size).toBe(1)
    }
    const back = orders.map((order, refund) => ({ order, refund: BigInt(refund) }))
    const some = back.filter(({ refund }) => refund > 0n)
    const said = await move(
      some.map(({ order, refund }) => moving(order, 'refund', 'seller', { refund })),
    )
    expect(said).toEqual(some.map(() => '201 delivered'))
    await move(orders.map((order) => moving(order, 'close', 'buyer')))
    for (const { order, refund } of back) {
      const purses = await pursesOf(db, order)
      expect(purses.buyer).toBe(refund)
      const given = `${refund} of ${goods} fen back, ${purses.seller} sen to the seller`
      expect(purses.seller * mid.d <= (goods - refund) * mid.n, given).toBe(true)
    }
    count += orders.length
  }
  const [yuan, ringgit] = [await balanceOf(db, 'dealer:CNY'), await balanceOf(db, 'dealer:MYR')]
  expect(yuan * mid.n + ringgit * mid.d).toBeGreaterThanOrEqual(0n)
  expect(count).toBeGreaterThan(prices)
  await booksAreRight()
}, 600_000)
