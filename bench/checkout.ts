/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// Checkout over HTTP, durable: a whole hub on 127.0.0.1, programs of 64 businesses with their keys, each order of six legs
// from its own signed-for quote, with its idempotency row and its event. Beside it, in turns on the same server, pgbench's
// TPC-B (-s 50 -c 16 -j 2 -M prepared), where Debian's client tools are there.
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createAdaptorServer } from '@hono/node-server'
import { createLog, realClock, startHub, type Hub } from '../src/app/index.ts'
import { createApp } from '../src/app/server.ts'
import { checkLedger } from '../src/ledger/index.ts'
import { checkoutWorld, type CheckoutWorld } from '../test/support/checkout-world.ts'
import { testBusiness, testKey, testPerson } from '../test/support/people.ts'
import type { Figure } from './support/figure.ts'
import { withFolder } from './support/hub-process.ts'
import { median, ratioOf } from './support/measure.ts'
import type { OncePhase, OnceResult } from './support/once-client.ts'
import { pgbenchOn } from './support/pgbench.ts'

const rounds = 5
const secondsEach = 4
/** The issue asks for a minute: EWTP_OVERLOAD_SECONDS=60. */
const overloadSeconds = Number(process.env['EWTP_OVERLOAD_SECONDS'] ?? 15)
const programs = 64
/** More than any round can use. */
const requestsEach = 32_000

export function run(): Promise<Figure[]> {
  process.env['EWTP_API_PER_ADDRESS'] = '1000000'
  process.env['EWTP_API_PER_KEY'] = '1000000'
  return withFolder(async (folder) => {
    const { hub, stop } = await startHub({
      dataFolder: join(folder, 'data'),
      log: createLog(realClock(), 'warn'),
    })
    const server = createAdaptorServer({ fetch: createApp(hub).fetch }) as Server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = new Worker(new URL('./support/once-client.ts', import.meta.url), {
      workerData: { port },
    })
    try {
      const { host = '', port: at = 5432, user = '', password } = hub.db.pool.options
      const secret = typeof password === 'string' ? password : ''
      const yardstick = await pgbenchOn({ host, port: at, user, password: secret }, secondsEach)
      return await measure(hub, client, yardstick)
    } finally {
      await client.terminate()
      server.close()
      await stop()
    }
  })
}

async function measure(
  hub: Hub,
  client: Worker,
  yardstick: (() => Promise<number>) | undefined,
): Promise<Figure[]> {
  const market = await openMarket(hub)
  await ask(client, { ...(await market.requests(8_000)), connections: 256, milliseconds: 2_000 })
  const wide: OnceResult[] = []
  const narrow: OnceResult[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const requests = await market.requests(requestsEach)
    wide.push(
      await ask(client, { ...requests, connections: 256, milliseconds: secondsEach * 1000 }),
    )
    if (yardstick) bare.push(await yardstick())
    const few = await market.requests(requestsEach / 2)
    narrow.push(await ask(client, { ...few, connections: 32, milliseconds: 2_000 }))
  }
  const crowd = await market.requests(Math.max(3 * requestsEach, overloadSeconds * 6_000))
  const over = await ask(client, {
    ...crowd,
    connections: 5 * 256,
    milliseconds: overloadSeconds * 1000,
  })
  const { faults, entries } = await checkLedger(hub.db, hub.keys)
  if (faults.length > 0) throw new Error(`The books are not right: ${JSON.stringify(faults[0])}`)
  const of = (all: readonly OnceResult[], value: (each: OnceResult) => number): number =>
    median(all.map(value))
  const rates = wide.map(({ rate }) => rate)
  return [
    {
      ...{ name: 'checkout over HTTP, 256 clients', value: median(rates), unit: '/s' },
      note:
        `six legs each, half of the answers within ${of(wide, ({ p50 }) => p50).toFixed(0)} ms, 99 of 100 within ` +
        `${of(wide, ({ p99 }) => p99).toFixed(0)} ms; ${entries} entries, the books are right`,
      ...(bare.length > 0
        ? {
            yardstick: { name: 'pgbench TPC-B', value: median(bare) },
            ratio: ratioOf(rates, bare),
            bar: { of: 'ratio', least: 0.7 } as const,
          }
        : {}),
    },
    {
      ...{ name: 'checkout over HTTP, 32 clients, p99', unit: 'ms' },
      value: of(narrow, ({ p99 }) => p99),
      bar: { of: 'figure', most: 30 },
      note: `${of(narrow, ({ rate }) => rate).toFixed(0)} orders/s`,
    },
    {
      ...{ name: 'checkout with 5 x as many clients', value: over.rate, unit: '/s' },
      yardstick: { name: '256 clients', value: median(rates) },
      ratio: over.rate / median(rates),
      bar: { of: 'ratio', least: 0.8 },
      note: `for ${overloadSeconds} s; ${over.answers['503'] ?? 0} told to come again, as they then do`,
    },
    {
      ...{ name: 'checkout turned away, p99', value: over.p99Shed, unit: 'ms' },
      bar: { of: 'figure', most: 50 },
    },
  ]
}

interface Market {
  /** So many checkouts that were never sent, whole. */
  requests(many: number): Promise<Pick<OncePhase, 'requests'>>
}

async function openMarket(hub: Hub): Promise<Market> {
  const world = checkoutWorld(hub.db, { hub: hub.config.id, now: hub.clock.now() })
  const buyers: { person: string; business: string; authorization: string }[] = []
  while (buyers.length < programs) {
    const at = buyers.length
    const person = await testPerson(hub, `Buyer ${at}`)
    const business = await testBusiness(hub, person, { name: `Importer ${at}`, country: 'CN' })
    const key = await testKey(hub, business, person, ['orders:buy'])
    await world.topUp({ kind: 'business', id: business }, 10n ** 13n)
    const { personId } = person
    buyers.push({ person: personId, business, authorization: key['authorization'] ?? '' })
  }
  const goods: Awaited<ReturnType<CheckoutWorld['goods']>>[] = []
  while (goods.length < 200) goods.push(await world.goods({ stock: 10_000_000 }))
  let made = 0
  return {
    async requests(many) {
      const requests: string[] = []
      while (requests.length < many) {
        const some = Array.from({ length: 500 }, () => {
          made += 1
          const buyer = buyers[made % programs]!
          return { buyer, wanted: { buyer: buyer.person, goods: goods[(made * 7) % 200]! } }
        })
        const quotes = await world.quotes(some.map(({ wanted }) => wanted))
        for (const [at, { buyer }] of some.entries()) {
          const { body, digest } = quotes[at]!
          requests.push(requestText(buyer, { quote: body.id, digest }))
        }
      }
      return { requests }
    },
  }
}

function requestText(
  { business, authorization }: { business: string; authorization: string },
  quote: { quote: string; digest: string },
): string {
  const address = {
    ...{ country: 'CN', lines: ['1 Wulin Lu'], town: 'Hangzhou', region: 'Zhejiang' },
    postcode: '310000',
  }
  const body = JSON.stringify({ shipTo: { name: 'Chen Wei', address }, quotes: [quote] })
  return [
    `POST /api/v1/businesses/${business}/checkouts HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: ${authorization}`,
    `idempotency-key: "${quote.quote}"`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

function ask(client: Worker, phase: OncePhase): Promise<OnceResult> {
  return new Promise((resolve, reject) => {
    client.once('message', (result: OnceResult | { fault: string }) => {
      if ('fault' in result) reject(new Error(result.fault))
      else if (result.taken === phase.requests.length)
        reject(new Error('there were too few requests for the time'))
      else resolve(result)
    })
    client.postMessage(phase)
  })
}
