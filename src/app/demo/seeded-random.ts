import { createHash } from 'node:crypto'
import type { RandomBytes } from '../../basis/uuid.ts'

/**
 * Bytes that follow from the seed, so that the same seed makes the same ids. Only for what is no secret: nothing that
 * signs anybody in is made from them.
 */
export function seededRandom(seed: number): RandomBytes {
  let block = 0
  let rest = new Uint8Array(0)
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length;) {
      if (rest.length === 0) {
        rest = createHash('sha256').update(`demo ${seed} ${block}`).digest()
        block += 1
      }
      const part = rest.subarray(0, length - at)
      bytes.set(part, at)
      rest = rest.subarray(part.length)
      at += part.length
    }
    return bytes
  }
}

/** FNV-1a, 32 bits: a number that hangs on a name alone. */
export function numberOf(name: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name))
    value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
