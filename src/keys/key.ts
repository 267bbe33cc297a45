import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * An Ed25519 public key as RFC 8037 writes it; these three members are all that the key id is made
 * from.
 */
export interface PublicJwk {
  kty: 'OKP'
  crv: 'Ed25519'
  x: string
}

export interface SigningKey {
  id: string
  publicKey: PublicJwk
  privateKey: KeyObject
}

/**
 * The one place where randomness does not come from outside: no key may ever come from a seeded
 * source.
 */
export function makeSigningKey(): SigningKey {
  return signingKey(generateKeyPairSync('ed25519').privateKey)
}

export function signBytes(key: SigningKey, bytes: Uint8Array): Uint8Array {
  return sign(null, bytes, key.privateKey)
}

/** False for every signature that is not this key's over these bytes, however malformed. */
export function verifyBytes(
  publicKey: PublicJwk,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(null, bytes, createPublicKey({ key: { ...publicKey }, format: 'jwk' }), signature)
}

/** The key id: SHA-256 over the required members in the order of the alphabet (RFC 7638). */
export function thumbprint({ crv, kty, x }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}

export function privateKeyText(key: SigningKey): string {
  return key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export const signingKeyFromText = (pem: string): SigningKey => signingKey(createPrivateKey(pem))

function signingKey(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (privateKey.asymmetricKeyType !== 'ed25519' || !x)
    throw new Error('A signing key must be Ed25519')
  const publicKey: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x }
  return { id: thumbprint(publicKey), publicKey, privateKey }
}
