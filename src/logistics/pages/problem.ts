import type { Context } from 'hono'
import type { LogisticsEnv } from './parts.ts'

const titles = { 404: 'Nothing is here', 422: 'Refused' } as const

/** An answer by RFC 9457; `errors` names every place that is wrong. */
export function problem(
  c: Context<LogisticsEnv>,
  status: keyof typeof titles,
  code: string,
  detail: string,
  errors: readonly { at: string; reason: string }[] = [],
): Response {
  const body = {
    type: `urn:ewtp:problem:${code}`,
    title: titles[status],
    status,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
    instance: c.req.path,
    requestId: c.get('requestId'),
  }
  const headers = { 'content-type': 'application/problem+json; charset=utf-8' }
  return new Response(JSON.stringify(body), { status, headers })
}
