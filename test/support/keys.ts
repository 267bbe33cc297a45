import type { Keys, PublishedKey } from '../../src/keys/index.ts'
import { makeSigningKey, signBytes, verifyBytes } from '../../src/keys/key.ts'

/** One key in memory, made at run time; for tests that sign and do not ask where keys are kept. */
export function keysInMemory(): Keys {
  const key = makeSigningKey()
  const { id, publicKey } = key
  const published: PublishedKey = {
    ...{ id, publicKey, algorithm: 'Ed25519', validFrom: 0, validTo: null },
  }
  return {
    current: () => published,
    published: () => [published],
    sign: (bytes) => ({ keyId: id, signature: signBytes(key, bytes) }),
    verify: (keyId, bytes, signature) => keyId === id && verifyBytes(publicKey, bytes, signature),
    rotate: () => Promise.reject(new Error('this key stays')),
  }
}
