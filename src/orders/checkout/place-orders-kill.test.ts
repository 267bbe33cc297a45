import { randomBytes } from 'node:crypto'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import {
  checkoutWorld,
  hub,
  now,
  type CheckoutWorld,
} from '../../../test/support/checkout-world.ts'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { dataFolder, killPostmaster } from '../../../test/support/hub-process.ts'
import { startKilled, type KilledProcess } from '../../../test/support/killed-process.ts'
import { placeOnThread } from '../../../test/support/place-on-thread.ts'
import { gather, migrate, openDatabase, startEmbedded, type Command } from '../../db/index.ts'
import { checkLedger } from '../../ledger/index.ts'
import { findOrder } from '../find-orders.ts'
import { placeOrders, type PlaceOrders } from './place-orders.ts'

// The process that takes orders is killed: at every step of a checkout, and at any moment under twenty buyers. EWTP_KILLS
// says how often at any moment, EWTP_SEEDS how often at each step: a few in a usual run, 200 and 20 for a proof. And
// PostgreSQL itself, EWTP_DATABASE_KILLS times: 3, 50 for a proof.
const kills = Number(process.env['EWTP_KILLS'] ?? 8)
const databaseKills = Number(process.env['EWTP_DATABASE_KILLS'] ?? 3)
const seeds = Number(process.env['EWTP_SEEDS'] ?? 1)
const db = await testDatabase()
const world = checkoutWorld(db)
const { sleep } = testClock()
const running = new Set<KilledProcess>()

afterEach(async () => {
  for (const each of running) await each.kill()
  running.clear()
})

async function start(
  crash?: { when: 'before' | 'after'; statement: number },
  command: 'placeOrders' | 'placeOnThread' = 'placeOrders',
) {
  const file = {
    placeOrders: new URL('place-orders.ts', import.meta.url),
    placeOnThread: new URL('../../../test/support/place-on-thread.ts', import.meta.url),
  }[command]
  const child = await startKilled({ url: db.url, file, command, hub, now, crash })
  running.add(child)
  return child
}

const booksAreRight = async () =>
  expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])

/** A checkout whose process dies there, sent again to one that lives. False when it got through before. */
async function diesAt(when: 'before' | 'after', statement: number): Promise<boolean> {
  const goods = await world.goods({ stock: 3 })
  const buyer = await world.buyer(50_000n)
  const command = world.checkout(buyer, [await world.quote({ buyer, goods })])
  const child = await start({ when, statement })
  const first = await child.send(command)
  if (first === undefined) await child.ended
  else await child.kill()
  running.delete(child)
  // Whether the first one was committed or not, the buyer who tries again has one order.
  const parts = { db, hub: { id: hub, name: '', territory: null } }
  let [answer] = await placeOrders(parts, [command], now)
  // The server has not yet noticed that nobody holds the key any more: 409 with Retry-After.
  while (answer?.answer === 'at-work') {
    await sleep(10)
    ;[answer] = await placeOrders(parts, [command], now)
  }
  expect(answer).toMatchObject({ answer: 'done', outcome: { status: 201 } })
  expect(await world.stockOf(goods)).toBe(2n)
  expect(await world.walletOf(buyer)).toEqual({ free: 39_100n, held: 0n })
  const order = await findOrder(db.kysely, hub, command.body.orders[0]!.order)
  expect(order).toMatchObject({ state: 'placed', total: 10_900n })
  return first === undefined
}

test('killed before and after each statement of a checkout, and after COMMIT before the reply', async () => {
  const died: string[] = []
  for (let seed = 0; seed < seeds; seed += 1)
    for (let statement = 1; ; statement += 1) {
      const both = await Promise.all([diesAt('before', statement), diesAt('after', statement)])
      for (const [at, did] of both.entries())
        if (did) died.push(`${at === 0 ? 'before' : 'after'} ${statement}`)
      if (!both.includes(true)) break
    }
  // start, keys, outcomes, quotes, used, stock, blocked, accounts, stock, orders, accounts, entries, ... commit
  expect(died.length).toBeGreaterThanOrEqual(24 * seeds)
  await booksAreRight()
}, 600_000)

/**
 * Twenty buyers buy one piece after the other while `killing` goes on; who got no answer sends the same again. Then every order
 * that was acknowledged is there once, with its stock and its money, and the books are right.
 */
async function buyDuring(
  shop: CheckoutWorld,
  send: (command: Command<PlaceOrders>) => Promise<number | undefined>,
  killing: (acknowledged: () => number) => Promise<void>,
): Promise<void> {
  const goods = await shop.goods({ stock: 1_000_000 })
  const buyers = await Promise.all(Array.from({ length: 20 }, () => shop.buyer(10n ** 12n)))
  const acknowledged = new Map<string, string>()
  let over = false
  const made = async (buyer: string): Promise<Command<PlaceOrders>> => {
    for (;;)
      try {
        return shop.checkout(buyer, [await shop.quote({ buyer, goods })])
      } catch {
        // The database is down at this moment.
        await sleep(5)
      }
  }
  const buying = buyers.map(async (buyer) => {
    while (!over) {
      const command = await made(buyer)
      let status: number | undefined
      while ((status = await send(command)) === undefined) await sleep(5)
      expect(status).toBe(201)
      acknowledged.set(command.key, command.body.orders[0]!.order)
    }
  })
  await Promise.race([killing(() => acknowledged.size), Promise.all(buying)])
  over = true
  await Promise.all(buying)
  for (const order of acknowledged.values())
    expect(await findOrder(shop.db.kysely, hub, order)).toMatchObject({ state: 'placed' })
  expect(await shop.stockOf(goods)).toBe(1_000_000n - BigInt(acknowledged.size))
  const spent = (await Promise.all(buyers.map((buyer) => shop.walletOf(buyer)))).reduce(
    (sum, { free }) => sum + 10n ** 12n - free,
    0n,
  )
  expect(spent).toBe(10_900n * BigInt(acknowledged.size))
  const { faults } = await checkLedger(shop.db, { verify: () => true })
  expect(faults).toEqual([])
}

/** They have begun to be answered again; then at any moment of some batch. */
async function anyMoment(acknowledged: () => number, round: number): Promise<void> {
  const before = acknowledged()
  while (acknowledged() < before + 20) await sleep(2)
  await sleep((round * 37) % 60)
}

const ways = [
  ['', 'placeOrders'],
  [', on a thread of its own', 'placeOnThread'],
] as const

test.each(ways)(
  `killed ${kills} times at any moment under twenty buyers%s: what was acknowledged is there, once`,
  async (_, command) => {
    let child = await start(undefined, command)
    await buyDuring(
      world,
      (command) => child.send(command),
      async (acknowledged) => {
        for (let round = 0; round < kills; round += 1) {
          await anyMoment(acknowledged, round)
          await child.kill()
          running.delete(child)
          child = await start(undefined, command)
        }
      },
    )
  },
  900_000,
)

test.each(ways)(
  `PostgreSQL is killed ${databaseKills} times under twenty buyers%s: the same`,
  async (_, command) => {
    const folder = dataFolder()
    const embedded = await startEmbedded({ folder, sleep, random: randomBytes })
    onTestFinished(() => embedded.stop())
    const own = await openDatabase({ embedded, sleep, fraction: () => 0.5 })
    onTestFinished(() => own.close())
    await migrate(own, 0)
    const run = { placeOrders, placeOnThread }[command]
    const place = gather({
      run: (commands: readonly Command<PlaceOrders>[]) =>
        run({ db: own, hub: { id: hub, name: '', territory: null } }, commands, now),
    })
    await buyDuring(
      checkoutWorld(own),
      async (command) => {
        const answer = await place(command).catch(() => undefined)
        return answer?.answer === 'done' ? answer.outcome.status : undefined
      },
      async (acknowledged) => {
        for (let round = 0; round < databaseKills; round += 1) {
          await anyMoment(acknowledged, round)
          await killPostmaster(folder)
        }
        await anyMoment(acknowledged, 0)
      },
    )
  },
  900_000,
)
