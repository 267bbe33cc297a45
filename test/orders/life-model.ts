// A second, simple account of what happens to an order and its money: arrays of remainders and if-sentences, written from
// docs/decisions/0020 and not from the code. Amounts are minor units of yuan; the seller's in sen.
import type { Fault, MoveName, OrderState, Role } from '../../src/orders/order.ts'

export interface ModelOrder {
  state: OrderState
  moves: number
  dutyPaid: boolean
  due: number | undefined
  /** Whose fault the seller said it is that the goods came back, while the buyer is asked. */
  said: Fault | undefined
  left: { goods: bigint; carriage: bigint; border: bigint }
  refunds: number
  has: { buyer: bigint; sellerSen: bigint; carriage: bigint; border: bigint }
  /** In sum. */
  owedToBuyer: bigint
  drawback: bigint
  onShelf: bigint
}

export interface ModelMove {
  move: MoveName
  role: Role
  fault: Fault | undefined
  refund: bigint | undefined
}

const day = 24 * 60 * 60 * 1000

export const modelOrder = (dutyPaid: boolean, now: number): ModelOrder => ({
  ...{ state: 'placed', moves: 0, dutyPaid, due: now + 3 * day, said: undefined },
  left: { goods: 10_000n, carriage: 350n, border: 550n },
  refunds: 0,
  has: { buyer: 0n, sellerSen: 0n, carriage: 0n, border: 0n },
  ...{ owedToBuyer: 0n, drawback: 0n, onShelf: 4n },
})

/** What the answer says; the model is changed only where it is 201. */
export function moveModel(order: ModelOrder, made: ModelMove, now: number): string {
  const { move, role } = made
  const { state } = order
  // A seller who says nothing to a complaint.
  const isSilent = move === 'settle' && role === 'hub'
  const fault = isSilent ? 'seller' : made.fault
  const refund = isSilent ? order.left.goods : made.refund
  const when = whoAndWhen[move]
  if (!when[0].includes(role)) return '403 role-not-lawful'
  const hubMayNot = role === 'hub' && (order.due === undefined || order.due > now)
  const isOther = (move === 'agree' && !order.said) || (move === 'drop' && order.said)
  if (!when[1].includes(state) || hubMayNot || isOther) return '409 move-not-lawful'
  if (move === 'lose' && role === 'carrier' && fault && fault !== 'carrier')
    return '422 fault-not-lawful'
  if (['refuse', 'return', 'settle'].includes(move) && !fault) return '422 fault-missing'
  if (move === 'settle' || move === 'refund') {
    if (refund === undefined) return '422 refund-missing'
    if (refund > order.left.goods || refund < (move === 'refund' ? 1n : 0n))
      return '422 refund-not-valid'
    if (move === 'refund' && order.refunds === 20) return '422 too-many-refunds'
    if (move === 'refund' && refund < 100n && refund < order.left.goods)
      return '422 refund-too-small'
  }
  order.moves += 1
  if (move === 'refund') {
    back(order, 'goods', refund!)
    order.refunds += 1
    return `201 ${state}`
  }
  if (move === 'return' && role === 'seller' && fault !== 'seller') {
    Object.assign(order, { state: 'disputed', said: fault, due: undefined })
    return '201 disputed'
  }
  act(order, move, fault ?? 'carrier', refund)
  order.state = when[2]!
  const days = waits[order.state]
  order.due = days === undefined ? undefined : now + days * day
  return `201 ${order.state}`
}

function act(order: ModelOrder, move: MoveName, fault: Fault, refund: bigint | undefined): void {
  if (move === 'cancel' || move === 'withdraw') {
    allBack(order)
    order.onShelf += 1n
  }
  if (move === 'release') on(order, 'border')
  if (move === 'deliver') {
    on(order, 'border')
    on(order, 'carriage')
  }
  if (move === 'close' || move === 'drop') allOn(order)
  if (move === 'refuse') {
    if (fault !== 'carrier') on(order, 'carriage')
    if (fault === 'seller') order.owedToBuyer += order.has.carriage
    allBack(order)
  }
  if (move === 'lose') {
    if (fault === 'buyer') on(order, 'goods')
    if (fault !== 'carrier') on(order, 'carriage')
    if (fault !== 'buyer') order.owedToBuyer += order.has.carriage + order.has.border
    allBack(order)
  }
  if (move === 'return') undo(order, fault)
  if (move === 'agree') undo(order, order.said!)
  if (move === 'settle') {
    if (refund === order.left.goods && refund! > 0n) undo(order, fault)
    else {
      back(order, 'goods', refund!)
      allOn(order)
    }
  }
}

/** The goods go back to the seller. */
function undo(order: ModelOrder, fault: Fault): void {
  if (fault !== 'carrier') on(order, 'carriage')
  order.owedToBuyer += order.has.carriage
  // A buyer who imported and changed their mind bears the border; customs may repay 500 of the 550.
  if (fault !== 'buyer' || order.dutyPaid) order.owedToBuyer += order.has.border
  if (order.has.border > 0n) order.drawback += 500n
  allBack(order)
}

type Part = keyof ModelOrder['left']
const parts: readonly Part[] = ['goods', 'carriage', 'border']

function back(order: ModelOrder, part: Part, amount = order.left[part]): void {
  order.left[part] -= amount
  order.has.buyer += amount
}

function on(order: ModelOrder, part: Part): void {
  const amount = order.left[part]
  order.left[part] = 0n
  if (part !== 'goods') order.has[part] += amount
  // 0.64 ringgit for a yuan; what was refunded rounds up, so the seller's share rounds down.
  else order.has.sellerSen += (amount * 64n) / 100n
}

const allBack = (order: ModelOrder): void => parts.forEach((part) => back(order, part))
const allOn = (order: ModelOrder): void => parts.forEach((part) => on(order, part))

const waits: Partial<Record<OrderState, number>> = {
  ...{ placed: 3, accepted: 10, packed: 10, 'handed-over': 60, 'at-border': 60 },
  ...{ released: 60, delivered: 14, disputed: 60 },
}

const moving: OrderState[] = ['handed-over', 'at-border']
const away: OrderState[] = [...moving, 'released']
const early: OrderState[] = ['placed', 'accepted', 'packed']
const whoAndWhen: Record<MoveName, [Role[], OrderState[], OrderState?]> = {
  // Between two hubs, and here is only one.
  confirm: [['peer'], []],
  acknowledge: [['peer'], []],
  decline: [['peer'], []],
  'give-up': [['hub'], []],
  commit: [['peer'], []],
  lapse: [['hub'], []],
  expire: [['hub', 'buyer'], ['requested'], 'cancelled'],
  accept: [['seller'], ['placed'], 'accepted'],
  pack: [['seller'], ['placed', 'accepted'], 'packed'],
  'hand-over': [['seller', 'carrier', 'operator'], ['accepted', 'packed'], 'handed-over'],
  cancel: [['seller', 'operator', 'hub'], early, 'cancelled'],
  withdraw: [['buyer'], ['placed', 'accepted'], 'cancelled'],
  arrive: [['carrier', 'customs', 'operator'], ['handed-over'], 'at-border'],
  release: [['customs', 'operator'], moving, 'released'],
  refuse: [['customs', 'operator'], moving, 'refused'],
  deliver: [['carrier', 'buyer', 'operator'], away, 'delivered'],
  lose: [['carrier', 'operator', 'hub'], away, 'lost'],
  close: [['buyer', 'hub'], ['delivered'], 'closed'],
  return: [['seller', 'operator'], ['delivered'], 'returned'],
  dispute: [['buyer'], [...away, 'delivered'], 'disputed'],
  settle: [['operator', 'hub'], ['disputed'], 'closed'],
  drop: [['buyer'], ['disputed'], 'closed'],
  agree: [['buyer'], ['disputed'], 'returned'],
  refund: [
    ['seller', 'operator'],
    [...early, ...away, 'delivered', 'disputed'],
  ],
}

/** What the hub does when nobody did anything in time. */
export function dueOf({ state }: ModelOrder): MoveName {
  if (early.includes(state)) return 'cancel'
  if (state === 'disputed') return 'settle'
  return state === 'delivered' ? 'close' : 'lose'
}
