// What this hub answers another one about orders that are both's. Over the network it is the federation that asks; two hubs in
// one process ask each other directly. A hub is told only of its own orders.
import { sql } from 'kysely'
import { uuidv7 } from '../../basis/uuid.ts'
import type { Answer } from '../../db/index.ts'
import { findMoves, findOrder, type MadeMove } from '../find-orders.ts'
import { moveCommand, moveOrders, type MoveParts } from '../life/move-orders.ts'
import { moves, type Move, type Order } from '../order.ts'
import type { MoveThere, OtherHub, Proposal, StandingThere } from './other-hub.ts'
import { putAside, standingOf, type PutAsideParts } from './put-aside.ts'
import type { Peer } from './read-quote.ts'

export type AnswerParts = PutAsideParts & MoveParts

/** This hub as the other one sees it. */
export const asOtherHub = (parts: AnswerParts, peer: Peer): OtherHub => ({
  reserve: (asked) => putAside(parts, peer, asked),
  confirm: (order) => commit(parts, peer, order),
  standingOf: async (order) => standing(await soldTo(parts, peer, order)),
  movesAfter: (orders) => movesAfter(parts, peer, orders),
  propose: (proposal) => moveForSeller(parts, peer, proposal),
})

const standing = (order: Order | undefined): StandingThere =>
  order ? standingOf(order) : 'unknown'

/** An order of the other hub's buyer for goods of this one. */
async function soldTo(
  { db, hub }: AnswerParts,
  peer: Peer,
  id: string,
): Promise<Order | undefined> {
  const order = await findOrder(db.kysely, hub.id, id)
  return order?.buyer.hub === peer.id && order.seller.hub === hub.id ? order : undefined
}

/** An order of this hub's buyer for goods of the other one. */
async function boughtOf(
  { db, hub }: AnswerParts,
  peer: Peer,
  id: string,
): Promise<Order | undefined> {
  const order = await findOrder(db.kysely, hub.id, id)
  return order?.seller.hub === peer.id && order.buyer.hub === hub.id ? order : undefined
}

/** Whatever becomes of the move, where the order stands after it is the answer. */
async function commit(parts: AnswerParts, peer: Peer, id: string): Promise<StandingThere> {
  const order = await soldTo(parts, peer, id)
  if (order?.state !== 'reserved') return standing(order)
  const now = parts.now()
  const entry = uuidv7(now, parts.random)
  await moveOrders(
    parts,
    [moveCommand(peer.id, `${id}/commit`, { order: id, move: 'commit', role: 'peer', entry })],
    now,
  )
  return standing(await soldTo(parts, peer, id))
}

/** No more than a batch: the rest is asked for again. */
const mostOrders = 500

async function movesAfter(
  parts: AnswerParts,
  peer: Peer,
  asked: Readonly<Record<string, number>>,
): Promise<Record<string, MoveThere[]>> {
  const { db, hub } = parts
  const ids = Object.keys(asked).slice(0, mostOrders)
  const { rows } = await sql<{ order_id: string; moves: number }>`
    select order_id, moves from orders
     where home_hub = ${hub.id} and order_id = any(${ids}::uuid[])
       and buyer_hub = ${hub.id} and seller_hub = ${peer.id}`.execute(db.kysely)
  const told: Record<string, MoveThere[]> = {}
  for (const { order_id, moves: made } of rows) {
    const after = asked[order_id] ?? 0
    if (made <= after) continue
    const all = await findMoves(db.kysely, hub.id, order_id)
    told[order_id] = all.filter(({ number }) => number > after).map(thereOf)
  }
  return told
}

const thereOf = ({ number, move, role, after, actor, facts }: MadeMove): MoveThere => ({
  ...{ number, move, role, after, actor },
  // Only what a move may say: rates and the like are this hub's own matter.
  ...(Object.fromEntries(
    Object.entries(facts).filter(([name]) => tellable.has(name)),
  ) as Partial<MoveThere>),
})

const tellable = new Set(['consignment', 'reason', 'fault', 'refund'])

async function moveForSeller(
  parts: AnswerParts,
  peer: Peer,
  { order: id, key, move, refund, ...said }: Proposal,
): Promise<{ status: number; body: string }> {
  const order = await boughtOf(parts, peer, id)
  const no = (status: number, code: string) => ({ status, body: JSON.stringify({ status, code }) })
  if (!order) return no(404, 'no-such-order')
  const { by }: Move = moves[move]
  if (!by.includes('seller')) return no(403, 'role-not-lawful')
  const now = parts.now()
  const [answer] = await moveOrders(
    parts,
    [
      moveCommand(peer.id, key, {
        ...{ order: id, move, role: 'seller', entry: uuidv7(now, parts.random) },
        ...said,
        ...(refund === undefined ? {} : { refund: BigInt(refund) }),
      }),
    ],
    now,
  )
  return outcomeOf(answer) ?? no(409, 'at-work')
}

const outcomeOf = (answer: Answer | undefined) =>
  answer?.answer === 'done' ? answer.outcome : undefined
