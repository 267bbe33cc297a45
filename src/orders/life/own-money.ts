// What a beneficiary gets whose account is in another money: the amount that the quote names, and after the time for which
// its rates hold, what the rate of the day makes of it.
import type { Day } from '../../basis/day.ts'
import { multiply, type Ratio } from '../../basis/ratio.ts'
import { currencyOf, kindOf, type Leg } from '../../ledger/index.ts'
import { convertMinor } from '../../payments/index.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import type { SplitLeg } from './split-legs.ts'

export type DayRate = { readonly rate: Ratio; readonly source: string; readonly date: Day }

/** Units of `to` for one of `from`; undefined where none is held. */
export type RateOfDay = (from: string, to: string) => DayRate | undefined

/** Which rates were used: noted with the move when they are not the quote's, or had to be though their time was over. */
export type RatesUsed = { readonly date: Day; readonly source: string } | 'kept'

/** The legs with what each is worth to its beneficiary. At the rate of the day the quote's spread holds still. */
export function inOwnMoney(
  legs: readonly Leg[],
  quote: QuoteBody,
  now: number,
  rateOfDay: RateOfDay,
): { readonly legs: readonly SplitLeg[]; readonly rates: RatesUsed | undefined } {
  let rates: RatesUsed | undefined
  const valued = legs.map((leg): SplitLeg => {
    const own = currencyOf(leg.beneficiary)
    if (own === leg.currency) return leg
    const agreed = quote.legs[leg.number - 1]?.as
    if (agreed === undefined) throw new RangeError(`${quote.id} does not say what ${own} it gives`)
    // What another hub is promised for its goods is fixed: it has put the same amount in escrow itself.
    if (now <= quote.ratesUntil || kindOf(leg.beneficiary) === 'peer')
      return { ...leg, as: BigInt(agreed) }
    const found = rateOfDay(leg.currency, own)
    rates = found ? { date: found.date, source: found.source } : 'kept'
    return {
      ...leg,
      as: found
        ? convertMinor(leg.amount, leg.currency, own, lessSpread(found.rate, quote), 'down')
        : BigInt(agreed),
    }
  })
  return { legs: valued, rates }
}

const lessSpread = (rate: Ratio, { exchange }: QuoteBody): Ratio =>
  multiply(rate, { n: 10_000n - BigInt(exchange?.spread ?? 0), d: 10_000n })
