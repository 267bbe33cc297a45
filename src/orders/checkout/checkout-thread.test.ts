import { afterEach, expect, test } from 'vitest'
import { checkoutWorld, hub, now } from '../../../test/support/checkout-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { until } from '../../../test/support/hub-process.ts'
import type { Answer, Command } from '../../db/index.ts'
import { checkLedger } from '../../ledger/index.ts'
import { usualLimits, type LimitParts } from '../../payments/index.ts'
import { openCheckoutThread, type CheckoutThread } from './checkout-thread.ts'
import { placeOrders, type PlaceOrders } from './place-orders.ts'

// A thread of the hub's process with a connection of its own; the database between them is a real one.

const db = await testDatabase()
const world = checkoutWorld(db)
const parts = { db, hub: { id: hub, name: 'Hangzhou', territory: 'CN' } }
const file = new URL('../../app/checkout-worker.ts', import.meta.url)
const reported: unknown[] = []
const opened: CheckoutThread[] = []
afterEach(async () => {
  for (const thread of opened.splice(0)) await thread.stop()
  reported.length = 0
})

const open = (at = db.at): CheckoutThread => {
  const report = (error: unknown) => void reported.push(error)
  const thread = openCheckoutThread({ ...parts, db: { ...db, at }, file, report })
  opened.push(thread)
  return thread
}

/** Many checkouts at once, each by a buyer of their own. */
const crowd = async (
  stock: number,
  many: number,
  minor = 100_000n,
): Promise<Command<PlaceOrders>[]> => {
  const goods = await world.goods({ stock })
  const buyers = await Promise.all(Array.from({ length: many }, () => world.buyer(minor)))
  const quotes = await world.quotes(buyers.map((buyer) => ({ buyer, goods })))
  return buyers.map((buyer, at) => world.checkout(buyer, [quotes[at]!]))
}

/** As the desk does it: on the thread once it is up. */
const placeOn = async (
  thread: CheckoutThread,
  commands: readonly Command<PlaceOrders>[],
  limits?: LimitParts,
): Promise<readonly Answer[]> => {
  let answers: Promise<readonly Answer[]> | undefined
  await until(() => (answers = thread.place(commands, now, limits)) !== undefined)
  return answers!
}

const said = (answer: Answer): string => {
  if (answer.answer !== 'done') return answer.answer
  const { status, body } = answer.outcome
  return `${status} ${(JSON.parse(body) as { code?: string }).code ?? 'placed'}`
}
const booksAreRight = async () =>
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])

test('few at a time need no thread', async () => {
  const thread = open()
  const few = await crowd(9, 3)
  for (let times = 0; times < 20; times += 1)
    expect(thread.place(few, now, undefined)).toBeUndefined()
})

test('forty want the last three pieces: three have them, and who asks again is told the same', async () => {
  const thread = open()
  const commands = await crowd(3, 40)
  const answers = await placeOn(thread, commands)
  const counted = Map.groupBy(answers, said)
  expect([...counted].map(([what, all]) => [what, all.length])).toEqual([
    ['201 placed', 3],
    ['409 out-of-stock', 37],
  ])
  // There as here: the outcomes are in the database, byte for byte.
  const outcomes = answers.map((answer) => (answer.answer === 'done' ? answer.outcome : undefined))
  const again = await placeOrders(parts, commands, now)
  expect(again).toEqual(outcomes.map((outcome) => ({ answer: 'done', outcome, again: true })))
  await booksAreRight()
})

test('limits and the rates they ask for go along', async () => {
  const thread = open()
  // Orders of 10,900 fen; a euro is 8 yuan, so each is worth 13.63 euros, and nobody has said who they are.
  const rate = (currency: string) => (currency === 'CNY' ? { n: 1n, d: 8n } : undefined)
  const limits = { limits: usualLimits, today: () => '2026-11-22' as const, rate }
  const goods = await world.goods({ stock: 100 })
  const chen = await world.buyer(1_000_000n)
  const quotes = await world.quotes(Array.from({ length: 12 }, () => ({ buyer: chen, goods })))
  const commands = quotes.map((quote) => world.checkout(chen, [quote]))
  const answers = await placeOn(thread, commands, limits)
  // 150 euros a day are eleven of them.
  expect(answers.map(said)).toEqual([...Array(11).fill('201 placed'), '422 over-limit'])
})

test('a thread that is gone in the middle has done nothing, and what it was asked is done here', async () => {
  const thread = open()
  const [first = [], second = []] = [await crowd(50, 10), await crowd(50, 10)]
  await placeOn(thread, first)
  // Somebody holds the wallets: the batch waits for them, and is not over when its thread goes.
  const holding = await db.pool.connect()
  await holding.query('begin')
  await holding.query('select from accounts for update')
  const lost = expect(placeOn(thread, second)).rejects.toMatchObject({ code: 'ECONNABORTED' })
  await until(async () => (await waitingForLocks()) > 0)
  await thread.stop()
  await lost
  await holding.query('rollback')
  holding.release()
  expect(thread.place(second, now, undefined)).toBeUndefined()
  await until(async () => (await waitingForLocks()) === 0)
  const answers = await placeOrders(parts, second, now)
  expect(answers.map((answer) => answer.answer === 'done' && answer.again)).not.toContain(true)
  expect(answers.map(said)).toEqual(Array(10).fill('201 placed'))
  await booksAreRight()
})

test('a thread that finds no database is told of once, and everything is done here', async () => {
  const thread = open({ host: '127.0.0.1', port: 1 })
  const commands = await crowd(50, 10)
  expect(thread.place(commands, now, undefined)).toBeUndefined()
  await until(() => reported.length > 0)
  for (let times = 0; times < 20; times += 1)
    expect(thread.place(commands, now + times, undefined)).toBeUndefined()
  expect(reported).toHaveLength(1)
})

const waitingForLocks = async (): Promise<number> => {
  const { rows } = await db.pool.query<{ count: string }>(
    `select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  )
  return Number(rows[0]?.count)
}
