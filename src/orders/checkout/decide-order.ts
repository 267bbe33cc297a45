// What one checkout does to stock, allowances and books, in memory: pure. Either all of its quotes become orders, or
// nothing of it happened.
import type { Journal } from '../../basis/journal.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { takeStock, type StockDraft, type StockLine } from '../../catalogue/index.ts'
import { hold, putInEscrow, walletAccount, type LedgerDraft } from '../../ledger/index.ts'
import { countMoved, type Level, type LimitParts } from '../../payments/index.ts'
import { useAllowance, type AllowanceDraft, type AllowanceKey } from '../../zones/index.ts'
import { orderNumber } from '../order-number.ts'
import { newLegs } from '../life/give-money.ts'
import { dueAfter, type Order } from '../order.ts'
import type { QuoteBody, StoredQuote } from '../quotes/quote.ts'
import type { NewOrder, PlaceOrders } from './place-orders.ts'

export type PlaceState = {
  readonly journal: Journal
  readonly hub: string
  readonly quotes: ReadonlyMap<string, StoredQuote>
  /** Quotes that have become orders, before and within this batch. */
  readonly used: Map<string, true>
  /** Ids of people and businesses that may not trade here. */
  readonly blocked: ReadonlySet<string>
  readonly stock: StockDraft
  readonly allowances: AllowanceDraft
  readonly ledger: LedgerDraft
  /** How much money somebody may move, and how well the hub knows who pays. */
  readonly limits: LimitParts
  readonly levels: ReadonlyMap<string, Level>
  /** What the batch has placed so far. */
  readonly orders: Order[]
}

/**
 * Refused, in this order for each quote: `nothing-to-order`, `quote-unknown`, `quote-used`, `quote-expired`, `quote-differs`,
 * `elsewhere` (the address is in another country), `own-goods`, `buyer-blocked`, `seller-blocked`, `out-of-stock`,
 * `allowance-exceeded`, `over-limit`, `not-enough-money`. Facts name the quote.
 */
export function decideOrders(
  state: PlaceState,
  command: PlaceOrders,
  now: number,
): readonly Order[] | Refused {
  if (command.orders.length === 0) return refused('nothing-to-order')
  return state.journal.attempt(() => {
    const placed: Order[] = []
    for (const wanted of command.orders) {
      const order = placeOne(state, command, wanted, now)
      if (isRefused(order)) return { ...order, facts: { ...order.facts, quote: wanted.quote } }
      placed.push(order)
    }
    return placed
  })
}

function placeOne(
  state: PlaceState,
  command: PlaceOrders,
  wanted: NewOrder,
  now: number,
): Order | Refused {
  const { journal, hub, blocked, stock, allowances } = state
  const quote = state.quotes.get(wanted.quote)
  // Somebody else's quote is as good as none.
  if (!quote || quote.body.buyer !== command.buyer) return refused('quote-unknown')
  const { body, digest } = quote
  if (state.used.has(body.id)) return refused('quote-used')
  if (body.expires <= now) return refused('quote-expired', { expired: body.expires })
  if (digest !== wanted.digest) return refused('quote-differs')
  if (command.shipTo.address.country !== body.destination)
    return refused('elsewhere', { destination: body.destination })
  if (command.payer.id === body.seller.id) return refused('own-goods')
  if (blocked.has(command.buyer) || blocked.has(command.payer.id)) return refused('buyer-blocked')
  if (blocked.has(body.seller.id)) return refused('seller-blocked')
  const short = takeStock(stock, stockOf(hub, body))
  if (short) return short
  const { allowance } = body
  if (allowance) {
    const [amount, limit] = [BigInt(allowance.amount), BigInt(allowance.limit)]
    const over = useAllowance(allowances, allowanceOf(hub, body)!, amount, limit)
    if (over) return over
  }
  const { payer } = command
  const moved = { holder: payer, way: 'out', amount: BigInt(body.total) } as const
  const past = countMoved(state.limits, state.levels, allowances, {
    ...{ ...moved, currency: body.currency },
  })
  if (past) return past
  const order = orderFrom(hub, command, wanted, body, now)
  const paid = takeMoney(state.ledger, order, wanted, body, now)
  if (isRefused(paid)) return paid
  journal.put(state.used, body.id, true)
  journal.append(state.orders, order)
  return order
}

/** Pieces that this hub has on its own shelves; those of another hub are taken there. */
export const stockOf = (hub: string, { seller, lines }: QuoteBody): StockLine[] =>
  seller.hub !== hub
    ? []
    : lines.map(({ variant, quantity }) => ({
        ...{ homeHub: seller.hub, businessId: seller.id, variantId: variant, quantity },
      }))

/** What a buyer of this hub uses up; the hub of another one counts it there. */
export const allowanceOf = (
  hub: string,
  { hub: buyersHub, buyer, allowance }: QuoteBody,
): AllowanceKey | undefined =>
  buyersHub !== hub || !allowance
    ? undefined
    : {
        subject: `person:${buyer}`,
        allowance: allowance.allowance,
        period: allowance.period,
        currency: allowance.currency,
      }

/** Into escrow leg by leg, or held on the wallet until another hub has accepted. */
function takeMoney(
  ledger: LedgerDraft,
  { id, buyer, currency, total, hold: held, due }: Order,
  { entry }: NewOrder,
  { legs, buyer: person }: QuoteBody,
  now: number,
): Refused | object {
  if (held !== undefined)
    return hold(
      ledger,
      {
        ...{ id: held, account: buyer.account, amount: total },
        ...{ purpose: 'order', reference: id, expiresAt: due?.at },
      },
      now,
    )
  return putInEscrow(
    ledger,
    { id: entry, kind: 'escrow', at: now, actor: person },
    { id, payer: buyer.account, currency },
    newLegs(legs),
  )
}

function orderFrom(
  hub: string,
  { buyer, payer, shipTo }: PlaceOrders,
  { order, tracking, entry }: NewOrder,
  { id, seller, destination, currency, total }: QuoteBody,
  now: number,
): Order {
  const state = seller.hub === hub ? 'placed' : 'requested'
  return {
    homeHub: hub,
    ...{
      id: order,
      number: orderNumber(order),
      tracking,
      quote: id,
      destination,
      currency,
      shipTo,
      state,
    },
    buyer: { hub, id: buyer, account: walletAccount(payer, currency) },
    seller: { hub: seller.hub, id: seller.id },
    total: BigInt(total),
    moves: 0,
    placedAt: now,
    changedAt: now,
    due: dueAfter(state, now),
    hold: state === 'requested' ? entry : undefined,
    facts: {},
  }
}
