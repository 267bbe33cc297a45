import { createHash } from 'node:crypto'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { RandomBytes } from '../../basis/uuid.ts'
import { signs, toSigns } from './crockford.ts'
import { isHubHost } from './hub-host.ts'

// The code that a payer's phone shows and a till reads, as in EMV QRCPS Consumer-Presented Mode; but ours carries no card
// data. It is a random name for what the payer's hub knows, good for one payment within two minutes.
//
// Its text is `EWTP1/HUB.EXAMPLE/` and 26 signs of Crockford's base 32: version, host of the payer's hub, 128 random
// bits. Capitals, digits, `/`, `.`, `-` and `:` are the alphanumeric mode of QR (ISO/IEC 18004) and stand in Code 128
// (ISO/IEC 15417) as well, so that a till with a laser scanner reads it too.

/** How long a code is good for, in milliseconds. */
export const payerCodeLife = 120_000

export interface NewPayerCode {
  /** For the payer's screen only; the hub forgets it. */
  readonly text: string
  /** What the hub keeps to know it again: SHA-256 of the text. */
  readonly hash: Uint8Array
  /** Unix milliseconds */
  readonly expiresAt: number
}

/** A new code of the hub at this host. A host that no code can hold is a fault of the hub's settings. */
export function makePayerCode(hubHost: string, random: RandomBytes, now: number): NewPayerCode {
  if (!isHubHost(hubHost)) throw new RangeError(`no host for a code: ${hubHost}`)
  const secret = toSigns(random(16))
  const text = `EWTP1/${hubHost.toUpperCase()}/${secret}`
  return { text, hash: hashOf(text), expiresAt: now + payerCodeLife }
}

export interface ReadPayerCode {
  readonly hubHost: string
  readonly hash: Uint8Array
}

/**
 * What a till scanned: which hub to ask, and by what. The text in any case. `payer-code-version` for a code of a later
 * version, `payer-code-broken` for anything else that is none. Whether it is still good only its hub knows.
 */
export function readPayerCode(text: string): ReadPayerCode | Refused {
  const whole = text.trim().toUpperCase()
  const [, version, host = '', secret = ''] = form.exec(whole) ?? []
  const hubHost = host.toLowerCase()
  if (version && version !== '1') return refused('payer-code-version', { version })
  if (!version || !isHubHost(hubHost)) return refused('payer-code-broken')
  // 26 signs are 130 bits: the last two are always zero, else two texts would be one code.
  const filled = signs.indexOf(secret.slice(-1)) % 4 === 0
  return filled ? { hubHost, hash: hashOf(whole) } : refused('payer-code-broken')
}

/** From its last instant on a code pays nothing. */
export const isExpired = ({ expiresAt }: { expiresAt: number }, now: number): boolean =>
  now >= expiresAt

const form = new RegExp(String.raw`^EWTP(\d{1,3})/([A-Z0-9.:-]+)/([${signs}]{26})$`)

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest()
