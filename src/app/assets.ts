import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Handler } from 'hono'
import { packageFolder } from './config.ts'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

interface Asset {
  body: Buffer<ArrayBuffer>
  type: string
  etag: string
  changedAt: number
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/**
 * The files of `src/ui/assets`, named by the hash of their content. An address that carries a
 * version (`?v=`) may be kept for a year; without one the browser asks again and mostly hears 304.
 */
export function serveAssets(folder = join(packageFolder, 'src/ui/assets')): Handler<HubEnv> {
  const known = new Map<string, Asset>()
  return async (c) => {
    const name = c.req.path.slice('/assets/'.length)
    const asset = /^[\w-]+(\/[\w-]+)*(\.[\w-]+)+$/.test(name)
      ? await load(join(folder, name), known)
      : undefined
    if (!asset) return problem(c, 404, 'not-found')
    const caching = c.req.query('v') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const headers = { 'content-type': asset.type, 'cache-control': caching, etag: asset.etag }
    const seen = c.req.header('if-none-match')?.split(/,\s*/) ?? []
    // Compression on the way marks the tag as weak.
    if (seen.some((tag) => tag.replace(/^W\//, '') === asset.etag))
      return new Response(null, { status: 304, headers })
    return new Response(asset.body, {
      headers: { ...headers, 'content-length': String(asset.body.length) },
    })
  }
}

/** Read once and kept while the file stays as it is, so that a change shows at the next request. */
async function load(path: string, known: Map<string, Asset>): Promise<Asset | undefined> {
  const type = types[extname(path)]
  const found = await stat(path).catch(() => undefined)
  if (!type || !found?.isFile()) return undefined
  const kept = known.get(path)
  if (kept?.changedAt === found.mtimeMs) return kept
  const body = await readFile(path)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const asset = { body, type, etag, changedAt: found.mtimeMs }
  known.set(path, asset)
  return asset
}
