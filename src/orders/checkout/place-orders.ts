// Checkout, a hot command (docs/decisions/0018, 0020): takes stock, uses the quote and what the law allows a buyer per
// year, moves every leg into escrow and writes the order with its event, for a whole batch in one transaction.
import { sql } from 'kysely'
import { openJournal } from '../../basis/journal.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { loadStock, writeStock } from '../../catalogue/index.ts'
import {
  appendEvents,
  inTurns,
  runCommands,
  timestamptz,
  type Answer,
  type Command,
  type Outcome,
  type Tx,
} from '../../db/index.ts'
import {
  escrowAccount,
  loadLedger,
  walletAccount,
  writeLedger,
  type Holder,
} from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { findLevels, limitKeys, unlimited } from '../../payments/index.ts'
import { loadAllowances, writeAllowances } from '../../zones/index.ts'
import type { Order, ShipTo } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { unpackQuote } from '../quotes/packed-quote.ts'
import type { StoredQuote } from '../quotes/quote.ts'
import { allowanceOf, decideOrders, stockOf, type PlaceState } from './decide-order.ts'
import '../schema.ts'

/** One checkout: quotes of one buyer, each of which becomes an order; all of them or none. */
export type PlaceOrders = {
  /** The person. */
  readonly buyer: string
  /** Whose wallet pays: the buyer's own, or that of a business they own. */
  readonly payer: Holder
  readonly shipTo: ShipTo
  /** At most 20. */
  readonly orders: readonly NewOrder[]
}

/** Ids are made by the caller. */
export type NewOrder = {
  readonly quote: string
  /** SHA-256 of the payload that the buyer saw: another one is refused. */
  readonly digest: string
  readonly order: string
  readonly tracking: string
  /** Of the ledger entry that puts the money in escrow, or of the hold. */
  readonly entry: string
}

export const checkoutKind = 'checkout'

/** The event that an order was placed; its subject is the order. */
export const placedEvent = 'order.placed'

export type PlaceParts = Pick<OrderParts, 'db' | 'hub' | 'limits'>

/**
 * Places the orders of a batch of checkouts. Outcomes: 201 with the orders; 404 `quote-unknown`; 409 `quote-used`,
 * `out-of-stock`; 422 for the rest of what decideOrders refuses.
 */
export function placeOrders(
  { db, hub, limits = unlimited }: PlaceParts,
  commands: readonly Command<PlaceOrders>[],
  now: number,
): Promise<Answer[]> {
  const payers = commands.map(({ body }) => body.payer)
  const named = commands.flatMap(({ body }) => body.orders.map(({ quote }) => quote))
  return runCommands(
    db,
    commands,
    now,
    async (tx, fresh, [quotes, levels]) => {
      const bodies = fresh.map(({ body }) => body)
      const state = await load(tx, hub.id, bodies, { quotes, levels, limits }, now)
      const outcomes = bodies.map((body) => outcomeOf(decideOrders(state, body, now)))
      return { outcomes, write: () => write(tx, state, now) }
    },
    (tx: Tx) =>
      Promise.all([
        loadQuotes(tx, hub.id, [...new Set(named)]),
        findLevels(tx, hub.id, limits, payers),
      ]),
  )
}

/** In the order of locks: stock, allowances, accounts. Quotes never change; that one is used once the orders' key holds. */
async function load(
  tx: Tx,
  hub: string,
  commands: readonly PlaceOrders[],
  { quotes, levels, limits: most }: Pick<PlaceState, 'quotes' | 'levels' | 'limits'>,
  now: number,
): Promise<PlaceState> {
  const journal = openJournal()
  const ids = [...new Set(commands.flatMap(({ orders }) => orders.map(({ quote }) => quote)))]
  const bodies = ids.flatMap((id) => quotes.get(id)?.body ?? [])
  const shelves = bodies.flatMap((body) => stockOf(hub, body))
  const limits = [
    ...bodies.flatMap((body) => allowanceOf(hub, body) ?? []),
    ...commands.flatMap(({ payer }) => limitKeys(most, levels, payer, 'out')),
  ]
  const traders = [
    ...commands.flatMap(({ buyer, payer }) => [{ kind: 'person' as const, id: buyer }, payer]),
    ...bodies.map(({ seller }) => ({ kind: 'business' as const, id: seller.id })),
  ]
  const accounts = accountsOf(commands, quotes)
  const [used, stock, allowances, blocked, ledger] = await Promise.all([
    loadUsed(tx, hub, ids),
    loadStock(tx, journal, shelves),
    loadAllowances(tx, journal, limits),
    blockedAmong(tx, hub, traders),
    loadLedger(tx, journal, { accounts }, now),
  ])
  const known = { journal, hub, quotes, used, blocked, stock, allowances, ledger }
  return { ...known, levels, limits: most, orders: [] }
}

async function loadQuotes(
  tx: Tx,
  hub: string,
  ids: readonly string[],
): Promise<Map<string, StoredQuote>> {
  const { rows } = await sql<{ payload: string; digest: string }>`
    select payload, digest from quotes
     where home_hub = ${hub} and quote_id = any(${ids}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ payload, digest }) => {
      const body = unpackQuote(JSON.parse(payload) as object)
      return [body.id, { body, digest }]
    }),
  )
}

async function loadUsed(tx: Tx, hub: string, ids: readonly string[]): Promise<Map<string, true>> {
  const { rows } = await sql<{ quote_id: string }>`
    select quote_id from orders
     where home_hub = ${hub} and quote_id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ quote_id }) => [quote_id, true]))
}

/** The wallets that pay, and the escrow of each kind of leg. */
function accountsOf(
  commands: readonly PlaceOrders[],
  quotes: ReadonlyMap<string, StoredQuote>,
): string[] {
  const names = new Set<string>()
  for (const { payer, orders } of commands)
    for (const { quote } of orders) {
      const body = quotes.get(quote)?.body
      if (!body) continue
      names.add(walletAccount(payer, body.currency))
      for (const { leg } of body.legs) names.add(escrowAccount(leg, body.currency))
    }
  return [...names]
}

async function write(tx: Tx, state: PlaceState, now: number): Promise<void> {
  const { orders, hub } = state
  if (orders.length === 0) return
  const events = orders.map(({ id, buyer, seller, quote, state: begun }) => ({
    ...{ hub, kind: placedEvent, subject: id, actor: buyer.id, at: now },
    body: { seller: seller.id, sellerHub: seller.hub, quote, state: begun },
  }))
  await inTurns([
    () => insertOrders(tx, orders),
    () => Promise.all([writeStock(tx, state.stock, now), writeAllowances(tx, state.allowances)]),
    () => writeLedger(tx, state.ledger, { hub, now }),
    () => appendEvents(tx, events),
  ])
}

export async function insertOrders(tx: Tx, orders: readonly Order[]): Promise<void> {
  const column = <T>(of: (order: Order) => T): T[] => orders.map(of)
  await sql`
    insert into orders (home_hub, order_id, buyer_hub, buyer_id, buyer_account, seller_hub, seller_id, quote_id,
                        destination, currency, total_minor, ship_to, tracking, state, placed_at, changed_at, due_at,
                        due_move, hold_id)
    select * from unnest(
      ${column(({ homeHub }) => homeHub)}::uuid[], ${column(({ id }) => id)}::uuid[],
      ${column(({ buyer }) => buyer.hub)}::uuid[],
      ${column(({ buyer }) => buyer.id)}::uuid[], ${column(({ buyer }) => buyer.account)}::text[],
      ${column(({ seller }) => seller.hub)}::uuid[], ${column(({ seller }) => seller.id)}::uuid[],
      ${column(({ quote }) => quote)}::uuid[], ${column(({ destination }) => destination)}::text[],
      ${column(({ currency }) => currency)}::text[], ${column(({ total }) => total)}::bigint[],
      ${column(({ shipTo }) => JSON.stringify(shipTo))}::jsonb[], ${column(({ tracking }) => tracking)}::text[],
      ${column(({ state }) => state)}::text[], ${column(({ placedAt }) => timestamptz(placedAt))}::timestamptz[],
      ${column(({ changedAt }) => timestamptz(changedAt))}::timestamptz[],
      ${column(({ due }) => (due ? timestamptz(due.at) : null))}::timestamptz[],
      ${column(({ due }) => due?.move ?? null)}::text[], ${column(({ hold }) => hold ?? null)}::uuid[])`.execute(
    tx,
  )
}

const statuses: Readonly<Record<string, number>> = {
  'quote-unknown': 404,
  'quote-used': 409,
  'out-of-stock': 409,
}

/** The orders, or a problem (RFC 9457) with the code of its refusal. */
function outcomeOf(result: readonly Order[] | Refused): Outcome {
  if (isRefused(result)) {
    const status = statuses[result.refused] ?? 422
    return { status, body: JSON.stringify({ status, code: result.refused, ...result.facts }) }
  }
  const orders = result.map(({ id, number, state, total, currency }) => ({
    ...{ order: id, number, state, total: formatMinor(total, currency), currency },
  }))
  return { status: 201, body: JSON.stringify({ orders }) }
}
