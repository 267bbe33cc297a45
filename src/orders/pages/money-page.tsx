/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isCurrency } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { findBusiness, type Business } from '../../parties/index.ts'
import { Breadcrumb, EmptyState, Money, Table, type Reader } from '../../ui/index.ts'
import { orderNumber } from '../order-number.ts'
import type { OrderParts } from '../parts.ts'
import {
  findHeld,
  findPayouts,
  findSellerMoney,
  type MoneyLine,
  type SellerMoney,
} from './find-seller-money.ts'
import { readerOf, Shell } from './shell.tsx'

/** GET /business/:business/orders/money: held, available, paid out; each total opens what it is made of. */
export async function showMoney(c: Context, { db, hub }: OrderParts): Promise<Response> {
  const business = await findBusiness(db.kysely, hub.id, c.req.param('business') ?? '')
  if (!business) return c.notFound() as Response
  const { held = '', paid = '' } = c.req.query()
  const [money, lines] = await Promise.all([
    findSellerMoney(db.kysely, hub.id, business.id),
    isCurrency(held)
      ? findHeld(db.kysely, hub.id, business.id, held)
      : isCurrency(paid)
        ? findPayouts(db.kysely, business.id, paid)
        : [],
  ])
  return c.html(<MoneyPage reader={readerOf(c)} {...{ business, money, lines }} />)
}

type MoneyPageProps = {
  reader: Reader
  business: Business
  money: SellerMoney
  /** What the total is made of that was opened. */
  lines: readonly MoneyLine[]
}

function MoneyPage({ reader, business, money, lines }: MoneyPageProps) {
  const { language } = reader
  const { t } = language
  const base = `/business/${business.id}/orders`
  const amount = (minor: bigint, currency: string) => (
    <Money {...{ language, currency }} amount={formatMinor(minor, currency)} />
  )
  const { held, wallets, paidOut } = money
  const isEmpty = held.length + wallets.length + paidOut.length === 0
  const sums = [
    ...held.map((sum) => ({
      href: `${base}/money?held=${sum.currency}#entries`,
      cells: [
        t('orders.money.held'),
        amount(sum.amount, sum.currency),
        t('orders.money.heldNote', { count: Number(sum.orders), currency: sum.into }),
      ],
    })),
    ...wallets.map(({ currency, balance, held: reserved }) => ({
      href: `/business/${business.id}/money?currency=${currency}#movements`,
      cells: [
        t('orders.money.available'),
        amount(balance - reserved, currency),
        t('orders.money.availableNote'),
      ],
    })),
    ...paidOut.map((sum) => ({
      href: `${base}/money?paid=${sum.currency}#entries`,
      cells: [
        t('orders.money.paidOut'),
        amount(sum.amount, sum.currency),
        t('orders.money.paidOutNote'),
      ],
    })),
  ]
  return (
    <Shell reader={reader} title={t('orders.money.title')} density="work" paying>
      <Breadcrumb
        language={language}
        crumbs={[
          { label: business.name, href: `/business/${business.id}` },
          { label: t('orders.sold.title'), href: base },
        ]}
      />
      <h1>{t('orders.money.title')}</h1>
      {isEmpty ? (
        <EmptyState title={t('payments.wallet.none')}>
          <p>{t('orders.money.noneText')}</p>
        </EmptyState>
      ) : (
        <Table
          language={language}
          caption={t('orders.money.sums')}
          columns={[
            { label: t('orders.money.where') },
            { label: t('orders.legs.amount'), numeric: true },
            { label: t('orders.money.what') },
          ]}
          rows={sums}
        />
      )}
      {lines.length > 0 && (
        <section id="entries">
          <Table
            language={language}
            caption={t('orders.money.entries')}
            columns={[
              { label: t('orders.money.entry') },
              { label: t('payments.field.when') },
              { label: t('orders.legs.amount'), numeric: true },
            ]}
            rows={lines.map((line) => ({
              ...(line.order === undefined ? {} : { href: `${base}/${line.order}` }),
              cells: [
                <code>{line.order === undefined ? line.reference : orderNumber(line.order)}</code>,
                `${language.dateTime(new Date(line.at), 'UTC')} UTC`,
                amount(line.amount, line.currency),
              ],
            }))}
          />
        </section>
      )}
    </Shell>
  )
}
