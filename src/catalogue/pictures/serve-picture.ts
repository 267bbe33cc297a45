import type { Context } from 'hono'
import type { Db } from '../../db/index.ts'
import { sides } from './store-picture.ts'

/**
 * One size of a picture, in the newest format the reader's program takes. Its address holds the digest of what was
 * uploaded, so what it shows never changes and may be kept for ever.
 */
export async function servePicture(c: Context, db: Db): Promise<Response> {
  const [digest = '', form = ''] = [c.req.param('digest'), c.req.param('form')]
  if (!/^[0-9a-f]{64}$/.test(digest) || !isForm(form)) return c.body(null, 404)
  const files = await db
    .selectFrom('picture_files')
    .select('mime')
    .where('digest', '=', digest)
    .where('form', '=', form)
    .execute()
  const takesAvif = (c.req.header('accept') ?? '').includes('image/avif')
  const mime = ['image/avif' as const, 'image/webp' as const].find(
    (each) => files.some((file) => file.mime === each) && (each === 'image/webp' || takesAvif),
  )
  if (!mime) return c.body(null, 404)
  const etag = `"${digest.slice(0, 16)}-${form}-${mime.slice(6)}"`
  const headers = {
    'content-type': mime,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    vary: 'accept',
    etag,
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const { bytes } = await db
    .selectFrom('picture_files')
    .select('bytes')
    .where('digest', '=', digest)
    .where('form', '=', form)
    .where('mime', '=', mime)
    .executeTakeFirstOrThrow()
  return c.body(new Uint8Array(bytes), 200, headers)
}

const isForm = (text: string): text is keyof typeof sides => Object.hasOwn(sides, text)

/** Where a picture is shown from. */
export const pictureUrl = (digest: string, form: keyof typeof sides): string =>
  `/pictures/${digest}/${form}`
