// A quote's signature: JSON Web Signature, compact serialization (RFC 7515) with Ed25519 (RFC 8037), so that whoever has the
// hub's public key can check a quote with a library of their own.
import { createHash } from 'node:crypto'
import type { Keys } from '../../keys/index.ts'
import { packQuote, unpackQuote } from './packed-quote.ts'
import type { QuoteBody } from './quote.ts'

/** A quote as it is stored. */
export type SignedQuote = {
  /** JSON, the bytes that were signed. */
  readonly payload: string
  readonly keyId: string
  readonly signature: Uint8Array
}

/** Signs with the hub's key of now; `digest` is SHA-256 over the payload, hex. */
export function signQuote(keys: Keys, body: QuoteBody): SignedQuote & { digest: string } {
  const payload = JSON.stringify(packQuote(body))
  const { keyId, signature } = keys.sign(signedBytes(keys.current().id, payload))
  return { payload, keyId, signature, digest: digestOf(payload) }
}

export const digestOf = (payload: string): string =>
  createHash('sha256').update(payload).digest('hex')

/** The compact form: header, payload and signature, each in base64url. */
export const jwsOf = ({ payload, keyId, signature }: SignedQuote): string =>
  `${signedText(keyId, payload)}.${encoded(signature)}`

/**
 * The quote in a compact JWS, where this hub signed it with a key that it has or had and not a sign was changed since; else
 * undefined. Never throws. The header must be the one we write: it is compared, not read, so it chooses nothing.
 */
export function verifyQuote(
  keys: Pick<Keys, 'published' | 'verify'>,
  jws: string,
): QuoteBody | undefined {
  const [header, middle = '', end = '', ...more] = jws.split('.')
  const key = keys.published().find(({ id }) => encoded(headerOf(id)) === header)
  if (!key || more.length > 0) return undefined
  const payload = Buffer.from(middle, 'base64url').toString()
  const signature = Buffer.from(end, 'base64url')
  // Base64 can be written in several ways; only one of them is ours.
  if (jws !== jwsOf({ payload, keyId: key.id, signature })) return undefined
  if (!keys.verify(key.id, signedBytes(key.id, payload), signature)) return undefined
  return readPayload(payload)
}

/** Undefined for what is no quote, though it was signed. */
function readPayload(payload: string): QuoteBody | undefined {
  try {
    return unpackQuote(JSON.parse(payload) as object)
  } catch {
    return undefined
  }
}

const headerOf = (keyId: string): string =>
  JSON.stringify({ alg: 'EdDSA', kid: keyId, typ: 'ewtp-quote+jws' })

const signedText = (keyId: string, payload: string): string =>
  `${encoded(headerOf(keyId))}.${encoded(payload)}`

const signedBytes = (keyId: string, payload: string): Uint8Array =>
  Buffer.from(signedText(keyId, payload))

const encoded = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url')
