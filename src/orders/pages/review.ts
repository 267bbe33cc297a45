// What the review page of checkout shows: the basket of the visitor, the quotes for it, and what has changed since.
import type { Context } from 'hono'
import type { Refused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import { destinationOf, textFor } from '../../catalogue/index.ts'
import { signedInActor } from '../../parties/index.ts'
import type { Language } from '../../ui/index.ts'
import { readSecret } from '../baskets/basket-cookie.ts'
import { basketState, shipToOf, type Basket } from '../baskets/basket.ts'
import { estimateBasket } from '../baskets/estimate-basket.ts'
import { findBasket } from '../baskets/keep-basket.ts'
import type { ShipTo } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { explainQuote, findQuotes } from '../quotes/find-quotes.ts'
import { makeQuotes } from '../quotes/make-quotes.ts'
import type { QuoteBody, StoredQuote } from '../quotes/quote.ts'
import { moneyText, refusalSentence } from '../words.ts'
import type { ExplainedQuote } from './quote-card.tsx'

export type Review = {
  readonly basket: Basket
  readonly destination: string
  /** Undefined until it was said, and when the destination has changed since. */
  readonly shipTo: ShipTo | undefined
  /** Changes with the basket and the destination. */
  readonly state: string
  readonly quotes: readonly ExplainedQuote[]
  /** Why there is no quote at all. */
  readonly refusals?: readonly Refused[] | undefined
}

/** The address of the review of a basket at these quotes. */
export const reviewHref = (state: string, quotes: readonly string[]): string =>
  `/checkout/review?${new URLSearchParams([['b', state], ...quotes.map((id) => ['q', id])])}`

/** One checkout takes no more. */
export const mostQuotes = 20

export async function readReview(c: Context, parts: OrderParts): Promise<Review> {
  const basket = await findBasket(parts.db.kysely, parts.hub.id, readSecret(c))
  const destination = destinationOf(c, parts)
  const { personId } = signedInActor(c)
  return {
    ...{ basket, destination, quotes: [] },
    shipTo: shipToOf(basket, personId, destination),
    state: basketState(basket, destination),
  }
}

/**
 * The person's quotes of these ids, with what the tariff said. With a review: undefined where they are not for its basket, or
 * hold no longer. Without one: whatever of them there is.
 */
export async function findQuoted(
  c: Context,
  parts: OrderParts,
  review: Review | undefined,
  ids: readonly string[],
): Promise<ExplainedQuote[] | undefined> {
  const { personId } = signedInActor(c)
  const db = parts.db.kysely
  const found = await findQuotes(db, parts.hub.id, ids.filter(isUuid).slice(0, mostQuotes))
  const own = found.filter(({ body }) => body.buyer === personId)
  if (review) {
    const isOfBasket = own.every(({ body }) => holdsFor(body, review, parts.now()))
    const wasState = c.req.query('b') === review.state || c.req.method === 'POST'
    if (own.length === 0 || own.length < ids.length || !isOfBasket || !wasState) return undefined
  }
  return Promise.all(
    own.map(async (stored) => ({
      quote: stored.body,
      digest: stored.digest,
      ...(await explainQuote(db, stored)),
    })),
  )
}

const holdsFor = (quote: QuoteBody, { basket, destination }: Review, now: number): boolean =>
  quote.expires > now &&
  quote.destination === destination &&
  quote.lines.every(({ variant, quantity }) =>
    basket.lines.some((line) => line.variantId === variant && line.quantity === quantity),
  )

/** Quotes for as much of the basket as one checkout takes. */
export async function quoteAnew(
  parts: OrderParts,
  { basket, destination }: Review,
  buyer: string,
): Promise<{ quotes: StoredQuote[]; refusals: Refused[] }> {
  const sellers = new Set(basket.lines.map(({ sellerId }) => sellerId))
  const first = new Set([...sellers].slice(0, mostQuotes))
  const lines = basket.lines.filter(({ sellerId }) => first.has(sellerId))
  const outcomes = await makeQuotes(parts, { buyer, destination, lines })
  return {
    quotes: outcomes.flatMap((each) => ('quote' in each ? [each.quote] : [])).slice(0, mostQuotes),
    refusals: outcomes.flatMap((each) => ('refused' in each ? [each] : [])),
  }
}

/** In minor units by currency. */
export function totalOf(quotes: readonly Pick<ExplainedQuote, 'quote'>[]): Map<string, bigint> {
  const totals = new Map<string, bigint>()
  for (const { quote } of quotes)
    totals.set(quote.currency, (totals.get(quote.currency) ?? 0n) + BigInt(quote.total))
  return totals
}

/** Goods of the basket that no quote is for, each with its reason. */
export async function whatIsLeftOut(
  parts: OrderParts,
  { basket, destination, quotes, refusals = [] }: Review,
  own: ReadonlySet<string>,
  language: Language,
): Promise<string[]> {
  const quoted = new Set(quotes.flatMap(({ quote }) => quote.lines.map(({ variant }) => variant)))
  const rest = basket.lines.filter(({ variantId }) => !quoted.has(variantId))
  if (rest.length === 0) return []
  const overall = refusals.find(({ refused }) => refused === 'too-many-quotes')
  if (overall) return [refusalSentence(language, overall)]
  const groups = await estimateBasket(parts, rest, destination, own)
  return groups.flatMap(({ lines, problem: together }) =>
    lines.map(({ offer, problem = together }) => {
      const goods =
        (offer && textFor(offer, language.locale)?.text.title) ??
        language.t('orders.basket.goneGoods')
      const why = problem
        ? refusalSentence(language, problem, { destination, goods })
        : language.t('orders.review.later')
      return `${goods}: ${why}`
    }),
  )
}

/** Why the quotes are new ones, and each price that is not what it was. */
export async function newsOf(
  c: Context,
  parts: OrderParts,
  { quotes }: Review,
  language: Language,
): Promise<string[]> {
  const ids = (c.req.queries('was') ?? []).filter(isUuid).slice(0, mostQuotes)
  if (ids.length === 0 || c.req.method === 'POST') return []
  const { personId } = signedInActor(c)
  const before = (await findQuotes(parts.db.kysely, parts.hub.id, ids)).filter(
    ({ body }) => body.buyer === personId,
  )
  const changed = quotes.flatMap(({ quote }) => {
    const old = before.find(
      ({ body }) =>
        body.seller.id === quote.seller.id &&
        body.lines[0]?.priceCurrency === quote.lines[0]?.priceCurrency,
    )?.body
    if (!old || (old.total === quote.total && old.currency === quote.currency)) return []
    return [
      language.t('orders.review.changed', {
        seller: quote.seller.name,
        before: moneyText(language, BigInt(old.total), old.currency),
        now: moneyText(language, BigInt(quote.total), quote.currency),
      }),
    ]
  })
  const code = c.req.query('why') ?? 'quote-expired'
  const known = ['quote-expired', 'quote-differs', 'quote-used', 'quote-unknown'].includes(code)
  const why = refusalSentence(language, { refused: known ? code : 'quote-expired', facts: {} })
  return [why, ...(changed.length > 0 ? changed : [language.t('orders.review.unchanged')])]
}
