import { sql } from 'kysely'
import { refused, type Refused } from '../basis/refusal.ts'
import { appendEvent, timestamptz, transact, type Tx } from '../db/index.ts'
import type { PartiesParts } from './parts.ts'
import { passwordMatches } from './passwords.ts'
import { emailKey } from './people.ts'
import { limits, tryOnce } from './rate-limits.ts'
import { startSession } from './sessions.ts'
import { hashOf, makeToken, type Token } from './tokens.ts'
import './schema.ts'

/** The browser that a request came from. */
export interface Visitor {
  /** The address of the network, or of the proxy when none is trusted. */
  address: string
  agent: string
  /** The secret of a browser that once signed in, from its cookie. */
  device?: string | undefined
}

export interface SignInCommand extends Visitor {
  email: string
  password: string
}

/** The secrets that the browser gets as cookies. */
export interface SignedIn {
  personId: string
  session: string
  device: string
}

/**
 * A password from a browser that this person used before is counted apart: strangers who guess can
 * use up the tries of an account, but not lock its owner out. Whether there is such a person does not
 * show, neither in the answer nor in its time.
 */
export async function signIn(
  parts: PartiesParts,
  command: SignInCommand,
): Promise<SignedIn | Refused> {
  const known = await findCredentials(parts, command)
  const wait = await waitBeforeTry(parts, command, known?.device ?? false)
  if (wait > 0) return refused('too-many-tries', { wait })
  const matches = await passwordMatches(command.password, known?.hash ?? undefined)
  if (!known || !matches) return refused('sign-in-failed')
  return transact(parts.db, (tx) => enter(tx, parts, known.person_id, command, 'password'))
}

interface Credentials {
  person_id: string
  hash: string | null
  device: boolean
}

/** One query, with the same look-ups whether the person exists or not: of nobody, those of no id. */
async function findCredentials(
  { db, hub }: PartiesParts,
  { email, device = '' }: SignInCommand,
): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials | { person_id: null }>`
    select p.person_id, w.hash, d.token_hash is not null as device
      from (values (${hub.id}::uuid)) asked (home_hub)
      left join people p on p.home_hub = asked.home_hub and p.email_key = ${emailKey(email)}
      left join passwords w
        on w.home_hub = asked.home_hub and w.person_id = coalesce(p.person_id, ${noId}::uuid)
      left join known_devices d
        on d.home_hub = asked.home_hub and d.person_id = coalesce(p.person_id, ${noId}::uuid)
       and d.token_hash = ${hashOf(device)}`.execute(db.kysely)
  const [row] = rows
  return row?.person_id ? row : undefined
}

const noId = '00000000-0000-0000-0000-000000000000'

/** Seconds to wait, or 0 after counting the try. */
async function waitBeforeTry(
  { db, now }: PartiesParts,
  { email, address, device = '' }: SignInCommand,
  isKnown: boolean,
): Promise<number> {
  const at = now()
  if (isKnown) {
    const one = await tryOnce(
      db.kysely,
      limits.signInFromDevice,
      `${device} ${emailKey(email)}`,
      at,
    )
    return one.allowed ? 0 : one.wait
  }
  const here = await tryOnce(db.kysely, limits.signInFromAddress, address, at)
  if (!here.allowed) return here.wait
  const there = await tryOnce(db.kysely, limits.signInToAccount, emailKey(email), at)
  return there.allowed ? 0 : there.wait
}

/** Signs in whoever has shown who they are: a new session, and a browser that is known from now on. */
export async function enter(
  tx: Tx,
  { hub, now, random }: Pick<PartiesParts, 'hub' | 'now' | 'random'>,
  personId: string,
  { agent, device }: Pick<Visitor, 'agent' | 'device'>,
  by: 'password' | 'passkey' | 'join' | 'mail' | 'demo',
): Promise<SignedIn> {
  const at = now()
  const of = { home_hub: hub.id, person_id: personId }
  const session = await startSession(tx, { homeHub: hub.id, personId, agent }, at, random)
  const fresh = (await knownDevice(tx, hub.id, device)) ?? makeToken(random)
  await tx
    .insertInto('known_devices')
    .values({ ...of, token_hash: fresh.hash, last_used_at: timestamptz(at) })
    .onConflict((conflict) =>
      conflict
        .columns(['home_hub', 'person_id', 'token_hash'])
        .doUpdateSet({ last_used_at: timestamptz(at) }),
    )
    .execute()
  await appendEvent(tx, {
    hub: hub.id,
    at,
    kind: 'person.signed-in',
    subject: personId,
    actor: personId,
    body: { by },
  })
  return { personId, session, device: fresh.secret }
}

/** Only a secret of our own making is used again, not one that somebody put into the browser. */
async function knownDevice(tx: Tx, homeHub: string, secret = ''): Promise<Token | undefined> {
  const hash = hashOf(secret)
  const row = await tx
    .selectFrom('known_devices')
    .select('token_hash')
    .where('token_hash', '=', hash)
    .where('home_hub', '=', homeHub)
    .executeTakeFirst()
  return row && { secret, hash }
}
