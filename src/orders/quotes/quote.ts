// A quote: what goods of one seller cost one buyer at the door, all in, until it expires. It is signed once and kept for
// ever; checkout takes it or refuses it as it stands and works nothing out anew.
import type { Day } from '../../basis/day.ts'
import type { EscrowLeg } from '../../ledger/index.ts'

/** The payload that is signed, as JSON (packed-quote.ts writes it shorter); amounts are decimal strings of minor units, `"4393"` for 43.93. */
export type QuoteBody = {
  /** Version of this form. */
  readonly v: 1
  readonly id: string
  /** Of the hub that made it; it owes what stands here. */
  readonly hub: string
  readonly buyer: string
  readonly seller: QuoteSeller
  readonly destination: string
  /** The money that the buyer pays in; every amount but those named otherwise is in it. */
  readonly currency: string
  readonly total: string
  /** Unix milliseconds. */
  readonly made: number
  readonly expires: number
  /** The day whose law holds. */
  readonly on: Day
  readonly lines: readonly QuoteLine[]
  readonly legs: readonly QuoteLeg[]
  readonly lane: QuoteLane
  /** `complete`, `complete-except`, or `no-border`: the tariff's own word; `except` names what it does not cover. */
  readonly status: string
  readonly except: readonly string[]
  /** SHA-256 over the rules that were read, base64url. */
  readonly rules: string
  /** What the buyer uses up of something limited per year, such as the Chinese scheme's 26,000 yuan. */
  readonly allowance?: QuoteAllowance
  /** Until when the rates by which `as` amounts were worked out hold; after that those of the day of release do. */
  readonly ratesUntil: number
  /** What the goods and the freight cost more, or less, than at the rate of customs; where an `as` stands. */
  readonly exchange?: QuoteExchange
  /** The basket that the tariff was asked about, less what stands above (kept-basket.ts). */
  readonly basket: unknown
  /** Its answer, less what many answers say alike (kept-texts.ts, quote_texts) and what the legs say (kept-totals.ts). */
  readonly answer: unknown
}

/** The seller as receipts show them, at the time of the quote. */
export type QuoteSeller = {
  readonly hub: string
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly country: string
  readonly address: readonly string[]
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
}

export type QuoteLine = {
  readonly offer: string
  readonly slug: string
  readonly variant: string
  readonly title: string
  /** Colour, size and the like. */
  readonly options: string
  readonly sku: string | null
  readonly quantity: number
  /** Minor units of `priceCurrency`, of one piece. */
  readonly price: string
  readonly priceCurrency: string
  readonly subheading: string
  readonly origin: string
}

/** A part of the money: what for, how much, and the account that it is meant for. */
export type QuoteLeg = {
  readonly leg: EscrowLeg
  readonly amount: string
  readonly to: string
  /** What the beneficiary gets where their account is in another money: minor units of that account's currency. */
  readonly as?: string
}

export type QuoteLane = {
  readonly carrier: string
  readonly carrierName: string
  readonly service: string
  readonly serviceName: string
  readonly transport: string
  readonly dutyPaid: boolean
  readonly days: { readonly min: number; readonly max: number; readonly count: string }
}

export type QuoteAllowance = {
  readonly allowance: string
  readonly period: string
  readonly currency: string
  readonly limit: string
  readonly amount: string
}

export type QuoteExchange = {
  readonly goods: string
  readonly freight: string
  /** Basis points. */
  readonly spread: number
  /** By which rates, as DoorExchange has them: a text that many quotes share (kept-texts.ts). */
  readonly rates: unknown
}

/** A quote as it is stored. */
export type StoredQuote = {
  readonly body: QuoteBody
  /** SHA-256 over the payload, hex: what a buyer has seen is what they accept. */
  readonly digest: string
}

/** For so long a quote holds. */
export const quoteHoldsMs = 30 * 60 * 1000

const dayMs = 24 * 60 * 60 * 1000

/**
 * How long its rates hold, in milliseconds: the slowest delivery, a week to hand over and a week to look at the goods, but
 * at most thirty days. The dealer bears a rate for that time, so it is no longer than an honest purchase needs.
 */
export function ratesHold({ days: { max, count } }: Pick<QuoteLane, 'days'>): number {
  const slowest = count === 'working' ? Math.ceil((max * 7) / 5) : max
  return Math.min(slowest + 14, 30) * dayMs
}
