import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** A file that pages link to. Its address carries a hash of its content, so it may be kept for ever. */
export interface Asset {
  /** `/assets/app.4f1c9a2b.css` */
  path: string
  bytes: Uint8Array<ArrayBuffer>
  /** The same bytes for browsers that take gzip. */
  gzip: Uint8Array<ArrayBuffer>
  contentType: string
  etag: string
}

const contentTypes: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const folder = new URL('./assets/', import.meta.url)
const byName: ReadonlyMap<string, Asset> = new Map(
  readdirSync(folder).map((name) => [name, readAsset(name)]),
)

/** What the server serves under `/assets/`, by path. */
export const assets: ReadonlyMap<string, Asset> = new Map(
  [...byName.values()].map((asset) => [asset.path, asset]),
)

/** Where a page finds an asset: `assetUrl('app.css')`. */
export function assetUrl(name: string): string {
  return asset(name).path
}

/** The text of an asset, to be written into a page itself. */
export function assetText(name: string): string {
  return new TextDecoder().decode(asset(name).bytes)
}

function asset(name: string): Asset {
  const found = byName.get(name)
  if (!found) throw new Error(`No asset ${name}`)
  return found
}

function readAsset(name: string): Asset {
  const [stem = '', extension = ''] = name.split('.')
  const contentType = contentTypes[extension]
  if (!contentType) throw new Error(`No content type for asset ${name}`)
  const bytes = new TextEncoder().encode(compact(readFileSync(new URL(name, folder), 'utf8')))
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const gzip = new Uint8Array(gzipSync(bytes, { level: 9 }))
  const path = `/assets/${stem}.${hash}.${extension}`
  return { path, bytes, gzip, contentType, etag: `"${hash}"` }
}

/** Leaves out comments and indentation, which is what can be told from the rest without a parser. */
function compact(text: string): string {
  return text
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
}
