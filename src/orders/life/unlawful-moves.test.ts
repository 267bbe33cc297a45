import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { hub, moving, newId, now, pursesOf, screenAs } from '../../../test/support/placed-orders.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import type { MoveName, Role } from '../order.ts'
import { sayInDispute } from './disputes.ts'
import type { MoveOrder } from './move-orders.ts'

// What somebody with a bad mind tries with an order that is open.

const db = await testDatabase()
const { parts, place, walk, move, booksAreRight } = lifeWorld(db)

describe('refunds without an end', () => {
  test('at most twenty of an order, none of less than a hundredth unless it is the rest', async () => {
    const order = await place()
    const give = (refund: bigint) => move([moving(order, 'refund', 'seller', { refund })])
    expect(await give(99n)).toEqual(['422 refund-too-small'])
    for (let made = 0; made < 19; made += 1) expect(await give(100n)).toEqual(['201 placed'])
    expect(await give(8_001n)).toEqual(['201 placed'])
    expect(await give(99n)).toEqual(['422 too-many-refunds'])
    const other = await place()
    await move([moving(other, 'refund', 'seller', { refund: 9_999n })])
    expect(await move([moving(other, 'refund', 'seller', { refund: 1n })])).toEqual(['201 placed'])
    await booksAreRight()
  })
})

test('a carrier who lost goods says of nobody else that it was their fault', async () => {
  const order = await place()
  await walk(order, onItsWay)
  for (const fault of ['buyer', 'seller'] as const)
    expect(await move([moving(order, 'lose', 'carrier', { fault })])).toEqual([
      '422 fault-not-lawful',
    ])
  expect(await move([moving(order, 'lose', 'carrier')])).toEqual(['201 lost'])
})

describe('who may not trade any more', () => {
  test.each<['buyer' | 'seller', string, string[], MoveName, Role, string]>([
    ['seller', 'does not accept', [], 'accept', 'seller', '403 blocked'],
    ['seller', 'does not hand over', ['pack seller'], 'hand-over', 'seller', '403 blocked'],
    ['seller', 'may cancel', [], 'cancel', 'seller', '201 cancelled'],
    ['seller', 'is not paid', delivered, 'close', 'buyer', '409 party-blocked'],
    ['buyer', 'gets nothing back', [], 'cancel', 'seller', '409 party-blocked'],
    ['buyer', 'does not withdraw', [], 'withdraw', 'buyer', '403 blocked'],
    ['buyer', 'may say that all is well', delivered, 'close', 'buyer', '201 closed'],
  ])('%s who %s', async (side, _, steps, name, role, expected) => {
    const order = await place()
    await walk(order, steps)
    await screenAs(db, side === 'seller' ? 'business' : 'person', order[side], 'blocked')
    const before = await pursesOf(db, order)
    expect(await move([moving(order, name, role)])).toEqual([expected])
    if (!expected.startsWith('201')) expect(await pursesOf(db, order)).toEqual(before)
  })
})

test('what was typed can be kept, whatever signs it is made of', async () => {
  const order = await place()
  const grows = `x${'\u{1D160}'.repeat(49)}`
  const odd: Partial<MoveOrder> = { reason: 'A\u0000B\uD800', consignment: grows }
  await walk(order, ['pack seller'])
  expect(await move([moving(order, 'hand-over', 'seller', odd)])).toEqual(['201 handed-over'])
  const made = (await findMoves(db.kysely, hub, order.id)).at(-1)
  const number = String(made?.facts['consignment'])
  expect([number.isWellFormed(), number.length <= 100]).toEqual([true, true])
  expect((await findOrder(db.kysely, hub, order.id))?.facts.reason).toBe('AB\uFFFD')
})

test('each side says fifty things in a dispute, and no more', async () => {
  const order = await place()
  await walk(order, [...delivered, 'dispute buyer'])
  const say = (role: Role, words: string) =>
    sayInDispute(parts, order.id, { id: newId(), role, actor: order.buyer, words }, now)
  for (let said = 0; said < 50; said += 1)
    expect(await say('buyer', `No ${said}`)).toMatchObject({ role: 'buyer' })
  expect(await say('buyer', 'And one more')).toMatchObject({ refused: 'too-many-statements' })
  expect(await say('seller', 'My turn')).toMatchObject({ role: 'seller' })
})
