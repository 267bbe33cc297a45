// The seller's hub puts goods aside for an order of another hub's buyer: stock is taken here and nowhere else, at the
// seller's price of now, and given back by itself when the other hub does not decide in time.
import { openJournal } from '../../basis/journal.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  findOffers,
  findSoldThere,
  loadStock,
  takeStock,
  writeStock,
} from '../../catalogue/index.ts'
import { appendEvents, runCommands, timestamptz, type Outcome, type Tx } from '../../db/index.ts'
import { peerAccount } from '../../ledger/index.ts'
import { findProfile } from '../../parties/index.ts'
import { stockOf } from '../checkout/decide-order.ts'
import { insertOrders, placedEvent } from '../checkout/place-orders.ts'
import { findOrder } from '../find-orders.ts'
import { owedForGoods } from '../life/give-money.ts'
import { orderNumber } from '../order-number.ts'
import type { Order, ShipTo } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { checkGroup, offerKey } from '../quotes/group-lines.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { digestOf } from '../quotes/sign-quote.ts'
import type { Reservation, ReservationAnswer, StandingThere } from './other-hub.ts'
import { readQuote, type Peer } from './read-quote.ts'

export type PutAsideParts = Pick<OrderParts, 'db' | 'hub' | 'now' | 'random'>

const minute = 60 * 1000

/** Beyond what was asked for: the clock of the other hub is not ours, and its word may be on its way. */
export const graceMs = 5 * minute

/**
 * Puts the goods of a quote aside, once for an order. Refused: what readQuote and checkGroup refuse, `price-differs` (the
 * seller asks something else by now), `elsewhere` (the address is not where the quote goes), `hold-not-valid` (one minute to
 * a day), `order-unknown` (the id is another hub's order). Throws where the same question is being answered just now.
 */
export async function putAside(
  parts: PutAsideParts,
  peer: Peer,
  asked: Reservation,
): Promise<ReservationAnswer> {
  const known = await findOrder(parts.db.kysely, parts.hub.id, asked.order)
  if (known) return answerFor(known, peer)
  const body = readQuote(parts.hub.id, peer, asked.quote)
  const no = isRefused(body) ? body : await whyNot(parts, body, asked)
  if (isRefused(body) || no) return { refused: (no as Refused).refused }
  const now = parts.now()
  const order = orderFrom(parts, peer, asked, body, now)
  const request = JSON.stringify([asked.quote, asked.shipTo])
  const command = { actor: peer.id, kind: 'reservation', key: asked.order, request, body: order }
  const [answer] = await runCommands(parts.db, [command], now, async (tx) => {
    const journal = openJournal()
    const stock = await loadStock(tx, journal, stockOf(parts.hub.id, body))
    const short = takeStock(stock, stockOf(parts.hub.id, body))
    if (short) return [outcome({ refused: short.refused })]
    await Promise.all([
      writeStock(tx, stock, now),
      keepQuote(tx, parts.hub.id, body, asked.quote),
      insertOrders(tx, [order]),
      appendEvents(tx, [placed(order, now)]),
    ])
    return [outcome({ standing: 'reserved' })]
  })
  if (answer?.answer === 'key-of-another-request') return { refused: 'order-unknown' }
  if (answer?.answer !== 'done') throw new Error(`order ${asked.order} is being put aside`)
  return JSON.parse(answer.outcome.body) as ReservationAnswer
}

const outcome = (answer: ReservationAnswer): Outcome => ({
  status: 'refused' in answer ? 422 : 201,
  body: JSON.stringify(answer),
})

/** One hub learns nothing of the orders of another. */
const answerFor = (order: Order, peer: Peer): ReservationAnswer =>
  order.buyer.hub === peer.id ? { standing: standingOf(order) } : { refused: 'order-unknown' }

export const standingOf = ({ state }: Pick<Order, 'state'>): StandingThere =>
  state === 'reserved' ? 'reserved' : state === 'cancelled' ? 'expired' : 'confirmed'

/** At the prices and on the terms of now, whatever the other hub had read when it made its quote. */
async function whyNot(
  { db, hub }: PutAsideParts,
  body: QuoteBody,
  { shipTo, holdFor }: Reservation,
): Promise<Refused | undefined> {
  if (shipTo.address.country !== body.destination) return refused('elsewhere')
  if (!(holdFor >= minute && holdFor <= 24 * 60 * minute)) return refused('hold-not-valid')
  const owner = { homeHub: hub.id, businessId: body.seller.id }
  const offerIds = [...new Set(body.lines.map(({ offer }) => offer))]
  const [offers, seller, soldThere] = await Promise.all([
    findOffers(
      db.kysely,
      offerIds.map((offerId) => ({ ...owner, offerId })),
    ),
    findProfile(db.kysely, hub.id, body.seller.id),
    findSoldThere(db.kysely, owner, offerIds, body.destination),
  ])
  if (!seller) return refused('offer-gone')
  const wanted = body.lines.map(({ offer: offerId, variant: variantId, quantity }) => ({
    ...{ sellerHub: hub.id, sellerId: body.seller.id, offerId, variantId, quantity },
  }))
  const byKey = new Map(
    offers.map((offer) => [
      offerKey({ sellerHub: hub.id, sellerId: body.seller.id, offerId: offer.offerId }),
      offer,
    ]),
  )
  const { amount, currency } = owedForGoods(body)
  const group = { seller: body.seller, currency, lines: wanted }
  const lines = checkGroup(group, byKey, seller, soldThere)
  if (isRefused(lines)) return lines
  const price = lines.reduce(
    (sum, each) => sum + each.variant.priceMinor * BigInt(each.quantity),
    0n,
  )
  const isSame = price === amount && lines.every(({ offer }) => offer.currency === currency)
  return isSame ? undefined : refused('price-differs')
}

/** For the seller's hub the other hub is the buyer: it pays what the goods cost, in the seller's money. */
function orderFrom(
  { hub, random }: PutAsideParts,
  peer: Peer,
  { order, shipTo, holdFor }: Reservation,
  body: QuoteBody,
  now: number,
): Order {
  const { amount, currency } = owedForGoods(body)
  return {
    ...{ homeHub: hub.id, id: order, number: orderNumber(order), state: 'reserved', moves: 0 },
    buyer: { hub: peer.id, id: body.buyer, account: peerAccount(peer.id, currency) },
    seller: { hub: hub.id, id: body.seller.id },
    ...{ quote: body.id, destination: body.destination, currency, total: amount },
    shipTo: cleaned(shipTo),
    tracking: Buffer.from(random(16)).toString('base64url'),
    ...{ placedAt: now, changedAt: now },
    due: { at: now + holdFor + graceMs, move: 'lapse' },
    ...{ hold: undefined, facts: {} },
  }
}

/** What pages show of it, and no more. */
const cleaned = ({ name, address, phone }: ShipTo): ShipTo => ({ name, address, phone })

const placed = ({ homeHub, id, buyer, seller, quote, state }: Order, at: number) => ({
  ...{ hub: homeHub, kind: placedEvent, subject: id, actor: buyer.hub, at },
  body: { seller: seller.id, sellerHub: seller.hub, quote, state },
})

/** As the other hub signed it. What explains its price is with that hub. */
async function keepQuote(
  tx: Tx,
  hub: string,
  { id, buyer, expires }: QuoteBody,
  jws: string,
): Promise<void> {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const text = Buffer.from(payload, 'base64url').toString()
  await tx
    .insertInto('quotes')
    .values({
      ...{ home_hub: hub, quote_id: id, buyer_id: buyer, expires_at: timestamptz(expires) },
      ...{ payload: text, digest: digestOf(text), key_id: kid },
      signature: Buffer.from(signature, 'base64url'),
    })
    .execute()
}
