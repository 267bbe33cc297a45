import { sql } from 'kysely'
import { timestamptz } from '../../db/index.ts'
import type { OrderParts } from '../parts.ts'
import type { Texts } from './kept-texts.ts'
import type { QuoteBody } from './quote.ts'
import type { SignedQuote } from './sign-quote.ts'
import '../schema.ts'

/** A quote that is about to be kept. */
export type NewQuote = {
  readonly body: QuoteBody
  readonly signed: SignedQuote & { readonly digest: string }
  readonly texts: Texts
}

/** Texts first: one that no quote needs does no harm, a quote without its texts does. */
export async function keepQuotes(
  { db }: Pick<OrderParts, 'db'>,
  quotes: readonly NewQuote[],
): Promise<void> {
  if (quotes.length === 0) return
  // In one order, so that two who bring the same texts at once wait for each other and not in a circle.
  const texts = [...new Map(quotes.flatMap((quote) => [...quote.texts]))].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  await sql`
    insert into quote_texts (digest, body)
    select * from unnest(${texts.map(([digest]) => digest)}::text[], ${texts.map(([, body]) => body)}::text[])
    on conflict do nothing`.execute(db.kysely)
  const column = <T>(of: (quote: NewQuote) => T): T[] => quotes.map(of)
  await sql`
    insert into quotes (home_hub, quote_id, buyer_id, expires_at, payload, digest, key_id, signature)
    select * from unnest(
      ${column(({ body }) => body.hub)}::uuid[], ${column(({ body }) => body.id)}::uuid[],
      ${column(({ body }) => body.buyer)}::uuid[],
      ${column(({ body }) => timestamptz(body.expires))}::timestamptz[],
      ${column(({ signed }) => signed.payload)}::text[], ${column(({ signed }) => signed.digest)}::text[],
      ${column(({ signed }) => signed.keyId)}::text[],
      ${column(({ signed }) => Buffer.from(signed.signature))}::bytea[])`.execute(db.kysely)
}
