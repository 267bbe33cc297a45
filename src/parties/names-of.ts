import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

/** How people and businesses are called, by their id; who is not known is left out. */
export async function namesOf(
  db: Db,
  homeHub: string,
  parties: readonly { readonly kind: 'person' | 'business'; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: 'person' | 'business'): string[] => [
    ...new Set(parties.filter((each) => each.kind === kind).map(({ id }) => id)),
  ]
  if (parties.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select person_id as id, name from people
     where home_hub = ${homeHub} and person_id = any(${ids('person')}::uuid[])
    union all
    select id, name from businesses
     where home_hub = ${homeHub} and id = any(${ids('business')}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
