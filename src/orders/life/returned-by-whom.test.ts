import { describe, expect, test } from 'vitest'
import { delivered, lifeWorld } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  day,
  draw,
  hub,
  leftOf,
  moving,
  now,
  pursesOf,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import { findMoves, findOrder } from '../find-orders.ts'
import type { Fault, MoveName, Role } from '../order.ts'
import { moveDueOrders } from './due-orders.ts'
import { findClaims } from './find-claims.ts'
import type { MoveOrder } from './move-orders.ts'

// The seller has the goods back and says whose fault it was. Of their own fault they may speak alone; where they name
// another's, nothing moves until the buyer has agreed or the operator has settled.

const db = await testDatabase()
const { parts, place, move, walk, booksAreRight } = lifeWorld(db)

async function sentBack(fault: Fault): Promise<Placed> {
  const order = await place({ dutyPaid: false })
  await walk(order, delivered)
  await move([moving(order, 'return', 'seller', { fault, reason: 'Worn, and sent back.' })])
  return order
}
const stateOf = async ({ id }: Placed) => (await findOrder(db.kysely, hub, id))?.state
const claimsOf = async ({ id }: Placed) =>
  (await findClaims(db.kysely, hub, id)).map(
    ({ kind, debtor, creditor, what }) => `${kind} ${debtor} ${creditor} ${what}`,
  )
/** Every claim of a parcel that came back over the border, by the fault. DAP: the buyer has imported it. */
const claims: Readonly<Record<Fault, string[]>> = {
  seller: [
    ...['owed seller buyer freight', 'owed seller buyer insurance'],
    ...['owed seller buyer duty', 'drawback customs seller duty'],
    ...['owed seller buyer tax', 'drawback customs seller tax', 'owed seller buyer fee'],
  ],
  buyer: [
    ...['owed seller buyer freight', 'owed seller buyer insurance'],
    ...['drawback customs buyer duty', 'drawback customs buyer tax'],
  ],
  carrier: [
    ...['owed carrier buyer freight', 'owed carrier buyer insurance'],
    ...['owed carrier buyer duty', 'drawback customs carrier duty'],
    ...['owed carrier buyer tax', 'drawback customs carrier tax', 'owed carrier buyer fee'],
  ],
}

test('by their own fault: the buyer has the price back at once', async () => {
  const order = await sentBack('seller')
  expect(await stateOf(order)).toBe('returned')
  expect(await pursesOf(db, order)).toEqual({ buyer: 10_000n, seller: 0n })
  expect(await claimsOf(order)).toEqual(claims.seller)
})

describe.each<Fault>(['buyer', 'carrier'])(
  'by the fault of the %s, as the seller says',
  (fault) => {
    test('no money moves and nobody owes anything, however long the buyer is silent', async () => {
      const order = await sentBack(fault)
      expect(await moveDueOrders({ ...parts, random: draw }, now + 400 * day)).toBe(0)
      expect(await stateOf(order)).toBe('disputed')
      expect(await pursesOf(db, order)).toEqual({ buyer: 0n, seller: 0n })
      expect(await leftOf(db, order)).toBe('goods 10000')
      expect(await claimsOf(order)).toEqual([])
      const said = (await findMoves(db.kysely, hub, order.id)).at(-1)
      expect(said).toMatchObject({
        ...{ move: 'return', after: 'disputed', entry: undefined },
        facts: { fault, reason: 'Worn, and sent back.' },
      })
    })

    test('the buyer agrees: the money goes by that fault, whatever else is sent along', async () => {
      const order = await sentBack(fault)
      const other: Fault = fault === 'buyer' ? 'seller' : 'buyer'
      const agreeing = moving(order, 'agree', 'buyer', { fault: other, refund: 1n })
      expect(await move([agreeing])).toEqual(['201 returned'])
      expect(await pursesOf(db, order)).toEqual({ buyer: 10_000n, seller: 0n })
      expect(await claimsOf(order)).toEqual(claims[fault])
      const agreed = (await findMoves(db.kysely, hub, order.id)).at(-1)
      expect(agreed).toMatchObject({ move: 'agree', role: 'buyer', facts: { fault } })
      await booksAreRight()
    })
  },
)

describe('the buyer does not agree: the operator settles', () => {
  test.each<[string, Fault, bigint, { buyer: bigint; seller: bigint }, string[]]>([
    ['it was the seller’s fault', 'seller', 10_000n, { buyer: 10_000n, seller: 0n }, claims.seller],
    ['it was the buyer’s fault', 'buyer', 10_000n, { buyer: 10_000n, seller: 0n }, claims.buyer],
    ['it never came back', 'buyer', 0n, { buyer: 0n, seller: 6_400n }, []],
  ])('%s', async (_, fault, refund, purses, owed) => {
    const order = await sentBack('buyer')
    const [said] = await move([moving(order, 'settle', 'operator', { fault, refund })])
    expect(said).toBe('201 closed')
    expect(await pursesOf(db, order)).toEqual(purses)
    expect(await claimsOf(order)).toEqual(owed)
    expect(await leftOf(db, order)).toBe('')
    await booksAreRight()
  })
})

test.each<[string, string[], MoveName, Role, string]>([
  ['the seller agrees for the buyer', ['return buyer'], 'agree', 'seller', '403 role-not-lawful'],
  ['the hub agrees for the buyer', ['return buyer'], 'agree', 'hub', '403 role-not-lawful'],
  // It would pay the seller, who has the goods.
  [
    'the buyer drops what was no complaint',
    ['return buyer'],
    'drop',
    'buyer',
    '409 move-not-lawful',
  ],
  ['the buyer agrees to their own complaint', ['dispute'], 'agree', 'buyer', '409 move-not-lawful'],
  [
    'the seller takes it back to name themselves',
    ['return buyer'],
    'return',
    'seller',
    '409 move-not-lawful',
  ],
])('%s: refused, and nothing moves', async (_, [step], name, role, expected) => {
  const fromSeller = step === 'return buyer'
  const order = fromSeller ? await sentBack('buyer') : await place()
  if (!fromSeller) await walk(order, [...delivered, 'dispute buyer'])
  const more: Partial<MoveOrder> = { fault: 'seller' }
  expect(await move([moving(order, name, role, more)])).toEqual([expected])
  expect(await stateOf(order)).toBe('disputed')
  expect(await pursesOf(db, order)).toEqual({ buyer: 0n, seller: 0n })
})
