import { isCountry } from '../basis/country.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { isUuid } from '../basis/uuid.ts'
import { appendEvent, timestamptz, transact, type Db, type Tx } from '../db/index.ts'
import { hubRoles, type HubRole } from './actor.ts'
import type { PartiesParts } from './parts.ts'
import { rotateSessions } from './sessions.ts'
import './schema.ts'

/** A role on the hub, or the pavilion of a country. */
export type Grant = { role: HubRole } | { country: string }

export interface GrantCommand {
  personId: string
  grant: Grant
  /** False takes it away. */
  given: boolean
  by: string
}

/** A form's `role:carrier` or `country:MY` as a grant. */
export function grantFrom(text: string): Grant | undefined {
  const [kind, name = ''] = text.split(':')
  const role = kind === 'role' ? hubRoles.find((each) => each === name) : undefined
  if (role) return { role }
  const country = name.toUpperCase()
  return kind === 'country' && isCountry(country) ? { country } : undefined
}

/** Gives or takes a role; a hub keeps one operator at least. Their sessions get new tokens. */
export async function grantRole(
  parts: PartiesParts,
  { personId, grant, given, by }: GrantCommand,
): Promise<Refused | undefined> {
  if (!isUuid(personId)) return undefined
  const of = { home_hub: parts.hub.id, person_id: personId }
  return transact(parts.db, async (tx) => {
    const person = await tx
      .selectFrom('people')
      .select('person_id')
      .where('home_hub', '=', of.home_hub)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (!person) return undefined
    if (!given && 'role' in grant && grant.role === 'operator') {
      if (await isLastOperator(tx, of.home_hub, personId)) return refused('last-operator')
    }
    await (given ? give(tx, parts, of, grant, by) : take(tx, of, grant))
    await rotateSessions(tx, of.home_hub, personId)
    await appendEvent(tx, {
      hub: of.home_hub,
      at: parts.now(),
      kind: given ? 'role.granted' : 'role.taken',
      subject: personId,
      actor: by,
      body: { ...grant },
    })
    return undefined
  })
}

async function isLastOperator(tx: Tx, homeHub: string, personId: string): Promise<boolean> {
  const operators = await tx
    .selectFrom('hub_roles')
    .select('person_id')
    .where('home_hub', '=', homeHub)
    .where('role', '=', 'operator')
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return operators.length === 1 && operators[0]?.person_id === personId
}

interface OfPerson {
  home_hub: string
  person_id: string
}

async function give(
  tx: Tx,
  parts: PartiesParts,
  of: OfPerson,
  grant: Grant,
  by: string,
): Promise<void> {
  const how = { granted_by: by, granted_at: timestamptz(parts.now()) }
  if ('role' in grant)
    await tx
      .insertInto('hub_roles')
      .values({ ...of, role: grant.role, ...how })
      .onConflict((conflict) => conflict.constraint('hub_roles_pk').doNothing())
      .execute()
  else
    await tx
      .insertInto('curators')
      .values({ ...of, country: grant.country, ...how })
      .onConflict((conflict) => conflict.constraint('curators_pk').doNothing())
      .execute()
}

async function take(tx: Tx, of: OfPerson, grant: Grant): Promise<void> {
  if ('role' in grant)
    await tx
      .deleteFrom('hub_roles')
      .where('home_hub', '=', of.home_hub)
      .where('person_id', '=', of.person_id)
      .where('role', '=', grant.role)
      .execute()
  else
    await tx
      .deleteFrom('curators')
      .where('home_hub', '=', of.home_hub)
      .where('person_id', '=', of.person_id)
      .where('country', '=', grant.country)
      .execute()
}

export interface PersonWithRoles {
  personId: string
  name: string
  email: string
  roles: HubRole[]
  countries: string[]
}

const pageSize = 50

/**
 * The people of the hub in the order of their addresses, from after a given one; `text` is part of a
 * name or an address.
 */
export async function findPeople(
  db: Db,
  homeHub: string,
  { text, after }: { text: string; after: string },
): Promise<{ people: PersonWithRoles[]; next: string | undefined }> {
  const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await db
    .selectFrom('people')
    .select(['person_id', 'name', 'email', 'email_key'])
    .where('home_hub', '=', homeHub)
    .where('email_key', '>', after)
    .$if(text !== '', (query) =>
      query.where((is) =>
        is.or([is('email_key', 'like', like), is(is.fn('lower', ['name']), 'like', like)]),
      ),
    )
    .orderBy('email_key')
    .limit(pageSize + 1)
    .execute()
  const shown = rows.slice(0, pageSize)
  const people = await withRoles(db, homeHub, shown)
  return { people, next: rows.length > pageSize ? shown.at(-1)?.email_key : undefined }
}

/** One person of the hub. */
export async function findPersonWithRoles(
  db: Db,
  homeHub: string,
  personId: string,
): Promise<PersonWithRoles | undefined> {
  if (!isUuid(personId)) return undefined
  const rows = await db
    .selectFrom('people')
    .select(['person_id', 'name', 'email'])
    .where('home_hub', '=', homeHub)
    .where('person_id', '=', personId)
    .execute()
  return (await withRoles(db, homeHub, rows))[0]
}

async function withRoles(
  db: Db,
  homeHub: string,
  people: readonly { person_id: string; name: string; email: string }[],
): Promise<PersonWithRoles[]> {
  if (people.length === 0) return []
  const ids = people.map((row) => row.person_id)
  const [roles, countries] = await Promise.all([
    db
      .selectFrom('hub_roles')
      .select(['person_id', 'role'])
      .where('home_hub', '=', homeHub)
      .where('person_id', 'in', ids)
      .execute(),
    db
      .selectFrom('curators')
      .select(['person_id', 'country'])
      .where('home_hub', '=', homeHub)
      .where('person_id', 'in', ids)
      .orderBy('country')
      .execute(),
  ])
  return people.map(({ person_id, name, email }) => {
    const held = new Set(roles.filter((row) => row.person_id === person_id).map((row) => row.role))
    const own = countries.filter((row) => row.person_id === person_id)
    return {
      personId: person_id,
      name,
      email,
      roles: hubRoles.filter((role) => held.has(role)),
      countries: own.map((row) => row.country),
    }
  })
}
