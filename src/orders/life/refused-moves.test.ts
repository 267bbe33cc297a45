import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  hub,
  moving,
  newId,
  placeThem,
  pursesOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import type { Command } from '../../db/index.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import { moves, orderStates, type MoveName, type OrderState, type Role } from '../order.ts'
import type { MoveOrder } from './move-orders.ts'

const db = await testDatabase()
const { place, move, walk, booksAreRight } = lifeWorld(db)

describe('what is refused', () => {
  test.each<[string, (order: Placed) => Command<MoveOrder>, string]>([
    [
      'an order that never was',
      () => moving({ id: newId() }, 'pack', 'seller'),
      '404 no-such-order',
    ],
    ['packing by the buyer', (o) => moving(o, 'pack', 'buyer'), '403 role-not-lawful'],
    ['closing what is not there yet', (o) => moving(o, 'close', 'buyer'), '409 move-not-lawful'],
    ['the hub before the time', (o) => moving(o, 'cancel', 'hub'), '409 move-not-lawful'],
    ['a refund of nothing said', (o) => moving(o, 'refund', 'seller'), '422 refund-missing'],
    [
      'a refund of nothing',
      (o) => moving(o, 'refund', 'seller', { refund: 0n }),
      '422 refund-not-valid',
    ],
    [
      'a refund below nothing',
      (o) => moving(o, 'refund', 'seller', { refund: -1n }),
      '422 refund-not-valid',
    ],
    [
      'a refund of more than the goods cost',
      (o) => moving(o, 'refund', 'seller', { refund: 10_001n }),
      '422 refund-not-valid',
    ],
  ])('%s: nothing happens', async (_, command, expected) => {
    const order = await place()
    expect(await move([command(order)])).toEqual([expected])
    expect(await findOrder(db.kysely, hub, order.id)).toMatchObject({ state: 'placed', moves: 0 })
    expect((await pursesOf(db, order)).buyer).toBe(0n)
  })

  test('what is said beside has no part in a move, and is not kept', async () => {
    const order = await place()
    const beside = { refund: 99_999n, fault: 'buyer' } as const
    expect(await move([moving(order, 'cancel', 'seller', beside)])).toEqual(['201 cancelled'])
    expect((await findOrder(db.kysely, hub, order.id))?.facts).toEqual({})
    expect((await findMoves(db.kysely, hub, order.id))[0]?.facts).toEqual({})
  })

  test.each<[MoveName, Role, string[]]>([
    ['refuse', 'customs', onItsWay],
    ['return', 'seller', delivered],
    ['settle', 'operator', [...delivered, 'dispute buyer']],
  ])('%s without a word on whose fault it was', async (name, role, steps) => {
    const order = await place()
    await walk(order, steps)
    expect(await move([moving(order, name, role, { refund: 0n })])).toEqual(['422 fault-missing'])
  })

  test('every move of every role out of every state is made as the table says, and only then', async () => {
    const roles: readonly Role[] = ['buyer', 'seller', 'carrier', 'customs', 'operator', 'hub']
    const states = orderStates.filter((state) => state !== 'requested')
    const tried = states.flatMap((state) =>
      (Object.keys(moves) as MoveName[]).flatMap((name) =>
        roles.map((role) => ({ state, name, role })),
      ),
    )
    const placed = await placeThem(db, tried.length)
    await sql`
      update orders o set state = new.state
        from unnest(${placed.map(({ id }) => id)}::uuid[], ${tried.map(({ state }) => state)}::text[]) as new (order_id, state)
       where o.order_id = new.order_id`.execute(db.kysely)
    const said = await move(
      tried.map(({ name, role }, index) =>
        moving(placed[index]!, name, role, {
          fault: role === 'carrier' ? 'carrier' : 'seller',
          refund: 100n,
        }),
      ),
    )
    const expected = tried.map(({ state, name, role }): string => {
      const { by, from, to } = moves[name] as {
        by: readonly Role[]
        from: readonly OrderState[]
        to?: OrderState
      }
      if (!by.includes(role)) return '403 role-not-lawful'
      // Nothing is due yet.
      // These orders are disputed by a complaint, so there is nothing of the seller's to agree to.
      const lawful = from.includes(state) && role !== 'hub' && name !== 'agree'
      return lawful ? `201 ${to ?? state}` : '409 move-not-lawful'
    })
    expect(said).toEqual(expected)
    await booksAreRight()
  })
})
