import { sql } from 'kysely'
import { instantOf, type Db } from '../db/index.ts'
import { orderNumber, rangeOfNumber, readTracking, sameText } from './order-number.ts'
import type { MoveName, Order, OrderFacts, OrderState, Role, ShipTo } from './order.ts'
import './schema.ts'

/** An order by its id; undefined where this hub has none. */
export const findOrder = async (db: Db, hub: string, id: string): Promise<Order | undefined> =>
  (await ordersOf(db, hub).where('order_id', '=', id).execute()).map(orderOf)[0]

/** By the number that people say, in any case, with or without its hyphens. Two may share one: very seldom. */
export async function findOrdersByNumber(db: Db, hub: string, number: string): Promise<Order[]> {
  const range = rangeOfNumber(number)
  if (!range) return []
  const rows = await ordersOf(db, hub)
    .where('order_id', '>=', range.first)
    .where('order_id', '<=', range.last)
    .execute()
  return rows.map(orderOf).filter((order) => order.number === range.number)
}

/** By what stands in its tracking link; another hub's or a guessed one finds nothing. */
export async function findTracked(db: Db, hub: string, link: string): Promise<Order | undefined> {
  const read = readTracking(link)
  const order = read && (await findOrder(db, hub, read.order))
  return order && sameText(order.tracking, read.secret) ? order : undefined
}

export type OrderList = {
  readonly side: 'buyer' | 'seller'
  readonly id: string
  readonly states?: readonly OrderState[] | undefined
  /** With those states also orders in dispute that the hub will settle in time: the seller has not answered. */
  readonly unanswered?: boolean | undefined
  /** The last order of the page before. */
  readonly before?: string | undefined
  readonly most: number
}

/** Orders of one side, newest first; one more than `most` says that there are more. */
export async function findOrdersOf(
  db: Db,
  hub: string,
  { side, id, states, unanswered = false, before, most }: OrderList,
): Promise<Order[]> {
  const rows = await ordersOf(db, hub)
    .where(side === 'buyer' ? 'buyer_id' : 'seller_id', '=', id)
    .where(side === 'buyer' ? 'buyer_hub' : 'seller_hub', '=', hub)
    .$if(states !== undefined, (query) =>
      query.where(({ and, eb, or }) =>
        or([
          eb('state', 'in', [...(states ?? [])]),
          ...(unanswered
            ? [and([eb('state', '=', 'disputed'), eb('due_at', 'is not', null)])]
            : []),
        ]),
      ),
    )
    .$if(before !== undefined, (query) => query.where('order_id', '<', before as string))
    .orderBy('order_id', 'desc')
    .limit(most)
    .execute()
  return rows.map(orderOf)
}

/** Locks orders in the order of their ids, for a batch. */
export async function lockOrders(
  tx: Db,
  hub: string,
  ids: readonly string[],
): Promise<Map<string, Order>> {
  const rows = await ordersOf(tx, hub)
    .where('order_id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .orderBy('order_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.order_id, orderOf(row)]))
}

const ordersOf = (db: Db, hub: string) =>
  db.selectFrom('orders').selectAll().where('home_hub', '=', hub)

type Row = Awaited<ReturnType<ReturnType<typeof ordersOf>['execute']>>[number]

const orderOf = (row: Row): Order => ({
  homeHub: row.home_hub,
  id: row.order_id,
  number: orderNumber(row.order_id),
  buyer: { hub: row.buyer_hub, id: row.buyer_id, account: row.buyer_account },
  seller: { hub: row.seller_hub, id: row.seller_id },
  quote: row.quote_id,
  destination: row.destination,
  currency: row.currency,
  total: row.total_minor,
  shipTo: row.ship_to as ShipTo,
  tracking: row.tracking,
  state: row.state,
  moves: row.moves,
  placedAt: instantOf(row.placed_at),
  changedAt: instantOf(row.changed_at),
  due:
    row.due_at === null || row.due_move === null
      ? undefined
      : { at: instantOf(row.due_at), move: row.due_move },
  hold: row.hold_id ?? undefined,
  facts: row.facts as OrderFacts,
})

export type MadeMove = {
  readonly number: number
  readonly move: MoveName
  readonly before: OrderState
  readonly after: OrderState
  readonly at: number
  readonly role: Role
  readonly actor: string | undefined
  readonly facts: Readonly<Record<string, unknown>>
  readonly entry: string | undefined
}

/** What happened to an order, in order; its placing is the order itself. */
export async function findMoves(db: Db, hub: string, order: string): Promise<MadeMove[]> {
  const rows = await db
    .selectFrom('order_moves')
    .selectAll()
    .where('home_hub', '=', hub)
    .where('order_id', '=', order)
    .orderBy('number')
    .execute()
  return rows.map(({ number, move, before, after, at, role, actor, facts, entry_id }) => ({
    ...{ number, move, before, after, role, facts },
    at: instantOf(at),
    actor: actor ?? undefined,
    entry: entry_id ?? undefined,
  }))
}
