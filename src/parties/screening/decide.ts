import { refused, type Refused } from '../../basis/refusal.ts'
import { appendEvent, timestamptz, transact, type Database } from '../../db/index.ts'
import { findSubject } from './find-subjects.ts'
import { referenceOf } from './kept-hit.ts'
import { versionInUse, versionWithoutLists } from './open-screening.ts'
import type { SubjectKind } from './schema.ts'
import { reviewFrom } from './screener.ts'
import { tellBusinesses } from './screen-subjects.ts'

export interface NewDecision {
  homeHub: string
  kind: SubjectKind
  subjectId: string
  /** The decision's own id, made by the caller. */
  id: string
  decision: 'clear' | 'blocked'
  reason: string
  officer: { personId: string; name: string }
  /** The version of the lists that the officer had before them. */
  seen: string
  /** Unix milliseconds. */
  at: number
}

const leastReason = 5
const mostReason = 2_000

/**
 * An officer decides on a subject: all hits that were shown are settled by it, for these names.
 * Refuses a decision without a reason, on nobody, or on a page that newer lists have overtaken.
 * In a hub without lists an officer can block; a word in favour is kept, and whom nobody compared
 * with anything stays unscreened.
 */
export async function decide(
  database: Database,
  decision: NewDecision,
): Promise<{ decided: true } | Refused> {
  const reason = decision.reason.trim()
  if ([...reason].length < leastReason) return refused('reason-missing', { least: leastReason })
  if (reason.length > mostReason) return refused('reason-too-long', { most: mostReason })
  const { homeHub, kind, subjectId, officer, at } = decision
  return transact(database, async (tx) => {
    const subject = await findSubject(tx, { homeHub, kind, subjectId }, { lock: true })
    if (!subject) return refused('subject-unknown')
    if (subject.version !== decision.seen) return refused('screening-overtaken')
    const isCompared = subject.version !== versionWithoutLists
    if (!isCompared && (await versionInUse(tx)) !== versionWithoutLists)
      return refused('screening-overtaken')
    const state = isCompared || decision.decision === 'blocked' ? decision.decision : 'unscreened'
    const open = subject.results.flatMap(({ key, hits }) =>
      hits.filter((hit) => hit.score >= reviewFrom).map((hit) => ({ hit, key })),
    )
    await tx
      .insertInto('screening_decisions')
      .values({
        ...{ home_hub: homeHub, decision_id: decision.id, kind, subject_id: subjectId },
        ...{ decision: decision.decision, reason, version: subject.version },
        ...{ decided_by: officer.personId, decided_by_name: officer.name },
        decided_at: timestamptz(at),
        considered: JSON.stringify(
          open.map(({ hit: { list, entry, listed, score } }) => ({ list, entry, listed, score })),
        ),
      })
      .execute()
    const settled = new Set([
      ...subject.settled,
      ...open.map(({ hit, key }) => referenceOf(hit, key)),
    ])
    const changed = subject.state !== state
    await tx
      .updateTable('screening_subjects')
      .set({
        ...{ state, settled: [...settled] },
        ...(changed ? { since: timestamptz(at) } : {}),
      })
      .where('home_hub', '=', homeHub)
      .where('kind', '=', kind)
      .where('subject_id', '=', subjectId)
      .execute()
    await tellBusinesses(tx, [{ homeHub, kind, id: subjectId, state }])
    await appendEvent(tx, {
      ...{ hub: homeHub, at, actor: officer.personId, kind: 'screening.decided' },
      ...{
        subject: subjectId,
        body: { kind, decision: decision.decision, state, id: decision.id },
      },
    })
    return { decided: true }
  })
}
