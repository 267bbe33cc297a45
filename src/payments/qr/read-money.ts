import { currencyOfNumber } from '../../basis/currency.ts'
import { parseAmount } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import type { SellerCode, Tip } from './seller-code.ts'
import type { PlacedObject } from './tlv.ts'
import { given } from './whole.ts'

type Find = (id: string) => PlacedObject | undefined

/**
 * 53 to 57: which currency, how much, and what is added. The amount is exact: a text finer than the currency's minor
 * unit cannot be paid and is refused, never rounded.
 */
export function readMoney(
  find: Find,
): Pick<SellerCode, 'currency' | 'amountMinor' | 'tip'> | Refused {
  const written = find('53')
  const currency = currencyOfNumber(written?.text ?? '')
  if (!currency)
    return refused('qr-currency-unknown', { at: written?.at ?? 0, number: written?.text ?? '' })
  const amountMinor = readAmount(find('54'), currency)
  if (isRefused(amountMinor)) return amountMinor
  const tip = readTip(find, currency)
  if (isRefused(tip)) return tip
  return { currency, ...given({ amountMinor, tip }) }
}

function readAmount(
  object: PlacedObject | undefined,
  currency: string,
): bigint | undefined | Refused {
  if (!object) return undefined
  const { at, text } = object
  const minor = parseAmount(text, currency)
  if (minor === undefined) return refused('qr-amount-too-fine', { at, amount: text, currency })
  return minor > 0n ? minor : refused('qr-amount-zero', { at })
}

/** 55 says which of 56 (an amount) and 57 (a percentage) must be there, and the other must not. */
function readTip(find: Find, currency: string): Tip | undefined | Refused {
  const [way, fixed, percent] = [find('55'), find('56'), find('57')]
  const stray = (way?.text !== '02' && fixed) || (way?.text !== '03' && percent)
  if (stray) return refused('qr-tip-contradicts', { at: stray.at })
  if (!way) return undefined
  if (way.text === '01') return { kind: 'asked' }
  const minor = readAmount(fixed, currency)
  if (isRefused(minor)) return minor
  if (minor !== undefined) return { kind: 'fixed', minor }
  if (!percent) return refused('qr-tip-contradicts', { at: way.at })
  const [units = '', rest = ''] = percent.text.split('.')
  const basisPoints = BigInt(units) * 100n + BigInt(rest.padEnd(2, '0'))
  return basisPoints > 0n
    ? { kind: 'share', basisPoints }
    : refused('qr-amount-zero', { at: percent.at })
}
