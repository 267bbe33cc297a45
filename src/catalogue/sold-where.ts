import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { Owner } from './offer.ts'
import './schema.ts'

/** Which of a business's offers it sells to a destination, by their ids; what was not decided is not sold. */
export async function findSoldThere(
  db: Db,
  { homeHub, businessId }: Owner,
  offerIds: readonly string[],
  destination: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('offer_markets')
    .select('offer_id')
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)
    .where('offer_id', '=', sql<string>`any(${[...offerIds]}::uuid[])`)
    .where('destination', '=', destination)
    .where('open', '=', true)
    .execute()
  return new Set(rows.map(({ offer_id }) => offer_id))
}
