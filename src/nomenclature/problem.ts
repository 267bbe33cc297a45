import type { Context } from 'hono'

/** What the hub puts into the context of every request: its trace id, by which the log line is found. */
export type NomenclatureEnv = { Variables: { requestId: string } }

export type Place = { readonly at: string; readonly reason: string }

const titles = {
  400: 'The request cannot be read',
  404: 'Nothing is here',
  422: 'Refused',
} as const

/** An answer by RFC 9457 for a program; `errors` names every place that is wrong. */
export function problem(
  c: Context<NomenclatureEnv>,
  status: keyof typeof titles,
  code: string,
  errors: readonly Place[] = [],
): Response {
  const body = {
    type: `urn:ewtp:problem:${code}`,
    title: titles[status],
    status,
    ...(errors.length > 0 ? { errors } : {}),
    instance: c.req.path,
    requestId: c.get('requestId'),
  }
  const headers = { 'content-type': 'application/problem+json; charset=utf-8' }
  return new Response(JSON.stringify(body), { status, headers })
}
