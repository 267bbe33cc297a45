// What a move does to the money, the goods and the allowances of an order, in memory: pure.
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { roundQuotient } from '../../basis/rounding.ts'
import { putBack } from '../../catalogue/index.ts'
import {
  currencyOf,
  giveFromEscrow,
  legsOf,
  putHeldInEscrow,
  putInEscrow,
  voidHold,
  walletAccount,
  type LedgerDraft,
  type NewLeg,
} from '../../ledger/index.ts'
import { giveBackAllowance } from '../../zones/index.ts'
import { allowanceOf, stockOf } from '../checkout/decide-order.ts'
import { endStates, moves, type Move, type MoveName, type Order } from '../order.ts'
import type { QuoteBody, QuoteLeg } from '../quotes/quote.ts'
import type { MoveState } from './decide-move.ts'
import type { MoveOrder } from './move-orders.ts'
import { inOwnMoney, type RatesUsed } from './own-money.ts'
import { splitLegs, type Ending, type NewClaim, type Outcome, type Share } from './split-legs.ts'

/** What a move does to the money of the order; those not named here do nothing to it. */
export const outcomes: Readonly<Partial<Record<MoveName, Outcome | 'begin'>>> = {
  ...{ confirm: 'begin', commit: 'begin' },
  ...{ cancel: 'cancel', withdraw: 'cancel', expire: 'cancel', decline: 'cancel' },
  ...{ 'give-up': 'cancel', lapse: 'cancel' },
  ...{ release: 'release', refuse: 'refuse', deliver: 'deliver', lose: 'lose', return: 'return' },
  ...{ close: 'close', drop: 'close', agree: 'return', settle: 'settle', refund: 'refund' },
}

/** Orders that came to nothing before they were on their way: the pieces go back on the shelf. */
export const goodsStayed = (move: MoveName): boolean => outcomes[move] === 'cancel'

/** Of `wallet:business:0199…:MYR`; empty for the hub's own accounts. */
export const holderId = (account: string): string => /^wallet:\w+:([^:]+):/.exec(account)?.[1] ?? ''

type Given = {
  readonly entry: string | undefined
  readonly claims: readonly NewClaim[]
  readonly rates: RatesUsed | undefined
}

export const nothing: Given = { entry: undefined, claims: [], rates: undefined }

/** Refused: `party-blocked`, and what the books refuse. */
export function giveMoney(
  { ledger, quotes, blocked, rateOfDay }: MoveState,
  order: Order,
  command: MoveOrder,
  actor: string | undefined,
  now: number,
): Given | Refused {
  const outcome = outcomes[command.move]
  if (!outcome || (order.state === 'reserved' && outcome === 'cancel')) return nothing
  const quote = quoteOf(quotes, order)
  if (outcome === 'begin') return beginEscrow(ledger, order, quote, command.entry, now)
  if (order.state === 'requested') {
    const ended = order.hold === undefined ? undefined : voidHold(ledger, order.hold, now)
    return isRefused(ended) ? ended : nothing
  }
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
    const isByHub = command.role === 'hub' || command.role === 'peer' || actor === undefined
    const given = giveFromEscrow(ledger, isByHub ? head : { ...head, actor }, order.id, shares)
    if (isRefused(given)) return given
  }
  assertEmptyAtEnd(ledger, order, command.move)
  const other = shares.some(({ as }) => as !== undefined)
  return {
    entry: shares.length > 0 ? command.entry : undefined,
    claims: command.move === 'give-up' ? claimOnPeer(quote) : claims,
    rates: other ? rates : undefined,
  }
}

/**
 * Money comes into escrow when two hubs agree: on the buyer's, what was held, leg by leg; on the seller's, what the buyer's
 * hub owes for the goods, for whom that hub is the buyer.
 */
function beginEscrow(
  ledger: LedgerDraft,
  { id, hold, buyer, seller, currency, total }: Order,
  { legs }: QuoteBody,
  entry: string,
  now: number,
): Given | Refused {
  const [head, order] = [
    { id: entry, kind: 'escrow', at: now },
    { id, payer: buyer.account, currency },
  ]
  const goods: NewLeg = {
    ...{ leg: 'goods', amount: total },
    beneficiary: walletAccount({ kind: 'business', id: seller.id }, currency),
  }
  const begun =
    hold === undefined
      ? putInEscrow(ledger, head, order, [goods])
      : putHeldInEscrow(ledger, head, order, newLegs(legs), hold)
  return isRefused(begun) ? begun : { ...nothing, entry }
}

export const newLegs = (legs: readonly QuoteLeg[]): NewLeg[] =>
  legs.map(({ leg, amount, to }) => ({ leg, amount: BigInt(amount), beneficiary: to }))

/** The other hub said nothing: it may have put the money for the goods in its own books, and then owes it. */
const claimOnPeer = (quote: QuoteBody): NewClaim[] => {
  const { amount, currency } = owedForGoods(quote)
  return [{ kind: 'owed', debtor: 'peer', creditor: 'hub', what: 'goods', currency, amount }]
}

/** What the seller's hub gets for the goods, in minor units of their currency. */
export function owedForGoods({ id, legs }: QuoteBody): { amount: bigint; currency: string } {
  const goods = legs.find(({ leg }) => leg === 'goods')
  if (!goods) throw new RangeError(`quote ${id} pays for no goods`)
  return { amount: BigInt(goods.as ?? goods.amount), currency: currencyOf(goods.to) }
}

/**
 * What the seller's hub gives back of its escrow when the buyer's gives back so much more of its own: as there, the seller
 * gets the whole in their money less what all that was given back is worth, rounded up (split-legs.ts).
 */
export function refundHere(
  { ledger, quotes }: MoveState,
  order: Order,
  there: bigint,
): { readonly back: bigint; readonly refunded: bigint } {
  const quote = quoteOf(quotes, order)
  const whole = BigInt(quote.legs.find(({ leg }) => leg === 'goods')?.amount ?? 0)
  const refunded = BigInt(order.facts.refunded ?? 0) + there
  const sold = order.total - roundQuotient(order.total * refunded, whole, 'up')
  const left = legsOf(ledger, order.id).find(({ leg }) => leg === 'goods')?.left ?? 0n
  return { back: left - sold, refunded }
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
export function giveBackGoods(
  { hub, quotes, stock, allowances }: MoveState,
  order: Order,
  move: MoveName,
): void {
  const neverReleased = order.state === 'handed-over' || order.state === 'at-border'
  const notImported = move === 'refuse' || (move === 'lose' && neverReleased)
  if (!goodsStayed(move) && !notImported) return
  const quote = quoteOf(quotes, order)
  if (goodsStayed(move)) putBack(stock, stockOf(hub, quote))
  const used = allowanceOf(hub, quote)
  if (used && quote.allowance) giveBackAllowance(allowances, used, BigInt(quote.allowance.amount))
}

export function quoteOf(quotes: ReadonlyMap<string, QuoteBody>, { id, quote }: Order): QuoteBody {
  const found = quotes.get(quote)
  if (!found) throw new RangeError(`order ${id} has no quote`)
  return found
}
