import { sql } from 'kysely'
import { appendEvents, timestamptz, type Tx } from '../../db/index.ts'
import type { Order } from '../order.ts'
import type { NewMove } from './decide-move.ts'
import '../schema.ts'

/** The event that an order was moved; its subject is the order. */
export const movedEvent = 'order.moved'

/** Orders as they are after a batch, its moves, claims and events: four statements whatever its size. */
export async function writeMoves(
  tx: Tx,
  hub: string,
  orders: readonly Order[],
  made: readonly NewMove[],
): Promise<void> {
  if (orders.length === 0) return
  const events = made.map(({ order, number, move, after, role, actor, at }) => ({
    ...{ hub, kind: movedEvent, subject: order, actor, at },
    body: { number, move, state: after, role },
  }))
  await Promise.all([
    updateOrders(tx, hub, orders),
    insertMoves(tx, hub, made),
    insertClaims(tx, hub, made),
    appendEvents(tx, events),
  ])
}

async function updateOrders(tx: Tx, hub: string, orders: readonly Order[]): Promise<void> {
  const column = <T>(of: (order: Order) => T): T[] => orders.map(of)
  await sql`
    update orders o
       set state = new.state, moves = new.moves, changed_at = new.changed_at, due_at = new.due_at,
           due_move = new.due_move, facts = new.facts
      from unnest(${column(({ id }) => id)}::uuid[], ${column(({ state }) => state)}::text[],
                  ${column(({ moves }) => moves)}::smallint[],
                  ${column(({ changedAt }) => timestamptz(changedAt))}::timestamptz[],
                  ${column(({ due }) => (due ? timestamptz(due.at) : null))}::timestamptz[],
                  ${column(({ due }) => due?.move ?? null)}::text[],
                  ${column(({ facts }) => JSON.stringify(facts))}::jsonb[])
             as new (order_id, state, moves, changed_at, due_at, due_move, facts)
     where o.home_hub = ${hub} and o.order_id = new.order_id`.execute(tx)
}

async function insertMoves(tx: Tx, hub: string, made: readonly NewMove[]): Promise<void> {
  const column = <T>(of: (move: NewMove) => T): T[] => made.map(of)
  await sql`
    insert into order_moves (home_hub, order_id, number, move, before, after, at, role, actor, facts, entry_id)
    select ${hub}::uuid, * from unnest(${column(({ order }) => order)}::uuid[],
      ${column(({ number }) => number)}::smallint[], ${column(({ move }) => move)}::text[],
      ${column(({ before }) => before)}::text[], ${column(({ after }) => after)}::text[],
      ${column(({ at }) => timestamptz(at))}::timestamptz[], ${column(({ role }) => role)}::text[],
      ${column(({ actor }) => actor ?? null)}::text[], ${column(({ facts }) => JSON.stringify(facts))}::jsonb[],
      ${column(({ entry }) => entry ?? null)}::uuid[])`.execute(tx)
}

/** An order ends once, so its claims are made at once and numbered from 1. */
async function insertClaims(tx: Tx, hub: string, made: readonly NewMove[]): Promise<void> {
  const all = made.flatMap(({ order, at, claims }) =>
    claims.map((claim, index) => ({ ...claim, order, at, number: index + 1 })),
  )
  if (all.length === 0) return
  await sql`
    insert into order_claims (home_hub, order_id, number, kind, debtor, creditor, what, currency, amount_minor, made_at)
    select ${hub}::uuid, * from unnest(${all.map(({ order }) => order)}::uuid[],
      ${all.map(({ number }) => number)}::smallint[], ${all.map(({ kind }) => kind)}::text[],
      ${all.map(({ debtor }) => debtor)}::text[], ${all.map(({ creditor }) => creditor)}::text[],
      ${all.map(({ what }) => what)}::text[], ${all.map(({ currency }) => currency)}::text[],
      ${all.map(({ amount }) => amount)}::bigint[], ${all.map(({ at }) => timestamptz(at))}::timestamptz[])`.execute(
    tx,
  )
}
