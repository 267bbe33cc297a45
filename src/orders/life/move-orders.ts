import type { Answer, Command } from '../../db/index.ts'
import type { Fault, MoveName, Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'

/** One move of one order. Who sends it was asked for their right to the role before. */
export type MoveOrder = {
  readonly order: string
  readonly move: MoveName
  readonly role: Role
  /** Of the ledger entry, where money moves. */
  readonly entry: string
  /** The carrier's number, for `hand-over`. */
  readonly consignment?: string | undefined
  /** Why: for `cancel`, `refuse`, `dispute`, `return`. */
  readonly reason?: string | undefined
  /** By whose fault, for `refuse`, `return` and `settle`. */
  readonly fault?: Fault | undefined
  /** For `settle`: minor units of the order's currency that the buyer gets back of the goods. */
  readonly refund?: bigint | undefined
}

export const moveKind = 'order-move'

export type MoveParts = Pick<OrderParts, 'db' | 'hub' | 'tariff' | 'today'>

export declare function moveOrders(
  parts: MoveParts,
  commands: readonly Command<MoveOrder>[],
  now: number,
): Promise<Answer[]>
