import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { openJournal } from '../../src/basis/journal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { timestamptz, transact, type Command, type Database } from '../../src/db/index.ts'
import {
  findWallets,
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
  type Holder,
} from '../../src/ledger/index.ts'
import { newOrder } from '../../src/orders/checkout/new-order.ts'
import { checkoutKind, type PlaceOrders } from '../../src/orders/checkout/place-orders.ts'
import { signQuote } from '../../src/orders/quotes/sign-quote.ts'
import type { Keys } from '../../src/keys/index.ts'
import { quoteHoldsMs, type QuoteBody, type StoredQuote } from '../../src/orders/quotes/quote.ts'

export const hub = '0199d2f0-0000-7000-8000-000000000001'
export const otherHub = '0199d2f0-0000-7000-8000-000000000002'
export const now = Date.UTC(2026, 10, 22, 9)

/** A seller with goods, buyers with money, and quotes with all six legs, without the pages around them. */
export interface CheckoutWorld {
  db: Database
  id(): string
  /** Goods of a seller, so many on the shelf. */
  goods(options: { seller?: string; stock: number }): Promise<{ seller: string; variant: string }>
  /** Money in yuan, where nothing else is said. */
  topUp(holder: Holder, minor: bigint, currency?: string): Promise<void>
  /** A person with money in yuan. */
  buyer(minor: bigint): Promise<string>
  quote(wanted: Wanted): Promise<StoredQuote>
  /** Many quotes in one statement. */
  quotes(wanted: readonly Wanted[]): Promise<StoredQuote[]>
  checkout(buyer: string, quotes: readonly StoredQuote[], key?: string): Command<PlaceOrders>
  stockOf(goods: { variant: string }): Promise<bigint>
  /** What may be spent, and what is held. */
  walletOf(buyer: string): Promise<{ free: bigint; held: bigint }>
}

export interface Wanted {
  buyer: string
  goods: { seller: string; variant: string; offer?: string }
  quantity?: number
  /** Price of a piece; freight, insurance, duty, tax and fee add 900 to an order. */
  price?: bigint
  sellerHub?: string
  expires?: number
  allowance?: QuoteBody['allowance']
}

export function checkoutWorld(
  db: Database,
  { hub: ours = hub, now: at = now, keys }: { hub?: string; now?: number; keys?: Keys } = {},
): CheckoutWorld {
  let drawn = 0
  const random = (length: number): Uint8Array => {
    drawn += 1
    return createHash('sha512').update(`${drawn}`).digest().subarray(0, length)
  }
  const id = (): string => uuidv7(at + (drawn += 1), random)
  const world: CheckoutWorld = {
    db,
    id,
    async goods({ seller = id(), stock }) {
      const variant = id()
      await sql`insert into stock (home_hub, business_id, variant_id, on_hand, updated_at)
                values (${ours}, ${seller}, ${variant}, ${stock}, ${timestamptz(at)})`.execute(
        db.kysely,
      )
      return { seller, variant }
    },
    async buyer(minor) {
      const buyer = id()
      await world.topUp({ kind: 'person', id: buyer }, minor)
      return buyer
    },
    topUp: (holder, minor, currency = 'CNY') =>
      topUp(db, { hub: ours, now: at }, id(), walletAccount(holder, currency), minor),
    quote: async (wanted) => (await world.quotes([wanted]))[0] as StoredQuote,
    async quotes(wanted) {
      const bodies = wanted.map((each) => quoteBody(id(), each, { hub: ours, now: at }))
      const stored = bodies.map((body) => {
        const signed = keys && signQuote(keys, body)
        const payload = signed?.payload ?? JSON.stringify(body)
        const digest = createHash('sha256').update(payload).digest('hex')
        const signature = Buffer.from(signed?.signature ?? '')
        return { body, payload, digest, key: signed?.keyId ?? 'test', signature }
      })
      await sql`
        insert into quotes (home_hub, quote_id, buyer_id, expires_at, payload, digest, key_id, signature)
        select ${ours}, id, buyer, expires, payload, digest, key, signature
          from unnest(${bodies.map((body) => body.id)}::uuid[], ${bodies.map(({ buyer }) => buyer)}::uuid[],
                      ${bodies.map(({ expires }) => timestamptz(expires))}::timestamptz[],
                      ${stored.map(({ payload }) => payload)}::text[], ${stored.map(({ digest }) => digest)}::text[],
                      ${stored.map(({ key }) => key)}::text[], ${stored.map(({ signature }) => signature)}::bytea[])
                 as new (id, buyer, expires, payload, digest, key, signature)`.execute(db.kysely)
      return stored.map(({ body, digest }) => ({ body, digest }))
    },
    checkout(buyer, quotes, key = id()) {
      const orders = quotes.map(({ body, digest }) => newOrder({ id: body.id, digest }, at, random))
      const body: PlaceOrders = {
        ...{ buyer, payer: { kind: 'person', id: buyer }, orders },
        shipTo: {
          name: 'Chen Wei',
          phone: '',
          address: { country: 'CN', lines: ['1 Wulin Lu'], town: 'Hangzhou', postcode: '310000' },
        },
      }
      const request = JSON.stringify([buyer, quotes.map(({ digest }) => digest)])
      return { actor: buyer, kind: checkoutKind, key, request, body }
    },
    async stockOf({ variant }) {
      const { rows } = await sql<{ on_hand: bigint }>`
        select on_hand from stock where variant_id = ${variant}`.execute(db.kysely)
      return rows[0]?.on_hand ?? -1n
    },
    async walletOf(buyer) {
      const wallets = await findWallets(db.kysely, { kind: 'person', id: buyer })
      const wallet = wallets.find(({ currency }) => currency === 'CNY')
      return { free: (wallet?.balance ?? 0n) - (wallet?.held ?? 0n), held: wallet?.held ?? 0n }
    },
  }
  return world
}

async function topUp(
  db: Database,
  { hub, now }: { hub: string; now: number },
  entry: string,
  wallet: string,
  minor: bigint,
): Promise<void> {
  await transact(db, async (tx) => {
    const rail = railAccount('sandbox', wallet.slice(-3))
    const draft = await loadLedger(tx, openJournal(), { accounts: [rail, wallet] }, now)
    post(draft, {
      ...{ id: entry, kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: rail, amount: -minor },
        { account: wallet, amount: minor },
      ],
    })
    await writeLedger(tx, draft, { hub, now })
  })
}

function quoteBody(
  id: string,
  wanted: Wanted,
  { hub, now }: { hub: string; now: number },
): QuoteBody {
  const { buyer, goods, quantity = 1, price = 10_000n, sellerHub = hub, allowance } = wanted
  const goodsMinor = price * BigInt(quantity)
  return {
    ...{ v: 1, id, hub, buyer, destination: 'CN', currency: 'CNY' },
    seller: {
      ...{ hub: sellerHub, id: goods.seller, name: 'Batik Sri', slug: 'batik-sri', country: 'MY' },
      ...{ address: [], identifiers: [] },
    },
    total: String(goodsMinor + 900n),
    made: now,
    expires: wanted.expires ?? now + quoteHoldsMs,
    on: '2026-11-22',
    lines: [
      {
        ...{
          offer: goods.offer ?? goods.variant,
          slug: 'scarf',
          variant: goods.variant,
          title: 'Batik scarf',
        },
        ...{ options: '', sku: null, quantity, price: '6400', priceCurrency: 'MYR' },
        ...{ subheading: '621410', origin: 'MY' },
      },
    ],
    legs: [
      {
        ...{ leg: 'goods', amount: String(goodsMinor) },
        to: sellerHub === hub ? `wallet:business:${goods.seller}:MYR` : `peer:${sellerHub}:MYR`,
        as: String(6_400 * quantity),
      },
      { leg: 'freight', amount: '300', to: 'payable:freight:pos:MYR', as: '190' },
      { leg: 'insurance', amount: '50', to: 'payable:insurance:pos:CNY' },
      { leg: 'duty', amount: '200', to: 'payable:duty:CN:CNY' },
      { leg: 'tax', amount: '300', to: 'payable:tax:CN:CNY' },
      { leg: 'fee', amount: '50', to: 'payable:fee:CN:CNY' },
    ],
    lane: {
      ...{ carrier: 'pos', carrierName: 'Pos', service: 'air', serviceName: 'Air parcel' },
      ...{ transport: 'post', dutyPaid: true, days: { min: 5, max: 9, count: 'working' } },
    },
    ...{ status: 'complete', except: [], rules: 'test' },
    ...(allowance ? { allowance } : {}),
    ratesUntil: now + 60 * 24 * 60 * 60 * 1000,
    basket: {},
    answer: {},
  }
}
