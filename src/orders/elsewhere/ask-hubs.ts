// The buyer's hub asks other hubs for the goods of its orders. What is still to be asked follows from where an order stands,
// so nothing has to be remembered: after any stop the same is asked again, and nothing is done twice.
import { sql } from 'kysely'
import { uuidv7 } from '../../basis/uuid.ts'
import { timestamptz, type Answer } from '../../db/index.ts'
import { findOrder } from '../find-orders.ts'
import { moveCommand, moveOrders, type MoveOrder, type MoveParts } from '../life/move-orders.ts'
import { requestHolds, type MoveName, type Order } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findSignedQuote } from '../quotes/find-quotes.ts'
import { jwsOf } from '../quotes/sign-quote.ts'
import type { OtherHub, StandingThere } from './other-hub.ts'

export type AskParts = MoveParts & Pick<OrderParts, 'now' | 'random' | 'otherHub'>

export type Asked = {
  /** Orders that were moved on, and claims that were dropped. */
  readonly moved: number
  /** Hubs that did not answer. */
  readonly silent: ReadonlySet<string>
}

/** So many orders in one round. */
const most = 200

/**
 * Asks for everything that waits for another hub, the longest waiting first, at most 200 orders a call. A hub that does not
 * answer is asked nothing more in this round.
 */
export async function askOtherHubs(parts: AskParts): Promise<Asked> {
  const silent = new Set<string>()
  let moved = 0
  const waiting = [...(await findWaiting(parts)), ...(await findClaimed(parts))]
  for (const { order_id, seller_hub } of waiting) {
    const hub = silent.has(seller_hub) ? undefined : parts.otherHub?.(seller_hub)
    if (!hub) continue
    try {
      if (await askFor(parts, hub, order_id)) moved += 1
    } catch {
      silent.add(seller_hub)
    }
  }
  return { moved, silent }
}

type Waiting = { readonly order_id: string; readonly seller_hub: string }

async function findWaiting({ db, hub }: AskParts): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select order_id, seller_hub from orders
     where home_hub = ${hub.id} and seller_hub <> home_hub and state in ('requested', 'confirming')
     order by changed_at limit ${most}`.execute(db.kysely)
  return rows
}

/** Orders that were given up while nothing was known of the other hub: it may owe what it was to be paid, or nothing. */
async function findClaimed({ db, hub }: AskParts): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select o.order_id, o.seller_hub from order_claims c join orders o using (home_hub, order_id)
     where c.home_hub = ${hub.id} and c.debtor = 'peer' and c.paid_at is null and c.dropped_at is null
     order by c.made_at limit ${most}`.execute(db.kysely)
  return rows
}

/** Tells whether anything came of it. */
async function askFor(parts: AskParts, hub: OtherHub, id: string): Promise<boolean> {
  const order = await findOrder(parts.db.kysely, parts.hub.id, id)
  if (order?.state === 'requested') return request(parts, hub, order)
  if (order?.state === 'confirming') return confirm(parts, hub, order)
  if (order?.state !== 'cancelled') return false
  const there = await hub.standingOf(id)
  return isNothing(there) && dropClaim(parts, order)
}

const isNothing = (there: StandingThere): boolean => there === 'expired' || there === 'unknown'

async function request(parts: AskParts, hub: OtherHub, order: Order): Promise<boolean> {
  const quote = await findSignedQuote(parts.db.kysely, parts.hub.id, order.quote)
  if (!quote) throw new Error(`order ${order.id} has no quote`)
  const { id, shipTo } = order
  const answer = await hub.reserve({
    order: id,
    quote: jwsOf(quote),
    shipTo,
    holdFor: requestHolds,
  })
  if ('refused' in answer) return isMade(await move(parts, order, 'decline', answer.refused))
  if (answer.standing !== 'reserved') return isMade(await move(parts, order, 'decline', 'expired'))
  // From here on it is decided, and stands in the books before the other hub hears of it.
  const decided = isMade(await move(parts, order, 'confirm'))
  return decided && confirm(parts, hub, { ...order, moves: order.moves + 1 })
}

async function confirm(parts: AskParts, hub: OtherHub, order: Order): Promise<boolean> {
  const there = await hub.confirm(order.id)
  if (there === 'confirmed') return isMade(await move(parts, order, 'acknowledge'))
  return isNothing(there) && isMade(await move(parts, order, 'decline', 'expired'))
}

/** A move on the word of the other hub; one that somebody else has made meanwhile is none. */
async function move(
  parts: AskParts,
  { id, moves, seller }: Order,
  name: MoveName,
  reason?: string,
): Promise<Answer | undefined> {
  const now = parts.now()
  const body: MoveOrder = {
    ...{ order: id, move: name, role: 'peer', entry: uuidv7(now, parts.random) },
    ...(reason === undefined ? {} : { reason }),
  }
  const [answer] = await moveOrders(
    parts,
    [moveCommand(seller.hub, `${id}/${moves + 1}/${name}`, body)],
    now,
  )
  return answer
}

const isMade = (answer: Answer | undefined): boolean =>
  answer?.answer === 'done' && answer.outcome.status === 201

/** The goods never left that hub's shelf: nothing is owed. */
async function dropClaim({ db, hub, now }: AskParts, { id }: Order): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update order_claims set dropped_at = ${timestamptz(now())}
     where home_hub = ${hub.id} and order_id = ${id} and debtor = 'peer' and paid_at is null and dropped_at is null`.execute(
    db.kysely,
  )
  return numAffectedRows > 0n
}
