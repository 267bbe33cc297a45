/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { Facts, Tag, type Reader } from '../../ui/index.ts'
import { findMoves, findTracked, type MadeMove } from '../find-orders.ts'
import type { Order } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findQuote } from '../quotes/find-quotes.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { stateWord } from '../words.ts'
import { toneOf } from './order-page.tsx'
import { readerOf, Shell } from './shell.tsx'
import { OrderTimeline } from './timeline.tsx'

/** GET /track/:secret: where it is, for whoever has the link; neither names nor streets nor amounts. */
export async function showTracking(c: Context, parts: OrderParts): Promise<Response> {
  const { db, hub } = parts
  const order = await findTracked(db.kysely, hub.id, c.req.param('secret') ?? '')
  const stored = order && (await findQuote(db.kysely, hub.id, order.quote))
  if (!order || !stored) return c.notFound() as Response
  const moves = await findMoves(db.kysely, hub.id, order.id)
  return c.html(<TrackingPage {...{ order, moves }} reader={readerOf(c)} quote={stored.body} />)
}

type TrackingProps = {
  reader: Reader
  order: Order
  moves: readonly MadeMove[]
  quote: QuoteBody
}

function TrackingPage({ reader, order, moves, quote }: TrackingProps) {
  const { language } = reader
  const { t } = language
  const { lane } = quote
  const count = lane.days.count === 'working' ? 'working' : 'calendar'
  return (
    <Shell reader={reader} title={t('orders.track.title')}>
      <div class="stack tight">
        <h1>{t('orders.track.title')}</h1>
        <p>
          <Tag tone={toneOf(order.state)}>{stateWord(language, order.state)}</Tag>
        </p>
      </div>
      <OrderTimeline {...{ order, moves, language }} country={order.destination} isPublic />
      <Facts
        facts={[
          { term: t('orders.list.number'), detail: <code>{order.number}</code> },
          {
            term: t('orders.track.way'),
            detail: t('orders.track.fromTo', {
              from: language.country(quote.seller.country),
              to: language.country(order.destination),
            }),
          },
          {
            term: t('orders.review.carrier'),
            detail: `${lane.carrierName}, ${lane.serviceName}`,
          },
          {
            term: t('orders.review.delivery'),
            detail: t(`orders.days.${count}`, { min: lane.days.min, max: lane.days.max }),
          },
          ...(order.facts.consignment === undefined
            ? []
            : [
                {
                  term: t('orders.field.consignment'),
                  detail: <code>{order.facts.consignment}</code>,
                },
              ]),
          ...(toneOf(order.state) === 'warn' || toneOf(order.state) === 'bad'
            ? []
            : [{ term: t('orders.track.duty'), detail: t('orders.track.dutyPaid') }]),
        ]}
      />
    </Shell>
  )
}
