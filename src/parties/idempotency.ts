// Commands over HTTP that are done once however often they are sent (db/commands.ts), by the draft "The Idempotency-Key HTTP
// Header Field" (draft-ietf-httpapi-idempotency-key-header).
import type { Context } from 'hono'
import { Refusal, type RefusalFacts } from '../basis/refusal.ts'
import type { Answer } from '../db/index.ts'

/** The sender's key, with or without the quotes of a structured field. Refused: `idempotency-key-missing`, `idempotency-key-not-valid`. */
export function idempotencyKey(c: Context): string {
  const given = c.req.header('idempotency-key')?.trim()
  const key = /^"(.*)"$/.exec(given ?? '')?.[1] ?? given
  if (!key) throw new Refusal('idempotency-key-missing')
  if (key.length > 255 || !/^[\x21-\x7e]+$/.test(key))
    throw new Refusal('idempotency-key-not-valid')
  return key
}

const titles: Readonly<Record<number, string>> = {
  404: 'Nothing is here',
  409: 'Not possible as things stand',
  422: 'Refused',
}

/**
 * What a program gets: the stored outcome, the same bytes each time; a refusal as a problem (RFC 9457). While the same
 * command is at work 409 with Retry-After, and 422 for a key that was used for another request.
 */
export function commandAnswer(c: Context, answer: Answer): Response {
  if (answer.answer === 'at-work')
    return c.body(problemText(c, 409, 'at-work', {}), 409, { ...problemType, 'retry-after': '1' })
  if (answer.answer === 'key-of-another-request')
    return c.body(problemText(c, 422, 'key-of-another-request', {}), 422, problemType)
  const { status, body } = answer.outcome
  const said = answer.again ? { 'idempotency-replayed': 'true' } : {}
  const known = status as 200 | 201 | 404 | 409 | 422
  if (status < 400)
    return c.body(body, known, { ...said, 'content-type': 'application/json; charset=utf-8' })
  const { status: _, code, ...facts } = JSON.parse(body) as { status: number; code: string }
  return c.body(problemText(c, status, code, facts), known, { ...said, ...problemType })
}

const problemType = { 'content-type': 'application/problem+json; charset=utf-8' }

/** Without the id of the request, which differs each time. */
const problemText = (c: Context, status: number, code: string, facts: RefusalFacts): string =>
  JSON.stringify({
    type: `urn:ewtp:problem:${code}`,
    title: titles[status] ?? 'Not accepted',
    status,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    instance: c.req.path,
  })
