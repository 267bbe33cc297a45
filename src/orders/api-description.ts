// What the routes of orders are, for the document of the whole interface.
import { z } from 'zod'
import { askedQuotes, orderQuery, sentCheckout, sentMove } from './api.ts'
import { orderStates } from './order.ts'

const uuid = z.uuid()
const ofBusiness = z.object({ business: uuid.describe('The business of the key') })
const ofOrder = ofBusiness.extend({ order: uuid })
const json = (schema: z.ZodType) => ({ type: 'application/json', schema })
const amount = z.string().describe('An exact decimal in `currency`')
const instant = z.iso.datetime()
const state = z.enum(orderStates)

const onceKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .describe(
      'Yours, for this command: sent again within 30 days it gives the first answer, byte for byte, and does nothing',
    ),
})
const onceProblems = {
  400: 'idempotency-key-missing, idempotency-key-not-valid, broken-json',
} as const

const quoted = z
  .object({
    quote: uuid,
    digest: z.string().describe('SHA-256 of the signed quote; send it with the checkout'),
    seller: uuid,
    currency: z.string(),
    total: amount,
    expires: instant,
    legs: z.array(
      z.object({
        leg: z.enum(['goods', 'freight', 'insurance', 'duty', 'tax', 'fee']),
        amount,
      }),
    ),
  })
  .meta({ id: 'Quote' })
const notQuoted = z
  .object({ refused: z.string(), facts: z.looseObject({}) })
  .meta({ id: 'NotQuoted' })

const placed = z
  .object({
    orders: z.array(
      z.object({ order: uuid, number: z.string(), state, total: amount, currency: z.string() }),
    ),
  })
  .meta({ id: 'PlacedOrders' })

const order = z
  .object({
    order: uuid,
    number: z.string(),
    state,
    destination: z.string(),
    currency: z.string(),
    total: amount,
    placed: instant,
    changed: instant,
    due: z
      .object({ at: instant, move: z.string() })
      .nullable()
      .describe('What the hub does by itself, and when'),
  })
  .meta({ id: 'Order' })

const orderInFull = order
  .extend({
    shipTo: z.looseObject({ name: z.string() }),
    moves: z.array(
      z.object({
        move: z.string(),
        before: state,
        after: state,
        role: z.string(),
        at: instant,
      }),
    ),
  })
  .meta({ id: 'OrderInFull' })

const moved = z.looseObject({ order: uuid, state }).meta({ id: 'MovedOrder' })

export const orderApi = {
  parts: [quoted, notQuoted, order],
  operations: [
    {
      method: 'post',
      path: '/api/v1/businesses/:business/quotes',
      id: 'askQuotes',
      summary: 'Signed quotes, one for each seller and currency, all in at the door',
      description: 'A quote holds for half an hour. What cannot be quoted is refused by name.',
      params: ofBusiness,
      body: json(askedQuotes),
      answers: { 200: z.object({ outcomes: z.array(z.union([quoted, notQuoted])) }) },
      problems: { 422: 'bad-quote-request' },
    },
    {
      method: 'post',
      path: '/api/v1/businesses/:business/checkouts',
      id: 'checkOut',
      summary: 'Orders at quotes, paid into escrow from the wallet of the business: all or none',
      params: ofBusiness,
      headers: onceKey,
      body: json(sentCheckout),
      answers: { 201: placed },
      problems: {
        ...onceProblems,
        404: 'quote-unknown',
        409: 'quote-used, out-of-stock; or at-work: the same command is being done',
        422: 'quote-expired, quote-differs, elsewhere, own-goods, buyer-blocked, seller-blocked, allowance-exceeded, over-limit, not-enough-money, bad-checkout, key-of-another-request',
        503: 'busy',
      },
    },
    {
      method: 'get',
      path: '/api/v1/businesses/:business/orders',
      id: 'listOrders',
      summary: 'The orders that a business has received, newest first',
      params: ofBusiness,
      query: orderQuery,
      answers: { 200: z.object({ orders: z.array(order), next: uuid.nullable() }) },
      problems: { 422: 'bad-query' },
    },
    {
      method: 'get',
      path: '/api/v1/businesses/:business/orders/:order',
      id: 'showOrder',
      summary: 'One order that a business received or paid, with everything that happened to it',
      params: ofOrder,
      answers: { 200: orderInFull },
      problems: { 404: 'not-found' },
    },
    {
      method: 'post',
      path: '/api/v1/businesses/:business/orders/:order/moves',
      id: 'moveOrder',
      summary: 'The seller accepts, packs, hands over, cancels, or takes goods back',
      params: ofOrder,
      headers: onceKey,
      body: json(sentMove),
      answers: { 201: moved },
      problems: {
        ...onceProblems,
        403: 'blocked: screening keeps the business from trading; scope-missing: a return needs money:move as well',
        404: 'not-found',
        409: 'move-not-lawful in this state; party-blocked: money stays in escrow; or at-work',
        422: 'bad-move, key-of-another-request, or the code of what is missing',
        503: 'busy',
      },
    },
  ],
} as const
