import { expect, test } from 'vitest'
import { delivered, lifeWorld } from '../../../test/orders/life-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  balanceOf,
  hub,
  moving,
  newId,
  now,
  saidOf,
  topUp,
  type Placed,
} from '../../../test/support/placed-orders.ts'
import { findEvents, type Command } from '../../db/index.ts'
import { checkLedger, type Holder } from '../../ledger/index.ts'
import { findClaims } from './find-claims.ts'
import type { MoveOrder } from './move-orders.ts'
import { claimCommand, payClaims, type PayClaim } from './pay-claim.ts'

const db = await testDatabase()
const { parts, place, walk, move } = lifeWorld(db)

/** Sent back by the seller's fault: the seller owes freight 3.00, insurance, duty, tax and fee, customs may repay. */
async function sentBack(fault: MoveOrder['fault'] = 'seller'): Promise<Placed> {
  const order = await place()
  await walk(order, delivered)
  await move([moving(order, 'return', 'operator', { fault })])
  return order
}
const sellerOf = ({ seller }: Placed): Holder => ({ kind: 'business', id: seller })
const paying = (
  order: { id: string },
  payer: Holder,
  more: Partial<PayClaim> & { key?: string } = {},
) => {
  const { key = newId(), number = 1 } = more
  return claimCommand(payer.id, key, { order: order.id, number, payer, entry: newId() })
}
const pay = async (...commands: Command<PayClaim>[]): Promise<string[]> =>
  (await payClaims(parts, commands, now)).map((answer) => saidOf(answer).replace(' undefined', ''))
const yuanOf = (holder: Holder) => balanceOf(db, `wallet:${holder.kind}:${holder.id}:CNY`)

test('the seller pays the freight of what they sent wrongly, once', async () => {
  const order = await sentBack()
  const [seller, buyer] = [sellerOf(order), { kind: 'person', id: order.buyer } as const]
  await topUp(db, seller, 1_000n)
  const once = paying(order, seller)
  expect(await pay(once)).toEqual(['201'])
  expect(await pay(once)).toEqual(['201'])
  expect([await yuanOf(seller), await yuanOf(buyer)]).toEqual([700n, 10_300n])
  const [claim] = await findClaims(db.kysely, hub, order.id)
  expect(claim).toMatchObject({
    what: 'freight',
    amount: 300n,
    paidAt: now,
    entry: once.body.entry,
  })
  expect(await pay(paying(order, seller))).toEqual(['409 claim-paid'])
  expect((await findEvents(db.kysely, order.id)).map(({ kind }) => kind)).toContain(
    'order.claim-paid',
  )
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
})

test('all that is owed in one batch; what customs may repay is nothing that a side pays', async () => {
  const order = await sentBack()
  const seller = sellerOf(order)
  await topUp(db, seller, 900n)
  const claims = await findClaims(db.kysely, hub, order.id)
  const said = await pay(...claims.map(({ number }) => paying(order, seller, { number })))
  const expected = claims.map(({ kind }) => (kind === 'owed' ? '201' : '404 no-such-claim'))
  expect(said).toEqual(expected)
  expect(await yuanOf(seller)).toBe(0n)
})

test.each<[string, (order: Placed) => Promise<Command<PayClaim>>, string]>([
  ['too little money', async (o) => paying(o, sellerOf(o)), '422 not-enough-money'],
  ['another business', async (o) => paying(o, { kind: 'business', id: newId() }), '403 not-yours'],
  ['the creditor', async (o) => paying(o, { kind: 'person', id: o.buyer }), '403 not-yours'],
  [
    'an order that never was',
    async (o) => paying({ id: newId() }, sellerOf(o)),
    '404 no-such-claim',
  ],
  [
    'a number that is none',
    async (o) => paying(o, sellerOf(o), { number: 99 }),
    '404 no-such-claim',
  ],
])('%s: refused, and nothing moves', async (_, command, expected) => {
  const order = await sentBack()
  expect((await pay(await command(order)))[0]).toBe(expected)
  expect(await yuanOf({ kind: 'person', id: order.buyer })).toBe(10_000n)
})

test('what a carrier owes is not taken from a side', async () => {
  const order = await sentBack('carrier')
  expect(await pay(paying(order, sellerOf(order)))).toEqual(['403 not-yours'])
})

test('two at once: it is paid once', async () => {
  for (let race = 0; race < 10; race += 1) {
    const order = await sentBack()
    await topUp(db, sellerOf(order), 1_000n)
    const said = await Promise.all([
      pay(paying(order, sellerOf(order))),
      pay(paying(order, sellerOf(order))),
    ])
    expect(said.flat().sort()).toEqual(['201', '409 claim-paid'])
    expect(await yuanOf(sellerOf(order))).toBe(700n)
  }
})
