import { isCurrency } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import type { Movement } from '../find-accounts.ts'

/** What moved on one account in one currency; positive is owed to the holder. Minor units; Unix milliseconds. */
export type Statement = {
  /** The account's name, such as `wallet:person:<uuid>:CNY`. */
  readonly account: string
  readonly holder: string
  readonly currency: string
  /** The first instant of the period. */
  readonly from: number
  /** The first instant after it. */
  readonly to: number
  readonly opening: bigint
  readonly closing: bigint
  /** By position, without a gap. */
  readonly movements: readonly StatementMovement[]
}

/** A movement of the ledger, with who was on the other side where that may be told. */
export type StatementMovement = Movement & { readonly counterparty?: string | undefined }

/**
 * Whether a statement may leave the house. Refused, in this order, with the place: `statement-currency`,
 * `statement-period`; for each movement `statement-gap` when a position is missing or out of order,
 * `statement-instant`, `statement-entry` when its id is no UUID, `statement-balance` when the running balance does not
 * re-add; at last `statement-closing`. Undefined when all is well.
 */
export function checkStatement(statement: Statement): Refused | undefined {
  const { currency, from, to, opening, closing, movements } = statement
  if (!isCurrency(currency)) return refused('statement-currency', { currency })
  if (!isInstant(from) || !isInstant(to) || from >= to)
    return refused('statement-period', { from, to })
  let balance = opening
  let last: bigint | undefined
  for (const movement of movements) {
    const position = String(movement.position)
    if (last !== undefined && movement.position !== last + 1n)
      return refused('statement-gap', { position, after: String(last) })
    // Positions say what belongs to the period: of two entries at once, the later may carry the earlier instant.
    if (!isInstant(movement.at)) return refused('statement-instant', { position, at: movement.at })
    if (!isUuid(movement.entry))
      return refused('statement-entry', { position, entry: movement.entry })
    balance += movement.amount
    if (balance !== movement.balance)
      return refused('statement-balance', {
        position,
        expected: formatMinor(balance, currency),
        found: formatMinor(movement.balance, currency),
      })
    last = movement.position
  }
  if (balance === closing) return undefined
  return refused('statement-closing', {
    expected: formatMinor(balance, currency),
    found: formatMinor(closing, currency),
  })
}

/** From 1970 to the end of 9999: what ISO 8601 writes with four digits for the year. */
const isInstant = (at: number): boolean =>
  Number.isInteger(at) && at >= 0 && at < 253_402_300_800_000
