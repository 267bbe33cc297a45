// What one move does to an order, its money, stock and allowances, in memory: pure. It applies whole or refuses.
import { cleanLine, cleanText, cutText } from '../../basis/clean-text.ts'
import type { Journal } from '../../basis/journal.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { putBack, type StockDraft } from '../../catalogue/index.ts'
import { giveFromEscrow, legsOf, voidHold, type LedgerDraft } from '../../ledger/index.ts'
import { giveBackAllowance, type AllowanceDraft } from '../../zones/index.ts'
import { allowanceOf, stockOf } from '../checkout/decide-order.ts'
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
  type Role,
} from '../order.ts'
import type { MadeMove } from '../find-orders.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import type { MoveOrder } from './move-orders.ts'
import { inOwnMoney, type RateOfDay, type RatesUsed } from './own-money.ts'
import { splitLegs, type Ending, type NewClaim, type Outcome, type Share } from './split-legs.ts'

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

/** What a move does to the money of the order; those not named here do nothing to it. */
export const outcomes: Readonly<Partial<Record<MoveName, Outcome>>> = {
  ...{ cancel: 'cancel', withdraw: 'cancel', expire: 'cancel' },
  ...{ release: 'release', refuse: 'refuse', deliver: 'deliver', lose: 'lose', return: 'return' },
  ...{ close: 'close', drop: 'close', agree: 'return', settle: 'settle', refund: 'refund' },
}

/** Orders that came to nothing before they were on their way: the pieces go back on the shelf. */
export const goodsStayed = (move: MoveName): boolean => outcomes[move] === 'cancel'

/**
 * Refused, in this order: `no-such-order`, `role-not-lawful`, `move-not-lawful` (the facts name the state; the hub may only do
 * what is due), `blocked`, `fault-not-lawful` (a carrier says whose fault but its own a loss was), `fault-missing`,
 * `refund-missing`, `refund-not-valid` (facts: what is left of the goods in minor units), `too-many-refunds`,
 * `refund-too-small` (less than a hundredth of the goods and not the rest), and `party-blocked` where money would go to who
 * may not have it: it stays in escrow.
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
  const { by, to }: Move = moves[move]
  const said =
    move === 'agree'
      ? agreed(command, order)
      : move === 'settle' && role === 'hub'
        ? unanswered(state, command)
        : onlyNeeded(command)
  if (!by.includes(role)) return refused('role-not-lawful', { move, role })
  const waits = role === 'hub' && (order.due?.move !== move || order.due.at > now)
  // How an order of another hub's goods is confirmed comes with the protocol of the hubs.
  if (!isLawfulFrom(move, order) || waits || move === 'confirm')
    return refused('move-not-lawful', { state: order.state, move })
  if (isBlocked(state, order, role) && !mayStill.has(move)) return refused('blocked', { move })
  const missing = missingFact(state, said, order)
  if (missing) return missing
  return state.journal.attempt(() => {
    const isSaid = saysOfOthers(move, role, said.fault)
    const given = isSaid ? nothing : giveMoney(state, order, said, actor, now)
    if (isRefused(given)) return given
    if (outcomes[move] !== undefined) giveBackGoods(state, order, move)
    const { rates } = given
    const refunds = move === 'refund' ? { refunds: (order.facts.refunds ?? 0) + 1 } : {}
    const facts = factsOf(said)
    const after = isSaid ? 'disputed' : (to ?? order.state)
    const next: Order = {
      ...order,
      state: after,
      moves: order.moves + 1,
      changedAt: now,
      due: to === undefined ? order.due : isSaid ? undefined : dueAfter(after, now),
      facts: { ...order.facts, ...facts, ...refunds },
    }
    state.journal.put(state.orders, order.id, next)
    state.journal.append(state.made, {
      ...{ order: order.id, number: next.moves, move, before: order.state, after, at: now, role },
      actor: role === 'hub' ? undefined : actor,
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

/** What protects the other side, or ends an order to its good, is left to who may not trade any more. */
const mayStill: ReadonlySet<MoveName> = new Set(['cancel', 'refund', 'deliver', 'close', 'drop'])

/** Whether screening has blocked the side that makes a move: the person, or the business that buys or sells. */
function isBlocked({ blocked }: MoveState, { buyer, seller }: Order, role: Role): boolean {
  if (role === 'seller') return blocked.has(seller.id)
  return role === 'buyer' && (blocked.has(buyer.id) || blocked.has(holderId(buyer.account)))
}

/** Of `wallet:business:0199…:MYR`; empty for the hub's own accounts. */
const holderId = (account: string): string => /^wallet:\w+:([^:]+):/.exec(account)?.[1] ?? ''

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

type Given = {
  readonly entry: string | undefined
  readonly claims: readonly NewClaim[]
  readonly rates: RatesUsed | undefined
}

const nothing: Given = { entry: undefined, claims: [], rates: undefined }

function giveMoney(
  { ledger, quotes, blocked, rateOfDay }: MoveState,
  order: Order,
  command: MoveOrder,
  actor: string,
  now: number,
): Given | Refused {
  const outcome = outcomes[command.move]
  if (!outcome) return nothing
  if (order.state === 'requested') {
    const ended = order.hold === undefined ? undefined : voidHold(ledger, order.hold, now)
    return isRefused(ended) ? ended : nothing
  }
  const quote = quoteOf(quotes, order)
  const { legs, rates } = inOwnMoney(legsOf(ledger, order.id), quote, now, rateOfDay)
  const ending: Ending = {
    outcome,
    incoterm: quote.lane.dutyPaid ? 'DDP' : 'DAP',
    // Nobody said whose fault a loss was: it was in the carrier's hands.
    fault: command.fault ?? (outcome === 'lose' ? 'carrier' : undefined),
    refund: command.refund,
  }
  const { shares, claims } = splitLegs(ending, legs)
  if (shares.some(({ to }) => blocked.has(holderId(to)))) return refused('party-blocked')
  if (shares.length > 0) {
    const head = { id: command.entry, kind: entryKind(shares), at: now }
    const given = giveFromEscrow(
      ledger,
      command.role === 'hub' ? head : { ...head, actor },
      order.id,
      shares,
    )
    if (isRefused(given)) return given
  }
  assertEmptyAtEnd(ledger, order, command.move)
  const other = shares.some(({ as }) => as !== undefined)
  return {
    entry: shares.length > 0 ? command.entry : undefined,
    claims,
    rates: other ? rates : undefined,
  }
}

/** What the entry was, on the statements of those who get of it. */
const entryKind = (shares: readonly Share[]): 'refund' | 'release' | 'share-out' => {
  const back = shares.filter(({ why }) => why === 'back').length
  if (back === shares.length) return 'refund'
  return back === 0 ? 'release' : 'share-out'
}

function assertEmptyAtEnd(ledger: LedgerDraft, order: Order, move: MoveName): void {
  const { to }: Move = moves[move]
  if (to === undefined || !endStates.includes(to)) return
  const left = legsOf(ledger, order.id).find((leg) => leg.left !== 0n)
  if (left) throw new RangeError(`${left.left} ${left.leg} of order ${order.id} stay in escrow`)
}

/** Pieces to the shelf, and to the buyer's allowance what was never imported. */
function giveBackGoods(
  { hub, quotes, stock, allowances }: MoveState,
  order: Order,
  move: MoveName,
): void {
  const neverReleased = order.state === 'handed-over' || order.state === 'at-border'
  const notImported = move === 'refuse' || (move === 'lose' && neverReleased)
  if (!goodsStayed(move) && !notImported) return
  const quote = quoteOf(quotes, order)
  if (goodsStayed(move)) putBack(stock, stockOf(hub, quote))
  const used = allowanceOf(quote)
  if (used && quote.allowance) giveBackAllowance(allowances, used, BigInt(quote.allowance.amount))
}

export function quoteOf(quotes: ReadonlyMap<string, QuoteBody>, { id, quote }: Order): QuoteBody {
  const found = quotes.get(quote)
  if (!found) throw new RangeError(`order ${id} has no quote`)
  return found
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
