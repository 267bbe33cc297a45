/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { formatMinor } from '../../basis/money.ts'
import { cutText } from '../../basis/clean-text.ts'
import { isRefused, refused, type RefusalFacts } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { Overloaded } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { askForMoneyOnce } from '../../payments/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { readSecret } from '../baskets/basket-cookie.ts'
import { takeOut } from '../baskets/keep-basket.ts'
import { newOrder } from '../checkout/new-order.ts'
import { checkoutKind, type PlaceOrders } from '../checkout/place-orders.ts'
import type { OrderDesk } from '../parts.ts'
import { refusalSentence } from '../words.ts'
import { findPurses, lackOf } from './purses.ts'
import { nameOf } from './quote-card.tsx'
import { readForm, type Form } from './read-form.ts'
import { ReviewPage } from './review-page.tsx'
import {
  findQuoted,
  mostQuotes,
  newsOf,
  quoteAnew,
  readReview,
  reviewHref,
  totalOf,
  whatIsLeftOut,
  type Review,
} from './review.ts'
import { readerOf } from './shell.tsx'

/** Second step of checkout: quotes that hold, made anew where those of the address do not any more. */
export async function showReview(c: Context, parts: OrderDesk): Promise<Response> {
  const review = await readReview(c, parts)
  if (review.basket.lines.length === 0) return c.redirect('/basket', 303)
  if (review.shipTo === undefined) return c.redirect('/checkout', 303)
  const quotes = await findQuoted(c, parts, review, c.req.queries('q') ?? [])
  if (quotes) return reviewPage(c, parts, { ...review, quotes })
  const { personId } = signedInActor(c)
  const made = await quoteAnew(parts, review, personId)
  if (made.quotes.length === 0)
    return reviewPage(c, parts, { ...review, quotes: [], refusals: made.refusals })
  const query = new URLSearchParams({ b: review.state })
  for (const { body } of made.quotes) query.append('q', body.id)
  // Whoever has changed the basket knows why the price is another.
  const same = c.req.query('b') === review.state ? c.req.queries('q') : undefined
  const before = c.req.queries('was') ?? same ?? []
  for (const id of before.filter(isUuid).slice(0, mostQuotes)) query.append('was', id)
  const why = c.req.query('why')
  if (why) query.set('why', why)
  return c.redirect(`/checkout/review?${query}`, 303)
}

async function reviewPage(
  c: Context,
  parts: OrderDesk,
  review: Review,
  { errors = [], from = '' }: { errors?: readonly FieldError[]; from?: string } = {},
): Promise<Response> {
  const reader = readerOf(c)
  const { language } = reader
  const { shipTo, state } = review
  const [purses, leftOut, news] = await Promise.all([
    findPurses(c, parts),
    whatIsLeftOut(parts, review, new Set(signedInActor(c).businesses.keys()), language),
    newsOf(c, parts, review, language),
  ])
  if (!shipTo) return c.redirect('/checkout', 303)
  return c.html(
    <ReviewPage
      {...{ reader, shipTo, purses, leftOut, news, errors, from, state }}
      quotes={review.quotes}
      totals={totalOf(review.quotes)}
      formKey={uuidv7(parts.now(), parts.random)}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** Places every order of the page in one command, or none; once, however often the form is sent. */
export async function placeFromReview(c: Context, parts: OrderDesk): Promise<Response> {
  const form = await readForm(c)
  const review = await readReview(c, parts)
  const wanted = readQuotes(form)
  const ids = wanted.map(({ id }) => id)
  const key = form.text('key')
  const { personId } = signedInActor(c)
  const purse = (await findPurses(c, parts)).find(({ value }) => value === form.text('from'))
  const { shipTo } = review
  const isReview = ids.length > 0 && ids.length <= mostQuotes
  if (!purse || !isUuid(key) || !isReview || !shipTo) return anew(c, ids, 'quote-differs')
  const body: PlaceOrders = {
    ...{ buyer: personId, payer: purse.holder, shipTo },
    orders: wanted.map((each) => newOrder(each, parts.now(), parts.random)),
  }
  const command = {
    ...{ actor: personId, kind: checkoutKind, key, body },
    request: JSON.stringify([purse.holder, shipTo, wanted]),
  }
  const answer = await parts.place(command).catch((error: unknown) => {
    if (error instanceof Overloaded) return undefined
    throw error
  })
  if (!answer || answer.answer === 'at-work') {
    c.header('retry-after', '1')
    return c.text(readerOf(c).language.t('orders.error.busy'), 503)
  }
  if (answer.answer === 'key-of-another-request') return anew(c, ids, 'quote-differs')
  const said = JSON.parse(answer.outcome.body) as Said
  if (answer.outcome.status !== 201)
    return refuse(c, parts, review, { ids, from: purse.value, said })
  await takeOrdered(c, parts, ids)
  const query = new URLSearchParams((said.orders ?? []).map(({ order }) => ['order', order]))
  return c.redirect(`/orders/placed?${query}`, 303)
}

type Said = { code?: string; quote?: string; orders?: { order: string }[] } & RefusalFacts

/** `id digest`, as the page wrote them. */
const readQuotes = (form: Form): { id: string; digest: string }[] =>
  form.all('quote').flatMap((text) => {
    const [id = '', digest = ''] = text.split(' ')
    return isUuid(id) && /^[0-9a-f]{64}$/.test(digest) ? [{ id, digest }] : []
  })

/** To the review again, with quotes that are made anew, and why. */
function anew(c: Context, ids: readonly string[], why: string): Response {
  const query = new URLSearchParams({ why })
  for (const id of ids.slice(0, mostQuotes)) query.append('was', id)
  return c.redirect(`/checkout/review?${query}`, 303)
}

const staleQuotes = new Set(['quote-expired', 'quote-differs', 'quote-unknown', 'quote-used'])

/** A lawful no: what to do now, beside the same quotes where they still hold. */
async function refuse(
  c: Context,
  parts: OrderDesk,
  review: Review,
  { ids, from, said }: { ids: readonly string[]; from: string; said: Said },
): Promise<Response> {
  const { code = 'refused', quote, ...facts } = said
  if (staleQuotes.has(code)) return anew(c, ids, code)
  const quotes = await findQuoted(c, parts, review, ids)
  if (!quotes) return anew(c, ids, code)
  const { language } = readerOf(c)
  const about = quotes.find((each) => each.quote.id === quote)?.quote
  const line = about?.lines.find(({ variant }) => variant === facts['variant'])
  const message = refusalSentence(language, refused(code, facts as RefusalFacts), {
    destination: review.destination,
    goods: line ? nameOf(line) : (about?.seller.name ?? ''),
  })
  return reviewPage(c, parts, { ...review, quotes }, { errors: [{ field: 'from', message }], from })
}

/** What was ordered leaves the basket; what was put in meanwhile stays. */
async function takeOrdered(c: Context, parts: OrderDesk, ids: readonly string[]): Promise<void> {
  const secret = readSecret(c)
  const quotes = await findQuoted(c, parts, undefined, ids)
  if (!secret || !quotes) return
  const keys = quotes.flatMap(({ quote: { seller, lines } }) =>
    lines.map(({ variant }) => ({
      ...{ sellerHub: seller.hub, sellerId: seller.id, variantId: variant },
    })),
  )
  await takeOut(parts, secret, keys)
}

/**
 * Makes a payment request to the buyer's own wallet for exactly what is missing of the quotes, which somebody else can pay
 * by its QR code; its page leads back here.
 */
export async function askForMissing(c: Context, parts: OrderDesk): Promise<Response> {
  const form = await readForm(c)
  const ids = form.all('quote').filter(isUuid)
  const review = await readReview(c, parts)
  const quotes = await findQuoted(c, parts, review, ids)
  // Nobody is asked for the amount of a price that has run out.
  if (!quotes) return anew(c, ids, 'quote-expired')
  const [own] = await findPurses(c, parts)
  const currency = form.text('currency')
  const lack = own && lackOf(own, totalOf(quotes)).find(([each]) => each === currency)
  const back = reviewHref(review.state, ids)
  if (!lack) return c.redirect(back, 303)
  const { language } = readerOf(c)
  const asked = await askForMoneyOnce(parts, own.holder, own.holder.id, {
    currency,
    amount: formatMinor(lack[1], currency),
    purpose: cutText(language.t('orders.review.purpose', { hub: parts.hub.name }), 140),
  })
  const way = isRefused(asked) ? '/wallet' : `/wallet/requests/${asked.code}`
  return c.redirect(`${way}?${new URLSearchParams({ next: back })}`, 303)
}
