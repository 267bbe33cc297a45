import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  moving,
  now,
  placeThem,
  pursesOf,
  saidOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import { gather, type Command } from '../../db/index.ts'
import type { MoveName, Role } from '../order.ts'
import { moveOrders, type MoveOrder } from './move-orders.ts'

const db = await testDatabase()
const { parts, place, move, walk, booksAreRight } = lifeWorld(db)

describe('batches and races', () => {
  test('an order twice in one batch: the second move sees the first', async () => {
    const order = await place()
    expect(
      await move([
        moving(order, 'pack', 'seller'),
        moving(order, 'hand-over', 'seller'),
        moving(order, 'release', 'customs'),
        moving(order, 'withdraw', 'buyer'),
        moving(order, 'deliver', 'carrier'),
        moving(order, 'refund', 'seller', { refund: 100n }),
        moving(order, 'close', 'buyer'),
        moving(order, 'close', 'buyer'),
      ]),
    ).toEqual([
      ...['201 packed', '201 handed-over', '201 released', '409 move-not-lawful'],
      ...['201 delivered', '201 delivered', '201 closed', '409 move-not-lawful'],
    ])
    expect(await pursesOf(db, order)).toEqual({ buyer: 100n, seller: 6_336n })
  })

  test('20 at once under one key are one move, with one answer', async () => {
    const order = await place()
    await walk(order, delivered)
    const command = moving(order, 'refund', 'seller', { refund: 700n })
    const untilDone = async (): Promise<string> => {
      const [said = ''] = await move([command])
      return said === 'at-work' ? untilDone() : said
    }
    const answers = await Promise.all(Array.from({ length: 20 }, untilDone))
    expect(new Set(answers)).toEqual(new Set(['201 delivered']))
    expect((await pursesOf(db, order)).buyer).toBe(700n)
    expect(await move([{ ...command, request: 'another' }])).toEqual(['key-of-another-request'])
  })

  test.each<[string, string[], [MoveName, Role], [MoveName, Role]]>([
    [
      'a cancel against a hand-over',
      ['pack seller'],
      ['cancel', 'operator'],
      ['hand-over', 'seller'],
    ],
    ['two closes', delivered, ['close', 'buyer'], ['close', 'buyer']],
    ['a close against a return', delivered, ['close', 'buyer'], ['return', 'seller']],
    ['a loss against a delivery', onItsWay, ['lose', 'operator'], ['deliver', 'buyer']],
    ['a close against a complaint', delivered, ['close', 'buyer'], ['dispute', 'buyer']],
  ])('%s: one of them is made', async (_, steps, [first, one], [second, other]) => {
    for (let race = 0; race < 10; race += 1) {
      const order = await place()
      await walk(order, steps)
      const said = await Promise.all([
        move([moving(order, first, one, { fault: 'seller' })]),
        move([moving(order, second, other, { fault: 'seller' })]),
      ])
      expect(
        said
          .flat()
          .map((each) => each.slice(0, 3))
          .sort(),
      ).toEqual(['201', '409'])
    }
    await booksAreRight()
  })

  test('a refund against a close: the money goes to one of the two, whole', async () => {
    for (let race = 0; race < 20; race += 1) {
      const order = await place()
      await walk(order, delivered)
      const [refund, close] = await Promise.all([
        move([moving(order, 'refund', 'operator', { refund: 5_000n })]),
        move([moving(order, 'close', 'buyer')]),
      ])
      expect(close).toEqual(['201 closed'])
      expect(await pursesOf(db, order)).toEqual(
        refund[0] === '201 delivered'
          ? { buyer: 5_000n, seller: 3_200n }
          : { buyer: 0n, seller: 6_400n },
      )
    }
  })

  test('batches that name the same orders the other way round do not wait in a circle', async () => {
    const orders = await placeThem(db, 10)
    const pack = (list: readonly Placed[]) =>
      move(list.map((each) => moving(each, 'pack', 'seller')))
    const said = await Promise.all([pack(orders), pack(orders.toReversed()), pack(orders)])
    expect(said.flat().filter((each) => each === '201 packed')).toHaveLength(10)
  })

  test('hundreds of moves that come at once are a few transactions', async () => {
    const orders = await placeThem(db, 300)
    const counts: number[] = []
    const send = gather({
      run: (commands: readonly Command<MoveOrder>[]) => {
        counts.push(commands.length)
        return moveOrders(parts, commands, now)
      },
    })
    const each = (name: MoveName, role: Role) =>
      Promise.all(orders.map((order) => send(moving(order, name, role))))
    await each('pack', 'seller')
    await each('hand-over', 'seller')
    expect(
      (await each('deliver', 'carrier')).every((answer) => saidOf(answer) === '201 delivered'),
    ).toBe(true)
    expect(counts).toHaveLength(6)
    await booksAreRight()
  })
})
