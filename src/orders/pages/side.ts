// As whom somebody looks at an order, and where the pages of that side are.
import type { Context } from 'hono'
import { isUuid } from '../../basis/uuid.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { walletAccount, type Holder } from '../../ledger/index.ts'
import { signedInActor, type Actor } from '../../parties/index.ts'
import type { MessageKey } from '../../ui/index.ts'
import { findOrder } from '../find-orders.ts'
import type { MoveName, Order, Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'

export type Side = {
  readonly role: Role
  readonly order: Order
  /** The address of the order's page. */
  readonly base: string
  readonly list: { readonly href: string; readonly label: MessageKey }
  /** Who pays what this side owes; undefined where the reader may not, or the side has no wallet. */
  readonly payer: Holder | undefined
  /** Why this reader may not make a move that their role may. */
  refusal(move: MoveName): Refused | undefined
}

const nothing = (): undefined => undefined

/** The side of the address, or undefined where the order is none of theirs. */
export type SideOf = (c: Context, parts: OrderParts) => Promise<Side | undefined>

const orderIn = async (c: Context, { db, hub }: OrderParts): Promise<Order | undefined> => {
  const id = c.req.param('order') ?? ''
  return isUuid(id) ? findOrder(db.kysely, hub.id, id) : undefined
}

export const buyerSide: SideOf = async (c, parts) => {
  const order = await orderIn(c, parts)
  const actor = signedInActor(c)
  if (!order || order.buyer.hub !== parts.hub.id || !buys(order, actor)) return undefined
  return {
    ...{ order, role: 'buyer', base: `/orders/${order.id}`, refusal: nothing },
    list: { href: '/orders', label: 'orders.mine.title' },
    payer: payerOf(order, actor),
  }
}

/**
 * Whether somebody is the buyer: who bought for themselves; of what a business paid, its owners, and who bought it for as
 * long as they belong to it.
 */
export function buys({ buyer }: Order, { personId, businesses }: Actor): boolean {
  const business = businessOf(buyer.account)
  if (business === undefined) return buyer.id === personId
  const role = businesses.get(business)
  return role === 'owner' || (role !== undefined && buyer.id === personId)
}

/** The business whose wallet an account is. */
const businessOf = (account: string): string | undefined =>
  /^wallet:business:([^:]+):/.exec(account)?.[1]

/** Whose wallet paid the order, where it is the reader's to move. */
const payerOf = (order: Order, { personId, businesses }: Actor): Holder | undefined =>
  [
    { kind: 'person' as const, id: personId },
    ...[...businesses].flatMap(([id, role]) =>
      role === 'owner' ? [{ kind: 'business' as const, id }] : [],
    ),
  ].find((holder) => walletAccount(holder, order.currency) === order.buyer.account)

export const sellerSide: SideOf = async (c, parts) => {
  const order = await orderIn(c, parts)
  const business = c.req.param('business') ?? ''
  if (!order || order.seller.id !== business || order.seller.hub !== parts.hub.id) return undefined
  const isOwner = signedInActor(c).businesses.get(business) === 'owner'
  return {
    ...{ order, role: 'seller', base: `/business/${business}/orders/${order.id}` },
    list: { href: `/business/${business}/orders`, label: 'orders.sold.title' },
    payer: isOwner ? { kind: 'business', id: business } : undefined,
    // What staff do is the daily work; giving money away is an owner's.
    refusal: (move) => (givesBack.has(move) && !isOwner ? refused('owners-only') : undefined),
  }
}

/** Of goods that are with the buyer, or on their way. */
const givesBack: ReadonlySet<MoveName> = new Set(['refund', 'return'])

/** The people of the hub: who runs it may do what carriers and customs may. */
export const deskSide: SideOf = async (c, parts) => {
  const order = await orderIn(c, parts)
  if (!order) return undefined
  const actor = signedInActor(c)
  const sides = [order.seller.id, businessOf(order.buyer.account)]
  const isOwn =
    buys(order, actor) || sides.some((id) => id !== undefined && actor.businesses.has(id))
  return {
    ...{ order, role: deskRole(actor), base: `/desk/orders/${order.id}` },
    list: { href: '/desk/orders', label: 'orders.desk.title' },
    payer: undefined,
    // Nobody decides for the hub in a matter of their own.
    refusal: () => (isOwn ? refused('own-order') : undefined),
  }
}

export function deskRole({ hubRoles }: Actor): Role {
  if (hubRoles.has('operator')) return 'operator'
  return hubRoles.has('customs-officer') ? 'customs' : 'carrier'
}
