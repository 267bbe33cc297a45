import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld, onItsWay } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  balanceOf,
  day,
  hub,
  leftOf,
  moving,
  now,
  pursesOf,
  stockOf,
  usualTotal,
  type Wanted,
} from '../../../test/support/placed-orders.ts'
import { findEvents } from '../../db/index.ts'
import { createTariff } from '../../tariff/index.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import type { MoveName, Role } from '../order.ts'
import { findClaims } from './find-claims.ts'
import { moveOrders, type MoveOrder } from './move-orders.ts'

const db = await testDatabase()
const rules = createTariff({ rulesFolder: 'rules' })
const { parts, place, move, walk, booksAreRight } = lifeWorld(db, () => rules)

describe('the usual way', () => {
  test('each leg is given at its move, and each move stands in the history', async () => {
    const order = await place()
    const steps: readonly [step: string, left: string][] = [
      ['accept seller', 'goods 10000, freight 300, insurance 50, duty 200, tax 300, fee 50'],
      ['pack seller', 'goods 10000, freight 300, insurance 50, duty 200, tax 300, fee 50'],
      ['hand-over carrier', 'goods 10000, freight 300, insurance 50, duty 200, tax 300, fee 50'],
      ['arrive carrier', 'goods 10000, freight 300, insurance 50, duty 200, tax 300, fee 50'],
      ['release customs', 'goods 10000, freight 300, insurance 50'],
      ['deliver carrier', 'goods 10000'],
      ['close buyer', ''],
    ]
    for (const [step, left] of steps) {
      await walk(order, [step])
      expect(await leftOf(db, order)).toBe(left)
    }
    expect(await pursesOf(db, order)).toEqual({ buyer: 0n, seller: 6_400n })
    const made = await findMoves(db.kysely, hub, order.id)
    expect(made.map(({ number, move: name, after }) => `${number} ${name} ${after}`)).toEqual([
      ...['1 accept accepted', '2 pack packed', '3 hand-over handed-over', '4 arrive at-border'],
      ...['5 release released', '6 deliver delivered', '7 close closed'],
    ])
    expect(made.map(({ entry }) => entry !== undefined)).toEqual([
      ...[false, false, false, false, true, true, true],
    ])
    const events = await findEvents(db.kysely, order.id)
    expect(events.filter(({ kind }) => kind === 'order.moved')).toHaveLength(7)
    expect(await findOrder(db.kysely, hub, order.id)).toMatchObject({
      ...{ state: 'closed', moves: 7, due: undefined },
    })
    await booksAreRight()
  })

  test('delivered without a word from customs: duty, tax and fee are given then', async () => {
    const order = await place()
    await walk(order, [...onItsWay, 'deliver buyer'])
    expect(await leftOf(db, order)).toBe('goods 10000')
  })

  test('the number of the carrier and a reason are kept, cleaned', async () => {
    const order = await place()
    await walk(order, ['pack seller'])
    const consignment = ' RR 123\u202e456 MY\n'
    await move([moving(order, 'hand-over', 'seller', { consignment })])
    await move([moving(order, 'dispute', 'buyer', { reason: 'never\u0000 came' })])
    expect((await findOrder(db.kysely, hub, order.id))?.facts).toEqual({
      ...{ consignment: 'RR 123456 MY', reason: 'never came' },
    })
  })
})

describe('ways it ends', () => {
  test.each<[string, Wanted, string[], Partial<MoveOrder> & { step: string }, string, string[]]>([
    [
      'the buyer withdraws before it is packed',
      {},
      ['accept seller'],
      { step: 'withdraw buyer' },
      'cancelled: buyer 10900, seller 0',
      [],
    ],
    [
      'customs refuses it, by the seller',
      {},
      onItsWay,
      { step: 'refuse customs', fault: 'seller' },
      'refused: buyer 10550, seller 0',
      ['owed seller buyer freight 300', 'owed seller buyer insurance 50'],
    ],
    [
      'it is sent back, the buyer changed their mind, DAP',
      { dutyPaid: false },
      delivered,
      { step: 'return operator', fault: 'buyer' },
      'returned: buyer 10000, seller 0',
      [
        ...['owed seller buyer freight 300', 'owed seller buyer insurance 50'],
        ...['drawback customs buyer duty 200', 'drawback customs buyer tax 300'],
      ],
    ],
    [
      'the carrier loses it behind the border',
      {},
      [...onItsWay, 'release customs'],
      { step: 'lose carrier' },
      'lost: buyer 10350, seller 0',
      [
        ...['owed carrier buyer duty 200', 'owed carrier buyer tax 300'],
        'owed carrier buyer fee 50',
      ],
    ],
    [
      'the operator settles: a quarter back',
      {},
      [...delivered, 'dispute buyer'],
      { step: 'settle operator', fault: 'seller', refund: 2_500n },
      'closed: buyer 2500, seller 4800',
      [],
    ],
    [
      'the buyer drops a complaint',
      {},
      [...delivered, 'dispute buyer'],
      { step: 'drop buyer' },
      'closed: buyer 0, seller 6400',
      [],
    ],
  ])('%s', async (_, wanted, steps, { step, ...facts }, expected, claims) => {
    const order = await place(wanted)
    await walk(order, steps)
    const [name, role] = step.split(' ') as [MoveName, Role]
    await move([moving(order, name, role, facts)])
    const { buyer, seller } = await pursesOf(db, order)
    const found = await findOrder(db.kysely, hub, order.id)
    expect(`${found?.state}: buyer ${buyer}, seller ${seller}`).toBe(expected)
    expect(
      (await findClaims(db.kysely, hub, order.id)).map(
        ({ kind, debtor, creditor, what, amount }) =>
          `${kind} ${debtor} ${creditor} ${what} ${amount}`,
      ),
    ).toEqual(claims)
    expect(await leftOf(db, order)).toBe('')
    await booksAreRight()
  })

  test('what is cancelled goes back on the shelf, what was handed over does not', async () => {
    const [stays, leaves] = [await place(), await place()]
    await walk(stays, ['cancel seller'])
    await walk(leaves, onItsWay)
    await move([moving(leaves, 'refuse', 'customs', { fault: 'buyer' })])
    expect([await stockOf(db, stays), await stockOf(db, leaves)]).toEqual([5n, 4n])
  })

  test.each<[string, string[], MoveName, Role, bigint]>([
    ['cancelled', [], 'cancel', 'seller', 0n],
    ['refused at the border', onItsWay, 'refuse', 'customs', 0n],
    ['lost before the border', onItsWay, 'lose', 'carrier', 0n],
    ['lost behind it', [...onItsWay, 'release customs'], 'lose', 'carrier', 10_000n],
    ['sent back', delivered, 'return', 'seller', 10_000n],
  ])('of the yearly amount, what is %s counts', async (_, steps, name, role, used) => {
    const order = await place({ allowance: 10_000n })
    await walk(order, steps)
    await move([moving(order, name, role, name === 'lose' ? {} : { fault: 'seller' })])
    const { rows } = await sql<{ used_minor: bigint }>`
      select used_minor from allowances where subject = ${`person:${order.buyer}`}`.execute(
      db.kysely,
    )
    expect(rows).toEqual([{ used_minor: used }])
  })

  test("another hub's goods that it did not take: the held money is free again", async () => {
    const order = await place({ requested: true })
    const held = sql<{ held_minor: bigint }>`
      select held_minor from accounts where account = ${`wallet:person:${order.buyer}:CNY`}`
    expect((await held.execute(db.kysely)).rows).toEqual([{ held_minor: usualTotal }])
    await walk(order, ['expire buyer'])
    expect((await held.execute(db.kysely)).rows).toEqual([{ held_minor: 0n }])
    expect(await stockOf(db, order)).toBe(5n)
  })
})

describe('refunds', () => {
  test('parts go back to the buyer, the state and its deadline stay, and the seller gets the rest', async () => {
    const order = await place()
    await walk(order, delivered)
    const due = (await findOrder(db.kysely, hub, order.id))?.due
    const later = now + day
    expect(
      await move(
        [
          moving(order, 'refund', 'seller', { refund: 1_234n }),
          moving(order, 'refund', 'operator', { refund: 100n }),
          moving(order, 'refund', 'seller', { refund: 8_667n }),
        ],
        later,
      ),
    ).toEqual(['201 delivered', '201 delivered', '422 refund-not-valid'])
    expect((await findOrder(db.kysely, hub, order.id))?.due).toEqual(due)
    await walk(order, ['close buyer'])
    // 6400 - 6400 * 1334 / 10000 = 6400 - 853.76
    expect(await pursesOf(db, order)).toEqual({ buyer: 1_334n, seller: 5_546n })
    await booksAreRight()
  })

  test('everything back for the goods: freight and duty still go where they are meant for', async () => {
    const order = await place()
    await move([moving(order, 'refund', 'seller', { refund: 10_000n })])
    await walk(order, [...delivered, 'close buyer'])
    expect(await pursesOf(db, order)).toEqual({ buyer: 10_000n, seller: 0n })
    expect(await leftOf(db, order)).toBe('')
  })
})

describe('after a whole refund', () => {
  test('a complaint that is settled with nothing more makes nobody owe anything', async () => {
    const order = await place()
    await walk(order, delivered)
    await move([moving(order, 'refund', 'seller', { refund: 10_000n })])
    await walk(order, ['dispute buyer'])
    const settle = moving(order, 'settle', 'operator', { fault: 'seller', refund: 0n })
    expect(await move([settle])).toEqual(['201 closed'])
    expect(await findClaims(db.kysely, hub, order.id)).toEqual([])
  })
})

describe('other money', () => {
  const dealt = async () => [await balanceOf(db, 'dealer:CNY'), await balanceOf(db, 'dealer:MYR')]

  test('within 60 days the seller gets what the quote named, and the dealer takes the difference', async () => {
    const [yuan, ringgit] = await dealt()
    const order = await place()
    await walk(order, [...delivered, 'close buyer'], now + 60 * day)
    expect((await pursesOf(db, order)).seller).toBe(6_400n)
    expect(await dealt()).toEqual([yuan! + 10_300n, ringgit! - 6_590n])
  })

  test('after that the rate of the day holds, and the move says which', async () => {
    const order = await place({ ratesUntil: now - 1 })
    await walk(order, [...delivered, 'close buyer'])
    const found = parts
      .tariff()
      .exchange.rate('CNY', 'MYR', '2027-02-01', { source: 'ecb', rule: 'latest' })!
    const { n, d } = found.rate
    expect((await pursesOf(db, order)).seller).toBe((2n * 10_000n * n + d) / (2n * d))
    const made = (await findMoves(db.kysely, hub, order.id)).at(-1)
    expect(made?.facts).toEqual({ rates: { date: found.date, source: found.source } })
    await booksAreRight()
  })

  test('with the spread of the quote, so that waiting earns nobody what changing money would cost', async () => {
    const order = await place({ ratesUntil: now - 1, spread: 50 })
    await walk(order, [...delivered, 'close buyer'])
    const { n, d } = parts
      .tariff()
      .exchange.rate('CNY', 'MYR', '2027-02-01', { source: 'ecb', rule: 'latest' })!.rate
    expect((await pursesOf(db, order)).seller).toBe((10_000n * n * 9_950n) / (d * 10_000n))
    await booksAreRight()
  })

  test('where no rate is held the amount of the quote stands, and the move says so', async () => {
    const order = await place({ ratesUntil: now - 1 })
    const tariff = { ...parts.tariff(), exchange: { rate: () => undefined } }
    const empty = { ...parts, tariff: () => tariff }
    for (const step of [...delivered, 'close buyer']) {
      const [name, role] = step.split(' ') as [MoveName, Role]
      await moveOrders(empty, [moving(order, name, role)], now)
    }
    expect((await pursesOf(db, order)).seller).toBe(6_400n)
    expect((await findMoves(db.kysely, hub, order.id)).at(-1)?.facts).toEqual({ rates: 'kept' })
  })
})
