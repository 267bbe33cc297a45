// From bytes to text: what came is a text file, in some encoding, or it is refused before anything reads it. Pure.
import { refused, type Refused } from '../../basis/refusal.ts'

/** Encodings that shops and spreadsheets write, by their names in the WHATWG Encoding Standard. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-874',
  'gb18030',
  'shift_jis',
] as const

export type Encoding = (typeof encodings)[number]

/** 10,000 rows of a shop come to some 5 MB. */
export const mostFileBytes = 16 * 1024 * 1024

/** `chosen` is what the seller says; without it the bytes tell. */
export function decodeFile(
  bytes: Uint8Array,
  chosen?: Encoding,
): { text: string; encoding: Encoding } | Refused {
  if (bytes.length === 0) return refused('file-empty')
  if (bytes.length > mostFileBytes) return refused('file-too-large', { mostFileBytes })
  if (isCompressed(bytes)) return refused('file-compressed')
  const encoding = encodingOf(bytes, chosen)
  const text = new TextDecoder(encoding).decode(bytes)
  // What is left of a picture or a program after decoding.
  if (text.includes('\0') || isNoise(text)) return refused('file-not-text')
  return { text, encoding }
}

const signatures: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // zip, and with it xlsx, ods
  [0x50, 0x4b, 0x05, 0x06],
  [0x1f, 0x8b], // gzip
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58, 0x5a], // xz
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // rar
  [0xd0, 0xcf, 0x11, 0xe0], // the old xls
]

const isCompressed = (bytes: Uint8Array): boolean =>
  signatures.some((signature) => signature.every((byte, at) => bytes[at] === byte))

function encodingOf(bytes: Uint8Array, chosen: Encoding | undefined): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (chosen) return chosen
  const halves = zerosByParity(bytes.subarray(0, 2_000))
  if (halves.odd > 0.3 && halves.even < 0.05) return 'utf-16le'
  if (halves.even > 0.3 && halves.odd < 0.05) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    // A spreadsheet's own; the seller sees a sample and can say another.
    return 'windows-1252'
  }
}

/** The share of zero bytes at even and at odd places. */
function zerosByParity(bytes: Uint8Array): { even: number; odd: number } {
  const count = [0, 0]
  for (const [at, byte] of bytes.entries())
    if (byte === 0) count[at % 2] = (count[at % 2] as number) + 1
  const half = Math.max(1, bytes.length / 2)
  return { even: (count[0] as number) / half, odd: (count[1] as number) / half }
}

/** More than one sign in a hundred is a control character. */
function isNoise(text: string): boolean {
  const sample = text.slice(0, 4_000)
  // oxlint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0001-\u0008\u000e-\u001f]/g)?.length ?? 0
  return controls * 100 > sample.length
}
