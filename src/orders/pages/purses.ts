import type { Context } from 'hono'
import { findWallets, type Holder } from '../../ledger/index.ts'
import { namesOf, signedInActor } from '../../parties/index.ts'
import type { OrderParts } from '../parts.ts'

/** Whose money may pay, and what is free of it in minor units by currency. */
export type PayingPurse = {
  /** `person:<id>` or `business:<id>`, as forms say it. */
  readonly value: string
  readonly holder: Holder
  readonly name: string
  readonly free: ReadonlyMap<string, bigint>
}

/** Their own wallet first, then those of the businesses that they own. */
export async function findPurses(
  c: Context,
  { db, hub }: Pick<OrderParts, 'db' | 'hub'>,
): Promise<PayingPurse[]> {
  const actor = signedInActor(c)
  const own: Holder = { kind: 'person', id: actor.personId }
  const businesses = [...actor.businesses]
    .filter(([, role]) => role === 'owner')
    .map(([id]): Holder => ({ kind: 'business', id }))
  const names = await namesOf(db.kysely, hub.id, businesses)
  return Promise.all(
    [own, ...businesses].map(async (holder) => {
      const wallets = await findWallets(db.kysely, holder)
      return {
        value: `${holder.kind}:${holder.id}`,
        holder,
        name: holder === own ? actor.name : (names.get(holder.id) ?? ''),
        free: new Map(wallets.map(({ currency, balance, held }) => [currency, balance - held])),
      }
    }),
  )
}

/** What a purse lacks of amounts, in minor units by currency; empty where it has enough. */
export const lackOf = (
  { free }: Pick<PayingPurse, 'free'>,
  amounts: ReadonlyMap<string, bigint>,
): [currency: string, missing: bigint][] =>
  [...amounts].flatMap(([currency, amount]) => {
    const missing = amount - (free.get(currency) ?? 0n)
    return missing > 0n ? [[currency, missing]] : []
  })
