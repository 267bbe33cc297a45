import { randomBytes } from 'node:crypto'
import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { servePicture } from './serve-picture.ts'
import { mostThumbBytes, readyPicture, storePicture } from './store-picture.ts'

const db = await testDatabase()
const colour = { r: 200, g: 40, b: 40 }
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: colour } })
const noise = (side: number) =>
  sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })

const store = (bytes: Uint8Array) => transact(db, (tx) => storePicture(tx, bytes))
const filesOf = (digest: string) =>
  db.kysely.selectFrom('picture_files').selectAll().where('digest', '=', digest).execute()

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    'of kind %s is made anew in three sizes',
    async (kind) => {
      const stored = await store(await plain(1200, 600).toFormat(kind).toBuffer())
      if (isRefused(stored)) throw new Error(JSON.stringify(stored))
      expect(stored).toMatchObject({ width: 1200, height: 600 })
      const files = await filesOf(stored.digest)
      expect(
        files
          .map(({ form, mime, width, height }) => `${form} ${mime} ${width}x${height}`)
          .toSorted(),
      ).toEqual([
        'large image/avif 1000x500',
        'large image/webp 1000x500',
        'original image/webp 1200x600',
        'thumb image/avif 400x200',
        'thumb image/webp 400x200',
      ])
    },
  )

  test('has a small picture of at most 30 kB, even where it is noise', async () => {
    const stored = await store(await noise(600).jpeg({ quality: 90 }).toBuffer())
    if (isRefused(stored)) throw new Error(JSON.stringify(stored))
    const thumbs = (await filesOf(stored.digest)).filter(({ form }) => form === 'thumb')
    expect(thumbs).toHaveLength(2)
    for (const { bytes } of thumbs) expect(bytes.length).toBeLessThanOrEqual(mostThumbBytes)
  })

  test('loses the place and time of its shot and stands upright', async () => {
    const turned = await plain(400, 200)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Amina in Kota Bharu' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const ready = await readyPicture(turned)
    if (isRefused(ready)) throw new Error(JSON.stringify(ready))
    expect(ready).toMatchObject({ width: 200, height: 400 })
    for (const { data } of ready.forms) {
      expect((await sharp(data).metadata()).exif).toBeUndefined()
      expect(data.includes('Kota Bharu')).toBe(false)
    }
  })

  test('sent twice is stored once', async () => {
    const bytes = await plain(300, 300).png().toBuffer()
    const [first, second] = [await store(bytes), await store(bytes)]
    expect(second).toEqual(first)
  })
})

/** A PNG whose head promises so many pixels; its body is what is given. */
function pngOf(width: number, height: number, body: Buffer): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><script>alert(1)</script></svg>'
const jpeg = await plain(200, 200).jpeg().toBuffer()
const png = await plain(200, 200).png().toBuffer()

describe('refused within a second', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['nothing', () => Buffer.alloc(0), 'picture-empty'],
    ['an SVG', () => Buffer.from(svg), 'picture-unknown-kind'],
    [
      'an SVG that says it is XML',
      () => Buffer.from(`<?xml version="1.0"?>${svg}`),
      'picture-unknown-kind',
    ],
    [
      'a web page',
      () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      'picture-unknown-kind',
    ],
    ['a PDF', () => Buffer.from('%PDF-1.7'), 'picture-unknown-kind'],
    ['a TIFF', () => plain(200, 200).tiff().toBuffer(), 'picture-unknown-kind'],
    ['9 MB', () => Buffer.concat([jpeg, Buffer.alloc(9 * 1024 * 1024)]), 'picture-too-large'],
    [
      '100 megapixels of PNG',
      () => pngOf(10_000, 10_001, deflateSync(Buffer.alloc(10_001 * 10_001), { level: 1 })),
      'picture-too-many-pixels',
    ],
    [
      'a head that promises 65,000 x 65,000',
      () => pngOf(65_000, 65_000, deflateSync(Buffer.alloc(100))),
      'picture-too-many-pixels',
    ],
    [
      'a strip of 1 x 20,000',
      () => pngOf(1, 20_000, deflateSync(Buffer.alloc(40_000))),
      'picture-too-many-pixels',
    ],
    ['an icon of 16 x 16', () => plain(16, 16).png().toBuffer(), 'picture-too-small'],
    ['half a JPEG', () => jpeg.subarray(0, 300), 'picture-broken'],
    [
      'a GIF that is a script',
      () => Buffer.from('GIF89a=1;/*' + ' '.repeat(300) + '*/alert(1)'),
      'any',
    ],
    [
      'a JPEG with an archive behind it',
      () => Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004evil.jar')]),
      'picture-holds-more',
    ],
    [
      'a PNG with a page behind it',
      () => Buffer.concat([png, Buffer.from('<html><script>alert(1)</script>')]),
      'picture-holds-more',
    ],
    [
      'a WebP in name only',
      () => Buffer.from('RIFF\u0010\u0000\u0000\u0000WEBPVP8 junkjunk'),
      'picture-broken',
    ],
  ])('%s', async (_, make, code) => {
    const bytes = await make()
    const memory = process.memoryUsage().rss
    const begun = performance.now()
    const outcome = await readyPicture(bytes)
    const took = performance.now() - begun
    expect(took).toBeLessThan(1000)
    expect((process.memoryUsage().rss - memory) / 1024 / 1024).toBeLessThan(100)
    if (code === 'any') expect(isRefused(outcome)).toBe(true)
    else expect(outcome).toMatchObject({ refused: code })
  })

  test('a small head over 100 MB of pixels costs no more than its head says', async () => {
    const bytes = pngOf(200, 200, deflateSync(Buffer.alloc(100_000_000), { level: 1 }))
    const begun = performance.now()
    await readyPicture(bytes)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  test('a page inside a comment of a JPEG is not refused, and not in what is served', async () => {
    const words = Buffer.from('<script>alert(1)</script>')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(words.length + 2)
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), length, words])
    const ready = await readyPicture(
      Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
    )
    if (isRefused(ready)) throw new Error(JSON.stringify(ready))
    for (const { data } of ready.forms) expect(data.includes('script')).toBe(false)
  })
})

const kept = await store(jpeg)
const digest = isRefused(kept) ? '' : kept.digest

describe('served', () => {
  const app = new Hono().get('/pictures/:digest/:form', (c) => servePicture(c, db.kysely))
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })

  test('as AVIF to who takes it, as WebP to others, to be kept for ever', async () => {
    const avif = await get(`/pictures/${digest}/thumb`, { accept: 'image/avif,image/webp,*/*' })
    expect(avif.headers.get('content-type')).toBe('image/avif')
    const webp = await get(`/pictures/${digest}/thumb`)
    expect(webp.headers.get('content-type')).toBe('image/webp')
    expect(webp.headers.get('cache-control')).toContain('immutable')
    expect(webp.headers.get('vary')).toBe('accept')
    expect((await sharp(Buffer.from(await webp.arrayBuffer())).metadata()).format).toBe('webp')
    const again = await get(`/pictures/${digest}/thumb`, {
      'if-none-match': webp.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
  })

  test.each(['nope/thumb', `${'0'.repeat(64)}/thumb`, `${digest}/huge`, `${digest}/__proto__`])(
    'not at /pictures/%s',
    async (path) => {
      expect((await get(`/pictures/${path}`)).status).toBe(404)
    },
  )
})
