// Whether bytes are a picture that may be opened at all. Read from the bytes themselves, before any decoder sees them:
// what a browser or a file name says of them is not asked.
import { refused, type Refused } from '../../basis/refusal.ts'

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

/** Of an upload. A phone's picture has some 5 MB; the body of a request may have hardly more. */
export const mostBytes = 8 * 1024 * 1024
/** More than the cameras of phones make; decoding them costs some 200 MB. */
export const mostPixels = 50_000_000
export const mostSide = 16_000
export const leastSide = 100

/** The kind of picture, by its first bytes; anything else, an SVG or a web page among them, is none we take. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const starts = (at: number, ...expected: number[]): boolean =>
    expected.every((byte, index) => bytes[at + index] === byte)
  const text = (at: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(at, at + length))
  if (starts(0, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return 'webp'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif'
  if (text(4, 4) === 'ftyp' && /^(avif|avis|mif1)/.test(text(8, 4))) return 'avif'
  return undefined
}

/**
 * Refuses what is empty, too large, no picture, or a picture and something else in one: bytes that follow a picture's
 * end, such as an archive, would make another program read another thing. The rest is refused when it is decoded.
 */
export function checkPicture(bytes: Uint8Array): PictureKind | Refused {
  if (bytes.length === 0) return refused('picture-empty')
  if (bytes.length > mostBytes)
    return refused('picture-too-large', { bytes: bytes.length, mostBytes })
  const kind = pictureKind(bytes)
  if (!kind) return refused('picture-unknown-kind')
  if (endOf(kind, bytes) < bytes.length && hasForeignTail(bytes.subarray(endOf(kind, bytes))))
    return refused('picture-holds-more', { bytes: bytes.length })
  return kind
}

/** Some programs fill up with zeros, or with a few bytes of their own. */
const hasForeignTail = (tail: Uint8Array): boolean =>
  tail.length > 64 * 1024 ||
  /PK\u0003\u0004|PK\u0005\u0006|<(script|html|svg|!doctype|\?php)|%PDF|\u007fELF|Rar!/i.test(
    latin(tail),
  )

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** Where the picture ends by its own format; the length of all where the format does not say it simply. */
function endOf(kind: PictureKind, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (kind === 'webp' && bytes.length >= 12)
    return Math.min(bytes.length, view.getUint32(4, true) + 8)
  if (kind === 'png') return endOfPng(view)
  if (kind === 'jpeg') return latin(bytes).lastIndexOf('\u00ff\u00d9') + 2 || bytes.length
  return bytes.length
}

function endOfPng(view: DataView): number {
  let at = 8
  while (at + 12 <= view.byteLength) {
    const isEnd = view.getUint32(at + 4) === 0x49454e44
    at += 12 + view.getUint32(at)
    if (isEnd) return Math.min(at, view.byteLength)
  }
  return view.byteLength
}
