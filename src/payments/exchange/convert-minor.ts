import { minorDigits } from '../../basis/currency.ts'
import type { Ratio } from '../../basis/ratio.ts'
import { roundQuotient, type RoundingMode } from '../../basis/rounding.ts'

/**
 * An amount in another currency: minor units of `from` become minor units of `to`, rounded once, by the mode named at the
 * call. `rate`: units of `to` for one unit of `from`, exact. A currency that ISO 4217 does not have is a fault.
 */
export function convertMinor(
  minor: bigint,
  from: string,
  to: string,
  rate: Ratio,
  rounding: RoundingMode,
): bigint {
  return roundQuotient(minor * rate.n * unitOf(to), rate.d * unitOf(from), rounding)
}

/** Minor units in one unit of a currency. */
function unitOf(currency: string): bigint {
  const digits = minorDigits(currency)
  if (digits === undefined) throw new RangeError(`unknown currency ${currency}`)
  return 10n ** BigInt(digits)
}
