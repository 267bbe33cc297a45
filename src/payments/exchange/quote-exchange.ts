import type { Day } from '../../basis/day.ts'
import { reduce } from '../../basis/ratio.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import { appendEvent, timestamptz, transact, type Database } from '../../db/index.ts'
import type { Holder } from '../../ledger/index.ts'
import { blockedAmong } from '../../parties/index.ts'
import type { Tariff } from '../../tariff/index.ts'
import { movesRealMoney, type Rail } from '../rails/rails.ts'
import {
  checkAge,
  checkExchange,
  exchangeQuoteLife,
  oldestRateDaysInSandbox,
  usualExchange,
  workOutAsked,
  workOutExchange,
  type ExchangeQuote,
  type ExchangeRate,
  type ExchangeSettings,
  type WantedExchange,
} from './exchange-quote.ts'
import './schema.ts'

/** What quoting needs of the hub. */
export type ExchangeParts = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly now: () => number
  readonly today: () => Day
  readonly random: RandomBytes
  readonly hub: { readonly id: string }
  /** The rates that the rules hold. */
  readonly tariff: () => Pick<Tariff, 'exchange'>
  /** Whether real money moves decides how old a rate may be. */
  readonly rails: { readonly rails: ReadonlyMap<string, Pick<Rail, 'realMoney'>> }
  /** What the operator has set; the rest is as usual. */
  readonly exchange?: Partial<ExchangeSettings> | undefined
}

/**
 * Makes a quote at the newest rate held and keeps it. Refused as `checkExchange` and `workOutExchange` refuse, and with
 * `payer-blocked`, `no-rate`, `rate-too-old`.
 */
export async function quoteExchange(
  parts: ExchangeParts,
  holder: Holder,
  person: string,
  wanted: WantedExchange,
): Promise<Refused | ExchangeQuote> {
  const { db, hub, now, random } = parts
  const gives = checkExchange(wanted)
  if (isRefused(gives)) return gives
  if ((await blockedAmong(db.kysely, hub.id, [holder])).has(holder.id))
    return refused('payer-blocked')
  const { from, to } = wanted
  const rate = rateOfToday(parts, from, to)
  if (isRefused(rate)) return rate
  const spreadPoints = settingsOf(parts).spreadPoints
  const worked = workOutExchange(gives, from, to, rate.mid, spreadPoints)
  if (isRefused(worked)) return worked
  const at = now()
  const quote: ExchangeQuote = {
    ...{ homeHub: hub.id, id: uuidv7(at, random), holder, from, to, gives, ...worked },
    ...{ spreadPoints, rate, madeAt: at, madeBy: person, expiresAt: at + exchangeQuoteLife },
    ...{ usedAt: undefined, entry: undefined },
  }
  await keepQuote(db, quote)
  return quote
}

export const settingsOf = ({ exchange }: Pick<ExchangeParts, 'exchange'>): ExchangeSettings => ({
  ...usualExchange,
  ...exchange,
})

export type RateParts = Pick<ExchangeParts, 'today' | 'tariff' | 'rails' | 'exchange'>

/** What the dealer asks of a buyer, in their money, who owes somebody a sum in another; minor units. */
export type Asked = {
  readonly gives: bigint
  readonly rate: ExchangeRate
  readonly spreadPoints: number
}

/**
 * What somebody pays in `from` so that another gets `gets` in `to`, at the rate and the spread at which the hub changes
 * money for everybody: nobody gains by going round through a purchase. Refused: `no-rate`, `rate-too-old`,
 * `amount-too-large`.
 */
export function askOfDealer(
  parts: RateParts,
  gets: bigint,
  from: string,
  to: string,
): Refused | Asked {
  const rate = rateOfToday(parts, from, to)
  if (isRefused(rate)) return rate
  const { spreadPoints } = settingsOf(parts)
  const gives = workOutAsked(gets, from, to, rate.mid, spreadPoints)
  return typeof gives === 'bigint' ? { gives, rate, spreadPoints } : gives
}

/** The newest mid rate of the store, crossed through the euro where it must; refused: `no-rate`, `rate-too-old`. */
export function rateOfToday(parts: RateParts, from: string, to: string): Refused | ExchangeRate {
  const today = parts.today()
  const found = parts.tariff().exchange.rate(from, to, today, { source: 'ecb', rule: 'latest' })
  if (!found) return refused('no-rate', { from, to })
  const rate = { mid: reduce(found.rate), source: found.source, day: found.date }
  return checkAge(rate, today, oldestOf(parts)) ?? rate
}

function oldestOf(parts: Pick<ExchangeParts, 'rails' | 'exchange'>): number {
  const { oldestRateDays } = settingsOf(parts)
  return movesRealMoney(parts.rails.rails)
    ? oldestRateDays
    : Math.max(oldestRateDays, oldestRateDaysInSandbox)
}

/** Whether the rate would be too old where real money moves: said on the page. */
export const isOldRate = (
  parts: Pick<ExchangeParts, 'exchange' | 'today'>,
  rate: ExchangeRate,
): boolean => checkAge(rate, parts.today(), settingsOf(parts).oldestRateDays) !== undefined

async function keepQuote(db: Database, quote: ExchangeQuote): Promise<void> {
  const { homeHub: hub, id, holder, rate, madeAt: at, madeBy: actor } = quote
  await transact(db, async (tx) => {
    await tx
      .insertInto('exchange_quotes')
      .values({
        home_hub: hub,
        quote_id: id,
        holder_kind: holder.kind,
        holder_id: holder.id,
        from_currency: quote.from,
        from_minor: quote.gives,
        to_currency: quote.to,
        to_minor: quote.gets,
        spread_minor: quote.spread,
        spread_points: quote.spreadPoints,
        rate: `${rate.mid.n}/${rate.mid.d}`,
        rate_source: rate.source,
        rate_day: rate.day,
        made_at: timestamptz(at),
        made_by: actor,
        expires_at: timestamptz(quote.expiresAt),
        used_at: null,
        entry_id: null,
      })
      .execute()
    await appendEvent(tx, { hub, kind: 'exchange.quoted', subject: id, actor, at })
  })
}
