import { sql } from 'kysely'
import { appendEvents, timestamptz, transact, type Database, type Tx } from '../../db/index.ts'
import { keptHit, referenceOf, type KeptHit } from './kept-hit.ts'
import { nameKey, readName } from './name-words.ts'
import type { Screening } from './open-screening.ts'
import type { ScreeningState, SubjectKind } from './schema.ts'
import { reviewFrom, type Screener } from './screener.ts'

/** A business, or a person who buys. */
export interface Subject {
  homeHub: string
  kind: SubjectKind
  id: string
  /** The name that it trades under first, then what else it is called. */
  names: readonly string[]
}

export interface ScreenedSubject extends Subject {
  state: ScreeningState
  hits: readonly KeptHit[]
}

type Results = ReadonlyMap<string, readonly KeptHit[]>

/** One business; see `screenSubjects`. */
export async function screenBusiness(
  tx: Tx,
  screener: Screener,
  { homeHub, id, names }: Omit<Subject, 'kind'>,
  at: number,
): Promise<ScreenedSubject> {
  const [screened] = await screenSubjects(
    tx,
    screener,
    [{ homeHub, kind: 'business', id, names }],
    at,
  )
  if (!screened) throw new Error(`Business ${id} was not screened`)
  return screened
}

/**
 * Screens subjects against the lists in use and writes down how they stand. What an officer decided
 * for a name and an entry is not asked again; who was blocked stays so until an officer says
 * otherwise. Without any list nobody is clear, nor is a name without a letter: they stay unscreened.
 */
export async function screenSubjects(
  tx: Tx,
  screener: Screener,
  subjects: readonly Subject[],
  at: number,
): Promise<ScreenedSubject[]> {
  const named = subjects
    .map((subject) => ({ ...subject, keys: keysOf(subject.names) }))
    .toSorted((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1))
  const results = await resultsFor(
    tx,
    screener,
    named.flatMap((each) => [...each.keys]),
    at,
  )
  const known = await lockKnown(tx, named)
  const screened = named.map((subject) => {
    const before = known.get(`${subject.kind}:${subject.id}`)
    const { state, hits } = judge(screener, [...subject.keys.keys()], results, before)
    return { ...subject, before, state, hits }
  })
  await write(tx, screener.version, screened, at)
  return screened.map(({ homeHub, kind, id, names, state, hits }) => ({
    ...{ homeHub, kind, id, names, state, hits },
  }))
}

/**
 * Everybody who was last screened against other lists, and in a hub without lists who counts as
 * clear nevertheless, a batch to a transaction.
 */
export async function rescreenDue(
  database: Database,
  screening: Screening,
  at: number,
  most = 100_000,
): Promise<number> {
  const screener = await screening.screener(database.kysely)
  let done = 0
  while (done < most) {
    const batch = await transact(database, async (tx) => {
      const rows = await tx
        .selectFrom('screening_subjects')
        .select(['home_hub', 'kind', 'subject_id', 'names'])
        .where((is) =>
          is.or([
            is('version', '<>', screener.version),
            ...(screener.entries === 0 ? [is('state', '=', 'clear')] : []),
          ]),
        )
        .orderBy('kind')
        .orderBy('subject_id')
        .limit(200)
        .forUpdate()
        .execute()
      const subjects = rows.map((row) => ({
        ...{ homeHub: row.home_hub, kind: row.kind, id: row.subject_id, names: row.names },
      }))
      await screenSubjects(tx, screener, subjects, at)
      return subjects.length
    })
    done += batch
    if (batch === 0) break
  }
  await database.kysely
    .deleteFrom('screening_results')
    .where('version', '<>', screener.version)
    .execute()
  return done
}

/** The key of each name, with the name as it was written. */
function keysOf(names: readonly string[]): Map<string, string> {
  return new Map(
    names.map((name): [string, string] => [nameKey(readName(name)), name]).filter(([key]) => key),
  )
}

/** Kept results where there are any; the rest is worked out and kept. */
async function resultsFor(
  tx: Tx,
  screener: Screener,
  asked: readonly (readonly [key: string, name: string])[],
  at: number,
): Promise<Results> {
  const results = new Map<string, readonly KeptHit[]>()
  if (asked.length === 0) return results
  const kept = await tx
    .selectFrom('screening_results')
    .select(['name_key', 'hits'])
    .where('version', '=', screener.version)
    .where('name_key', '=', sql<string>`any(${[...new Set(asked.map(([key]) => key))]}::text[])`)
    .execute()
  for (const { name_key, hits } of kept) results.set(name_key, hits)
  const fresh = new Map<string, readonly KeptHit[]>()
  for (const [key, name] of asked)
    if (!results.has(key) && !fresh.has(key)) fresh.set(key, screener.check(name).hits.map(keptHit))
  for (const [key, hits] of fresh) results.set(key, hits)
  if (fresh.size === 0) return results
  const sorted = [...fresh].toSorted(([a], [b]) => (a < b ? -1 : 1))
  await sql`
    insert into screening_results (name_key, version, hits, screened_at)
    select name_key, ${screener.version}, hits, ${timestamptz(at)}
      from unnest(${sorted.map(([key]) => key)}::text[],
                  ${sorted.map(([, hits]) => JSON.stringify(hits))}::jsonb[]) as row(name_key, hits)
    on conflict do nothing`.execute(tx)
  return results
}

interface Known {
  state: ScreeningState
  settled: string[]
}

async function lockKnown(tx: Tx, subjects: readonly Subject[]): Promise<Map<string, Known>> {
  if (subjects.length === 0) return new Map()
  const rows = await tx
    .selectFrom('screening_subjects')
    .select(['kind', 'subject_id', 'state', 'settled'])
    .where('home_hub', '=', sql<string>`any(${subjects.map((each) => each.homeHub)}::uuid[])`)
    .where('subject_id', '=', sql<string>`any(${subjects.map((each) => each.id)}::uuid[])`)
    .orderBy('kind')
    .orderBy('subject_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [`${row.kind}:${row.subject_id}`, row]))
}

/** Pure: how a subject stands, from what its names gave and what was decided before. */
export function judge(
  screener: Pick<Screener, 'entries'>,
  keys: readonly string[],
  results: Results,
  before: Known | undefined,
): { state: ScreeningState; hits: KeptHit[] } {
  const best = new Map<string, { hit: KeptHit; open: boolean }>()
  for (const key of keys)
    for (const hit of results.get(key) ?? []) {
      const name = `${hit.list}:${hit.entry}`
      const open = hit.score >= reviewFrom && !before?.settled.includes(referenceOf(hit, key))
      const known = best.get(name)
      best.set(name, {
        hit: known && known.hit.score >= hit.score ? known.hit : hit,
        open: open || (known?.open ?? false),
      })
    }
  const all = [...best.values()]
  const hits = all.map(({ hit }) => hit).toSorted((a, b) => b.score - a.score)
  if (before?.state === 'blocked') return { state: 'blocked', hits }
  if (all.some(({ open }) => open)) return { state: 'review', hits }
  return { state: screener.entries === 0 || keys.length === 0 ? 'unscreened' : 'clear', hits }
}

type Written = ScreenedSubject & { keys: Map<string, string>; before: Known | undefined }

async function write(
  tx: Tx,
  version: string,
  screened: readonly Written[],
  at: number,
): Promise<void> {
  if (screened.length === 0) return
  const rows = screened.map(({ homeHub, kind, id, names, keys, state, hits }) => ({
    ...{ home_hub: homeHub, kind, subject_id: id, names, name_keys: [...keys.keys()], state },
    top_score: Math.round((hits[0]?.score ?? 0) * 10),
  }))
  await sql`
    insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state,
                                    top_score, screened_at, since)
    select home_hub, kind, subject_id, names, name_keys, ${version}, state, top_score,
           ${timestamptz(at)}, ${timestamptz(at)}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(home_hub uuid, kind text, subject_id uuid, names text[], name_keys text[],
               state text, top_score integer)
    on conflict (home_hub, kind, subject_id) do update
      set names = excluded.names, name_keys = excluded.name_keys, version = excluded.version,
          state = excluded.state, top_score = excluded.top_score,
          screened_at = excluded.screened_at,
          since = case when screening_subjects.state = excluded.state
                       then screening_subjects.since else excluded.since end`.execute(tx)
  const changed = screened.filter(({ before, state }) => before?.state !== state)
  await tellBusinesses(tx, screened)
  await appendEvents(
    tx,
    changed.map(({ homeHub, kind, id, state }) => ({
      ...{ hub: homeHub, at, kind: 'screening.changed', subject: id },
      body: { kind, state },
    })),
  )
}

/** A business carries its state, as every page of its shop shows it. */
export async function tellBusinesses(
  tx: Tx,
  changed: readonly Pick<ScreenedSubject, 'homeHub' | 'kind' | 'id' | 'state'>[],
): Promise<void> {
  const businesses = changed
    .filter(({ kind }) => kind === 'business')
    .map(({ homeHub, id, state }) => ({ home_hub: homeHub, id, state }))
  if (businesses.length === 0) return
  await sql`
    update businesses set screening = row.state
      from jsonb_to_recordset(${JSON.stringify(businesses)}::jsonb)
        as row(home_hub uuid, id uuid, state text)
     where businesses.home_hub = row.home_hub and businesses.id = row.id
       and businesses.screening <> row.state`.execute(tx)
}
