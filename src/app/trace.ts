import type { MiddlewareHandler } from 'hono'
import type { Hub } from './create-hub.ts'
import type { Random } from './random.ts'

/** What every handler finds in its context. */
export interface HubEnv {
  Variables: {
    /** The W3C trace id: in every log line and problem of this request, and in its answer. */
    requestId: string
  }
}

/**
 * Names the request, logs its outcome, and tells the name to the caller. Queries are not logged:
 * they hold names.
 */
export function traced(hub: Hub): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const begun = hub.clock.now()
    const requestId = traceIdOf(c.req.header('traceparent')) ?? makeTraceId(hub.random)
    c.set('requestId', requestId)
    await next()
    c.res.headers.set('x-request-id', requestId)

    const { method } = c.req
    const path = withoutSecret(c.req.path)
    const line = { requestId, method, path, status: c.res.status, ms: hub.clock.now() - begun }
    if (line.status === 503 && !c.error) hub.log.warn(line, 'busy')
    else if (line.status >= 500) hub.log.error({ ...line, err: c.error }, 'fault')
    else hub.log.info(line, 'request')
  }
}

/** Whoever has such an address has what it opens, also with a sign too many at its end: the log has only what kind it is. */
const withoutSecret = (path: string): string =>
  path.replace(/^(\/+(?:track|pay)|.*\/requests)\/+[^/].*/i, '$1/…')

/**
 * The trace id of a valid `traceparent` (W3C Trace Context, level 1); a future version may have
 * more fields.
 */
export function traceIdOf(header: string | undefined): string | undefined {
  if (!header) return undefined
  const [version = '', traceId = '', parent = '', flags = '', ...more] = header.split('-')
  const known = /^[0-9a-f]{2}$/.test(version) && version !== 'ff' && /^[0-9a-f]{2}$/.test(flags)
  if (!known || (version === '00' && more.length > 0)) return undefined
  if (!/^(?!0+$)[0-9a-f]{16}$/.test(parent)) return undefined
  return /^(?!0+$)[0-9a-f]{32}$/.test(traceId) ? traceId : undefined
}

function makeTraceId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}
