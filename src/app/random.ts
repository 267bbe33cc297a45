import { randomBytes } from 'node:crypto'

/** Where the hub's randomness comes from; a simulated hub gets a seeded one. */
export interface Random {
  bytes(length: number): Uint8Array
  /** From 0 up to 1, for jitter and sampling; never for secrets. */
  fraction(): number
}

export function realRandom(): Random {
  return { bytes: (length) => randomBytes(length), fraction: () => Math.random() }
}
