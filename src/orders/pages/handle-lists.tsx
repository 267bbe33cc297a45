/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isUuid } from '../../basis/uuid.ts'
import { findBusiness, signedInActor } from '../../parties/index.ts'
import type { Language, MessageKey } from '../../ui/index.ts'
import { findOrder, findOrdersOf, type OrderList } from '../find-orders.ts'
import type { Order, OrderState } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findQuotes } from '../quotes/find-quotes.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { timeText } from './local-time.ts'
import { OrdersPage, type OrderRow } from './orders-page.tsx'
import { PlacedPage } from './placed-page.tsx'
import { readerOf } from './shell.tsx'
import { buys } from './side.ts'

const onePage = 25

/** GET /orders: what somebody has bought. */
export async function showMine(c: Context, parts: OrderParts): Promise<Response> {
  const actor = signedInActor(c)
  const reader = readerOf(c)
  const { t } = reader.language
  const { orders, next } = await pageOf(c, parts, { side: 'buyer', id: actor.personId })
  const own = orders.filter((order) => buys(order, actor))
  const rows = await rowsOf(parts, own, reader.language, ({ id }, { seller }) => ({
    ...{ href: `/orders/${id}`, other: seller.name },
  }))
  return c.html(
    <OrdersPage
      {...{ reader, rows, next }}
      title={t('orders.mine.title')}
      crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      tabs={[]}
      otherHead={t('receipts.seller')}
      density="shop"
      empty={{
        title: t('orders.mine.none'),
        text: t('orders.mine.noneText'),
        action: { label: t('orders.basket.look'), href: '/search' },
      }}
    />,
  )
}

/** The seller's views, by the word in the address; the first is what there is to do. */
const views: Readonly<
  Record<
    string,
    {
      readonly label: MessageKey
      readonly states?: readonly OrderState[]
      readonly unanswered?: boolean
    }
  >
> = {
  // A complaint without an answer is settled against the seller: it is the last thing to overlook.
  todo: { label: 'orders.view.todo', states: ['placed', 'accepted', 'packed'], unanswered: true },
  underway: {
    label: 'orders.view.underway',
    states: ['handed-over', 'at-border', 'released', 'delivered', 'disputed'],
  },
  ended: {
    label: 'orders.view.ended',
    states: ['closed', 'cancelled', 'refused', 'returned', 'lost'],
  },
  all: { label: 'orders.view.all' },
}

/** GET /business/:business/orders: what a business has sold. */
export async function showSold(c: Context, parts: OrderParts): Promise<Response> {
  const business = await findBusiness(parts.db.kysely, parts.hub.id, c.req.param('business') ?? '')
  if (!business) return c.notFound() as Response
  const reader = readerOf(c)
  const { t } = reader.language
  const asked = c.req.query('view') ?? 'todo'
  const view = Object.hasOwn(views, asked) ? asked : 'todo'
  const { states, unanswered } = views[view] ?? {}
  const list = { side: 'seller' as const, id: business.id, states, unanswered }
  const { orders, next } = await pageOf(c, parts, list)
  const base = `/business/${business.id}/orders`
  const rows = await rowsOf(parts, orders, reader.language, ({ id, shipTo, due }) => ({
    ...{ href: `${base}/${id}`, other: `${shipTo.name}, ${shipTo.address.country}` },
    ...(view === 'todo' && due
      ? { until: timeText(reader.language, due.at, business.country) }
      : {}),
  }))
  return c.html(
    <OrdersPage
      {...{ reader, rows, next }}
      title={t('orders.sold.title')}
      crumbs={[{ label: business.name, href: `/business/${business.id}` }]}
      tabs={Object.entries(views).map(([name, { label }]) => ({
        ...{ label: t(label), href: `${base}?view=${name}`, current: name === view },
      }))}
      otherHead={t('receipts.buyer')}
      density="work"
      empty={{ title: t('orders.sold.none'), text: t('orders.sold.noneText') }}
    >
      <p>
        <a href={`${base}/money`}>{t('orders.money.title')}</a>
      </p>
    </OrdersPage>,
  )
}

/** One page of orders, and the address of the next. */
async function pageOf(
  c: Context,
  { db, hub }: OrderParts,
  list: Omit<OrderList, 'before' | 'most'>,
): Promise<{ orders: Order[]; next: string | undefined }> {
  const before = c.req.query('before') ?? ''
  const found = await findOrdersOf(db.kysely, hub.id, {
    ...list,
    before: isUuid(before) ? before : undefined,
    most: onePage + 1,
  })
  const orders = found.slice(0, onePage)
  const url = new URL(c.req.url)
  url.searchParams.set('before', orders.at(-1)?.id ?? '')
  return { orders, next: found.length > onePage ? url.pathname + url.search : undefined }
}

async function rowsOf(
  { db, hub }: OrderParts,
  orders: readonly Order[],
  language: Language,
  more: (order: Order, quote: QuoteBody) => Pick<OrderRow, 'href' | 'other' | 'until'>,
): Promise<OrderRow[]> {
  const found = await findQuotes(
    db.kysely,
    hub.id,
    orders.map(({ quote }) => quote),
  )
  const quotes = new Map(found.map(({ body }) => [body.id, body]))
  return orders.flatMap((order) => {
    const quote = quotes.get(order.quote)
    const { number, placedAt, total, currency, state } = order
    return quote
      ? [
          {
            number,
            placedAt,
            total,
            currency,
            state,
            goods: goodsOf(quote, language),
            ...more(order, quote),
          },
        ]
      : []
  })
}

/** The first goods by name, and how many kinds more. */
export function goodsOf({ lines }: QuoteBody, { t }: Language): string {
  const [first, ...others] = lines
  const name = first ? `${first.quantity} × ${first.title}` : ''
  return others.length === 0 ? name : t('orders.list.andMore', { name, count: others.length })
}

/** GET /orders/placed: what has just been ordered; nobody else's order is shown. */
export async function showPlaced(c: Context, parts: OrderParts): Promise<Response> {
  const { personId } = signedInActor(c)
  const ids = (c.req.queries('order') ?? []).filter(isUuid).slice(0, 20)
  const found = await Promise.all(ids.map((id) => findOrder(parts.db.kysely, parts.hub.id, id)))
  const orders = found.filter((order) => order !== undefined && order.buyer.id === personId)
  if (orders.length === 0) return c.redirect('/orders', 303)
  const reader = readerOf(c)
  const rows = await rowsOf(parts, orders as Order[], reader.language, ({ id }, { seller }) => ({
    ...{ href: `/orders/${id}`, other: seller.name },
  }))
  return c.html(<PlacedPage {...{ reader, rows }} />)
}
