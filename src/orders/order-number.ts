// The number of an order as people say it, and the address of its tracking page: both are made from the order's id, so
// that no index has to be kept for them. The id begins with the time (UUIDv7), and so does the number.
import { timingSafeEqual } from 'node:crypto'

/** Crockford's base 32: no I, L, O and no U. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Numbers begin here and last for 69 years. */
const epoch = Date.UTC(2026, 0, 1)
const randomBits = 19n

/** Twelve signs: 41 bits of milliseconds and 19 of the id's randomness, `0M5K-3ZQ2-7XAB`. */
export function orderNumber(id: string): string {
  const hex = id.replaceAll('-', '')
  const milliseconds = BigInt(`0x${hex.slice(0, 12)}`) - BigInt(epoch)
  const random = BigInt(`0x${hex.slice(-5)}`) & ((1n << randomBits) - 1n)
  const value = (BigInt.asUintN(41, milliseconds) << randomBits) | random
  let text = ''
  for (let at = 55n; at >= 0n; at -= 5n) text += signs[Number((value >> at) & 31n)]
  return text.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** The ids that an order of this number may have; undefined for what is no number. */
export function rangeOfNumber(
  typed: string,
): { readonly number: string; readonly first: string; readonly last: string } | undefined {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s\-\u2010-\u2015]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
  if (!/^[0-9A-HJKMNP-TV-Z]{12}$/.test(text)) return undefined
  let value = 0n
  for (const sign of text) value = (value << 5n) | BigInt(signs.indexOf(sign))
  const hex = ((value >> randomBits) + BigInt(epoch)).toString(16).padStart(12, '0')
  const head = `${hex.slice(0, 8)}-${hex.slice(8)}`
  return {
    number: text.replaceAll(/(.{4})(?=.)/g, '$1-'),
    first: `${head}-7000-8000-000000000000`,
    last: `${head}-7fff-bfff-ffffffffffff`,
  }
}

/** What stands in a tracking link: the id and the secret, without hyphens. */
export const trackingLink = ({
  id,
  tracking,
}: {
  readonly id: string
  readonly tracking: string
}) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') + tracking

export function readTracking(
  link: string,
): { readonly order: string; readonly secret: string } | undefined {
  if (!/^[\w-]{44}$/.test(link)) return undefined
  const hex = Buffer.from(link.slice(0, 22), 'base64url').toString('hex')
  const order = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { order, secret: link.slice(22) }
}

/** In the same time wherever they differ. */
export function sameText(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
