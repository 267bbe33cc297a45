import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Refusal, type RefusalFacts } from '../basis/refusal.ts'
import { Overloaded } from '../db/index.ts'
import { problemPage, wantsPage } from './problem-page.tsx'
import type { HubEnv } from './trace.ts'

/** Refusals whose status is not the usual 422. */
const statusByCode: Readonly<Record<string, number>> = {
  'not-found': 404,
  'body-too-large': 413,
  'broken-json': 400,
  'unreadable-form': 400,
  'files-waiting': 503,
  'idempotency-key-missing': 400,
  'idempotency-key-not-valid': 400,
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Nothing is here',
  405: 'This cannot be done here',
  409: 'Another request is doing this right now',
  413: 'The request is too large',
  415: 'This kind of content is not understood',
  422: 'Refused',
  429: 'Too many requests',
  503: 'Not available right now',
}

/**
 * An answer by RFC 9457. `type` is a stable name that a program can act on; the request id leads to
 * the log line.
 */
export function problem(
  c: Context<HubEnv>,
  status: number,
  code?: string,
  facts?: RefusalFacts,
): Response {
  const body = {
    type: code ? `urn:ewtp:problem:${code}` : 'about:blank',
    title: titles[status] ?? (status < 500 ? 'The request was not accepted' : 'Something broke'),
    status,
    ...(facts && Object.keys(facts).length > 0 ? { facts } : {}),
    instance: c.req.path,
    requestId: c.get('requestId'),
  }
  const headers = { 'content-type': 'application/problem+json; charset=utf-8' }
  return new Response(JSON.stringify(body), { status, headers })
}

/** The same, or a page where a person asked. */
export const trouble = (
  c: Context<HubEnv>,
  status: number,
  code?: string,
  facts?: RefusalFacts,
): Response | Promise<Response> =>
  wantsPage(c) ? problemPage(c, status, c.get('requestId')) : problem(c, status, code, facts)

/** A refusal becomes its code and facts; a fault says nothing but where to look it up. */
export async function problemOf(c: Context<HubEnv>, error: Error): Promise<Response> {
  if (error instanceof Refusal)
    return trouble(c, statusByCode[error.code] ?? 422, error.code, error.facts)
  if (error instanceof Overloaded) {
    const answer = await trouble(c, 503, 'busy')
    answer.headers.set('retry-after', '1')
    return answer
  }
  if (error instanceof HTTPException) return trouble(c, error.status)
  return trouble(c, 500)
}
