// What one move does to an order, its money, stock and allowances, in memory: pure. It applies whole or refuses.
import { cleanLine, cleanText, cutText } from '../../basis/clean-text.ts'
import type { Journal } from '../../basis/journal.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import type { StockDraft } from '../../catalogue/index.ts'
import { legsOf, type LedgerDraft } from '../../ledger/index.ts'
import type { AllowanceDraft } from '../../zones/index.ts'
import {
  dueAfter,
  endStates,
  isLawfulFrom,
  mostRefunds,
  moves,
  saidFault,
  saysOfOthers,
  type Move,
  type MoveName,
  type Order,
  type OrderFacts,
  type OrderState,
  type Role,
} from '../order.ts'
import type { MadeMove } from '../find-orders.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { giveBackGoods, giveMoney, holderId, nothing, refundHere } from './give-money.ts'
import type { MoveOrder, ToldMove } from './move-orders.ts'
import type { RateOfDay } from './own-money.ts'
import type { NewClaim } from './split-legs.ts'

export type MoveState = {
  readonly journal: Journal
  readonly hub: string
  readonly orders: Map<string, Order>
  /** By id; those of orders whose money or goods may move. */
  readonly quotes: ReadonlyMap<string, QuoteBody>
  /** Ids of people and businesses of these orders that may not trade here. */
  readonly blocked: ReadonlySet<string>
  readonly stock: StockDraft
  readonly allowances: AllowanceDraft
  readonly ledger: LedgerDraft
  readonly rateOfDay: RateOfDay
  /** What the batch has moved so far. */
  readonly made: NewMove[]
}

export type NewMove = MadeMove & { readonly order: string; readonly claims: readonly NewClaim[] }

/**
 * Refused, in this order: `no-such-order`, `role-not-lawful`, `move-not-lawful` (the facts name the state; the hub may only do
 * what is due), `blocked`, `fault-not-lawful` (a carrier says whose fault but its own a loss was), `fault-missing`,
 * `refund-missing`, `refund-not-valid` (facts: what is left of the goods in minor units), `too-many-refunds`,
 * `refund-too-small` (less than a hundredth of the goods and not the rest), and `party-blocked` where money would go to who
 * may not have it: it stays in escrow. `decided-elsewhere`, first of all: an order that another hub's buyer made moves there.
 */
export function decideMove(
  state: MoveState,
  command: MoveOrder,
  actor: string,
  now: number,
): Order | Refused {
  const { move, role } = command
  const order = state.orders.get(command.order)
  if (!order) return refused('no-such-order')
  if (command.told) return followMove(state, order, command, command.told, now)
  if (order.buyer.hub !== state.hub && !isOwnMatter.has(move))
    return refused('decided-elsewhere', { hub: order.buyer.hub })
  const { by, to }: Move = moves[move]
  const said =
    move === 'agree'
      ? agreed(command, order)
      : move === 'settle' && role === 'hub'
        ? unanswered(state, command)
        : onlyNeeded(command)
  if (!by.includes(role)) return refused('role-not-lawful', { move, role })
  const waits = role === 'hub' && (order.due?.move !== move || order.due.at > now)
  if (!isLawfulFrom(move, order) || waits)
    return refused('move-not-lawful', { state: order.state, move })
  if (isBlocked(state, order, role) && !mayStill.has(move)) return refused('blocked', { move })
  const missing = missingFact(state, said, order)
  if (missing) return missing
  const isSaid = saysOfOthers(move, role, said.fault)
  const after = isSaid ? 'disputed' : (to ?? order.state)
  // What moves on an order of another hub's buyer has its deadline there.
  const due =
    to === undefined ? order.due : isSaid || move === 'commit' ? undefined : dueAfter(after, now)
  const refunds = move === 'refund' ? { refunds: (order.facts.refunds ?? 0) + 1 } : {}
  const who = role === 'hub' ? undefined : actor
  return makeMove(state, order, said, { after, due, role, actor: who, at: now, noted: refunds })
}

/** What a move is made into: where the order stands then, and what stands in its history. */
type Making = {
  readonly after: OrderState
  readonly due: Order['due']
  readonly role: Role
  readonly actor: string | undefined
  readonly at: number
  /** Facts for the order alone. */
  readonly noted: OrderFacts
}

function makeMove(
  state: MoveState,
  order: Order,
  said: MoveOrder,
  { after, due, role, actor, at, noted }: Making,
): Order | Refused {
  const { move } = said
  return state.journal.attempt(() => {
    const isSaid = move === 'return' && after === 'disputed'
    const given = isSaid ? nothing : giveMoney(state, order, said, actor, at)
    if (isRefused(given)) return given
    if (!isSaid) giveBackGoods(state, order, move)
    const { rates } = given
    const facts = factsOf(said)
    const next: Order = {
      ...order,
      state: after,
      moves: order.moves + 1,
      changedAt: at,
      due,
      facts: { ...order.facts, ...facts, ...noted },
    }
    state.journal.put(state.orders, order.id, next)
    state.journal.append(state.made, {
      ...{ order: order.id, number: next.moves, move, before: order.state, after, at, role, actor },
      facts: {
        ...facts,
        ...(said.refund === undefined ? {} : { refund: String(said.refund) }),
        ...(rates === undefined ? {} : { rates }),
      },
      ...{ entry: given.entry, claims: given.claims },
    })
    return next
  })
}

/** What the seller's hub does by itself to an order of another hub's buyer: the rest is decided there. */
const isOwnMatter: ReadonlySet<MoveName> = new Set(['commit', 'lapse'])

/** How an order began there is no move of the seller's hub. */
const beginning: ReadonlySet<MoveName> = new Set(['confirm', 'acknowledge'])

/**
 * A move that the buyer's hub has decided, made here too: once, and in the order of their numbers there. What it gave back of
 * the goods is given back here in the seller's money, so that both have paid the seller the same to the last minor unit.
 */
function followMove(
  state: MoveState,
  order: Order,
  command: MoveOrder,
  told: ToldMove,
  now: number,
): Order | Refused {
  const followed = order.facts.followed ?? 0
  if (told.number <= followed) return order
  if (told.number > followed + 1) return refused('move-missing', { after: followed })
  const noted = { followed: told.number }
  if (beginning.has(command.move) || endStates.includes(order.state)) {
    const next = { ...order, facts: { ...order.facts, ...noted } }
    state.journal.put(state.orders, order.id, next)
    return next
  }
  const { role, actor, after } = told
  const making = { after, due: undefined, role, actor, at: now }
  if (command.refund === undefined) return makeMove(state, order, command, { ...making, noted })
  const { back, refunded } = refundHere(state, order, command.refund)
  return makeMove(
    state,
    order,
    { ...command, refund: back },
    { ...making, noted: { ...noted, refunded: String(refunded) } },
  )
}

/** What protects the other side, or ends an order to its good, is left to who may not trade any more. */
const mayStill: ReadonlySet<MoveName> = new Set(['cancel', 'refund', 'deliver', 'close', 'drop'])

/** Whether screening has blocked the side that makes a move: the person, or the business that buys or sells. */
function isBlocked({ blocked }: MoveState, { buyer, seller }: Order, role: Role): boolean {
  if (role === 'seller') return blocked.has(seller.id)
  return role === 'buyer' && (blocked.has(buyer.id) || blocked.has(holderId(buyer.account)))
}

const needFault: readonly MoveName[] = ['refuse', 'return', 'settle']
const needRefund: readonly MoveName[] = ['settle', 'refund']

/** What else was said has no part in this move, and is not kept. */
const onlyNeeded = ({ fault, refund, ...command }: MoveOrder): MoveOrder => ({
  ...command,
  ...(needFault.includes(command.move) || command.move === 'lose' ? { fault } : {}),
  ...(needRefund.includes(command.move) ? { refund } : {}),
})

/** The fault that was said is the one that is agreed to. */
const agreed = (command: MoveOrder, order: Order): MoveOrder => ({
  ...command,
  fault: saidFault(order),
  refund: undefined,
})

/** Who says nothing to a complaint is taken to be at fault: the buyer gets back what is left of the goods. */
const unanswered = ({ ledger }: MoveState, command: MoveOrder): MoveOrder => ({
  ...command,
  fault: 'seller',
  refund: legsOf(ledger, command.order).find(({ leg }) => leg === 'goods')?.left ?? 0n,
})

function missingFact(
  { ledger }: MoveState,
  command: MoveOrder,
  { id, facts }: Order,
): Refused | undefined {
  const { move, role, fault, refund } = command
  // A carrier who lost goods speaks for nobody else.
  if (move === 'lose' && role === 'carrier' && fault !== undefined && fault !== 'carrier')
    return refused('fault-not-lawful', { move })
  if (needFault.includes(move) && fault === undefined) return refused('fault-missing', { move })
  if (!needRefund.includes(move)) return undefined
  if (refund === undefined) return refused('refund-missing', { move })
  const { amount = 0n, left = 0n } = legsOf(ledger, id).find(({ leg }) => leg === 'goods') ?? {}
  const isPart = move === 'refund'
  if (refund < (isPart ? 1n : 0n) || refund > left)
    return refused('refund-not-valid', { left: String(left) })
  if (!isPart) return undefined
  if ((facts.refunds ?? 0) >= mostRefunds) return refused('too-many-refunds', { most: mostRefunds })
  const least = (amount + 99n) / 100n
  return refund < least && refund < left
    ? refused('refund-too-small', { least: String(least) })
    : undefined
}

const mostWords = 1000

function factsOf({ consignment, fault, reason }: MoveOrder): OrderFacts {
  const number = cutText(cleanLine(consignment ?? ''), 100)
  const why = cutText(cleanText(reason ?? ''), mostWords)
  return {
    ...(number === '' ? {} : { consignment: number }),
    ...(fault === undefined ? {} : { fault }),
    ...(why === '' ? {} : { reason: why }),
  }
}
