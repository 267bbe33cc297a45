import { sql } from 'kysely'
import type { EventReader, LoggedEvent, Tx } from '../../db/index.ts'
import type { Screening } from './open-screening.ts'
import { screenSubjects, type Subject } from './screen-subjects.ts'
import type { SubjectKind } from './schema.ts'
import '../schema.ts'

const kinds: Readonly<Record<string, SubjectKind>> = {
  'business.created': 'business',
  'business.profile-saved': 'business',
  'person.joined': 'person',
}

/** Follows the event log: who joins, who opens a business or renames one is screened. */
export function followNames(screening: Screening): EventReader {
  return {
    name: 'screening',
    kinds: Object.keys(kinds),
    async handle(tx, events) {
      const subjects = await subjectsOf(tx, events)
      const at = Math.max(...events.map((event) => event.at))
      if (subjects.length > 0) await screenSubjects(tx, await screening.screener(tx), subjects, at)
    },
  }
}

/** As they are called now; somebody who has gone since is nobody to screen. */
async function subjectsOf(tx: Tx, events: readonly LoggedEvent[]): Promise<Subject[]> {
  const ids = (kind: SubjectKind): string[] => [
    ...new Set(events.filter((event) => kinds[event.kind] === kind).map((event) => event.subject)),
  ]
  const businesses = await tx
    .selectFrom('businesses')
    .select(['home_hub', 'id', 'name'])
    .where('id', '=', sql<string>`any(${ids('business')}::uuid[])`)
    .execute()
  const people = await tx
    .selectFrom('people')
    .select(['home_hub', 'person_id as id', 'name'])
    .where('person_id', '=', sql<string>`any(${ids('person')}::uuid[])`)
    .execute()
  const subject = (kind: SubjectKind) => (row: { home_hub: string; id: string; name: string }) => ({
    ...{ homeHub: row.home_hub, kind, id: row.id, names: [row.name] },
  })
  return [...businesses.map(subject('business')), ...people.map(subject('person'))]
}
