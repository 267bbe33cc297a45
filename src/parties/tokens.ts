import { createHash, timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '../basis/uuid.ts'

/** A secret of 256 bits as text, and what the database keeps of it. */
export interface Token {
  secret: string
  hash: Uint8Array
}

export function makeToken(random: RandomBytes): Token {
  const secret = Buffer.from(random(32)).toString('base64url')
  return { secret, hash: hashOf(secret) }
}

/** SHA-256: enough for secrets that nobody can guess, unlike passwords. */
export const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

/** In the same time wherever they differ. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)
