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
 * (largest remainder; ties go to the earlier part). All weights zero: the first part takes it all.
 */
export function apportion(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) return weights.map((_, index) => (index === 0 ? whole : 0n))
  const parts = weights.map((weight) => (whole * weight) / total)
  let left = whole - parts.reduce((sum, part) => sum + part, 0n)
  if (left === 0n) return parts
  const step = left < 0n ? -1n : 1n
  const order = weights
    .map((weight, index) => ({ index, rest: ((whole * weight) % total) * step }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  for (const { index } of order) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + step
    left -= step
  }
  return parts
}
