import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Hub } from './create-hub.ts'
import type { Random } from './random.ts'

/** What every handler finds in its context. */
export interface HubEnv {
  Variables: {
    /** The W3C trace id: in every log line and problem of this request, and in its answer. */
    requestId: string
    log: Logger
  }
}

/** Names the request, logs its outcome, and tells the name to the caller. Queries are not logged: they hold names. */
export function traced(hub: Hub): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const begun = hub.clock.now()
    const requestId = traceIdOf(c.req.header('traceparent')) ?? makeTraceId(hub.random)
    const log = hub.log.child({ requestId })
    c.set('requestId', requestId)
    c.set('log', log)
    await next()
    c.res.headers.set('x-request-id', requestId)

    const { status } = c.res
    const line = { method: c.req.method, path: c.req.path, status, ms: hub.clock.now() - begun }
    if (status >= 500) log.error({ ...line, err: c.error }, 'fault')
    else log.info(line, 'request')
  }
}

/** The trace id of a valid `traceparent` (W3C Trace Context, level 1); a future version may have more fields. */
export function traceIdOf(header: string | undefined): string | undefined {
  const match =
    /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/.exec(
      header ?? '',
    )
  if (!match || (header?.startsWith('00') && match[2])) return undefined
  return match[1]
}

function makeTraceId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}
