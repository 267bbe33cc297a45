import { minorDigits } from './currency.ts'
import { parseDecimal, type Ratio } from './ratio.ts'
import { round, type RoundingMode } from './rounding.ts'

/** An amount in whole minor units (ISO 4217) with its currency; never a float. */
export type Money = { readonly minor: bigint; readonly currency: string }

export const money = (minor: bigint, currency: string): Money => ({ minor, currency })
export const nil = (currency: string): Money => ({ minor: 0n, currency })

/** Adds amounts of one currency. Two currencies in one sum are a fault: nothing converts by itself. */
export function sum(first: Money, ...rest: readonly Money[]): Money {
  let minor = first.minor
  for (const next of rest) {
    if (next.currency !== first.currency)
      throw new TypeError(`sum of ${first.currency} and ${next.currency}`)
    minor += next.minor
  }
  return { minor, currency: first.currency }
}

/** A portion of an amount, rounded by the mode named at the call. */
export function portion(amount: Money, rate: Ratio, mode: RoundingMode): Money {
  return {
    minor: round({ n: amount.minor * rate.n, d: rate.d }, mode),
    currency: amount.currency,
  }
}

/**
 * Reads a decimal amount exactly into minor units: `19.90` EUR is 1990, `1500` JPY is 1500.
 * Undefined when it is no plain decimal or finer than the currency's minor unit.
 */
export function parseAmount(text: string, currency: string): bigint | undefined {
  const value = parseDecimal(text)
  const digits = minorDigits(currency)
  if (!value || digits === undefined) return undefined
  const scaled = value.n * 10n ** BigInt(digits)
  return scaled % value.d === 0n ? scaled / value.d : undefined
}

/**
 * A comma with one or two digits behind is a decimal comma: a phone in French has no other key. With three it may set
 * off thousands, and is left for the reader to write otherwise.
 */
export const typedAmount = (text: string): string => text.replace(/^(\d+),(\d{1,2})$/, '$1.$2')

/** Minor units as a decimal text with the currency's own digits: 1990 EUR is `19.90`. */
export function formatMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency)
  if (digits === undefined) throw new RangeError(`unknown currency ${currency}`)
  if (digits === 0) return String(minor)
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return `${minor < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

export const formatMoney = (amount: Money): string =>
  `${formatMinor(amount.minor, amount.currency)} ${amount.currency}`
