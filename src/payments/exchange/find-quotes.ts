import { sql } from 'kysely'
import { ratio } from '../../basis/ratio.ts'
import { instantOf, timestamptz, type Database, type Db, type Tx } from '../../db/index.ts'
import type { ExchangeQuote } from './exchange-quote.ts'
import type { ExchangeQuoteTable } from './schema.ts'
import './schema.ts'

export async function findExchangeQuote(
  db: Db,
  homeHub: string,
  id: string,
): Promise<ExchangeQuote | undefined> {
  const row = await db
    .selectFrom('exchange_quotes')
    .selectAll()
    .where('home_hub', '=', homeHub)
    .where('quote_id', '=', id)
    .executeTakeFirst()
  return row && quoteOf(row)
}

/** The quotes of a batch, locked in the order of their ids. */
export async function lockExchangeQuotes(
  tx: Tx,
  homeHub: string,
  ids: readonly string[],
): Promise<Map<string, ExchangeQuote>> {
  const { rows } = await sql<ExchangeQuoteTable>`
    select * from exchange_quotes
     where home_hub = ${homeHub} and quote_id = any(${[...new Set(ids)]}::uuid[])
     order by quote_id for update`.execute(tx)
  return new Map(rows.map((row) => [row.quote_id, quoteOf(row)]))
}

/** Quotes that nobody took, a day after they expired; in pieces. Tells how many went. */
export async function forgetUnusedQuotes({ kysely }: Database, now: number): Promise<number> {
  const { rows } = await sql<{ gone: bigint }>`
    with old as (
      select home_hub, quote_id from exchange_quotes
       where used_at is null and expires_at < ${timestamptz(now - keptFor)} limit 10000 for update skip locked
    ), gone as (
      delete from exchange_quotes q using old
       where (q.home_hub, q.quote_id) = (old.home_hub, old.quote_id) returning 1
    )
    select count(*) as gone from gone`.execute(kysely)
  return Number(rows[0]?.gone ?? 0n)
}

const keptFor = 24 * 60 * 60 * 1000

function quoteOf(row: ExchangeQuoteTable): ExchangeQuote {
  const [n = '', d = ''] = row.rate.split('/')
  return {
    homeHub: row.home_hub,
    id: row.quote_id,
    holder: { kind: row.holder_kind, id: row.holder_id },
    from: row.from_currency,
    to: row.to_currency,
    gives: row.from_minor,
    gets: row.to_minor,
    spread: row.spread_minor,
    spreadPoints: row.spread_points,
    rate: { mid: ratio(BigInt(n), BigInt(d)), source: row.rate_source, day: row.rate_day },
    madeAt: instantOf(row.made_at),
    madeBy: row.made_by,
    expiresAt: instantOf(row.expires_at),
    usedAt: row.used_at === null ? undefined : instantOf(row.used_at),
    entry: row.entry_id ?? undefined,
  }
}
