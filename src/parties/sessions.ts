import type { RandomBytes } from '../basis/uuid.ts'
import { timestamptz, type Db, type Tx } from '../db/index.ts'
import { hashOf, makeToken } from './tokens.ts'
import './schema.ts'

const day = 86_400_000

/** Milliseconds: how long a session lives unused, and at most. */
export const sessionLife = { unused: 14 * day, atMost: 90 * day }

/** How exact `seen_at` is: a write for every page would be too many. */
const seenEvery = 5 * 60_000

/** How long an old token still works after a rotation: pages fetch several things at once. */
const overlap = 30_000

export interface NewSession {
  homeHub: string
  personId: string
  agent: string
}

/** Starts a session and gives its secret, which only the cookie holds from then on. */
export async function startSession(
  tx: Tx,
  { homeHub, personId, agent }: NewSession,
  now: number,
  random: RandomBytes,
): Promise<string> {
  const { secret, hash } = makeToken(random)
  await tx
    .insertInto('sessions')
    .values({
      token_hash: hash,
      home_hub: homeHub,
      person_id: personId,
      agent: agent.slice(0, 200),
      created_at: timestamptz(now),
      seen_at: timestamptz(now),
      expires_at: timestamptz(now + sessionLife.unused),
      ends_at: timestamptz(now + sessionLife.atMost),
    })
    .execute()
  return secret
}

export async function endSession(db: Db, secret: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', hashOf(secret)).execute()
}

/** Signs the person out everywhere, or everywhere but here; known devices are forgotten as well. */
export async function endSessions(
  tx: Tx,
  homeHub: string,
  personId: string,
  except?: Uint8Array,
): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('home_hub', '=', homeHub)
    .where('person_id', '=', personId)
    .$if(except !== undefined, (query) => query.where('token_hash', '!=', except!))
    .execute()
  await tx
    .deleteFrom('known_devices')
    .where('home_hub', '=', homeHub)
    .where('person_id', '=', personId)
    .execute()
}

/** What a person may do has changed: their sessions get new tokens with the next answer. */
export async function rotateSessions(tx: Tx, homeHub: string, personId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ rotate: true })
    .where('home_hub', '=', homeHub)
    .where('person_id', '=', personId)
    .execute()
}

export interface LiveSession {
  token_hash: Uint8Array
  seen_at: string
  ends_at: string
  rotate: boolean
}

/**
 * Keeps a session alive while it is used. Gives a new secret where the session is due for one; the
 * old one ends within half a minute.
 */
export async function renewSession(
  db: Db,
  session: LiveSession,
  now: number,
  random: RandomBytes,
): Promise<string | undefined> {
  if (!session.rotate && now - Date.parse(session.seen_at) < seenEvery) return undefined
  const expires = Math.min(now + sessionLife.unused, Date.parse(session.ends_at))
  const alive = { seen_at: timestamptz(now), expires_at: timestamptz(expires) }
  const one = db.updateTable('sessions').where('token_hash', '=', session.token_hash)
  if (!session.rotate) {
    await one.set(alive).execute()
    return undefined
  }
  return db.transaction().execute(async (tx) => {
    const old = await tx
      .updateTable('sessions')
      // Seen now: within the overlap nothing may give it a longer life again.
      .set({ rotate: false, seen_at: timestamptz(now), expires_at: timestamptz(now + overlap) })
      .where('token_hash', '=', session.token_hash)
      .where('rotate', '=', true)
      .returning(['home_hub', 'person_id', 'agent', 'created_at', 'ends_at'])
      .executeTakeFirst()
    if (!old) return undefined // another request of the same page was faster
    const { secret, hash } = makeToken(random)
    await tx
      .insertInto('sessions')
      .values({ ...old, ...alive, token_hash: hash })
      .execute()
    return secret
  })
}
