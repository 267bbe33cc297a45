import { sql } from 'kysely'
import type { Db, Tx } from '../../db/index.ts'
import type { KeptHit } from './kept-hit.ts'
import { versionWithoutLists } from './open-screening.ts'
import type { Considered, ScreeningListTable, ScreeningState, SubjectKind } from './schema.ts'
import './schema.ts'

/** A screened subject with what each of its names gave. */
export interface SubjectRecord {
  kind: SubjectKind
  id: string
  names: readonly string[]
  state: ScreeningState
  version: string
  /** With a list, and not in a hub that had none. */
  compared: boolean
  settled: readonly string[]
  screenedAt: string
  since: string
  results: readonly { key: string; hits: readonly KeptHit[] }[]
}

export interface SubjectPlace {
  homeHub: string
  kind: SubjectKind
  subjectId: string
}

export async function findSubject(
  db: Db | Tx,
  { homeHub, kind, subjectId }: SubjectPlace,
  { lock = false } = {},
): Promise<SubjectRecord | undefined> {
  const query = db
    .selectFrom('screening_subjects')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return undefined
  const results = await db
    .selectFrom('screening_results')
    .select(['name_key as key', 'hits'])
    .where('version', '=', row.version)
    .where('name_key', '=', sql<string>`any(${row.name_keys}::text[])`)
    .execute()
  return {
    ...{ kind: row.kind, id: row.subject_id, names: row.names, state: row.state },
    ...{ version: row.version, settled: row.settled, screenedAt: row.screened_at },
    ...{ since: row.since, compared: row.version !== versionWithoutLists, results },
  }
}

export interface SubjectLine {
  kind: SubjectKind
  id: string
  name: string
  state: ScreeningState
  /** In tenths. */
  topScore: number
  since: string
}

const pageSize = 50

/** One state of the desk, the most alike first, a page at a time after the place of the last. */
export async function findSubjects(
  db: Db,
  homeHub: string,
  state: ScreeningState,
  after?: { topScore: number; kind: string; id: string },
): Promise<{ lines: SubjectLine[]; more: boolean }> {
  let query = db
    .selectFrom('screening_subjects')
    .select(['kind', 'subject_id', 'names', 'state', 'top_score', 'since'])
    .where('home_hub', '=', homeHub)
    .where('state', '=', state)
  if (after)
    query = query.where(
      sql<boolean>`(-top_score, kind, subject_id) > (${-after.topScore}::int, ${after.kind}, ${after.id}::uuid)`,
    )
  const rows = await query
    .orderBy('top_score', 'desc')
    .orderBy('kind')
    .orderBy('subject_id')
    .limit(pageSize + 1)
    .execute()
  const lines = rows.slice(0, pageSize).map((row) => ({
    ...{ kind: row.kind, id: row.subject_id, name: row.names[0] ?? '', state: row.state },
    ...{ topScore: row.top_score, since: row.since },
  }))
  return { lines, more: rows.length > pageSize }
}

/** How many subjects are in each state. */
export async function countStates(
  db: Db,
  homeHub: string,
): Promise<Readonly<Record<ScreeningState, number>>> {
  const rows = await db
    .selectFrom('screening_subjects')
    .select(['state', sql<bigint>`count(*)`.as('count')])
    .where('home_hub', '=', homeHub)
    .groupBy('state')
    .execute()
  const counts = { clear: 0, review: 0, blocked: 0, unscreened: 0 }
  for (const { state, count } of rows) counts[state] = Number(count)
  return counts
}

/** How a subject stands; who was never screened is unscreened. */
export async function screeningState(db: Db, place: SubjectPlace): Promise<ScreeningState> {
  const row = await db
    .selectFrom('screening_subjects')
    .select('state')
    .where('home_hub', '=', place.homeHub)
    .where('kind', '=', place.kind)
    .where('subject_id', '=', place.subjectId)
    .executeTakeFirst()
  return row?.state ?? 'unscreened'
}

export interface DecisionLine {
  decision: 'clear' | 'blocked'
  reason: string
  by: string
  at: string
  considered: readonly Considered[]
  /** Made when the hub had a list to compare with. A list that was once there is never forgotten. */
  compared: boolean
}

/** Every decision on a subject, the latest first. */
export async function findDecisions(
  db: Db,
  { homeHub, kind, subjectId }: SubjectPlace,
): Promise<DecisionLine[]> {
  const rows = await db
    .selectFrom('screening_decisions')
    .select((is) => [
      ...(['decision', 'reason', 'decided_by_name', 'decided_at', 'considered'] as const),
      is
        .exists(is.selectFrom('screening_lists').whereRef('imported_at', '<=', 'decided_at'))
        .$castTo<boolean>()
        .as('compared'),
    ])
    .where('home_hub', '=', homeHub)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('decided_at', 'desc')
    .execute()
  return rows.map(({ decided_by_name, decided_at, ...row }) => ({
    ...{ ...row, by: decided_by_name, at: decided_at },
  }))
}

export type ListLine = Omit<ScreeningListTable, 'imported_at'> & { imported_at: string }

/** The lists in use. */
export function findLists(db: Db): Promise<ListLine[]> {
  return db
    .selectFrom('screening_lists')
    .selectAll()
    .where('current', '=', true)
    .orderBy('list')
    .execute()
}
