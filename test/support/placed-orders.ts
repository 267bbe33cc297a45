// Orders that were placed, written straight to the tables: a quote with all six legs, the money in escrow through the
// ledger's own functions, pieces taken from the shelf. For tests of what happens to an order after checkout.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { openJournal } from '../../src/basis/journal.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { timestamptz, transact, type Answer, type Database } from '../../src/db/index.ts'
import {
  escrowAccount,
  loadLedger,
  post,
  putInEscrow,
  railAccount,
  walletAccount,
  writeLedger,
  type EscrowLeg,
  type Holder,
} from '../../src/ledger/index.ts'
import { moveCommand, type MoveOrder } from '../../src/orders/life/move-orders.ts'
import { dueAfter, type OrderState } from '../../src/orders/order.ts'
import type { QuoteBody, QuoteLeg } from '../../src/orders/quotes/quote.ts'

export const hub = '0199d2f0-0000-7000-8000-000000000001'
export const now = Date.UTC(2026, 10, 22, 9)
export const day = 24 * 60 * 60 * 1000

export interface Wanted {
  /** DDP; otherwise DAP. */
  dutyPaid?: boolean
  /** Minor units of yuan by leg; a leg of nothing is left out. */
  legs?: Partial<Record<EscrowLeg, bigint>>
  /** What the seller gets for the goods: sen. */
  sellerGets?: bigint
  allowance?: bigint
  ratesUntil?: number
  /** Basis points that the dealer keeps. */
  spread?: number
  /** Of another hub: the money is held, nothing is in escrow. */
  requested?: boolean
}

export interface Placed {
  id: string
  buyer: string
  seller: string
  variant: string
  total: bigint
}

const usual: Readonly<Record<EscrowLeg, bigint>> = {
  ...{ goods: 10_000n, freight: 300n, insurance: 50n },
  ...{ duty: 200n, tax: 300n, fee: 50n },
}
export const usualTotal = 10_900n

let drawn = 0
const random = (length: number): Uint8Array =>
  createHash('sha512')
    .update(`placed ${process.pid} ${(drawn += 1)}`)
    .digest()
    .subarray(0, length)
export const newId = (): string => uuidv7(now + (drawn += 1), random)
export const draw = random

/** Places orders of new buyers from new sellers; each seller had 5 pieces and one is taken. */
export async function placeThem(
  db: Database,
  count: number,
  wanted: Wanted = {},
): Promise<Placed[]> {
  const placed = Array.from({ length: count }, () => newOrder(wanted))
  await transact(db, async (tx) => {
    const rail = railAccount('sandbox', 'CNY')
    const accounts = placed.flatMap(({ buyer, legs }) => [
      ...[rail, walletOf(buyer), ...legs.map(({ leg }) => escrowAccount(leg, 'CNY'))],
    ])
    const draft = await loadLedger(tx, openJournal(), { accounts }, now)
    for (const { id, buyer, legs, total, hold } of placed) {
      post(draft, {
        ...{ id: newId(), kind: 'top-up', reference: 'test', at: now },
        postings: [
          { account: rail, amount: -total },
          { account: walletOf(buyer), amount: total },
        ],
      })
      if (hold !== undefined) continue
      const put = putInEscrow(
        draft,
        { id: newId(), kind: 'escrow', at: now },
        { id, payer: walletOf(buyer), currency: 'CNY' },
        legs.map(({ leg, amount, to }) => ({ leg, amount: BigInt(amount), beneficiary: to })),
      )
      if (isRefused(put)) throw new Error(put.refused)
    }
    await writeLedger(tx, draft, { hub, now })
    for (const each of placed) await writeRows((text) => sql.raw(text).execute(tx), each)
  })
  return placed
}

/** Brings yuan into a wallet. */
export async function topUp(db: Database, holder: Holder, amount: bigint): Promise<void> {
  await transact(db, async (tx) => {
    const [rail, wallet] = [railAccount('sandbox', 'CNY'), walletAccount(holder, 'CNY')]
    const draft = await loadLedger(tx, openJournal(), { accounts: [rail, wallet] }, now)
    post(draft, {
      ...{ id: newId(), kind: 'top-up', reference: 'test', at: now },
      postings: [
        { account: rail, amount: -amount },
        { account: wallet, amount },
      ],
    })
    await writeLedger(tx, draft, { hub, now })
  })
}

const walletOf = (buyer: string): string => walletAccount({ kind: 'person', id: buyer }, 'CNY')

type New = Placed & {
  quote: QuoteBody
  legs: readonly QuoteLeg[]
  hold: string | undefined
}

function newOrder({ dutyPaid = true, requested = false, ...wanted }: Wanted): New {
  const [id, buyer, seller, variant, quoteId] = [newId(), newId(), newId(), newId(), newId()]
  const amounts = { ...usual, ...wanted.legs }
  const to: Readonly<Record<EscrowLeg, string>> = {
    ...{ goods: `wallet:business:${seller}:MYR`, freight: 'payable:freight:pos:MYR' },
    ...{ insurance: 'payable:insurance:pos:CNY', duty: 'payable:duty:CN:CNY' },
    ...{ tax: 'payable:tax:CN:CNY', fee: 'payable:fee:CN:CNY' },
  }
  const own: Partial<Record<EscrowLeg, bigint>> = {
    ...{ goods: wanted.sellerGets ?? 6_400n, freight: 190n },
  }
  const legs = (Object.keys(to) as EscrowLeg[]).flatMap((leg): QuoteLeg[] => {
    if (amounts[leg] === 0n) return []
    const as = own[leg]
    const other = as === undefined ? {} : { as: String(as) }
    return [{ leg, amount: String(amounts[leg]), to: to[leg], ...other }]
  })
  const total = legs.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const elsewhere = '0199d2f0-0000-7000-8000-000000000002'
  const quote: QuoteBody = {
    ...{ v: 1, id: quoteId, hub, buyer, destination: 'CN', currency: 'CNY', total: String(total) },
    seller: {
      ...{ hub: requested ? elsewhere : hub, id: seller, name: 'Batik Sri', slug: 'batik-sri' },
      ...{ country: 'MY', address: [], identifiers: [] },
    },
    ...{ made: now, expires: now + day, on: '2026-11-22' },
    lines: [
      {
        ...{ offer: variant, slug: 'scarf', variant, title: 'Batik scarf', options: '', sku: null },
        ...{ quantity: 1, price: '6400', priceCurrency: 'MYR' },
        ...{ subheading: '621410', origin: 'MY' },
      },
    ],
    legs,
    lane: {
      ...{ carrier: 'pos', carrierName: 'Pos', service: 'air', serviceName: 'Air parcel' },
      ...{ transport: 'post', dutyPaid, days: { min: 5, max: 9, count: 'working' } },
    },
    ...{ status: 'complete', except: [], rules: 'test' },
    ...(wanted.allowance === undefined
      ? {}
      : {
          allowance: {
            ...{ allowance: 'CN/cbec-used-this-year', period: '2026', currency: 'CNY' },
            ...{ limit: '2600000', amount: String(wanted.allowance) },
          },
        }),
    ratesUntil: wanted.ratesUntil ?? now + 60 * day,
    ...(wanted.spread === undefined
      ? {}
      : { exchange: { goods: '0', freight: '0', spread: wanted.spread, rates: {} } }),
    ...{ basket: {}, answer: {} },
  }
  return { id, buyer, seller, variant, total, quote, legs, hold: requested ? newId() : undefined }
}

async function writeRows(run: (text: string) => Promise<unknown>, order: New): Promise<void> {
  const { id, buyer, seller, variant, total, quote, hold } = order
  const state: OrderState = hold === undefined ? 'placed' : 'requested'
  const due = dueAfter(state, now)!
  const at = timestamptz(now)
  const payload = JSON.stringify(quote).replaceAll("'", "''")
  const digest = createHash('sha256').update(payload).digest('hex')
  await run(`
    insert into quotes values ('${hub}', '${quote.id}', '${buyer}', '${timestamptz(quote.expires)}', '${payload}',
                               '${digest}', 'test', '')`)
  await run(`
    insert into stock (home_hub, business_id, variant_id, on_hand, updated_at)
    values ('${hub}', '${seller}', '${variant}', ${hold === undefined ? 4 : 5}, '${at}')`)
  if (hold !== undefined)
    await run(`
      insert into holds (hold_id, account, amount_minor, purpose, reference, state, made_at, expires_at)
      values ('${hold}', '${walletOf(buyer)}', ${total}, 'order', '${id}', 'pending', '${at}', '${timestamptz(due.at)}');
      update accounts set held_minor = ${total} where account = '${walletOf(buyer)}'`)
  if (quote.allowance)
    await run(`
      insert into allowances values ('person:${buyer}', '${quote.allowance.allowance}', '2026', 'CNY', ${quote.allowance.amount})`)
  const shipTo = `{"name":"Chen Wei","phone":"","address":{"country":"CN","lines":["1 Wulin Lu"],"town":"Hangzhou"}}`
  await run(`
    insert into orders (home_hub, order_id, buyer_hub, buyer_id, buyer_account, seller_hub, seller_id, quote_id, destination,
                        currency, total_minor, ship_to, tracking, state, placed_at, changed_at, due_at, due_move, hold_id)
    values ('${hub}', '${id}', '${hub}', '${buyer}', '${walletOf(buyer)}', '${quote.seller.hub}', '${seller}', '${quote.id}',
            'CN', 'CNY', ${total}, '${shipTo}', 'secret', '${state}', '${at}', '${at}', '${timestamptz(due.at)}',
            '${due.move}', ${hold === undefined ? 'null' : `'${hold}'`})`)
}

/** A move under a key of its own, by a person of that role. */
export const moving = (
  order: { id: string },
  move: MoveOrder['move'],
  role: MoveOrder['role'],
  more: Partial<MoveOrder> & { key?: string } = {},
) => {
  const { key = newId(), ...facts } = more
  const actor = '0199d2f0-0000-7000-8000-0000000000aa'
  return moveCommand(actor, key, { order: order.id, move, role, entry: newId(), ...facts })
}

/** `201 packed`, `409 move-not-lawful`. */
export function saidOf(answer: Answer | undefined): string {
  if (answer?.answer !== 'done') return answer?.answer ?? 'nothing'
  const { status, body } = answer.outcome
  const { code, state } = JSON.parse(body) as { code?: string; state?: string }
  return `${status} ${code ?? state}`
}

/** The balance of an account, in minor units; 0 for one that was never opened. */
export async function balanceOf(db: Database, account: string): Promise<bigint> {
  const { rows } = await sql<{ balance_minor: bigint }>`
    select balance_minor from accounts where account = ${account}`.execute(db.kysely)
  return rows[0]?.balance_minor ?? 0n
}

/** What screening says of somebody. */
export async function screenAs(
  db: Database,
  kind: 'person' | 'business',
  id: string,
  state: 'clear' | 'blocked',
): Promise<void> {
  await sql`
    insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
    values (${hub}, ${kind}, ${id}, '{x}', '{x}', 'test', ${state}, 0, now(), now())
    on conflict (home_hub, kind, subject_id) do update set state = excluded.state`.execute(
    db.kysely,
  )
}

/** What buyer and seller have, in minor units of yuan and ringgit. */
export const pursesOf = async (db: Database, { buyer, seller }: Placed) => ({
  buyer: await balanceOf(db, walletOf(buyer)),
  seller: await balanceOf(db, `wallet:business:${seller}:MYR`),
})

/** What of the order is still in escrow, by leg. */
export async function leftOf(db: Database, { id }: { id: string }): Promise<string> {
  const { rows } = await sql<{ leg: string; left_minor: bigint }>`
    select leg, left_minor from escrow_legs where order_id = ${id} and left_minor > 0 order by number`.execute(
    db.kysely,
  )
  return rows.map(({ leg, left_minor }) => `${leg} ${left_minor}`).join(', ')
}

export async function stockOf(db: Database, { variant }: Placed): Promise<bigint> {
  const { rows } = await sql<{ on_hand: bigint }>`
    select on_hand from stock where variant_id = ${variant}`.execute(db.kysely)
  return rows[0]?.on_hand ?? -1n
}
