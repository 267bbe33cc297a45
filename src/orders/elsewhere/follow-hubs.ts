// The seller's hub follows what the buyer's has decided: it makes the same moves, in their order, in its own books. What the
// seller does is asked for there first, so the two can never disagree.
import { sql } from 'kysely'
import { roundQuotient } from '../../basis/rounding.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import type { Answer } from '../../db/index.ts'
import { moveCommand, moveOrders, type MoveOrder, type MoveParts } from '../life/move-orders.ts'
import { endStates, type Order } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findQuote } from '../quotes/find-quotes.ts'
import type { MoveThere, OtherHub } from './other-hub.ts'

export type FollowParts = MoveParts & Pick<OrderParts, 'now' | 'random' | 'otherHub'>

/** So many orders are asked for at once. */
const most = 500

/**
 * Asks the buyers' hubs what has become of open orders, and does the same here. Tells how many moves were made; a hub that
 * does not answer holds up none of the others.
 */
export async function followOtherHubs(parts: FollowParts): Promise<number> {
  let made = 0
  for (const [id, orders] of await findOpen(parts)) {
    const hub = parts.otherHub?.(id)
    const told = await hub?.movesAfter(orders).catch(() => undefined)
    for (const [order, moves] of Object.entries(told ?? {}))
      made += await followMoves(parts, id, order, moves)
  }
  return made
}

/** By hub: the orders, and the last move of each that was followed. */
async function findOpen({ db, hub }: FollowParts): Promise<Map<string, Record<string, number>>> {
  const { rows } = await sql<{ buyer_hub: string; order_id: string; followed: number }>`
    select buyer_hub, order_id, coalesce((facts ->> 'followed')::int, 0) as followed from orders
     where home_hub = ${hub.id} and buyer_hub <> home_hub and state <> all(${[...endStates]}::text[])
     order by changed_at limit ${most}`.execute(db.kysely)
  const byHub = new Map<string, Record<string, number>>()
  for (const { buyer_hub, order_id, followed } of rows)
    byHub.set(buyer_hub, { ...byHub.get(buyer_hub), [order_id]: followed })
  return byHub
}

/** One after the other; one that cannot be made yet, as its seller is blocked here, holds up those behind it. */
async function followMoves(
  parts: FollowParts,
  hub: string,
  order: string,
  moves: readonly MoveThere[],
): Promise<number> {
  let made = 0
  for (const told of moves) {
    const now = parts.now()
    const { number, role, actor, after, move, consignment, reason, fault, refund } = told
    const body: MoveOrder = {
      ...{ order, move, role: 'peer', entry: uuidv7(now, parts.random) },
      ...{ consignment, reason, fault, refund: refund === undefined ? undefined : BigInt(refund) },
      told: { number, role, actor, after },
    }
    // What is refused now may be possible in an hour: it is another command then.
    const key = `${order}/told/${number}/${Math.floor(now / hour)}`
    const [answer] = await moveOrders(parts, [moveCommand(hub, key, body)], now)
    if (answer?.answer !== 'done' || answer.outcome.status !== 201) break
    made += 1
  }
  return made
}

const hour = 60 * 60 * 1000

/**
 * Asks the buyer's hub to make a move of the seller, and makes it here when it has. The answer is that hub's; 503
 * `other-hub-silent` when it cannot be reached, and then nothing is known: sent again under the same key it is made once.
 */
export async function proposeMove(
  parts: FollowParts,
  order: Order,
  { actor, key, body }: { readonly actor: string; readonly key: string; readonly body: MoveOrder },
): Promise<Answer> {
  const hub = parts.otherHub?.(order.buyer.hub)
  const { move, consignment, reason, fault, refund } = body
  try {
    if (!hub) throw new Error('no such hub')
    const outcome = await hub.propose({
      ...{ order: order.id, key: `${actor}/${key}`, move, consignment, reason, fault },
      ...(refund === undefined ? {} : { refund: String(await refundThere(parts, order, refund)) }),
    })
    await catchUp(parts, hub, order)
    return { answer: 'done', outcome, again: false }
  } catch {
    const [status, code] = [503, 'other-hub-silent']
    return {
      answer: 'done',
      outcome: { status, body: JSON.stringify({ status, code }) },
      again: false,
    }
  }
}

async function catchUp(
  parts: FollowParts,
  hub: OtherHub,
  { id, buyer, facts }: Order,
): Promise<void> {
  const told = await hub.movesAfter({ [id]: facts.followed ?? 0 })
  await followMoves(parts, buyer.hub, id, told[id] ?? [])
}

/** What the seller gives back in their own money, in the buyer's: the same part of the price. */
async function refundThere(
  { db, hub }: FollowParts,
  { quote: id, total }: Order,
  refund: bigint,
): Promise<bigint> {
  const quote = await findQuote(db.kysely, hub.id, id)
  const goods = BigInt(quote?.body.legs.find(({ leg }) => leg === 'goods')?.amount ?? 0)
  return roundQuotient(goods * refund, total, 'half-up')
}
