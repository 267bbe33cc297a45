// Moving orders on, a hot command (docs/decisions/0018, 0020): who did what, and what it does to the money in escrow, to
// stock and to what a buyer may import in a year, for a whole batch in one transaction.
import { openJournal, type Journal } from '../../basis/journal.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { loadStock, writeStock } from '../../catalogue/index.ts'
import { runCommands, type Answer, type Command, type Outcome, type Tx } from '../../db/index.ts'
import {
  currencyOf,
  dealerAccount,
  escrowAccount,
  escrowLegs,
  loadLedger,
  writeLedger,
} from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import { loadAllowances, writeAllowances } from '../../zones/index.ts'
import { allowanceOf, stockOf } from '../checkout/decide-order.ts'
import { lockOrders } from '../find-orders.ts'
import type { Fault, MoveName, Order, OrderState, Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findQuotes } from '../quotes/find-quotes.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { decideMove, type MoveState } from './decide-move.ts'
import { goodsStayed, outcomes } from './give-money.ts'
import type { RateOfDay } from './own-money.ts'
import { writeMoves } from './write-moves.ts'

/** One move of one order. Who sends it was asked for their right to the role before. */
export type MoveOrder = {
  readonly order: string
  readonly move: MoveName
  readonly role: Role
  /** Of the ledger entry, where money moves. */
  readonly entry: string
  /** The carrier's number, for `hand-over`. */
  readonly consignment?: string | undefined
  /** Why: for `cancel`, `refuse`, `dispute`, `return`. */
  readonly reason?: string | undefined
  /**
   * By whose fault, for `refuse`, `return` and `settle`; for `lose` the carrier's unless another is named. A `return` by
   * the seller that names another's only opens a dispute.
   */
  readonly fault?: Fault | undefined
  /** For `settle` and `refund`: minor units of the order's currency that the buyer gets back of the goods. */
  readonly refund?: bigint | undefined
  /** A move that the hub of the buyer has made, to be made here too. */
  readonly told?: ToldMove
}

/** Of a move on another hub: its number, by whom, and where the order stands there after it. */
export type ToldMove = {
  readonly number: number
  readonly role: Role
  readonly actor: string | undefined
  readonly after: OrderState
}

export const moveKind = 'order-move'

/** A move as a command; the id of its entry is no part of what is asked. */
export const moveCommand = (actor: string, key: string, body: MoveOrder): Command<MoveOrder> => {
  const { order, move, role, consignment, reason, fault, refund } = body
  const asked = [order, move, role, consignment, reason, fault, refund?.toString()]
  const request = JSON.stringify(asked.map((each) => each ?? null))
  return { actor, kind: moveKind, key, request, body }
}

export type MoveParts = Pick<OrderParts, 'db' | 'hub' | 'tariff' | 'today'>

/**
 * Makes each move of a batch, in its order: a second move of the same order sees the first. Outcomes: 201 with
 * {order, state}; 404 `no-such-order`; 403 `role-not-lawful`; 409 `move-not-lawful`; 422 for a fact that is missing or not
 * valid (decide-move.ts).
 */
export function moveOrders(
  parts: MoveParts,
  commands: readonly Command<MoveOrder>[],
  now: number,
): Promise<Answer[]> {
  const { db, hub } = parts
  return runCommands(db, commands, now, async (tx, fresh) => {
    const state = await load(
      tx,
      hub.id,
      fresh.map(({ body }) => body),
      now,
      rateOfDayBy(parts),
    )
    const before = new Map(state.orders)
    const answers = fresh.map(({ actor, body }) => outcomeOf(decideMove(state, body, actor, now)))
    const moved = [...state.orders.values()].filter((order) => order !== before.get(order.id))
    const write = () =>
      Promise.all([
        writeStock(tx, state.stock, now),
        writeAllowances(tx, state.allowances),
        writeLedger(tx, state.ledger, { hub: hub.id, now }),
        writeMoves(tx, hub.id, moved, state.made),
      ])
    return { outcomes: answers, write }
  })
}

const rateOfDayBy =
  ({ tariff, today }: MoveParts): RateOfDay =>
  (from, to) =>
    tariff().exchange.rate(from, to, today(), { source: 'ecb', rule: 'latest' })

/** In the order of locks: orders, stock, allowances, legs, holds, accounts. Orders that only wait lock nothing but themselves. */
async function load(
  tx: Tx,
  hub: string,
  bodies: readonly MoveOrder[],
  now: number,
  rateOfDay: RateOfDay,
): Promise<MoveState> {
  const journal = openJournal()
  const orders = await lockOrders(
    tx,
    hub,
    bodies.map(({ order }) => order),
  )
  const wanted = (which: (move: MoveName) => boolean): Order[] => {
    const ids = bodies.flatMap(({ order, move }) => (which(move) ? [order] : []))
    return [...new Set(ids)].flatMap((id) => orders.get(id) ?? [])
  }
  const paid = wanted((move) => outcomes[move] !== undefined)
  const [found, blocked] = await Promise.all([
    findQuotes(
      tx,
      hub,
      paid.map(({ quote }) => quote),
    ),
    blockedAmong(tx, hub, [...orders.values()].flatMap(sidesOf)),
  ])
  const quotes = new Map(found.map(({ body }) => [body.id, body]))
  const quotesOf = (list: readonly Order[]): QuoteBody[] =>
    list.flatMap(({ quote }) => quotes.get(quote) ?? [])
  const stopped = wanted((move) => goodsStayed(move) || move === 'refuse' || move === 'lose')
  const shelves = quotesOf(wanted(goodsStayed)).flatMap((body) => stockOf(hub, body))
  const limits = quotesOf(stopped).flatMap((body) => allowanceOf(hub, body) ?? [])
  const [stock, allowances, ledger] = await Promise.all([
    loadStock(tx, journal, shelves),
    loadAllowances(tx, journal, limits),
    loadBooks(tx, journal, paid, quotesOf(paid), { hub, now }),
  ])
  return { journal, hub, orders, quotes, blocked, stock, allowances, ledger, rateOfDay, made: [] }
}

/** Who buys, from whose wallet, and who sells. */
export const sidesOf = ({ buyer, seller }: Pick<Order, 'buyer' | 'seller'>) => {
  const business = /^wallet:business:([^:]+):/.exec(buyer.account)?.[1]
  return [
    { kind: 'person' as const, id: buyer.id },
    { kind: 'business' as const, id: seller.id },
    ...(business === undefined ? [] : [{ kind: 'business' as const, id: business }]),
  ]
}

/**
 * Legs with their accounts, holds of orders that wait, what agreeing with another hub puts in escrow, and the dealer's
 * accounts where somebody gets other money.
 */
function loadBooks(
  tx: Tx,
  journal: Journal,
  orders: readonly Order[],
  quotes: readonly QuoteBody[],
  { hub, now }: { hub: string; now: number },
): Promise<MoveState['ledger']> {
  const dealers = quotes.flatMap((quote) =>
    quote.legs.flatMap(({ to }) =>
      quote.hub !== hub || currencyOf(to) === quote.currency
        ? []
        : [dealerAccount(quote.currency), dealerAccount(currencyOf(to))],
    ),
  )
  const waiting = orders.filter(({ state }) => state === 'requested' || state === 'reserved')
  const escrow = waiting.flatMap(({ currency, buyer }) => [
    ...escrowLegs.map((leg) => escrowAccount(leg, currency)),
    buyer.account,
  ])
  return loadLedger(
    tx,
    journal,
    {
      accounts: [...dealers, ...escrow],
      holds: waiting.flatMap(({ hold }) => hold ?? []),
      orders: orders.filter((order) => !waiting.includes(order)).map(({ id }) => id),
    },
    now,
  )
}

const statuses: Readonly<Record<string, number>> = {
  'no-such-order': 404,
  'role-not-lawful': 403,
  blocked: 403,
  'move-not-lawful': 409,
  'party-blocked': 409,
  'decided-elsewhere': 409,
  'move-missing': 409,
}

/** Where the order stands, or a problem (RFC 9457) with the code of its refusal. */
function outcomeOf(result: Order | Refused): Outcome {
  if (isRefused(result)) {
    const status = statuses[result.refused] ?? 422
    return { status, body: JSON.stringify({ status, code: result.refused, ...result.facts }) }
  }
  return { status: 201, body: JSON.stringify({ order: result.id, state: result.state }) }
}
