// Builders of the neutral grammar (docs/rules-schema.md section 4). Every dialect ends here, so
// that one rate has one spelling: no trailing zeros, `0` for free, a blank after commas and around
// `+`.

import { divide, multiply, parseDecimal, ratio, toDecimal } from '../../../basis/ratio.ts'

export const free = '0'

/** A decimal without thousands commas and trailing zeros: `1,024.50` is `1024.5`. */
export function plain(text: string): string | undefined {
  const value = parseDecimal(text.replaceAll(',', '').replace(/^\./, '0.'))
  return value && toDecimal(value)
}

export function percent(text: string, fact?: string): string | undefined {
  const value = plain(text)
  if (value === undefined) return undefined
  if (value === '0') return free
  return fact ? `${value}% of ${fact}` : `${value}%`
}

/**
 * An amount for each `per` (units as `KGM`, `100 KGM`); `minor` when the text counts hundredths.
 */
export function amount(
  text: string,
  currency: string,
  per: readonly string[],
  minor = false,
): string | undefined {
  const value = parseDecimal(text.replaceAll(',', ''))
  if (!value) return undefined
  if (value.n === 0n) return free
  const whole = toDecimal(minor ? divide(value, ratio(100n)) : value)
  return `${whole} ${currency}${per.map((unit) => `/${unit}`).join('')}`
}

/** `text` times a power of ten, for figures such as 170 thousand. */
export function times(text: string, by: bigint): string | undefined {
  const value = parseDecimal(text.replaceAll(',', ''))
  return value && toDecimal(multiply(value, ratio(by)))
}

/** Undefined as soon as one part is: a rate is understood as a whole or not at all. */
export const sum = (terms: readonly (string | undefined)[]): string | undefined =>
  whole(terms)?.join(' + ')
export const highest = (rates: readonly (string | undefined)[]): string | undefined =>
  choice('max', rates)
export const lowest = (rates: readonly (string | undefined)[]): string | undefined =>
  choice('min', rates)

export function quota(inside: string | undefined, outside: string | undefined): string | undefined {
  if (inside === undefined || outside === undefined) return undefined
  return inside === outside ? inside : `quota(${inside}; ${outside})`
}

/** Windows are MMDD-MMDD. */
export function season(
  windows: readonly { readonly window: string; readonly rate: string | undefined }[],
): string | undefined {
  const rates = whole(windows.map(({ rate }) => rate))
  if (!rates || rates.length === 0) return undefined
  return `season(${windows.map(({ window }, at) => `${window}: ${rates[at]}`).join('; ')})`
}

function choice(name: 'max' | 'min', rates: readonly (string | undefined)[]): string | undefined {
  const all = whole(rates)
  return all && (all.length === 1 ? all[0] : `${name}(${all.join(', ')})`)
}

function whole(parts: readonly (string | undefined)[]): readonly string[] | undefined {
  return parts.every((part) => part !== undefined) ? parts : undefined
}
