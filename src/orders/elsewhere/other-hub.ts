// An order between two hubs, in the words of their protocol (docs/decisions/0023). The buyer's hub alone decides: it asks the
// seller's to put goods aside, decides, and asks again until it is told that the other knows. Everything may be asked twice,
// late, or in vain. All of it is JSON; amounts are decimal strings of minor units.
import type { Fault, MoveName, OrderState, Role, ShipTo } from '../order.ts'

/** How the seller's hub stands to an order. `expired`: it came to nothing there, and will not come to anything any more. */
export type StandingThere = 'reserved' | 'confirmed' | 'expired' | 'unknown'

export type Reservation = {
  readonly order: string
  /** Compact JWS of the quote, by the buyer's hub. */
  readonly quote: string
  readonly shipTo: ShipTo
  /** Milliseconds: a length, as no hub reads another's clock. */
  readonly holdFor: number
}

export type ReservationAnswer =
  | { readonly standing: StandingThere }
  /** Why not: a code, `out-of-stock`. */
  | { readonly refused: string }

/** A move that was made on the buyer's hub. */
export type MoveThere = {
  readonly number: number
  readonly move: MoveName
  readonly role: Role
  readonly after: OrderState
  readonly actor?: string | undefined
  readonly consignment?: string | undefined
  readonly reason?: string | undefined
  readonly fault?: Fault | undefined
  /** Of the goods, in minor units of the buyer's money. */
  readonly refund?: string | undefined
}

/** A move of the seller, whose hub asks the buyer's to make it. */
export type Proposal = {
  readonly order: string
  readonly key: string
  readonly move: MoveName
  readonly consignment?: string | undefined
  readonly reason?: string | undefined
  readonly fault?: Fault | undefined
  /** In minor units of the buyer's money. */
  readonly refund?: string | undefined
}

/** What a hub asks of another one. A rejected promise says that nothing is known of what was asked. */
export type OtherHub = {
  /** Of the seller's hub: puts goods aside. */
  reserve(asked: Reservation): Promise<ReservationAnswer>
  /** Of the seller's hub: the buyer's has decided. `expired`: too late. */
  confirm(order: string): Promise<StandingThere>
  /** Of the seller's hub, without a wish. */
  standingOf(order: string): Promise<StandingThere>
  /** Of the buyer's hub: its moves after a number, for each order that is also the other's. */
  movesAfter(
    orders: Readonly<Record<string, number>>,
  ): Promise<Readonly<Record<string, readonly MoveThere[]>>>
  /** Of the buyer's hub: to make a move of the seller. A status of HTTP and a body as moveOrders gives it. */
  propose(proposal: Proposal): Promise<{ readonly status: number; readonly body: string }>
}
