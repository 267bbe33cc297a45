import type { Db } from '../db/index.ts'
import { instantOf, timestamptz } from '../db/index.ts'
import type { Actor, HubRole, StaffRole } from './actor.ts'
import { findPerson, type Person } from './people.ts'
import { sameBytes } from './tokens.ts'
import './schema.ts'

/** What a person sees of themself. Instants in Unix milliseconds. */
export interface AccountState {
  person: Person
  hasPassword: boolean
  businesses: { id: string; name: string; role: StaffRole }[]
  hubRoles: HubRole[]
  passkeys: { id: string; label: string; since: number }[]
  sessions: { agent: string; seen: number; here: boolean }[]
}

export async function findAccount(
  db: Db,
  homeHub: string,
  actor: Actor,
  session: Uint8Array | undefined,
  now: number,
): Promise<AccountState | undefined> {
  const { personId } = actor
  const person = await findPerson(db, homeHub, personId)
  if (!person) return undefined
  const [passwords, passkeys, sessions, businesses] = await Promise.all([
    db
      .selectFrom('passwords')
      .select('changed_at')
      .where('home_hub', '=', homeHub)
      .where('person_id', '=', personId)
      .execute(),
    db
      .selectFrom('passkeys')
      .select(['credential_id', 'label', 'created_at'])
      .where('home_hub', '=', homeHub)
      .where('person_id', '=', personId)
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('sessions')
      .select(['token_hash', 'agent', 'seen_at'])
      .where('home_hub', '=', homeHub)
      .where('person_id', '=', personId)
      // What was given a new token ends within the half minute, and is the same sign-in.
      .where('expires_at', '>', timestamptz(now + 30_000))
      .orderBy('seen_at', 'desc')
      .limit(50)
      .execute(),
    findOwnBusinesses(db, homeHub, personId),
  ])
  return {
    person,
    hasPassword: passwords.length > 0,
    businesses,
    hubRoles: [...actor.hubRoles],
    passkeys: passkeys.map(({ credential_id, label, created_at }) => ({
      id: credential_id,
      label,
      since: instantOf(created_at),
    })),
    sessions: sessions.map(({ token_hash, agent, seen_at }) => ({
      agent,
      seen: instantOf(seen_at),
      here: session !== undefined && sameBytes(token_hash, session),
    })),
  }
}

export function findOwnBusinesses(
  db: Db,
  homeHub: string,
  personId: string,
): Promise<{ id: string; name: string; role: StaffRole }[]> {
  return db
    .selectFrom('memberships as m')
    .innerJoin('businesses as b', (join) =>
      join.onRef('b.home_hub', '=', 'm.home_hub').onRef('b.id', '=', 'm.business_id'),
    )
    .select(['b.id', 'b.name', 'm.role'])
    .where('m.home_hub', '=', homeHub)
    .where('m.person_id', '=', personId)
    .orderBy('b.name')
    .orderBy('b.id')
    .execute()
}
