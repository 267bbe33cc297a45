import { sql } from 'kysely'
import { timestamptz, type Db } from '../db/index.ts'
import type { Actor, HubRole, StaffRole } from './actor.ts'
import type { LiveSession } from './sessions.ts'
import { hashOf, sameBytes } from './tokens.ts'
import './schema.ts'

interface PersonRow {
  person_id: string
  name: string
  email: string
  businesses: Record<string, StaffRole>
  hub_roles: HubRole[]
  countries: string[]
}

/** Who each session belongs to and what they may do, in one query; nobody where it is over. */
export async function findActorsBySession(
  db: Db,
  homeHub: string,
  secrets: readonly string[],
  now: number,
): Promise<({ actor: Actor; session: LiveSession } | undefined)[]> {
  const hashes = secrets.map((secret) => Buffer.from(hashOf(secret)))
  const { rows } = await sql<PersonRow & LiveSession>`
    select s.token_hash, s.seen_at, s.ends_at, s.rotate, p.person_id, p.name, p.email,
           ${grants('p')}
      from sessions s join people p using (home_hub, person_id)
     where s.token_hash = any(${hashes}::bytea[]) and s.home_hub = ${homeHub}
       and s.expires_at > ${timestamptz(now)}`.execute(db)
  const found = new Map(rows.map((row) => [Buffer.from(row.token_hash).toString('hex'), row]))
  return hashes.map((hash) => {
    const row = found.get(hash.toString('hex'))
    return row && { actor: actorFrom(row), session: row }
  })
}

/** The memberships in the order they began, the hub roles and the curated countries of a person. */
const grants = (person: 'p') => sql`
  coalesce((select jsonb_object_agg(m.business_id, m.role) from memberships m
             where m.home_hub = ${sql.ref(person)}.home_hub
               and m.person_id = ${sql.ref(person)}.person_id), '{}') as businesses,
  coalesce((select jsonb_agg(r.role) from hub_roles r
             where r.home_hub = ${sql.ref(person)}.home_hub
               and r.person_id = ${sql.ref(person)}.person_id), '[]') as hub_roles,
  coalesce((select jsonb_agg(c.country) from curators c
             where c.home_hub = ${sql.ref(person)}.home_hub
               and c.person_id = ${sql.ref(person)}.person_id), '[]') as countries`

const actorFrom = (row: PersonRow): Actor => ({
  personId: row.person_id,
  name: row.name,
  email: row.email,
  businesses: new Map(Object.entries(row.businesses)),
  hubRoles: new Set(row.hub_roles),
  curatorOf: new Set(row.countries),
})

/** How exact an API key's last use is. */
const usedEvery = 60_000

/** The parts of a key's text, `ewtp_<prefix>_<secret>`. */
const keyText = /^ewtp_([0-9a-f]{12})_([\w-]{43})$/

/**
 * A program with an API key acts for one business, as staff, within the key's scopes; nothing else of the person who
 * made the key comes with it. Answers in the order of the keys' texts.
 */
export async function findActorsByKey(
  db: Db,
  homeHub: string,
  texts: readonly string[],
  now: number,
): Promise<(Actor | undefined)[]> {
  const prefixes = texts.flatMap((text) => keyText.exec(text)?.[1] ?? [])
  if (prefixes.length === 0) return texts.map(() => undefined)
  const rows = await keysOf(db, homeHub, [...new Set(prefixes)])
  const live = rows.filter(
    ({ expires_at, revoked_at }) =>
      revoked_at === null && (expires_at === null || Date.parse(expires_at) > now),
  )
  const known = new Map(live.map((key) => [key.prefix, key]))
  const found = texts.map((text) => {
    const key = known.get(keyText.exec(text)?.[1] ?? '')
    return key && sameBytes(hashOf(text), key.secret_hash) ? key : undefined
  })
  const unmarked = found.flatMap((key) =>
    key && (key.last_used_at === null || now - Date.parse(key.last_used_at) >= usedEvery)
      ? [key.prefix]
      : [],
  )
  if (unmarked.length > 0)
    await db
      .updateTable('api_keys')
      .set({ last_used_at: timestamptz(now) })
      .where('prefix', 'in', unmarked)
      .execute()
  return found.map((key) => key && programFrom(key))
}

const keysOf = (db: Db, homeHub: string, prefixes: readonly string[]) =>
  db
    .selectFrom('api_keys')
    .innerJoin('people', (join) =>
      join
        .onRef('people.home_hub', '=', 'api_keys.home_hub')
        .onRef('people.person_id', '=', 'api_keys.made_by'),
    )
    // Whoever made it is an owner still: a key must not outlive that, however it came about.
    .innerJoin('memberships as by', (join) =>
      join
        .onRef('by.home_hub', '=', 'api_keys.home_hub')
        .onRef('by.business_id', '=', 'api_keys.business_id')
        .onRef('by.person_id', '=', 'api_keys.made_by')
        .on('by.role', '=', 'owner'),
    )
    .selectAll('api_keys')
    .select(['people.name', 'people.email'])
    .where('prefix', '=', sql<string>`any(${prefixes}::text[])`)
    .where('api_keys.home_hub', '=', homeHub)
    .execute()

const programFrom = (key: Awaited<ReturnType<typeof keysOf>>[number]): Actor => ({
  personId: key.made_by,
  name: key.name,
  email: key.email,
  businesses: new Map([[key.business_id, 'staff']]),
  hubRoles: new Set(),
  curatorOf: new Set(),
  scopes: new Set(key.scopes),
})
