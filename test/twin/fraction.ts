/**
 * Plain fractions of big integers, always in lowest terms with a positive bottom. The twin works out
 * everything in these and rounds only where the contract names a rounding.
 */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

export type RoundingMode = 'down' | 'up' | 'half-up' | 'half-even'

export const nil: Fraction = { top: 0n, bottom: 1n }
export const one: Fraction = { top: 1n, bottom: 1n }

export function fraction(top: bigint, bottom = 1n): Fraction {
  if (bottom === 0n) throw new Error('division by zero')
  if (bottom === 1n) return { top, bottom }
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom)
  const sign = bottom < 0n ? -1n : 1n
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor }
}

/** Reads `12`, `-0.5`, `22/78`. */
export function read(text: string): Fraction {
  const [top, bottom] = text.split('/')
  if (bottom !== undefined) return divide(read(top!), read(bottom))
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new Error(`not a decimal: '${text}'`)
  const [, sign, whole, part = ''] = match
  return fraction(BigInt(`${sign}${whole}${part}`), 10n ** BigInt(part.length))
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.top, a.bottom * b.bottom)
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.top * b.bottom, a.bottom * b.top)
}

/** Below zero when a < b, zero when equal, above when a > b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function total(list: Fraction[]): Fraction {
  return list.reduce(add, nil)
}

/** The whole number a fraction becomes; down and up are towards and away from zero. */
export function toWhole(value: Fraction, mode: RoundingMode): bigint {
  if (value.top < 0n) return -toWhole({ top: -value.top, bottom: value.bottom }, mode)
  const below = value.top / value.bottom
  const rest = value.top % value.bottom
  if (rest === 0n || mode === 'down') return below
  if (mode === 'up') return below + 1n
  const twice = 2n * rest
  if (twice !== value.bottom) return twice > value.bottom ? below + 1n : below
  return mode === 'half-up' || below % 2n === 1n ? below + 1n : below
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
