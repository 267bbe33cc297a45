import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'
import type { Owner } from './offer.ts'

/** Advisory locks of two numbers: this space (the letters GOOD) and a hash of the business. */
const space = 0x474f4f44

/**
 * Writers of one business's goods take turns, so that what is free (a slug, a seller's number) can be decided before it
 * is written. Several businesses are locked in one order; two that share a hash only wait for each other.
 */
export async function lockGoods(tx: Tx, owners: readonly Owner[]): Promise<void> {
  const names = [...new Set(owners.map(({ homeHub, businessId }) => `${homeHub} ${businessId}`))]
  if (names.length === 0) return
  await sql`
    select pg_advisory_xact_lock(${space}::int, hash)
      from (select distinct hashtext(name) as hash from unnest(${names}::text[]) as name order by hash) as locks
      order by hash`.execute(tx)
}
