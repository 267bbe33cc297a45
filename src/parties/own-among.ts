import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

/** Those of the businesses that a person owns or works for. */
export async function ownAmong(
  db: Db,
  hub: string,
  person: string,
  businesses: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ business_id: string }>`
    select business_id from memberships
     where home_hub = ${hub} and person_id = ${person} and business_id = any(${businesses}::uuid[])`.execute(
    db,
  )
  return new Set(rows.map(({ business_id }) => business_id))
}
