// Orders for programs of a business: buy at quotes, look at orders, make the seller's moves.
import type { Context } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import { cleanLine, isReadable } from '../basis/clean-text.ts'
import { isCountry } from '../basis/country.ts'
import { formatMinor } from '../basis/money.ts'
import { Refusal } from '../basis/refusal.ts'
import { isUuid, uuidv7 } from '../basis/uuid.ts'
import {
  allow,
  checkAddress,
  commandAnswer,
  idempotencyKey,
  readBody,
  readQuery,
  signedInActor,
} from '../parties/index.ts'
import { newOrder } from './checkout/new-order.ts'
import { checkoutKind } from './checkout/place-orders.ts'
import { proposeMove } from './elsewhere/follow-hubs.ts'
import { findMoves, findOrder, findOrdersOf } from './find-orders.ts'
import { moveKind, type MoveOrder } from './life/move-orders.ts'
import { orderStates, type Order } from './order.ts'
import type { OrderDesk } from './parts.ts'
import { makeQuotes } from './quotes/make-quotes.ts'

const uuid = z.uuid()
const text = (most: number) => z.string().max(most)
const mostLines = 50

export const askedQuotes = z
  .strictObject({
    destination: z.string().refine(isCountry, 'not an ISO 3166-1 country'),
    lines: z
      .array(
        z.strictObject({
          seller: uuid.describe('The business that sells'),
          offer: uuid,
          variant: uuid,
          quantity: z.int().min(1).max(999),
        }),
      )
      .min(1)
      .max(mostLines),
  })
  .meta({ id: 'AskedQuotes' })

export const sentCheckout = z
  .strictObject({
    shipTo: z.strictObject({
      name: text(200).min(1),
      phone: text(40).default(''),
      address: z.strictObject({
        country: z.string().refine(isCountry, 'not an ISO 3166-1 country'),
        lines: z.array(text(200)).min(1).max(4),
        district: text(100).default(''),
        town: text(100).default(''),
        region: text(100).default(''),
        postcode: text(20).default(''),
      }),
    }),
    quotes: z
      .array(z.strictObject({ quote: uuid, digest: z.string().regex(/^[0-9a-f]{64}$/) }))
      .min(1)
      .max(20),
  })
  .meta({ id: 'Checkout' })

export const sentMove = z
  .strictObject({
    move: z.enum(['accept', 'pack', 'hand-over', 'cancel', 'return']),
    consignment: text(100).optional(),
    reason: text(1_000).optional(),
    fault: z
      .enum(['buyer', 'seller', 'carrier'])
      .optional()
      .describe("Whose fault a `return` was. Another's than the seller's opens a dispute"),
  })
  .meta({ id: 'OrderMove' })

export const orderQuery = z.object({
  state: z.enum(orderStates).optional(),
  after: uuid.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Routes under /api/v1/businesses/:business. */
export function orderApiRoutes(desk: OrderDesk): Hono {
  const routes = new Hono()
  const business = '/api/v1/businesses/:business'
  routes.post(`${business}/quotes`, allow('order.buy'), (c) => askApi(c, desk))
  routes.post(`${business}/checkouts`, allow('order.buy'), (c) => checkoutApi(c, desk))
  routes.get(`${business}/orders`, allow('order.view'), (c) => listApi(c, desk))
  routes.get(`${business}/orders/:order`, allow('order.view'), (c) => showApi(c, desk))
  routes.post(`${business}/orders/:order/moves`, allow('order.manage'), (c) => moveApi(c, desk))
  return routes
}

async function askApi(c: Context, desk: OrderDesk): Promise<Response> {
  const asked = await readBody(c, askedQuotes, 'bad-quote-request')
  const outcomes = await makeQuotes(desk, {
    buyer: signedInActor(c).personId,
    destination: asked.destination,
    lines: asked.lines.map(({ seller, offer, variant, quantity }) => ({
      ...{ sellerHub: desk.hub.id, sellerId: seller, offerId: offer, variantId: variant, quantity },
    })),
  })
  return c.json({
    outcomes: outcomes.map((each) => {
      if ('refused' in each) return { refused: each.refused, facts: each.facts }
      const { body, digest } = each.quote
      const { id, seller, currency, total, expires } = body
      return {
        ...{ quote: id, digest, seller: seller.id, currency },
        total: formatMinor(BigInt(total), currency),
        expires: new Date(expires).toISOString(),
        legs: body.legs.map(({ leg, amount }) => ({
          ...{ leg, amount: formatMinor(BigInt(amount), currency) },
        })),
      }
    }),
  })
}

async function checkoutApi(c: Context, desk: OrderDesk): Promise<Response> {
  const key = idempotencyKey(c)
  const sent = await readBody(c, sentCheckout, 'bad-checkout')
  const { country, lines, ...parts } = sent.shipTo.address
  const [name, phone] = [cleanLine(sent.shipTo.name), cleanLine(sent.shipTo.phone)]
  const { district, town, region, postcode } = parts
  const address = checkAddress(country, {
    ...{ district: cleanLine(district), town: cleanLine(town), region: cleanLine(region) },
    ...{ postcode: cleanLine(postcode), lines: lines.map(cleanLine).join('\n') },
  })
  if (!isReadable(name)) throw new Refusal('bad-checkout', { faults: ['shipTo.name: missing'] })
  if (Array.isArray(address))
    throw new Refusal('bad-checkout', {
      faults: address.map(({ part, reason }) => `shipTo.address.${part}: ${reason}`),
    })
  const buyer = signedInActor(c).personId
  const payer = { kind: 'business' as const, id: c.req.param('business') ?? '' }
  const now = desk.now()
  return commandAnswer(
    c,
    await desk.place({
      ...{ actor: payer.id, kind: checkoutKind, key, request: JSON.stringify(sent) },
      body: {
        ...{ buyer, payer, shipTo: { name, phone, address } },
        orders: sent.quotes.map(({ quote, digest }) =>
          newOrder({ id: quote, digest }, now, desk.random),
        ),
      },
    }),
  )
}

const shown = (order: Order) => ({
  ...{ order: order.id, number: order.number, state: order.state },
  ...{ destination: order.destination, currency: order.currency },
  total: formatMinor(order.total, order.currency),
  placed: new Date(order.placedAt).toISOString(),
  changed: new Date(order.changedAt).toISOString(),
  due: order.due ? { at: new Date(order.due.at).toISOString(), move: order.due.move } : null,
})

async function listApi(c: Context, { db, hub }: OrderDesk): Promise<Response> {
  const { state, after, limit } = readQuery(c, orderQuery)
  const id = c.req.param('business') ?? ''
  const found = await findOrdersOf(db.kysely, hub.id, {
    ...{ side: 'seller', id, before: after, most: limit + 1 },
    states: state && [state],
  })
  const page = found.slice(0, limit)
  const next = found.length > limit ? (page.at(-1)?.id ?? null) : null
  return c.json({ orders: page.map(shown), next })
}

const isSoldBy = ({ homeHub, seller }: Order, business: string): boolean =>
  seller.id === business && seller.hub === homeHub

/** Of a business's own sale or purchase; every other order is not found. */
async function orderOfBusiness(c: Context, { db, hub }: OrderDesk): Promise<Order> {
  const [id = '', business = ''] = [c.req.param('order'), c.req.param('business')]
  const order = isUuid(id) ? await findOrder(db.kysely, hub.id, id) : undefined
  const ours =
    (order && isSoldBy(order, business)) ||
    order?.buyer.account.startsWith(`wallet:business:${business}:`)
  if (!order || !ours) throw new Refusal('not-found')
  return order
}

async function showApi(c: Context, desk: OrderDesk): Promise<Response> {
  const order = await orderOfBusiness(c, desk)
  const moves = await findMoves(desk.db.kysely, desk.hub.id, order.id)
  return c.json({
    ...shown(order),
    shipTo: order.shipTo,
    moves: moves.map(({ move, before, after, at, role }) => ({
      ...{ move, before, after, role, at: new Date(at).toISOString() },
    })),
  })
}

async function moveApi(c: Context, desk: OrderDesk): Promise<Response> {
  const key = idempotencyKey(c)
  const sent = await readBody(c, sentMove, 'bad-move')
  // A return gives the price back: a key for the daily work is not enough.
  if (sent.move === 'return' && signedInActor(c).scopes?.has('money:move') === false)
    throw new Refusal('scope-missing')
  const order = await orderOfBusiness(c, desk)
  if (!isSoldBy(order, c.req.param('business') ?? '')) throw new Refusal('not-found')
  const actor = order.seller.id
  const entry = uuidv7(desk.now(), desk.random)
  const body: MoveOrder = { ...sent, order: order.id, role: 'seller', entry }
  if (order.buyer.hub !== desk.hub.id)
    return commandAnswer(c, await proposeMove(desk, order, { actor, key, body }))
  const request = `${order.id} ${JSON.stringify(sent)}`
  return commandAnswer(c, await desk.move({ actor, kind: moveKind, key, request, body }))
}
