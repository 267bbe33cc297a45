import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { findUsed } from '../../zones/index.ts'
import { holderKey, limitKeys, type Level, type LimitParts, type Way } from './limits.ts'

/** How well the hub knows each holder; who is not there is new. Nothing is read where nobody is limited. */
export async function findLevels(
  db: Db,
  hub: string,
  { limits }: Pick<LimitParts, 'limits'>,
  holders: readonly Holder[],
): Promise<ReadonlyMap<string, Level>> {
  if (!limits || holders.length === 0) return new Map()
  const idsOf = (wanted: Holder['kind']): string[] => [
    ...new Set(holders.flatMap(({ kind, id }) => (kind === wanted ? [id] : []))),
  ]
  const { rows } = await sql<{ kind: Holder['kind']; id: string }>`
    select 'person' as kind, person_id as id from people
     where home_hub = ${hub} and person_id = any(${idsOf('person')}::uuid[]) and email_confirmed_at is not null
    union all
    select distinct 'business', business_id from business_identifiers
     where home_hub = ${hub} and business_id = any(${idsOf('business')}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [holderKey(row), 'known' as const]))
}

/** What a holder may still move, in cents of a euro. */
export type LeftOf = { readonly level: Level; readonly left: Readonly<Record<Way, Left>> }
type Left = { readonly day: bigint; readonly month: bigint }

/** Undefined where the holder is not limited. */
export async function findLeft(
  db: Db,
  hub: string,
  parts: LimitParts,
  holder: Holder,
): Promise<LeftOf | undefined> {
  const levels = await findLevels(db, hub, parts, [holder])
  const level = levels.get(holderKey(holder)) ?? 'new'
  const limits = parts.limits?.[level]
  if (!limits) return undefined
  const leftOf = async (way: Way): Promise<Left> => {
    const [day, month] = await Promise.all(
      limitKeys(parts, levels, holder, way).map((key) => findUsed(db, key)),
    )
    const rest = (limit: bigint, used = 0n): bigint => (limit > used ? limit - used : 0n)
    return { day: rest(limits.day, day), month: rest(limits.month, month) }
  }
  const [into, out] = await Promise.all([leftOf('in'), leftOf('out')])
  return { level, left: { in: into, out } }
}
