// What a change of money comes to: pure. The dealer takes one currency and gives another at the mid rate; the spread is a
// part of what the mid rate gives, with a posting of its own.
import { daysBetween, type Day } from '../../basis/day.ts'
import { isCurrency } from '../../basis/currency.ts'
import { multiply, type Ratio } from '../../basis/ratio.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import {
  dealerAccount,
  gathered,
  incomeAccount,
  largestAmount,
  walletAccount,
  type Holder,
  type NewPosting,
} from '../../ledger/index.ts'
import { readAmount } from '../payment-request.ts'
import { convertMinor } from './convert-minor.ts'

/** So much of one money for so much of another, once, until it expires. Amounts in minor units; instants in Unix milliseconds. */
export type ExchangeQuote = {
  readonly homeHub: string
  readonly id: string
  readonly holder: Holder
  readonly from: string
  readonly to: string
  /** Leaves the wallet, in `from`. */
  readonly gives: bigint
  /** Arrives there, in `to`. */
  readonly gets: bigint
  /** The hub's, in `to`: with `gets` it is what the mid rate gives. */
  readonly spread: bigint
  readonly spreadPoints: number
  readonly rate: ExchangeRate
  readonly madeAt: number
  readonly madeBy: string
  readonly expiresAt: number
  readonly usedAt: number | undefined
  readonly entry: string | undefined
}

/** Units of the currency received for one of the currency given, as published on a day. */
export type ExchangeRate = { readonly mid: Ratio; readonly source: string; readonly day: Day }

/** What the operator decides. */
export type ExchangeSettings = {
  /** Basis points of what the mid rate gives. */
  readonly spreadPoints: number
  /** Days after which a rate changes no real money any more. */
  readonly oldestRateDays: number
}

export const usualExchange: ExchangeSettings = { spreadPoints: 50, oldestRateDays: 10 }

/** Where no real money moves, an old rate does no harm: it is used, and its day is shown. */
export const oldestRateDaysInSandbox = 400

/** Slow phones have time to read it, and to bring money in first. */
export const exchangeQuoteLife = 10 * 60 * 1000

/** What a form says of the change that it wants. */
export type WantedExchange = { readonly from: string; readonly to: string; readonly amount: string }

/** Refused: `currency-not-known`, `same-currency`, `amount-not-valid`, `amount-too-large`. */
export function checkExchange({ from, to, amount }: WantedExchange): Refused | bigint {
  for (const currency of [from, to])
    if (!isCurrency(currency)) return refused('currency-not-known', { currency })
  return from === to ? refused('same-currency', { currency: from }) : readAmount(amount, from)
}

/**
 * What is received and what the hub earns. Both are rounded so that nothing is given that the rate does not: down for what
 * the mid rate gives in all, and down for what is received of it. Refused: `amount-too-small` when nothing would be received,
 * `amount-too-large`.
 */
export function workOutExchange(
  gives: bigint,
  from: string,
  to: string,
  mid: Ratio,
  spreadPoints: number,
): Refused | Pick<ExchangeQuote, 'gets' | 'spread'> {
  const all = convertMinor(gives, from, to, mid, 'down')
  const less = multiply(mid, { n: 10_000n - BigInt(spreadPoints), d: 10_000n })
  const gets = convertMinor(gives, from, to, less, 'down')
  if (gets <= 0n) return refused('amount-too-small', { currency: from })
  return all > largestAmount ? refused('amount-too-large') : { gets, spread: all - gets }
}

/**
 * The least of `from` that brings at least `gets` of `to` by `workOutExchange`: what a dealer asks who is to pay a sum out.
 * Refused: `amount-too-large`.
 */
export function workOutAsked(
  gets: bigint,
  from: string,
  to: string,
  mid: Ratio,
  spreadPoints: number,
): Refused | bigint {
  const less = multiply(mid, { n: 10_000n - BigInt(spreadPoints), d: 10_000n })
  const gives = convertMinor(gets, to, from, { n: less.d, d: less.n }, 'up')
  return gives > largestAmount ? refused('amount-too-large') : gives
}

/** Refused with `rate-too-old` and the day that it is of. */
export function checkAge(
  { day }: ExchangeRate,
  today: Day,
  oldestDays: number,
): Refused | undefined {
  const days = daysBetween(day, today)
  return days > oldestDays ? refused('rate-too-old', { day, days }) : undefined
}

/** The accounts that a change of money touches. */
export function postingsOf({
  holder,
  from,
  to,
  gives,
  gets,
  spread,
}: Pick<ExchangeQuote, 'holder' | 'from' | 'to' | 'gives' | 'gets' | 'spread'>): NewPosting[] {
  return gathered([
    { account: walletAccount(holder, from), amount: -gives },
    { account: dealerAccount(from), amount: gives },
    { account: dealerAccount(to), amount: -(gets + spread) },
    { account: walletAccount(holder, to), amount: gets },
    { account: incomeAccount('exchange', to), amount: spread },
  ])
}

/** Why a quote of this holder cannot be used now: `quote-of-another`, `quote-used`, `quote-expired`. */
export function whyNotUsed(
  quote: ExchangeQuote,
  { kind, id }: Holder,
  now: number,
): Refused | undefined {
  if (quote.holder.kind !== kind || quote.holder.id !== id) return refused('quote-of-another')
  if (quote.usedAt !== undefined) return refused('quote-used')
  return quote.expiresAt <= now ? refused('quote-expired') : undefined
}
