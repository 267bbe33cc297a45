import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { findUsed } from '../../zones/index.ts'
import { holderKey, limitKeys, nextLevel, type Level, type LimitParts, type Way } from './limits.ts'

/** How well the hub knows each holder; who is not there is new. Nothing is read where nobody is limited. */
export async function findLevels(
  db: Db,
  hub: string,
  { limits, today }: Pick<LimitParts, 'limits' | 'today'>,
  holders: readonly Holder[],
): Promise<ReadonlyMap<string, Level>> {
  if (!limits || holders.length === 0) return new Map()
  const idsOf = (wanted: Holder['kind']): string[] => [
    ...new Set(holders.flatMap(({ kind, id }) => (kind === wanted ? [id] : []))),
  ]
  const [people, businesses] = [idsOf('person'), idsOf('business')]
  // Who was verified under another name has to show the new one. Of two levels the later row counts.
  const { rows } = await sql<{ level: Level; kind: Holder['kind']; id: string }>`
    select 'known' as level, 'person' as kind, person_id as id, 1 as rank from people
     where home_hub = ${hub} and person_id = any(${people}::uuid[]) and email_confirmed_at is not null
    union all
    select distinct 'known', 'business', business_id, 1 from business_identifiers
     where home_hub = ${hub} and business_id = any(${businesses}::uuid[])
    union all
    select 'verified', v.holder_kind, v.holder_id, 2 from verifications v
      left join people p on v.holder_kind = 'person' and p.home_hub = v.home_hub and p.person_id = v.holder_id
      left join businesses b on v.holder_kind = 'business' and b.home_hub = v.home_hub and b.id = v.holder_id
     where v.home_hub = ${hub} and v.state = 'verified' and v.valid_until >= ${today()}
       and v.holder_id = any(${[...people, ...businesses]}::uuid[]) and v.name = coalesce(p.name, b.name)
    order by rank`.execute(db)
  return new Map(rows.map((row) => [holderKey(row), row.level]))
}

/** What a holder may still move, in cents of a euro. */
export type LeftOf = {
  readonly level: Level
  /** The next level at which more may be moved. */
  readonly next: ReturnType<typeof nextLevel>
  readonly left: Readonly<Record<Way, Left>>
}
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
  if (!parts.limits || !limits) return undefined
  const leftOf = async (way: Way): Promise<Left> => {
    const [day, month] = await Promise.all(
      limitKeys(parts, levels, holder, way).map((key) => findUsed(db, key)),
    )
    const rest = (limit: bigint, used = 0n): bigint => (limit > used ? limit - used : 0n)
    return { day: rest(limits.day, day), month: rest(limits.month, month) }
  }
  const [into, out] = await Promise.all([leftOf('in'), leftOf('out')])
  return { level, next: nextLevel(parts.limits, level), left: { in: into, out } }
}
