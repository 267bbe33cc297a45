import type { Context, MiddlewareHandler } from 'hono'
import type { PartiesEnv } from './actor.ts'
import { isApi, problem } from './problem.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A form of another site must not act for somebody who is signed in here (CSRF), nor sign anybody in.
 * Browsers say where a request was started; who does not say it and brings a cookie is refused.
 * Programs with an API key bring no cookie, so nothing can be started in their name.
 */
export const fromOurPages: MiddlewareHandler<PartiesEnv> = (c, next) => {
  if (harmless.has(c.req.method) || isOpenApi(c) || cameFromHere(c)) return next()
  return Promise.resolve(problem(c, 403, 'started-elsewhere'))
}

function cameFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (origin !== undefined) return URL.parse(origin)?.host === ownHost(c)
  // No browser of the last years: it brings nothing that a page elsewhere could make use of.
  return c.req.header('cookie') === undefined
}

/** What anybody may ask, also from a page of another site: nobody is signed in by this request. */
const isOpenApi = (c: Context): boolean => isApi(c) && c.req.header('cookie') === undefined

/** The host that the browser asked for, or the configured one behind a proxy. */
const ownHost = (c: Context): string | undefined =>
  URL.parse(c.get('origin') ?? '')?.host ?? c.req.header('host') ?? new URL(c.req.url).host
