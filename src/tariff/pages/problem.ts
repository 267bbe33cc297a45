import type { Context } from 'hono'

/** What the hub puts into the context of every request: its trace id, by which the log line is found. */
export type TariffEnv = { Variables: { requestId: string } }

export type Place = { readonly at: string; readonly reason: string }

const titles = {
  400: 'The request cannot be read',
  404: 'Nothing is here',
  422: 'Refused',
  503: 'Not available right now',
} as const

/** An answer by RFC 9457 in words for a developer; `errors` names every place that is wrong. */
export function problem(
  c: Context<TariffEnv>,
  status: keyof typeof titles,
  code: string,
  detail: string,
  errors: readonly Place[] = [],
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
