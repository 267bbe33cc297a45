/**
 * Orders: the basket, signed quotes (JWS, RFC 7515), checkout into escrow, the life of an order with its moves, disputes and
 * claims, and its receipts: one record as page, as PDF and as UBL 2.1 (OASIS; ISO/IEC 19845) that follows EN 16931 as far as
 * its rules can be met by a sale to a consumer across a border.
 */
export * from './receipts/index.ts'
export { openCheckoutThread, type CheckoutThread } from './checkout/checkout-thread.ts'
export { findOrder, findOrdersOf } from './find-orders.ts'
export { asOtherHub } from './elsewhere/answer-hub.ts'
export { askOtherHubs } from './elsewhere/ask-hubs.ts'
export { followOtherHubs } from './elsewhere/follow-hubs.ts'
export type { OtherHub } from './elsewhere/other-hub.ts'
export type { Peer } from './elsewhere/read-quote.ts'
export { moveDueOrders } from './life/due-orders.ts'
export type { Order, OrderState } from './order.ts'
export type { OrderParts } from './parts.ts'
