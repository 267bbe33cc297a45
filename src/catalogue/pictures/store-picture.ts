// From an upload to the sizes that pages show. Every picture is made anew from its pixels: what else a file carried
// (place and time of the shot, colour profiles, comments, another file) is not in what we serve.
import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import { sql } from 'kysely'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import type { Tx } from '../../db/index.ts'
import { checkPicture, leastSide, mostPixels, mostSide, type PictureKind } from './check-picture.ts'
import '../schema.ts'

export type StoredPicture = {
  readonly digest: string
  readonly width: number
  readonly height: number
}

/** Longest sides in pixels. `original` is what else is made from; `thumb` must stay below `mostThumbBytes`. */
export const sides = { original: 2000, large: 1000, thumb: 400 } as const
export type PictureForm = keyof typeof sides
export const mostThumbBytes = 30_000

/** A picture whose sizes are made and which only has to be kept. */
export type ReadyPicture = StoredPicture & { readonly forms: readonly MadeForm[] }

/**
 * Checks the bytes by their content and makes the three sizes as WebP and AVIF (`original` as WebP alone). Takes a
 * second of work for a large picture, so do it before the transaction. Decoding is bounded in pixels, frames and time.
 */
export async function readyPicture(bytes: Uint8Array): Promise<ReadyPicture | Refused> {
  const kind = checkPicture(bytes)
  if (isRefused(kind)) return kind
  const forms = await makeForms(bytes, kind)
  if (isRefused(forms)) return forms
  const { width = 0, height = 0 } = forms.find(({ form }) => form === 'original') ?? {}
  return { digest: digestOf(bytes), width, height, forms }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The same bytes again are kept once, and nobody forgets them until the transaction ends. */
export async function keepPicture(tx: Tx, { digest, forms }: ReadyPicture): Promise<void> {
  for (const { form, mime, width, height, data } of forms)
    await sql`
      insert into picture_files (digest, form, mime, width, height, bytes)
      values (${digest}, ${form}, ${mime}, ${width}, ${height}, ${data})
      on conflict (digest, form, mime) do update set width = excluded.width`.execute(tx)
}

/** Both at once, for pictures of our own making; one that is kept already is not made again. */
export async function storePicture(tx: Tx, bytes: Uint8Array): Promise<StoredPicture | Refused> {
  const digest = digestOf(bytes)
  const known = await tx
    .selectFrom('picture_files')
    .select(['width', 'height'])
    .where('digest', '=', digest)
    .where('form', '=', 'original')
    .forKeyShare()
    .executeTakeFirst()
  if (known) return { digest, ...known }
  const ready = await readyPicture(bytes)
  if (isRefused(ready)) return ready
  await keepPicture(tx, ready)
  return { digest, width: ready.width, height: ready.height }
}

type MadeForm = {
  readonly form: PictureForm
  readonly mime: 'image/webp' | 'image/avif'
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** Every form of a picture, or why it has none. Pure but for the work it takes. */
export async function makeForms(
  bytes: Uint8Array,
  kind: PictureKind,
): Promise<MadeForm[] | Refused> {
  const size = await sizeOf(bytes, kind)
  if (isRefused(size)) return size
  try {
    const { data, info } = await open(bytes)
      .rotate()
      .resize({
        width: sides.original,
        height: sides.original,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toColourspace('srgb')
      .timeout({ seconds: 10 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const raw = { width: info.width, height: info.height, channels: info.channels }
    const from = (): Sharp => sharp(data, { raw })
    return [
      await encode(from(), 'original', 'image/webp', 82),
      await encode(from(), 'large', 'image/webp', 78),
      await encode(from(), 'large', 'image/avif', 55),
      await thumb(from, 'image/webp', [72, 50, 30, 10]),
      await thumb(from, 'image/avif', [50, 35, 20, 5]),
    ]
  } catch (error) {
    return refused('picture-broken', { reason: firstLine(error) })
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : '').split('\n')[0]?.slice(0, 200) ?? ''

/** Broken files are refused rather than mended; an animation gives its first frame. */
const open = (bytes: Uint8Array): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, pages: 1 })

/** What the head of the file says, before a pixel is decoded: a bomb is refused by its size alone. */
async function sizeOf(
  bytes: Uint8Array,
  kind: PictureKind,
): Promise<{ width: number; height: number } | Refused> {
  try {
    const {
      format,
      width = 0,
      height = 0,
    } = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata()
    if (format !== kind && !(kind === 'avif' && format === 'heif'))
      return refused('picture-unknown-kind')
    if (width * height > mostPixels || width > mostSide || height > mostSide)
      return refused('picture-too-many-pixels', { width, height, mostPixels })
    if (width < leastSide || height < leastSide)
      return refused('picture-too-small', { width, height, leastSide })
    return { width, height }
  } catch (error) {
    return refused('picture-broken', { reason: firstLine(error) })
  }
}

async function encode(
  picture: Sharp,
  form: PictureForm,
  mime: MadeForm['mime'],
  quality: number,
  side: number = sides[form],
): Promise<MadeForm> {
  const sized = picture.resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
  })
  const coded =
    mime === 'image/webp' ? sized.webp({ quality, effort: 3 }) : sized.avif({ quality, effort: 2 })
  const { data, info } = await coded.timeout({ seconds: 10 }).toBuffer({ resolveWithObject: true })
  return { form, mime, width: info.width, height: info.height, data }
}

/** Noise does not shrink; then the picture gets coarser until it fits. */
async function thumb(
  from: () => Sharp,
  mime: MadeForm['mime'],
  qualities: readonly number[],
): Promise<MadeForm> {
  let made: MadeForm | undefined
  for (const quality of qualities) {
    made = await encode(from(), 'thumb', mime, quality)
    if (made.data.length <= mostThumbBytes) return made
  }
  return encode(from(), 'thumb', mime, qualities.at(-1) ?? 10, sides.thumb / 2)
}
