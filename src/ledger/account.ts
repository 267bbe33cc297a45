// The plan of accounts. An account's name says whose it is, what for and in which currency, so that a posting can be read
// without a look-up; the kind, its first word, says whether it may fall below nothing.
import { isCurrency } from '../basis/currency.ts'

/** What lies in escrow, by what it pays for. Duty and tax are never mixed with the price. */
export const escrowLegs = ['goods', 'freight', 'insurance', 'duty', 'tax', 'fee'] as const
export type EscrowLeg = (typeof escrowLegs)[number]

/**
 * The kinds of accounts. Credit is positive: what the hub owes somebody. `floor`: the least that may be left free.
 * - wallet: money of a person or a business
 * - escrow: money of orders, until it is known whose it is
 * - payable: duty, tax, freight that were released and not yet paid on to who collects them
 * - rail: money that a licensed provider keeps for the hub: what came in is a debit
 * - dealer: the dealer in currencies, owing one and owed the other
 * - peer: the position with another hub, until the two settle: what is owed to it, or, below nothing, by it
 * - income: what the hub itself has earned, less what it bore
 */
const kinds = {
  wallet: { floor: 0n },
  escrow: { floor: 0n },
  payable: { floor: 0n },
  rail: { floor: undefined },
  dealer: { floor: undefined },
  peer: { floor: undefined },
  income: { floor: undefined },
} as const satisfies Readonly<Record<string, { floor: bigint | undefined }>>

export type AccountKind = keyof typeof kinds

export type Holder = { readonly kind: 'person' | 'business'; readonly id: string }

export const walletAccount = ({ kind, id }: Holder, currency: string): string =>
  `wallet:${kind}:${id}:${currency}`
export const escrowAccount = (leg: EscrowLeg, currency: string): string =>
  `escrow:${leg}:${currency}`
/** `what`: duty, tax, freight, insurance; `whom`: a territory or a carrier. */
export const payableAccount = (what: string, whom: string, currency: string): string =>
  `payable:${what}:${whom}:${currency}`
export const railAccount = (provider: string, currency: string): string =>
  `rail:${provider}:${currency}`
export const dealerAccount = (currency: string): string => `dealer:${currency}`
/** `hub`: the id of the other one. */
export const peerAccount = (hub: string, currency: string): string => `peer:${hub}:${currency}`
export const incomeAccount = (what: string, currency: string): string =>
  `income:${what}:${currency}`

/** The currency that ends an account's name; throws for a name that the plan does not have. */
export function currencyOf(account: string): string {
  const currency = account.slice(-3)
  if (!/^[a-z]+(:[\w-]+)*:[A-Z]{3}$/.test(account) || !isCurrency(currency) || !kindOf(account))
    throw new RangeError(`${account} is no account of the plan`)
  return currency
}

/** The least that may be left free in an account; undefined where there is no limit. */
export const floorOf = (account: string): bigint | undefined =>
  kinds[kindOf(account) as AccountKind].floor

export function kindOf(account: string): AccountKind | undefined {
  const [word = ''] = account.split(':', 1)
  return Object.hasOwn(kinds, word) ? (word as AccountKind) : undefined
}
