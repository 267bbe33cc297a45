// Signed callbacks as Stripe documents them, `t=<seconds>,v1=<hex>`: HMAC-SHA256 over time, a full stop and the raw body. The
// sandbox signs the same way. https://docs.stripe.com/webhooks#verify-manually
import { createHmac, timingSafeEqual } from 'node:crypto'
import { refused, type Refused } from '../../basis/refusal.ts'

const tolerance = 5 * 60_000

/** The header's value for a body; `at` in Unix milliseconds. */
export const signatureOf = (secret: string | Uint8Array, body: Uint8Array, at: number): string => {
  const seconds = Math.floor(at / 1000)
  return `t=${seconds},v1=${digest(secret, String(seconds), body).toString('hex')}`
}

/**
 * Why a callback is not believed: `signature-missing`, `signature-wrong`, `signature-too-old` (or from the future).
 * Any of the secrets and any of the signatures may fit, as both overlap while a secret is changed.
 */
export function whyNotSigned(
  header: string | null,
  body: Uint8Array,
  secrets: readonly (string | Uint8Array)[],
  now: number,
): Refused | undefined {
  const elements = (header ?? '').split(',').map((each) => each.trim().split('='))
  const time = elements.find(([name]) => name === 't')?.[1] ?? ''
  const signatures = elements.flatMap(([name, value = '']) =>
    name === 'v1' && /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, 'hex')] : [],
  )
  if (!/^\d{1,12}$/.test(time) || signatures.length === 0) return refused('signature-missing')
  const expected = secrets.map((secret) => digest(secret, time, body))
  if (!expected.some((one) => signatures.some((other) => timingSafeEqual(one, other))))
    return refused('signature-wrong')
  // Looked at last, so that only who can sign learns of our clock.
  const age = now - Number(time) * 1000
  return Math.abs(age) > tolerance ? refused('signature-too-old') : undefined
}

const digest = (secret: string | Uint8Array, seconds: string, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()
