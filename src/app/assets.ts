import type { Handler } from 'hono'
import { assets } from '../ui/index.ts'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

/**
 * The files that pages link to. An address carries the hash of its content (src/ui/assets.ts), so a
 * browser may keep it for ever; a hash of another day is not found.
 */
export function serveAssets(): Handler<HubEnv> {
  return (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return problem(c, 404, 'not-found')
    const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    const headers = {
      'content-type': asset.contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      etag: asset.etag,
      vary: 'Accept-Encoding',
    }
    const seen = c.req.header('if-none-match')?.split(/,\s*/) ?? []
    if (seen.some((tag) => tag.replace(/^W\//, '') === asset.etag))
      return new Response(null, { status: 304, headers })
    const body = zipped ? asset.gzip : asset.bytes
    return new Response(body, {
      headers: {
        ...headers,
        'content-length': String(body.byteLength),
        ...(zipped ? { 'content-encoding': 'gzip' } : {}),
      },
    })
  }
}
