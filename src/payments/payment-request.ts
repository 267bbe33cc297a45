import { parseAmount } from '../basis/money.ts'
import { isCurrency } from '../basis/currency.ts'
import { cleanText } from '../basis/clean-text.ts'
import { refused, type Refused } from '../basis/refusal.ts'
import { largestAmount, type Holder } from '../ledger/index.ts'

/** Somebody asks to be paid. Amounts in minor units of the currency; instants in Unix milliseconds. */
export type PaymentRequest = {
  readonly homeHub: string
  readonly id: string
  readonly payee: Holder
  /** Nine signs; a name of the request, not a secret. */
  readonly code: string
  readonly currency: string
  /** Undefined: a standing code, the payer says how much. */
  readonly amount: bigint | undefined
  readonly purpose: string
  readonly state: 'open' | 'paid' | 'cancelled'
  readonly madeAt: number
  readonly expiresAt: number | undefined
  readonly endedAt: number | undefined
  /** The account that paid, and the entry by which. */
  readonly payer: string | undefined
  readonly entry: string | undefined
}

/** What a form or a program says of the request that it wants to make. */
export type WantedRequest = {
  readonly currency: string
  /** A decimal, or empty. */
  readonly amount: string
  readonly purpose: string
}

/** Whoever is asked in the shop pays now or not; a link in a mail may lie for some days. */
export const requestLife = 7 * 24 * 60 * 60 * 1000
const longestPurpose = 140

/** Checked; refused with `currency-not-known`, `amount-not-valid`, `amount-too-large`, `purpose-too-long`. */
export function checkRequest({
  currency,
  amount,
  purpose,
}: WantedRequest): Refused | Pick<PaymentRequest, 'currency' | 'amount' | 'purpose'> {
  if (!isCurrency(currency)) return refused('currency-not-known', { currency })
  const minor = amount === '' ? undefined : readAmount(amount, currency)
  if (typeof minor === 'object') return minor
  const words = cleanText(purpose)
  if ([...words].length > longestPurpose)
    return refused('purpose-too-long', { most: longestPurpose })
  return { currency, amount: minor, purpose: words }
}

/** What somebody typed as an amount above nothing, in minor units. */
export function readAmount(text: string, currency: string): Refused | bigint {
  // Digits grouped by blanks or commas would have to be guessed.
  const minor = /^\d{1,16}(\.\d{1,4})?$/.test(text) ? parseAmount(text, currency) : undefined
  if (minor === undefined || minor <= 0n) return refused('amount-not-valid', { currency })
  return minor > largestAmount ? refused('amount-too-large') : minor
}

/** Why a request cannot be paid now; undefined when it can. */
export function whyEnded(
  { state, expiresAt }: PaymentRequest,
  now: number,
): 'paid' | 'cancelled' | 'expired' | undefined {
  if (state !== 'open') return state
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : undefined
}
