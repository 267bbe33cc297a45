import { sql } from 'kysely'
import type { Db, Tx } from '../../db/index.ts'
import './schema.ts'

/** The ids of those that an officer has forbidden to trade with, of people and businesses asked about. */
export async function blockedAmong(
  db: Db | Tx,
  homeHub: string,
  asked: readonly { readonly kind: 'person' | 'business'; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ subject_id: string }>`
    select s.subject_id from screening_subjects s
      join unnest(${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ id }) => id)}::uuid[]) as a (kind, id)
        on (s.kind, s.subject_id) = (a.kind, a.id)
     where s.home_hub = ${homeHub} and s.state = 'blocked'`.execute(db)
  return new Set(rows.map((row) => row.subject_id))
}
