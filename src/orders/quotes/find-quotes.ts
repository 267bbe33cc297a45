import { sql } from 'kysely'
import type { DoorExchange } from '../../catalogue/index.ts'
import type { Db } from '../../db/index.ts'
import type { Answer, BasketJson } from '../../tariff/index.ts'
import { wholeBasket } from './kept-basket.ts'
import { putTexts, textsOf } from './kept-texts.ts'
import { wholeTotals } from './kept-totals.ts'
import { unpackQuote } from './packed-quote.ts'
import type { StoredQuote } from './quote.ts'
import type { SignedQuote } from './sign-quote.ts'
import '../schema.ts'

/** A quote by its id; undefined where this hub has none. */
export const findQuote = async (
  db: Db,
  hub: string,
  id: string,
): Promise<StoredQuote | undefined> => (await findQuotes(db, hub, [id]))[0]

/** In the order of the ids; those that do not exist are left out. */
export async function findQuotes(
  db: Db,
  hub: string,
  ids: readonly string[],
): Promise<StoredQuote[]> {
  const rows = await db
    .selectFrom('quotes')
    .select(['quote_id', 'payload', 'digest'])
    .where('home_hub', '=', hub)
    .where('quote_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  const found = new Map(rows.map((row) => [row.quote_id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row ? [{ body: unpackQuote(JSON.parse(row.payload) as object), digest: row.digest }] : []
  })
}

/** What was signed, for who wants to check it: `jwsOf` makes its compact form. */
export async function findSignedQuote(
  db: Db,
  hub: string,
  id: string,
): Promise<SignedQuote | undefined> {
  const row = await db
    .selectFrom('quotes')
    .select(['payload', 'key_id', 'signature'])
    .where('home_hub', '=', hub)
    .where('quote_id', '=', id)
    .executeTakeFirst()
  return row && { payload: row.payload, keyId: row.key_id, signature: row.signature }
}

/**
 * What the tariff was asked and what it said, byte for byte, and by which rates money is changed, from what is stored: no
 * rules are read.
 */
export async function explainQuote(
  db: Db,
  { body }: StoredQuote,
): Promise<{ basket: BasketJson; answer: Answer; exchange: DoorExchange | null }> {
  const { exchange } = body
  const rows = await db
    .selectFrom('quote_texts')
    .select(['digest', 'body'])
    .where('digest', '=', sql<string>`any(${textsOf([body.answer, exchange?.rates])}::text[])`)
    .execute()
  const texts = new Map(rows.map((row) => [row.digest, row.body]))
  const answer = putTexts(body.answer, texts) as Answer
  return {
    basket: wholeBasket(body),
    answer: { ...answer, totals: wholeTotals(answer.totals, body) },
    exchange: exchange
      ? {
          ...{ goods: BigInt(exchange.goods), freight: BigInt(exchange.freight) },
          spreadPoints: exchange.spread,
          rates: putTexts(exchange.rates, texts) as DoorExchange['rates'],
        }
      : null,
  }
}
