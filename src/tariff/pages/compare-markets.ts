// Prices in many currencies, made comparable: about what each is in one money, and at whose rate of which day.
import type { Day } from '../../basis/day.ts'
import type { Tariff } from '../create-tariff.ts'
import type { Market } from '../find-markets.ts'
import { convert, newest } from './compare.ts'

/** Currencies that were converted at rates of one source and one day. */
export type RateUsed = { currencies: string[]; sources: readonly string[]; date: Day }

export type Comparison = {
  currency: string
  /** By destination: about what its price is in `currency`; absent without a price or a rate. */
  comparable: ReadonlyMap<string, string>
  rates: readonly RateUsed[]
}

/** The prices of the markets in `currency`, at the newest rates held on the day: to compare, not to pay. */
export function compareMarkets(
  markets: readonly Market[],
  currency: string,
  on: Day,
  tariff: Tariff,
): Comparison {
  const comparable = new Map<string, string>()
  const rates = new Map<string, RateUsed>()
  for (const { to, landed, currency: own } of markets) {
    if (landed === null) continue
    const about = convert(landed, own, currency, on, tariff)
    if (about === undefined) continue
    comparable.set(to, about)
    const rate = tariff.exchange.rate(own, currency, on, newest)
    if (own === currency || !rate) continue
    const key = `${rate.source} ${rate.date}`
    const used = rates.get(key) ?? {
      currencies: [],
      sources: rate.source.split(' and '),
      date: rate.date,
    }
    if (!used.currencies.includes(own)) used.currencies.push(own)
    rates.set(key, used)
  }
  return { currency, comparable, rates: [...rates.values()] }
}
