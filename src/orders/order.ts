// An order and the moves that are lawful, as a table of data: from which states, by whom, and to which state. What a move
// does to the money is in life/; how an order begins is in checkout/.
import type { Address } from '../parties/index.ts'

export const orderStates = [
  // Another hub's goods: the money is held, the other hub has still to put them aside.
  'requested',
  // It has, and this hub has decided: the money is in escrow, the other hub has still to say that it knows.
  'confirming',
  // Goods of this hub that are put aside for an order of another hub, which has still to decide.
  'reserved',
  'placed',
  'accepted',
  'packed',
  'handed-over',
  'at-border',
  'released',
  'delivered',
  'closed',
  'cancelled',
  'refused',
  'returned',
  'lost',
  'disputed',
] as const
export type OrderState = (typeof orderStates)[number]

/** Nothing moves an order from here, and nothing of its money is left in escrow. */
export const endStates: readonly OrderState[] = [
  'closed',
  'cancelled',
  'refused',
  'returned',
  'lost',
]

/** `hub`: by itself, when a deadline has passed. `peer`: the other hub of an order between two. */
export type Role = 'buyer' | 'seller' | 'carrier' | 'customs' | 'operator' | 'hub' | 'peer'

export type ShipTo = { readonly name: string; readonly address: Address; readonly phone: string }

export type Order = {
  /** The hub that keeps this record. */
  readonly homeHub: string
  readonly id: string
  /** As people say it; made from the id (order-number.ts). */
  readonly number: string
  readonly buyer: { readonly hub: string; readonly id: string; readonly account: string }
  readonly seller: { readonly hub: string; readonly id: string }
  readonly quote: string
  readonly destination: string
  readonly currency: string
  readonly total: bigint
  readonly shipTo: ShipTo
  /** The secret in the link that shows where it is. */
  readonly tracking: string
  readonly state: OrderState
  /** How many moves were made. */
  readonly moves: number
  /** Unix milliseconds, as all instants. */
  readonly placedAt: number
  readonly changedAt: number
  readonly due: { readonly at: number; readonly move: MoveName } | undefined
  /** Of a requested order: the hold on the buyer's wallet. */
  readonly hold: string | undefined
  readonly facts: OrderFacts
}

/** What moves noted on the order itself. */
export type OrderFacts = {
  /** The number that the carrier gave. */
  readonly consignment?: string
  readonly fault?: Fault
  readonly reason?: string
  /** How many parts of the price were given back. */
  readonly refunds?: number
  /** On the seller's hub of two: the last move of the buyer's hub that was made here too, by its number there. */
  readonly followed?: number
  /** And what was given back there so far, in minor units of the buyer's money. */
  readonly refunded?: string
}

/** More parts of its price than these are given back of no order, so that nobody can make its history endless. */
export const mostRefunds = 20

/** By whose fault it went wrong. */
export type Fault = 'buyer' | 'seller' | 'carrier'

export type MoveName = keyof typeof moves

export type Move = {
  readonly from: readonly OrderState[]
  /** Undefined: it stays where it is, and so does its deadline. */
  readonly to: OrderState | undefined
  readonly by: readonly Role[]
}

export const moves = {
  // Between two hubs (elsewhere/). The buyer's hub alone decides, and from `confirm` on it may not take that back.
  confirm: { from: ['requested'], to: 'confirming', by: ['peer'] },
  acknowledge: { from: ['confirming'], to: 'placed', by: ['peer'] },
  decline: { from: ['requested', 'confirming'], to: 'cancelled', by: ['peer'] },
  expire: { from: ['requested'], to: 'cancelled', by: ['hub', 'buyer'] },
  'give-up': { from: ['confirming'], to: 'cancelled', by: ['hub'] },
  commit: { from: ['reserved'], to: 'placed', by: ['peer'] },
  lapse: { from: ['reserved'], to: 'cancelled', by: ['hub'] },
  accept: { from: ['placed'], to: 'accepted', by: ['seller'] },
  pack: { from: ['placed', 'accepted'], to: 'packed', by: ['seller'] },
  'hand-over': {
    from: ['accepted', 'packed'],
    to: 'handed-over',
    by: ['seller', 'carrier', 'operator'],
  },
  cancel: {
    from: ['placed', 'accepted', 'packed'],
    to: 'cancelled',
    by: ['seller', 'operator', 'hub'],
  },
  // A buyer may not cancel what is packed already: it may be on its way.
  withdraw: { from: ['placed', 'accepted'], to: 'cancelled', by: ['buyer'] },
  arrive: { from: ['handed-over'], to: 'at-border', by: ['carrier', 'customs', 'operator'] },
  release: { from: ['handed-over', 'at-border'], to: 'released', by: ['customs', 'operator'] },
  refuse: { from: ['handed-over', 'at-border'], to: 'refused', by: ['customs', 'operator'] },
  deliver: {
    from: ['handed-over', 'at-border', 'released'],
    to: 'delivered',
    by: ['carrier', 'buyer', 'operator'],
  },
  lose: {
    from: ['handed-over', 'at-border', 'released'],
    to: 'lost',
    by: ['carrier', 'operator', 'hub'],
  },
  close: { from: ['delivered'], to: 'closed', by: ['buyer', 'hub'] },
  // A seller who names another's fault opens a dispute with it, and nothing is paid (`saysOfOthers`).
  return: { from: ['delivered'], to: 'returned', by: ['seller', 'operator'] },
  dispute: {
    from: ['handed-over', 'at-border', 'released', 'delivered'],
    to: 'disputed',
    by: ['buyer'],
  },
  // The hub does it where the seller says nothing to a complaint (`deadlines`).
  settle: { from: ['disputed'], to: 'closed', by: ['operator', 'hub'] },
  // The buyer lets the complaint go: what is left goes to whom it is meant for.
  drop: { from: ['disputed'], to: 'closed', by: ['buyer'] },
  // The buyer agrees with what the seller said of goods that came back.
  agree: { from: ['disputed'], to: 'returned', by: ['buyer'] },
  // A part of the price of the goods, while they are not paid out.
  refund: {
    from: [
      'placed',
      'accepted',
      'packed',
      'handed-over',
      'at-border',
      'released',
      'delivered',
      'disputed',
    ],
    to: undefined,
    by: ['seller', 'operator'],
  },
} as const satisfies Readonly<Record<string, Move>>

/** Where an order stands, as far as it says what may be done with it. */
export type Standing = Pick<Order, 'state' | 'facts'>

/** The moves that somebody may make now. */
export const movesOf = (order: Standing, role: Role): MoveName[] =>
  (Object.entries(moves) as [MoveName, Move][]).flatMap(([name, { by }]) =>
    by.includes(role) && isLawfulFrom(name, order) ? [name] : [],
  )

/** A complaint is dropped, what a seller said is agreed to: a dispute is the one or the other. */
export function isLawfulFrom(name: MoveName, order: Standing): boolean {
  const { from }: Move = moves[name]
  if (!from.includes(order.state)) return false
  if (name === 'agree') return saidFault(order) !== undefined
  return name !== 'drop' || saidFault(order) === undefined
}

/**
 * Whose fault it is that goods came back, as the seller says and the buyer has still to agree; undefined in any other
 * dispute and outside of one.
 */
export const saidFault = ({ state, facts }: Standing): Fault | undefined =>
  state === 'disputed' ? facts.fault : undefined

/** Nobody decides alone on the fault of another: whoever it costs is heard before money moves. */
export const saysOfOthers = (move: MoveName, role: Role, fault: Fault | undefined): boolean =>
  move === 'return' && role === 'seller' && fault !== 'seller'

const day = 24 * 60 * 60 * 1000

/** For so long another hub is asked to put goods aside: a length of time, as clocks of hubs differ. Milliseconds. */
export const requestHolds = 15 * 60 * 1000

/** What the hub does by itself when nobody moved an order out of a state for so long. */
export const deadlines: Readonly<
  Partial<Record<OrderState, { readonly after: number; readonly move: MoveName }>>
> = {
  requested: { after: requestHolds, move: 'expire' },
  confirming: { after: 3 * day, move: 'give-up' },
  placed: { after: 3 * day, move: 'cancel' },
  accepted: { after: 10 * day, move: 'cancel' },
  packed: { after: 10 * day, move: 'cancel' },
  'handed-over': { after: 60 * day, move: 'lose' },
  'at-border': { after: 60 * day, move: 'lose' },
  released: { after: 60 * day, move: 'lose' },
  delivered: { after: 14 * day, move: 'close' },
  // A complaint; it ends when the seller answers, and what a seller says of others has none.
  disputed: { after: 60 * day, move: 'settle' },
}

export const dueAfter = (state: OrderState, now: number): Order['due'] => {
  const deadline = deadlines[state]
  return deadline && { at: now + deadline.after, move: deadline.move }
}
