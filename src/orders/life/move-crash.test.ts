import { Kysely, PostgresDialect } from 'kysely'
import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  hub,
  moving,
  now,
  placeThem,
  pursesOf,
  saidOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import type { Database, Tables } from '../../db/index.ts'
import { findMoves } from '../find-orders.ts'
import type { MoveName, Role } from '../order.ts'
import { moveOrders, type MoveOrder } from './move-orders.ts'

// The connection dies before or after each statement of a move, from `begin` to after `commit`: either nothing happened or
// all of it, and who sends the command again gets the one answer.
const db = await testDatabase()
const { parts, place, walk, booksAreRight } = lifeWorld(db)

type Watch = { statements: number }

/** The same database over a connection that dies at its `at`-th statement, before PostgreSQL gets it or after. */
function dyingAt(at: number, when: 'before' | 'after', watch: Watch = { statements: 0 }): Database {
  const pool = {
    async connect() {
      const client = await db.pool.connect()
      let dead = false
      const gone = () => {
        dead = true
        throw new Error('Connection terminated')
      }
      return {
        async query(text: string, values: unknown[]) {
          if (dead) gone()
          // Several are under way at the same time.
          const number = (watch.statements += 1)
          if (number === at && when === 'before') gone()
          const result = await client.query(text, values)
          if (number === at && when === 'after') gone()
          return result
        },
        release: () => client.release(dead),
      }
    },
    end: () => Promise.resolve(),
  }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) })
  return { ...db, kysely }
}

const never = Number.POSITIVE_INFINITY

describe.each<[MoveName, Role, string[], Partial<MoveOrder>, { buyer: bigint; seller: bigint }]>([
  ['release', 'customs', onItsWay, {}, { buyer: 0n, seller: 0n }],
  ['refund', 'seller', delivered, { refund: 2_500n }, { buyer: 2_500n, seller: 0n }],
  [
    ...(['settle', 'operator', [...delivered, 'dispute buyer']] as [MoveName, Role, string[]]),
    { fault: 'seller', refund: 2_500n },
    { buyer: 2_500n, seller: 4_800n },
  ],
  ['return', 'seller', delivered, { fault: 'seller' }, { buyer: 10_000n, seller: 0n }],
  ['cancel', 'seller', ['accept seller'], {}, { buyer: 10_900n, seller: 0n }],
])('%s', (name, role, steps, facts, purses) => {
  const once = async (order: Placed) => ({
    purses: await pursesOf(db, order),
    moves: (await findMoves(db.kysely, hub, order.id)).length - steps.length,
  })

  test('a crash before or after each statement: once or not at all, and once after another try', async () => {
    const watch = { statements: 0 }
    const sample = await place()
    await walk(sample, steps)
    const counted = { ...parts, db: dyingAt(never, 'before', watch) }
    await moveOrders(counted, [moving(sample, name, role, facts)], now)
    expect(watch.statements).toBeGreaterThan(10)
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= watch.statements; at += 1) {
        const order = await place()
        await walk(order, steps)
        const command = moving(order, name, role, facts)
        const broken = { ...parts, db: dyingAt(at, when) }
        await expect(moveOrders(broken, [command], now)).rejects.toThrow()
        const committed = when === 'after' && at === watch.statements
        const found = await once(order)
        expect(found.moves, `${when} statement ${at}`).toBe(committed ? 1 : 0)
        if (!committed) expect(found.purses).toEqual({ buyer: 0n, seller: 0n })
        let said = 'at-work'
        // PostgreSQL may not have noticed yet that the first sender is gone.
        while (said === 'at-work') said = saidOf((await moveOrders(parts, [command], now))[0])
        expect(said).toMatch(/^201/)
        expect(await once(order)).toEqual({ purses, moves: 1 })
      }
    await booksAreRight()
  })
})

test('a batch of 200 moves takes no more statements than a batch of 2', async () => {
  const counts: number[] = []
  for (const size of [2, 200]) {
    const orders = await placeThem(db, size)
    for (const [move, role] of [
      ['pack', 'seller'],
      ['hand-over', 'seller'],
      ['deliver', 'carrier'],
    ] as const)
      await moveOrders(
        parts,
        orders.map((order) => moving(order, move, role)),
        now,
      )
    const watch = { statements: 0 }
    const counting = { ...parts, db: dyingAt(never, 'before', watch) }
    const commands = orders.map((order) => moving(order, 'return', 'seller', { fault: 'seller' }))
    const answers = await moveOrders(counting, commands, now)
    expect(answers.map(saidOf)).toEqual(orders.map(() => '201 returned'))
    counts.push(watch.statements)
  }
  expect(counts[1]).toBeLessThanOrEqual(counts[0]!)
})
