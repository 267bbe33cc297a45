import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  balanceOf,
  day,
  draw,
  hub,
  leftOf,
  moving,
  newId,
  now,
  placeThem,
  pursesOf,
  saidOf,
  screenAs,
  stockOf,
  usualTotal,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import { timestamptz } from '../../db/index.ts'
import { checkLedger } from '../../ledger/index.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import { sayInDispute } from './disputes.ts'
import { moveDueOrders } from './due-orders.ts'
import { moveOrders } from './move-orders.ts'

const db = await testDatabase()
const { parts: moveParts, walk, place } = lifeWorld(db)
const parts = { ...moveParts, random: draw }
const stateOf = async ({ id }: Placed) => (await findOrder(db.kysely, hub, id))?.state

test.each<[string, string[], number, string, bigint]>([
  ['nobody accepts', [], 3 * day, 'cancelled', usualTotal],
  ['nobody packs', ['accept seller'], 10 * day, 'cancelled', usualTotal],
  ['nobody hands it over', ['pack seller'], 10 * day, 'cancelled', usualTotal],
  ['it never arrives', onItsWay, 60 * day, 'lost', usualTotal],
  ['nothing comes after the border', [...onItsWay, 'release customs'], 60 * day, 'lost', 10_350n],
  ['no complaint', [...onItsWay, 'deliver carrier'], 14 * day, 'closed', 0n],
])('%s: the hub does it, not a millisecond before', async (_, steps, wait, state, back) => {
  const order = await place()
  await walk(order, steps)
  const before = await stateOf(order)
  expect(await moveDueOrders(parts, now + wait - 1)).toBe(0)
  expect(await stateOf(order)).toBe(before)
  expect(await moveDueOrders(parts, now + wait)).toBe(1)
  expect(await moveDueOrders(parts, now + wait)).toBe(0)
  expect(await stateOf(order)).toBe(state)
  expect((await pursesOf(db, order)).buyer).toBe(back)
  expect(await leftOf(db, order)).toBe('')
  const last = (await findMoves(db.kysely, hub, order.id)).at(-1)
  expect(last).toMatchObject({ role: 'hub', actor: undefined })
})

test("another hub that does not answer: after 15 minutes the buyer's money is free", async () => {
  const order = await place({ requested: true })
  expect(await moveDueOrders(parts, now + 15 * 60_000)).toBe(1)
  expect(await stateOf(order)).toBe('cancelled')
  expect(await balanceOf(db, `wallet:person:${order.buyer}:CNY`)).toBe(usualTotal)
})

test('what is moved on in the meantime is not undone by a deadline that was read before', async () => {
  const order = await place()
  const late = now + 3 * day
  const [, accepted] = await Promise.all([
    moveDueOrders(parts, late),
    moveOrders(parts, [moving(order, 'accept', 'seller')], late),
  ])
  expect(await stateOf(order)).toBe(
    saidOf(accepted[0]) === '201 accepted' ? 'accepted' : 'cancelled',
  )
  const stale = moving(order, 'cancel', 'hub')
  expect(saidOf((await moveOrders(parts, [stale], late))[0])).toBe('409 move-not-lawful')
  await sql`update orders set due_at = null, due_move = null where order_id = ${order.id}`.execute(
    db.kysely,
  )
})

test('a complaint to which the seller says nothing for 60 days is settled for the buyer, one that is answered waits', async () => {
  const [silent, answered] = [await place(), await place()]
  for (const order of [silent, answered]) await walk(order, [...delivered, 'dispute buyer'])
  const words = {
    id: newId(),
    role: 'seller',
    actor: answered.seller,
    words: 'It was whole.',
  } as const
  await sayInDispute(parts, answered.id, words, now + 59 * day)
  const also = { ...words, id: newId(), role: 'buyer', words: 'No answer?' } as const
  await sayInDispute(parts, silent.id, also, now + 59 * day)
  expect(await moveDueOrders(parts, now + 60 * day - 1)).toBe(0)
  expect(await moveDueOrders(parts, now + 60 * day)).toBe(1)
  expect([await stateOf(silent), await stateOf(answered)]).toEqual(['closed', 'disputed'])
  expect(await pursesOf(db, silent)).toEqual({ buyer: 10_000n, seller: 0n })
  expect((await findMoves(db.kysely, hub, silent.id)).at(-1)).toMatchObject({
    ...{ move: 'settle', role: 'hub', facts: { fault: 'seller', refund: '10000' } },
  })
  expect(await moveDueOrders(parts, now + 3_650 * day)).toBe(0)
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
})

test('two processes at once over 250 orders: each is moved once', async () => {
  const orders = await placeThem(db, 250)
  const work = async () => {
    let made = 0
    for (let some = 1; some > 0; made += some) some = await moveDueOrders(parts, now + 3 * day)
    return made
  }
  const made = await Promise.all([work(), work()])
  // Both may have stopped while the other held the rest of its last hundred.
  expect(made[0]! + made[1]! + (await work())).toBe(250)
  for (const order of orders) {
    expect(await stockOf(db, order)).toBe(5n)
    expect((await pursesOf(db, order)).buyer).toBe(usualTotal)
  }
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
})

test('an order that cannot be moved does not stop the others, and is told of', async () => {
  const [good, bad] = (await placeThem(db, 2)) as [Placed, Placed]
  // Its quote is gone.
  await sql`update orders set quote_id = gen_random_uuid(), due_at = ${timestamptz(now)} where order_id = ${bad.id}`.execute(
    db.kysely,
  )
  const [late, hour] = [now + 3 * day, 3_600_000]
  await expect(moveDueOrders(parts, late)).rejects.toThrow(/has no quote/)
  expect([await stateOf(good), await stateOf(bad)]).toEqual(['cancelled', 'placed'])
  // It does not stand in the way of those that are due after it, and is told of again in an hour.
  expect(await moveDueOrders(parts, late + hour - 1)).toBe(0)
  await expect(moveDueOrders(parts, late + hour)).rejects.toThrow(/has no quote/)
  await sql`update orders set due_at = null, due_move = null where order_id = ${bad.id}`.execute(
    db.kysely,
  )
})

test('money that would go to who may not have it stays in escrow until they may', async () => {
  const order = await place()
  await walk(order, delivered)
  const screen = (state: 'clear' | 'blocked') => screenAs(db, 'business', order.seller, state)
  await screen('blocked')
  const late = now + 14 * day
  expect(await moveDueOrders(parts, late)).toBe(0)
  expect([await stateOf(order), (await pursesOf(db, order)).seller]).toEqual(['delivered', 0n])
  await screen('clear')
  expect(await moveDueOrders(parts, late + 3_600_000)).toBe(1)
  expect([await stateOf(order), (await pursesOf(db, order)).seller]).toEqual(['closed', 6_400n])
})
