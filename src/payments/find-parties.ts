import { findOtherWallets, type Movement, type Statement } from '../ledger/index.ts'
import { namesOf } from '../parties/index.ts'
import type { PaymentParts } from './parts.ts'

/** Movements of an account with who was on the other side of each, by name. */
export async function withParties(
  { db, hub }: Pick<PaymentParts, 'db' | 'hub'>,
  account: string,
  movements: readonly Movement[],
): Promise<Statement['movements']> {
  const entries = movements.map(({ entry }) => entry)
  const others = await findOtherWallets(db.kysely, account, entries)
  const names = await namesOf(db.kysely, hub.id, [...others.values()])
  return movements.map((movement) => {
    const other = others.get(movement.entry)
    const counterparty = other && names.get(other.id)
    return counterparty ? { ...movement, counterparty } : movement
  })
}
