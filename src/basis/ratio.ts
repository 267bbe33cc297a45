// Exact rationals over bigint. A rate, an exchange rate and every intermediate value stay exact;
// only `round` (rounding.ts) turns one into an integer, and the caller names how.

/** An exact rational; `d` is always positive. Not kept in lowest terms: call `reduce` to compare text. */
export type Ratio = { readonly n: bigint; readonly d: bigint }

export const zero: Ratio = { n: 0n, d: 1n }
export const one: Ratio = { n: 1n, d: 1n }

/** n/d with the sign in the numerator. Throws on a zero denominator: that is a fault, never data. */
export function ratio(n: bigint, d = 1n): Ratio {
  if (d === 0n) throw new RangeError('ratio with a zero denominator')
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

const decimalText = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** Reads a plain decimal such as `16.5` or `-0.035`; undefined for anything else (no exponents, no commas). */
export function parseDecimal(text: string): Ratio | undefined {
  const match = decimalText.exec(text)
  if (!match) return undefined
  const fraction = match[3] ?? ''
  const n = BigInt(`${match[2]}${fraction}`)
  return { n: match[1] === '-' ? -n : n, d: 10n ** BigInt(fraction.length) }
}

/** Whether `parseDecimal` reads it. */
export const isDecimal = (text: string): boolean => decimalText.test(text)

/** A decimal known to be well formed, as in our own tables. Throws otherwise. */
export function decimal(text: string): Ratio {
  const value = parseDecimal(text)
  if (!value) throw new RangeError(`not a plain decimal: ${text}`)
  return value
}

export const add = (a: Ratio, b: Ratio): Ratio =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
export const subtract = (a: Ratio, b: Ratio): Ratio => add(a, { n: -b.n, d: b.d })
export const multiply = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d })
export const divide = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d, a.d * b.n)
export const scale = (a: Ratio, by: bigint): Ratio => ({ n: a.n * by, d: a.d })

/** Negative, zero or positive as a is lower than, equal to or higher than b. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const isLower = (a: Ratio, b: Ratio): boolean => compare(a, b) < 0
export const equal = (a: Ratio, b: Ratio): boolean => compare(a, b) === 0

/** The same value in lowest terms. */
export function reduce(a: Ratio): Ratio {
  const divisor = gcd(a.n < 0n ? -a.n : a.n, a.d)
  return divisor <= 1n ? a : { n: a.n / divisor, d: a.d / divisor }
}

/**
 * The value as a plain decimal when it has a finite one, else cut after `digits` decimals with a
 * trailing `…`, so that a reader never takes a cut value for an exact one.
 */
export function toDecimal(a: Ratio, digits = 12): string {
  const places = powersOfTen.get(a.d)
  if (places !== undefined && places <= digits) return shift(a.n, places)
  const { n, d } = reduce(a)
  const whole = n < 0n ? -n : n
  let rest = whole % d
  let fraction = ''
  while (rest !== 0n && fraction.length < digits) {
    rest *= 10n
    fraction += String(rest / d)
    rest %= d
  }
  const text = `${n < 0n ? '-' : ''}${whole / d}${fraction ? `.${fraction}` : ''}`
  return rest === 0n ? text : `${text}…`
}

const powersOfTen = new Map(Array.from({ length: 19 }, (_, power) => [10n ** BigInt(power), power]))

/** n / 10^places as text without trailing zeros. */
function shift(n: bigint, places: number): string {
  const text = (n < 0n ? -n : n).toString().padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = text.slice(text.length - places).replace(/0+$/, '')
  return `${n < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
