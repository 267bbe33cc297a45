import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { add, atReview, ordersOf, pay } from '../../../test/support/form-browser.ts'
import { parseLimits } from '../../payments/index.ts'

// Buying in a hub that limits how much money may be moved.

const db = await testDatabase()
let world: BuyingWorld
beforeAll(async () => {
  world = await buyingWorld(db, { limits: parseLimits('new=40/150,known=60/500')! })
}, 60_000)
afterAll(() => world.end())

test('who is new buys little, is told so and how to buy more, and then does', async () => {
  const { person, browser, review } = await atReview(world, world.syrup)
  const confirmed = (at: string | null) =>
    db.pool.query('update people set email_confirmed_at = $2 where person_id = $1', [
      person.personId,
      at,
    ])
  await confirmed(null)
  // 28.80 pounds are some 33 euros.
  expect((await pay(browser, review)).text).toContain('Thank you')
  const wallet = await browser.get('/wallet')
  expect(wallet.text).toMatch(/Paid, bought for or paid out EUR 6\.\d\d EUR 116\.\d\d/)
  expect(wallet.html).toContain('href="/account">Confirm your email address')
  await add(browser, world.syrup)
  const again = async () => pay(browser, await browser.get('/checkout/review'))
  const refused = await again()
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringMatching(
      /more than may be moved: EUR 6\.\d\d is left today, of EUR 40\.00\. Confirm/,
    ),
  ])
  expect(await ordersOf(db, person)).toHaveLength(1)
  await confirmed('2026-11-22T00:00:00Z')
  const known = await again()
  expect(known.text).toContain('is left today, of EUR 60.00. Ask the operator')
  world.clock.set(world.clock.now() + 24 * 3_600_000)
  expect((await again()).text).toContain('Thank you')
})
