import type { Ratio } from './ratio.ts'

/** Rounding modes a territory's law may name. `half-even` is banker's; `down` is towards zero. */
export const roundingModes = ['down', 'up', 'half-up', 'half-down', 'half-even'] as const
export type RoundingMode = (typeof roundingModes)[number]

/** The integer nearest to the ratio by the named mode; negative values round as their mirror image. */
export function round(value: Ratio, mode: RoundingMode): bigint {
  return roundQuotient(value.n, value.d, mode)
}

/** n/d to an integer by the named mode, for hot paths that hold no Ratio. `d` must be positive. */
export function roundQuotient(n: bigint, d: bigint, mode: RoundingMode): bigint {
  const quotient = n / d
  const rest = n - quotient * d
  if (rest === 0n) return quotient
  const away = n < 0n ? quotient - 1n : quotient + 1n
  if (mode === 'down') return quotient
  if (mode === 'up') return away
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice > d) return away
  if (twice < d) return quotient
  if (mode === 'half-up') return away
  if (mode === 'half-down') return quotient
  return quotient % 2n === 0n ? quotient : away
}

/** The multiple of `step` nearest to the ratio by the named mode: 1,234 to 1,000 with step 1,000 and `down`. */
export function roundToStep(value: Ratio, step: bigint, mode: RoundingMode): bigint {
  return step === 1n ? round(value, mode) : roundQuotient(value.n, value.d * step, mode) * step
}

/**
 * Splits a whole into parts in proportion to the weights so that the parts re-add to the whole
 * (largest remainder; ties go to the earlier part). All weights zero: the first part takes it all. `total` is the sum of the
 * weights, for a caller that has it.
 */
export function apportion(
  whole: bigint,
  weights: readonly bigint[],
  total: bigint = sumOf(weights),
): bigint[] {
  const count = weights.length
  const parts = new Array<bigint>(count)
  if (total === 0n || whole === 0n || count === 1) {
    for (let index = 0; index < count; index += 1) parts[index] = index === 0 ? whole : 0n
    return parts
  }
  let left = whole
  for (let index = 0; index < count; index += 1) {
    const part = (whole * (weights[index] as bigint)) / total
    parts[index] = part
    left -= part
  }
  if (left !== 0n) shareOut(left, whole, weights, total, parts)
  return parts
}

/** Gives what division left over, one unit each, to the parts with the largest remainders. */
function shareOut(
  left: bigint,
  whole: bigint,
  weights: readonly bigint[],
  total: bigint,
  parts: bigint[],
): void {
  const step = left < 0n ? -1n : 1n
  const rests = new Array<bigint>(weights.length)
  for (let index = 0; index < rests.length; index += 1) {
    const rest = whole * (weights[index] as bigint) - (parts[index] as bigint) * total
    rests[index] = step < 0n ? -rest : rest
  }
  for (; left !== 0n; left -= step) {
    let largest = 0
    for (let index = 1; index < rests.length; index += 1)
      if ((rests[index] as bigint) > (rests[largest] as bigint)) largest = index
    parts[largest] = (parts[largest] as bigint) + step
    // Less than any remainder: a part is topped up once, as fewer units are left than there are parts.
    rests[largest] = -1n
  }
}

function sumOf(weights: readonly bigint[]): bigint {
  let sum = 0n
  for (const weight of weights) sum += weight
  return sum
}
