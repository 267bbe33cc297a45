// Deadlines: what nobody did in time, the hub does (order.ts says what and when).
import { sql } from 'kysely'
import { uuidv7 } from '../../basis/uuid.ts'
import { settle, timestamptz, type Answer, type Command } from '../../db/index.ts'
import type { MoveName } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { moveCommand, moveOrders, type MoveOrder, type MoveParts } from './move-orders.ts'
import '../schema.ts'

export type DueParts = MoveParts & Pick<OrderParts, 'random'>

/** So many orders are moved in one transaction. */
const most = 100

/**
 * Makes the moves of orders whose deadline has passed, the longest due first, at most 100 a call; tells how many were made,
 * so that 0 says: nothing to do. Several processes may call it at once: a command is known by order and number of the move.
 * An order whose move faults does not stop the others; its fault is thrown after they were moved.
 */
export async function moveDueOrders(parts: DueParts, now: number): Promise<number> {
  const commands = await findDue(parts, now)
  if (commands.length === 0) return 0
  const outcomes = await settle(commands, (batch: readonly Command<MoveOrder>[]) =>
    moveOrders(parts, batch, now),
  )
  const made = outcomes.filter((each) => 'value' in each && isMade(each.value)).length
  const failed = outcomes.find((each) => 'fault' in each)
  if (made === 0 && failed && 'fault' in failed) throw failed.fault
  return made
}

const isMade = (answer: Answer): boolean =>
  answer.answer === 'done' && !answer.again && answer.outcome.status === 201

async function findDue({ db, hub, random }: DueParts, now: number): Promise<Command<MoveOrder>[]> {
  const { rows } = await sql<{ order_id: string; due_move: MoveName; moves: number }>`
    select order_id, due_move, moves from orders
     where due_at <= ${timestamptz(now)} and home_hub = ${hub.id}
     order by due_at limit ${most}`.execute(db.kysely)
  return rows.map(({ order_id, due_move, moves }) =>
    moveCommand(hub.id, `${order_id}/${moves + 1}`, {
      ...{ order: order_id, move: due_move, role: 'hub' },
      entry: uuidv7(now, random),
    }),
  )
}
