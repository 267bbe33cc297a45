// Cost of an order while the books grow: the same checkouts in batches of a hundred on a database of ten thousand orders and
// on one of a million, in turns. Both were filled by checkouts, which takes some minutes; they are kept between runs in
// EWTP_GROWTH_FOLDER, else thrown away. Beside the time: pages of the database touched per order, and whole tables read.
import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { migrate, openDatabase, startEmbedded, type Database } from '../src/db/index.ts'
import { placeOrders } from '../src/orders/checkout/place-orders.ts'
import { checkoutWorld, hub } from '../test/support/checkout-world.ts'
import type { Figure } from './support/figure.ts'
import { withFolder } from './support/hub-process.ts'
import { median, now, ratioOf } from './support/measure.ts'

const few = 10_000
const many = Number(process.env['EWTP_GROWTH_ORDERS'] ?? 1_000_000)
const rounds = 7
/** Of a hundred each. */
const batchesEach = 20

export async function run(): Promise<Figure[]> {
  const kept = process.env['EWTP_GROWTH_FOLDER']
  if (!kept) return withFolder(measureIn)
  mkdirSync(kept, { recursive: true, mode: 0o755 })
  return measureIn(kept)
}

const wait = async (milliseconds: number): Promise<void> => void (await sleep(milliseconds))

async function measureIn(folder: string): Promise<Figure[]> {
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const embedded = await startEmbedded({ folder: join(folder, 'data'), sleep: wait, random })
  const server = await openDatabase({ embedded, sleep: wait, fraction: () => 0.5 })
  const shops: Shop[] = []
  try {
    for (const [name, orders] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const { rowCount } = await server.pool.query(
        `select from pg_database where datname = '${name}'`,
      )
      if (rowCount === 0) await server.pool.query(`create database ${name}`)
      const address = { ...embedded.address, database: name }
      // One connection, whose counts are told before they are read.
      const connections = 1
      const db = await openDatabase({
        ...{ embedded: { address }, connections, sleep: wait, fraction: () => 0.5 },
      })
      shops.push(await fill(db, orders))
    }
    return await compare(shops[0]!, shops[1]!)
  } finally {
    for (const { db } of shops) await db.close()
    await server.close()
    await embedded.stop()
  }
}

interface Shop {
  readonly db: Database
  readonly orders: number
  /** Places so many orders in batches of so many; tells milliseconds per order. */
  buy(batches: number, each: number): Promise<number>
}

async function fill(db: Database, orders: number): Promise<Shop> {
  const begun = Date.now()
  await migrate(db, begun)
  const world = checkoutWorld(db, { hub, now: begun })
  const goods = await Promise.all(
    Array.from({ length: 200 }, () => world.goods({ stock: 10_000_000 })),
  )
  const buyers: string[] = []
  while (buyers.length < 500) buyers.push(await world.buyer(10n ** 15n))
  let made = 0
  const shop: Shop = {
    ...{ db, orders },
    async buy(batches, each) {
      let took = 0
      for (let batch = 0; batch < batches; batch += 1) {
        const wanted = Array.from({ length: each }, () => {
          made += 1
          return { buyer: buyers[(made * 13) % 500]!, goods: goods[(made * 7) % 200]! }
        })
        const quotes = await world.quotes(wanted)
        const commands = quotes.map((quote, at) => world.checkout(wanted[at]!.buyer, [quote]))
        const at = now()
        const answers = await placeOrders(
          { db, hub: { id: hub, name: '', territory: null } },
          commands,
          begun,
        )
        took += now() - at
        const fault = answers.find((one) => one.answer !== 'done' || one.outcome.status !== 201)
        if (fault) throw new Error(`A checkout was not taken: ${JSON.stringify(fault)}`)
      }
      return took / (batches * each)
    },
  }
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from orders`.execute(db.kysely)
    return Number(rows[0]!.n)
  }
  for (let there = await count(); there < orders; there += 5_000) {
    if (there % 100_000 === 0) console.error(`${there} of ${orders} orders ...`)
    await shop.buy(10, 500)
  }
  await db.pool.query('vacuum (analyze)')
  return { ...shop, orders: await count() }
}

/** Pages touched, and rows read by going through whole tables, since the database was made. */
async function touched({ pool }: Database): Promise<{ pages: number; scanned: number }> {
  await pool.query('select pg_stat_force_next_flush()')
  const { rows } = await pool.query<{ pages: bigint; scanned: bigint }>(
    `select (select blks_hit + blks_read from pg_stat_database where datname = current_database()) as pages,
            (select sum(seq_tup_read)::bigint from pg_stat_user_tables
              where relname in ('orders', 'quotes', 'entries', 'account_postings', 'escrows', 'command_outcomes', 'events'))
              as scanned`,
  )
  const { pages, scanned } = rows[0]!
  return { pages: Number(pages), scanned: Number(scanned) }
}

async function compare(one: Shop, other: Shop): Promise<Figure[]> {
  const shops = [one, other]
  const times: number[][] = [[], []]
  const pages: number[][] = [[], []]
  let scanned = 0
  for (let round = -2; round < rounds; round += 1)
    for (const [at, { db, buy }] of shops.entries()) {
      const before = await touched(db)
      const took = await buy(batchesEach, 100)
      const after = await touched(db)
      if (round < 0) continue
      times[at]!.push(took)
      pages[at]!.push((after.pages - before.pages) / (batchesEach * 100))
      if (at === 1) scanned += after.scanned - before.scanned
    }
  const size = other.orders.toLocaleString('en')
  const beside = `with ${one.orders.toLocaleString('en')}`
  return [
    {
      ...{ name: `checkout with ${size} orders`, value: median(times[1]!), unit: 'ms' },
      yardstick: { name: beside, value: median(times[0]!) },
      ratio: ratioOf(times[1]!, times[0]!),
      bar: { of: 'ratio', most: 1.3 },
      note: 'of an order with six legs in batches of a hundred, in this process, durable',
    },
    {
      ...{ name: 'pages of the database per order', value: median(pages[1]!), unit: '' },
      yardstick: { name: beside, value: median(pages[0]!) },
      ratio: ratioOf(pages[1]!, pages[0]!),
      bar: { of: 'ratio', most: 1.1 },
      note: 'its quote among them',
    },
    {
      ...{ name: 'rows read through whole tables', value: scanned, unit: '' },
      bar: { of: 'figure', most: 0 },
    },
  ]
}
