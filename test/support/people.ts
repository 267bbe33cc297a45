import { randomBytes } from 'node:crypto'
import { closedNet, createHub, silentLog, type Hub } from '../../src/app/index.ts'
import { partiesPartsOf } from '../../src/app/capabilities.ts'
import { transact, type Database } from '../../src/db/index.ts'
import { isRefused } from '../../src/basis/refusal.ts'
import { createBusiness, joinHub } from '../../src/parties/index.ts'
import type { HubRole, PartiesParts, StaffRole } from '../../src/parties/index.ts'
import { makeApiKey } from '../../src/parties/api-keys.ts'
import { enter } from '../../src/parties/sign-in.ts'
import { testClock } from './clock.ts'
import { keysInMemory } from './keys.ts'

/** A person who is signed in; `headers` are those of their browser on a page of this hub. */
export interface TestPerson {
  personId: string
  email: string
  headers: Record<string, string>
}

export const hubOrigin = 'http://hub.test'

/** A hub with real randomness: many people need many different ids and secrets. */
export function peopledHub(
  db: Database,
  more: Partial<Pick<Hub, 'sendMail' | 'demoSignIns' | 'clock' | 'log'>> = {},
): Hub {
  const id = '0199d2f0-0000-7000-8000-000000000001'
  return createHub({
    db,
    clock: testClock(),
    random: { bytes: (length) => randomBytes(length), fraction: () => 0.5 },
    net: closedNet(),
    keys: keysInMemory(),
    config: { id, name: 'Test hub', territory: 'MY', version: '0.0.0' },
    log: silentLog(),
    ...more,
  })
}

const partsOf = (hub: Hub): PartiesParts => ({
  ...partiesPartsOf(hub),
  random: (length) => randomBytes(length),
})

export interface NewPerson {
  hubRoles?: readonly HubRole[]
  /** Business id to role. */
  businesses?: Readonly<Record<string, StaffRole>>
  curatorOf?: readonly string[]
}

/** Makes a person with exactly these roles, signed in. */
export async function testPerson(hub: Hub, name: string, is: NewPerson = {}): Promise<TestPerson> {
  const parts = partsOf(hub)
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`
  const command = { name, email, password: undefined, locale: 'en', origin: hubOrigin }
  const joined = await joinHub(parts, { ...command, emailConfirmed: true })
  if (isRefused(joined)) throw new Error(joined.refused)
  const { personId } = joined
  const { session } = await transact(hub.db, async (tx) => {
    const at = new Date(hub.clock.now()).toISOString()
    const of = { home_hub: hub.config.id, person_id: personId }
    await tx.deleteFrom('hub_roles').where('person_id', '=', personId).execute()
    const how = { granted_by: null, granted_at: at }
    for (const role of is.hubRoles ?? [])
      await tx
        .insertInto('hub_roles')
        .values({ ...of, role, ...how })
        .execute()
    for (const country of is.curatorOf ?? [])
      await tx
        .insertInto('curators')
        .values({ ...of, country, ...how })
        .execute()
    for (const [business_id, role] of Object.entries(is.businesses ?? {}))
      await tx
        .insertInto('memberships')
        .values({ ...of, business_id, role, since: at })
        .execute()
    return enter(tx, parts, personId, { agent: 'test' }, 'join')
  })
  return { personId, email, headers: { cookie: `session=${session}`, origin: hubOrigin } }
}

/** Opens a business of this person and gives its id. */
export async function testBusiness(
  hub: Hub,
  owner: TestPerson,
  { name = 'Batik Amina', country = 'MY' } = {},
): Promise<string> {
  const { personId } = owner
  const made = await createBusiness(partsOf(hub), { personId, name, country, slug: '' })
  if (isRefused(made)) throw new Error(made.refused)
  // Opening a business rotates the owner's sessions; a test keeps its cookie.
  await hub.db.kysely.updateTable('sessions').set({ rotate: false }).execute()
  return made.businessId
}

/** The headers of a program with an API key of this business. */
export async function testKey(
  hub: Hub,
  businessId: string,
  { personId }: TestPerson,
  scopes: readonly string[],
): Promise<Record<string, string>> {
  const key = { businessId, personId, label: 'test', scopes, days: 0 }
  const made = await makeApiKey(partsOf(hub), key)
  if (isRefused(made)) throw new Error(made.refused)
  return { authorization: `Bearer ${made.text}` }
}
