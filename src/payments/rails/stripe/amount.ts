import { minorDigits } from '../../../basis/currency.ts'
import { refused, type Refused } from '../../../basis/refusal.ts'

// How Stripe counts, https://docs.stripe.com/currencies: minor units, of which some currencies have others than ISO 4217.

const withoutDecimals = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(
  ' ',
) as readonly string[]
/** The last of their three digits must be 0. */
const withThree = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'] as readonly string[]
/**
 * ISK has no decimals any more and is still counted in hundredths. Of UGX the page says both; until somebody has tried, no
 * amount is sent that might be a hundredth of what was meant.
 */
const inHundredths = ['ISK'] as readonly string[]
const unsure = ['UGX'] as readonly string[]

/** Digits after the decimal point in Stripe's amounts; undefined where we do not know. */
function digitsOf(currency: string): number | undefined {
  const iso = minorDigits(currency)
  if (iso === undefined || unsure.includes(currency)) return undefined
  if (withoutDecimals.includes(currency)) return 0
  if (withThree.includes(currency)) return 3
  if (inHundredths.includes(currency)) return 2
  return iso === 2 ? 2 : undefined
}

/** An amount of ours as Stripe counts it. Refused: `currency-not-supported`, `amount-too-fine`. */
export function toStripe(minor: bigint, currency: string): Refused | bigint {
  const digits = digitsOf(currency)
  if (digits === undefined) return refused('currency-not-supported', { currency })
  const iso = minorDigits(currency) ?? digits
  const scaled = minor * 10n ** BigInt(digits)
  const unit = 10n ** BigInt(iso)
  const step = digits === 3 ? 10n : 1n
  if (scaled % (unit * step) !== 0n) return refused('amount-too-fine', { currency })
  return scaled / unit
}

/** An amount of Stripe's in minor units of ISO 4217; throws where it cannot be one, as that is no lawful answer. */
export function fromStripe(amount: number, currency: string): bigint {
  const digits = digitsOf(currency)
  const iso = minorDigits(currency)
  if (digits === undefined || iso === undefined || !Number.isSafeInteger(amount))
    throw new RangeError(`an amount of ${amount} ${currency} cannot be read`)
  const scaled = BigInt(amount) * 10n ** BigInt(iso)
  const unit = 10n ** BigInt(digits)
  if (scaled % unit !== 0n) throw new RangeError(`${amount} ${currency} is finer than its unit`)
  return scaled / unit
}
