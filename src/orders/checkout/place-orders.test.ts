import { expect, test } from 'vitest'
import { sql } from 'kysely'
import {
  checkoutWorld,
  hub,
  now,
  otherHub,
  type Wanted,
} from '../../../test/support/checkout-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { gather, type Answer, type Command } from '../../db/index.ts'
import { checkLedger } from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { findOrder } from '../find-orders.ts'
import { placeOrders, type PlaceOrders } from './place-orders.ts'

const db = await testDatabase()
const world = checkoutWorld(db)
const parts = { db, hub: { id: hub, name: 'Hangzhou', territory: 'CN' } }
const place = (commands: readonly Command<PlaceOrders>[], at = now) =>
  placeOrders(parts, commands, at)

const said = (answer: Answer): string => {
  if (answer.answer !== 'done') return answer.answer
  const { status, body } = answer.outcome
  return `${status} ${(JSON.parse(body) as { code?: string }).code ?? 'placed'}`
}
const booksAreRight = async () =>
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
const escrowOf = async (order: string) => {
  const { rows } = await sql<{ leg: string; left_minor: bigint; beneficiary: string }>`
    select leg, left_minor, beneficiary from escrow_legs where order_id = ${order} order by number`.execute(
    db.kysely,
  )
  return rows
}

test('one batch, three fates', async () => {
  const goods = await world.goods({ stock: 5 })
  const [amina, bo, chen] = [
    await world.buyer(100_000n),
    await world.buyer(30_899n),
    await world.buyer(900_000n),
  ]
  const of = (buyer: string) => world.quote({ buyer, goods, quantity: 3 })
  const first = world.checkout(amina, [await of(amina)])
  const outcomes = await place([
    first,
    world.checkout(bo, [await world.quote({ buyer: bo, goods, quantity: 3, price: 10_000n })]),
    world.checkout(chen, [await of(chen)]), // amina took three of five
  ])
  expect(outcomes.map(said)).toEqual(['201 placed', '409 out-of-stock', '409 out-of-stock'])
  expect(outcomes[2]).toMatchObject({ outcome: { body: expect.stringContaining('"left":2') } })
  expect(await world.stockOf(goods)).toBe(2n)
  expect(await world.walletOf(amina)).toEqual({ free: 69_100n, held: 0n })
  const order = first.body.orders[0]!.order
  expect(await escrowOf(order)).toEqual([
    { leg: 'goods', left_minor: 30_000n, beneficiary: `wallet:business:${goods.seller}:MYR` },
    { leg: 'freight', left_minor: 300n, beneficiary: 'payable:freight:pos:MYR' },
    { leg: 'insurance', left_minor: 50n, beneficiary: 'payable:insurance:pos:CNY' },
    { leg: 'duty', left_minor: 200n, beneficiary: 'payable:duty:CN:CNY' },
    { leg: 'tax', left_minor: 300n, beneficiary: 'payable:tax:CN:CNY' },
    { leg: 'fee', left_minor: 50n, beneficiary: 'payable:fee:CN:CNY' },
  ])
  expect(await findOrder(db.kysely, hub, order)).toMatchObject({
    ...{ state: 'placed', total: 30_900n, currency: 'CNY', destination: 'CN' },
    due: { move: 'cancel' },
    shipTo: { name: 'Chen Wei' },
  })
  await booksAreRight()
})

test('who is short of a cent orders nothing and takes nothing from the shelf', async () => {
  const goods = await world.goods({ stock: 5 })
  const buyer = await world.buyer(10_899n)
  const [answer] = await place([world.checkout(buyer, [await world.quote({ buyer, goods })])])
  expect(answer).toMatchObject({
    outcome: { status: 422, body: expect.stringMatching(/not-enough-money.*"missing":"1"/) },
  })
  expect(await world.stockOf(goods)).toBe(5n)
  expect(await world.walletOf(buyer)).toEqual({ free: 10_899n, held: 0n })
})

test('a basket over two sellers is ordered whole or not at all', async () => {
  const [scarf, lobster] = [await world.goods({ stock: 5 }), await world.goods({ stock: 0 })]
  const buyer = await world.buyer(100_000n)
  const quotes = await world.quotes([
    { buyer, goods: scarf },
    { buyer, goods: lobster },
  ])
  expect((await place([world.checkout(buyer, quotes)])).map(said)).toEqual(['409 out-of-stock'])
  expect(await world.stockOf(scarf)).toBe(5n)
  expect((await world.walletOf(buyer)).free).toBe(100_000n)
  // Neither quote was used by that.
  const again = world.checkout(buyer, [quotes[0]!])
  expect((await place([again])).map(said)).toEqual(['201 placed'])
})

test.each<[string, Partial<Wanted>, (command: Command<PlaceOrders>) => unknown, string]>([
  ['a quote that has expired', { expires: now }, (each) => each, '422 quote-expired'],
  ['a quote of another buyer', { buyer: world.id() }, (each) => each, '404 quote-unknown'],
  [
    'a digest of other figures',
    {},
    (each) => changed(each, { digest: '0'.repeat(64) }),
    '422 quote-differs',
  ],
  [
    'a quote that never was',
    {},
    (each) => changed(each, { quote: world.id() }),
    '404 quote-unknown',
  ],
  ['an address in another country', {}, elsewhere, '422 elsewhere'],
  [
    'nothing',
    {},
    (each) => ({ ...each, body: { ...each.body, orders: [] } }),
    '422 nothing-to-order',
  ],
  ['the same quote twice in one checkout', {}, twice, '409 quote-used'],
])('%s is refused', async (_, wanted, change, expected) => {
  const goods = await world.goods({ stock: 5 })
  const buyer = await world.buyer(100_000n)
  const quote = await world.quote({ buyer, goods, ...wanted })
  const command = change(world.checkout(buyer, [quote])) as Command<PlaceOrders>
  expect((await place([command])).map(said)).toEqual([expected])
  expect(await world.stockOf(goods)).toBe(5n)
  expect((await world.walletOf(buyer)).free).toBe(100_000n)
})

function changed(command: Command<PlaceOrders>, change: object) {
  const orders = command.body.orders.map((each) => ({ ...each, ...change }))
  return { ...command, body: { ...command.body, orders } }
}

function elsewhere(command: Command<PlaceOrders>) {
  const { shipTo } = command.body
  const address = { ...shipTo.address, country: 'MY' }
  return { ...command, body: { ...command.body, shipTo: { ...shipTo, address } } }
}

function twice(command: Command<PlaceOrders>) {
  const [order] = command.body.orders
  const other = { ...order!, order: world.id(), entry: world.id() }
  return {
    ...command,
    body: { ...command.body, orders: [order!, { ...other, tracking: 'other' }] },
  }
}

const block = (kind: string, id: string) =>
  sql`
    insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
    values (${hub}, ${kind}, ${id}, '{Blocked}', '{blocked}', '1', 'blocked', 0, now(), now())`.execute(
    db.kysely,
  )

test('who is blocked neither buys nor sells', async () => {
  const goods = await world.goods({ stock: 5 })
  const [buyer, blocked] = [await world.buyer(50_000n), await world.buyer(50_000n)]
  await block('person', blocked)
  expect([...(await blockedAmong(db.kysely, hub, [{ kind: 'person', id: blocked }]))]).toEqual([
    blocked,
  ])
  const bad = world.checkout(blocked, [await world.quote({ buyer: blocked, goods })])
  expect((await place([bad])).map(said)).toEqual(['422 buyer-blocked'])
  await block('business', goods.seller)
  const good = world.checkout(buyer, [await world.quote({ buyer, goods })])
  expect((await place([good])).map(said)).toEqual(['422 seller-blocked'])
})

test('two orders cannot share what is left of the 26,000 yuan of a year', async () => {
  const goods = await world.goods({ stock: 50 })
  const buyer = await world.buyer(10_000_000n)
  const allowance = (amount: bigint) => ({
    ...{ allowance: 'CN/cbec-used-this-year', period: '2026', currency: 'CNY', limit: '2600000' },
    amount: String(amount),
  })
  const of = (amount: bigint) => world.quote({ buyer, goods, allowance: allowance(amount) })
  const commands = [
    world.checkout(buyer, [await of(1_500_000n)]),
    world.checkout(buyer, [await of(1_500_000n)]),
    world.checkout(buyer, [await of(1_100_000n)]),
    world.checkout(buyer, [await of(1n)]),
  ]
  const alone = await Promise.all(commands.slice(0, 2).map((each) => place([each])))
  expect(alone.flat().map(said).sort()).toEqual(['201 placed', '422 allowance-exceeded'])
  expect((await place(commands.slice(2))).map(said)).toEqual([
    '201 placed',
    '422 allowance-exceeded',
  ])
})

test("another hub's goods: the money is held, no stock is taken here, nothing is in escrow", async () => {
  const goods = await world.goods({ stock: 5 })
  const buyer = await world.buyer(20_000n)
  const quote = await world.quote({ buyer, goods, sellerHub: otherHub })
  const command = world.checkout(buyer, [quote])
  expect((await place([command])).map(said)).toEqual(['201 placed'])
  const order = command.body.orders[0]!.order
  expect(await findOrder(db.kysely, hub, order)).toMatchObject({
    ...{ state: 'requested', seller: { hub: otherHub }, due: { move: 'expire' } },
    hold: command.body.orders[0]!.entry,
  })
  expect(await world.walletOf(buyer)).toEqual({ free: 9_100n, held: 10_900n })
  expect(await world.stockOf(goods)).toBe(5n)
  expect(await escrowOf(order)).toEqual([])
  await booksAreRight()
})

test('fifty buyers on the last item: one has it, in many batches and in two processes', async () => {
  const goods = await world.goods({ stock: 1 })
  const buyers = await Promise.all(Array.from({ length: 50 }, () => world.buyer(50_000n)))
  const quotes = await world.quotes(buyers.map((buyer) => ({ buyer, goods })))
  // Two gatherers on one database are two processes to it.
  const processes = [0, 1].map(() => gather({ run: place, most: 7 }))
  const answers = await Promise.all(
    buyers.map((buyer, at) => processes[at % 2]!(world.checkout(buyer, [quotes[at]!]))),
  )
  const fates = answers.map(said)
  expect(fates.filter((each) => each === '201 placed')).toHaveLength(1)
  expect(fates.filter((each) => each === '409 out-of-stock')).toHaveLength(49)
  expect(await world.stockOf(goods)).toBe(0n)
  const left = await Promise.all(buyers.map((buyer) => world.walletOf(buyer)))
  expect(left.map(({ free }) => free).filter((free) => free !== 50_000n)).toEqual([39_100n])
  await booksAreRight()
})

test('one quote in twenty checkouts at once, each under its own key: one order', async () => {
  const goods = await world.goods({ stock: 50 })
  const buyer = await world.buyer(1_000_000n)
  const quote = await world.quote({ buyer, goods })
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => place([world.checkout(buyer, [quote])])),
  ).catch((fault: unknown) => fault)
  // Where two inserted at the same moment the later one is a fault, which gather tries once more.
  if (!Array.isArray(answers)) expect(String(answers)).toMatch(/orders_take_a_quote_once/)
  const gathered = [0, 1, 2].map(() => gather({ run: place }))
  const more = await Promise.all(gathered.map((send) => send(world.checkout(buyer, [quote]))))
  expect(more.map(said)).toEqual(['409 quote-used', '409 quote-used', '409 quote-used'])
  expect(await world.stockOf(goods)).toBe(49n)
  expect((await world.walletOf(buyer)).free).toBe(1_000_000n - 10_900n)
})

test('twenty parallel repeats of one key: one order, the same bytes', async () => {
  const goods = await world.goods({ stock: 50 })
  const buyer = await world.buyer(1_000_000n)
  const command = world.checkout(buyer, [await world.quote({ buyer, goods })])
  const answers = await Promise.all(Array.from({ length: 20 }, () => place([command])))
  const bodies = answers.flatMap(([each]) => (each?.answer === 'done' ? [each.outcome.body] : []))
  expect(new Set(bodies).size).toBe(1)
  expect(new Set(answers.flat().map(({ answer }) => answer))).toEqual(
    answers.length === bodies.length ? new Set(['done']) : new Set(['done', 'at-work']),
  )
  expect(await world.stockOf(goods)).toBe(49n)
  const other = { ...command, request: 'something else' }
  expect((await place([other])).map(said)).toEqual(['key-of-another-request'])
})

test('a poisonous checkout leaves its 199 neighbours standing', async () => {
  const goods = await world.goods({ stock: 500 })
  const buyer = await world.buyer(10_000_000n)
  const quotes = await world.quotes(Array.from({ length: 200 }, () => ({ buyer, goods })))
  const commands = quotes.map((quote) => world.checkout(buyer, [quote]))
  // An id that no database takes: nothing of ours looks at it before the insert.
  commands[77] = changed(commands[77]!, { order: 'poison' }) as Command<PlaceOrders>
  const send = gather({ run: place, most: 200 })
  const outcomes = await Promise.allSettled(commands.map((each) => send(each)))
  const fulfilled = outcomes.flatMap((each) =>
    each.status === 'fulfilled' ? [said(each.value)] : [],
  )
  expect(fulfilled).toEqual(Array.from({ length: 199 }, () => '201 placed'))
  expect(await world.stockOf(goods)).toBe(301n)
  await booksAreRight()
})
