// Deadlines: what nobody did in time, the hub does (order.ts says what and when).
import { sql } from 'kysely'
import { uuidv7 } from '../../basis/uuid.ts'
import {
  instantOf,
  settle,
  timestamptz,
  type Answer,
  type Command,
  type Settled,
} from '../../db/index.ts'
import type { MoveName } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { moveCommand, moveOrders, type MoveOrder, type MoveParts } from './move-orders.ts'
import '../schema.ts'

export type DueParts = MoveParts & Pick<OrderParts, 'random'>

/** So many orders are moved in one transaction. */
const most = 100

/**
 * Makes the moves of orders whose deadline has passed, the longest due first, at most 100 a call; tells how many were made,
 * so that 0 says: nothing to do. Several processes may call it at once: a command is known by order, number of the move and
 * deadline.
 * An order whose move faults, or waits for something, stops none of the others: it is looked at again after an hour, and a
 * fault is thrown after the others were moved.
 */
export async function moveDueOrders(parts: DueParts, now: number): Promise<number> {
  const commands = await findDue(parts, now)
  if (commands.length === 0) return 0
  const outcomes = await settle(commands, (batch: readonly Command<MoveOrder>[]) =>
    moveOrders(parts, batch, now),
  )
  const left = commands.filter((_, index) => !hasMoved(outcomes[index]))
  if (left.length > 0) await lookAgain(parts, left, now)
  const failed = outcomes.find((each) => 'fault' in each)
  if (failed && 'fault' in failed) throw failed.fault
  return outcomes.filter(hasMoved).length
}

const hasMoved = (each: Settled<Answer> | undefined): boolean =>
  each !== undefined && 'value' in each && isMade(each.value)

const hour = 60 * 60 * 1000

/** Those that somebody else has moved meanwhile have another deadline, which stays. */
async function lookAgain(
  { db, hub }: DueParts,
  commands: readonly Command<MoveOrder>[],
  now: number,
): Promise<void> {
  const moved = commands.map(({ key }) => key.split('/'))
  await sql`
    update orders o set due_at = ${timestamptz(now + hour)}
      from unnest(${moved.map(([order]) => order)}::uuid[],
                  ${moved.map(([, next]) => Number(next) - 1)}::smallint[]) as seen (order_id, moves)
     where o.home_hub = ${hub.id} and o.order_id = seen.order_id and o.moves = seen.moves
       and o.due_at <= ${timestamptz(now)}`.execute(db.kysely)
}

const isMade = (answer: Answer): boolean =>
  answer.answer === 'done' && !answer.again && answer.outcome.status === 201

async function findDue({ db, hub, random }: DueParts, now: number): Promise<Command<MoveOrder>[]> {
  const { rows } = await sql<{
    order_id: string
    due_move: MoveName
    moves: number
    due_at: string
  }>`
    select order_id, due_move, moves, due_at from orders
     where due_at <= ${timestamptz(now)} and home_hub = ${hub.id}
     order by due_at limit ${most}`.execute(db.kysely)
  return rows.map(({ order_id, due_move, moves, due_at }) =>
    moveCommand(hub.id, `${order_id}/${moves + 1}/${instantOf(due_at)}`, {
      ...{ order: order_id, move: due_move, role: 'hub' },
      entry: uuidv7(now, random),
    }),
  )
}
