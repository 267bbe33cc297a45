/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isUuid } from '../../basis/uuid.ts'
import { instantOf, type Db } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { Button, TextField, type Language, type Tab } from '../../ui/index.ts'
import { findOrdersByNumber } from '../find-orders.ts'
import { orderNumber } from '../order-number.ts'
import type { OrderState, Role } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { findQuotes } from '../quotes/find-quotes.ts'
import { goodsOf } from './handle-lists.tsx'
import { OrdersPage } from './orders-page.tsx'
import { readerOf } from './shell.tsx'
import { deskRole } from './side.ts'

const onePage = 50

/** What each office of the hub has to do with. */
const statesOf: Partial<Record<Role, readonly OrderState[]>> = {
  carrier: ['accepted', 'packed', 'handed-over', 'at-border', 'released'],
  customs: ['handed-over', 'at-border'],
  operator: ['handed-over', 'at-border', 'released', 'disputed'],
}

const pastHandOver: readonly OrderState[] = [
  ...(['handed-over', 'at-border', 'released', 'delivered', 'disputed'] as const),
  ...(['closed', 'refused', 'returned', 'lost'] as const),
]
/** What an office finds again after it has decided; a carrier's orders are those on their way. */
const allOf: Partial<Record<Role, readonly OrderState[]>> = {
  customs: pastHandOver,
  operator: ['placed', 'accepted', 'packed', ...pastHandOver, 'cancelled'],
}

/** GET /desk/orders: goods on their way, at the border, in dispute; found by their number as well. */
export async function showDesk(c: Context, parts: OrderParts): Promise<Response> {
  const { db, hub } = parts
  const reader = readerOf(c)
  const { language } = reader
  const { t } = language
  const number = (c.req.query('number') ?? '').slice(0, 40)
  const [found] = await findOrdersByNumber(db.kysely, hub.id, number)
  if (found) return c.redirect(`/desk/orders/${found.id}`, 303)
  const role = deskRole(signedInActor(c))
  const all = allOf[role]
  const showsAll = all !== undefined && c.req.query('view') === 'all'
  const states = (showsAll ? all : statesOf[role]) ?? []
  const here = showsAll ? '/desk/orders?view=all' : '/desk/orders?view=todo'
  const asked = c.req.query('before') ?? ''
  const rows = await findDesk(db.kysely, hub.id, states, isUuid(asked) ? asked : undefined)
  const shown = rows.slice(0, onePage)
  const quotes = new Map(
    (
      await findQuotes(
        db.kysely,
        hub.id,
        shown.map(({ quote }) => quote),
      )
    ).map(({ body }) => [body.id, body]),
  )
  return c.html(
    <OrdersPage
      reader={reader}
      title={t('orders.desk.title')}
      crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      tabs={all ? tabsOf(language, showsAll) : []}
      otherHead={t('orders.track.way')}
      rows={shown.flatMap(({ quote: id, ...row }) => {
        const quote = quotes.get(id)
        const way = quote && {
          from: language.country(quote.seller.country),
          to: language.country(quote.destination),
        }
        return quote && way
          ? [{ ...row, goods: goodsOf(quote, language), other: t('orders.track.fromTo', way) }]
          : []
      })}
      next={rows.length > onePage ? `${here}&before=${shown.at(-1)?.id}` : undefined}
      density="work"
      empty={{ title: t('orders.desk.none'), text: t('orders.desk.noneText') }}
    >
      <form action="/desk/orders" method="get" class="inline-form">
        <TextField
          name="number"
          label={t('orders.list.number')}
          hint={number === '' ? undefined : t('orders.desk.noSuch')}
          value={number}
          width="m"
          maxlength={40}
          autocomplete="off"
        />
        <Button kind="secondary">{t('orders.desk.find')}</Button>
      </form>
    </OrdersPage>,
  )
}

const tabsOf = ({ t }: Language, showsAll: boolean): Tab[] => [
  { label: t('orders.view.todo'), href: '/desk/orders', current: !showsAll },
  { label: t('orders.view.all'), href: '/desk/orders?view=all', current: showsAll },
]

/** Orders in some states, the newest first; one more than a page says that there are more. */
async function findDesk(
  db: Db,
  hub: string,
  states: readonly OrderState[],
  before: string | undefined,
) {
  const rows = await db
    .selectFrom('orders')
    .select(['order_id', 'quote_id', 'state', 'placed_at', 'total_minor', 'currency'])
    .where('home_hub', '=', hub)
    .where('state', 'in', [...states])
    .$if(before !== undefined, (query) => query.where('order_id', '<', before as string))
    .orderBy('order_id', 'desc')
    .limit(onePage + 1)
    .execute()
  return rows.map((row) => ({
    id: row.order_id,
    href: `/desk/orders/${row.order_id}`,
    number: orderNumber(row.order_id),
    quote: row.quote_id,
    placedAt: instantOf(row.placed_at),
    ...{ total: row.total_minor, currency: row.currency, state: row.state },
  }))
}
