import type { Context } from 'hono'
import type { RefusalFacts } from '../basis/refusal.ts'
import type { PartiesEnv } from './actor.ts'

const titles = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Nothing is here',
  422: 'Refused',
  429: 'Too many requests',
} as const

export type ProblemStatus = keyof typeof titles

/** Programs get problems, people get pages. */
export const isApi = (c: Context): boolean => c.req.path.startsWith('/api/')

/** An answer by RFC 9457 for a program. Headers set on the context before are kept. */
export function problem(
  c: Context<PartiesEnv>,
  status: ProblemStatus,
  code: string,
  facts: RefusalFacts = {},
): Response {
  const body = {
    type: `urn:ewtp:problem:${code}`,
    title: titles[status],
    status,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    instance: c.req.path,
    requestId: c.get('requestId'),
  }
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json; charset=utf-8',
  })
}
