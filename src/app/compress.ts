import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'

const compressible =
  /^(text\/(html|css|javascript|plain|csv)|application\/([\w.-]+\+)?json|image\/svg\+xml)/

/**
 * Hono compresses whatever does not say that it is small, so the second step measures first. A
 * stream of events is neither measured nor compressed: it would be held back until its end.
 */
export const gzip: [MiddlewareHandler, MiddlewareHandler] = [
  compress({
    encoding: 'gzip',
    threshold: 1024,
    contentTypeFilter: (type) => compressible.test(type),
  }),
  async (c, next) => {
    await next()
    const type = c.res.headers.get('content-type') ?? ''
    if (!c.req.header('accept-encoding') || !compressible.test(type) || !c.res.body) return
    if (c.res.headers.has('content-length') || c.res.headers.has('transfer-encoding')) return
    const body = await c.res.arrayBuffer()
    c.res = new Response(body, c.res)
    c.res.headers.set('content-length', String(body.byteLength))
  },
]
