import type { MiddlewareHandler } from 'hono'
import { gather } from '../db/index.ts'
import type { PartiesEnv } from './actor.ts'
import { readCookie, writeCookie } from './cookies.ts'
import { findActorsByKey, findActorsBySession } from './find-actor.ts'
import type { PartiesParts } from './parts.ts'
import { isApi, problem } from './problem.ts'
import { renewSession, sessionLife } from './sessions.ts'
import { hashOf } from './tokens.ts'

/** What of the parts is needed to tell who asks. */
export type ActorParts = Pick<PartiesParts, 'db' | 'now' | 'random' | 'hub' | 'sendMail'>

/**
 * Finds out who asks, before any capability: by the session's cookie, or on the API by
 * `Authorization: Bearer` with an API key. A visitor without either costs nothing.
 */
export function withActor(parts: ActorParts): MiddlewareHandler<PartiesEnv> {
  const { db, now, random, hub } = parts
  const mailbox = parts.sendMail === undefined
  // Who asks at the same moment is looked up together.
  const byKey = gather({
    run: (texts: readonly string[]) => findActorsByKey(db.kysely, hub.id, texts, now()),
  })
  const bySession = gather({
    run: (secrets: readonly string[]) => findActorsBySession(db.kysely, hub.id, secrets, now()),
  })
  return async (c, next): Promise<Response | void> => {
    if (hub.origin !== undefined) c.set('origin', hub.origin)
    const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (bearer && isApi(c)) {
      const actor = await byKey(bearer)
      if (!actor) {
        c.header('www-authenticate', 'Bearer error="invalid_token"')
        return problem(c, 401, 'key-not-valid')
      }
      c.set('parties', { actor })
      return next()
    }
    const secret = readCookie(c, 'session')
    if (!secret) return next()
    const found = await bySession(secret)
    if (!found) return next()
    const { actor, session } = found
    const renewed = await renewSession(db.kysely, session, now(), random)
    // Whatever ends the other sessions must spare the one that this answer hands out.
    const here = renewed ? hashOf(renewed) : session.token_hash
    c.set('parties', { actor, session: here, mailbox })
    await next()
    // Afterwards, as a handler may answer with a response of its own; and signing out wins.
    const told = c.res.headers.getSetCookie().some((line) => /^(__Host-)?session=/.test(line))
    if (!renewed || told) return
    writeCookie(c, 'session', renewed, sessionLife.atMost / 1000)
    // What everybody may keep must not carry somebody's secret.
    if (/\bpublic\b/.test(c.res.headers.get('cache-control') ?? ''))
      c.res.headers.set('cache-control', 'private, no-store')
  }
}
