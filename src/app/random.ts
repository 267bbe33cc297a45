import { randomBytes, randomFillSync } from 'node:crypto'

/** Where the hub's randomness comes from; a simulated hub gets a seeded one. */
export interface Random {
  bytes(length: number): Uint8Array
  /** From 0 up to 1, for jitter and sampling; never for secrets. */
  fraction(): number
}

/** Each call into the system's source costs as much as a few thousand bytes of it; ids are wanted many at a time. */
const poolBytes = 8_192

export function realRandom(): Random {
  const pool = Buffer.alloc(poolBytes)
  let used = poolBytes
  const bytes = (length: number): Uint8Array => {
    if (length > 256) return randomBytes(length)
    if (used + length > poolBytes) {
      randomFillSync(pool)
      used = 0
    }
    const taken = new Uint8Array(pool.subarray(used, used + length))
    // What was given out is nowhere else.
    pool.fill(0, used, used + length)
    used += length
    return taken
  }
  return { bytes, fraction: () => Math.random() }
}
