/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { formatMinor } from '../../basis/money.ts'
import {
  Breadcrumb,
  EmptyState,
  Money,
  Pagination,
  Table,
  Tabs,
  Tag,
  type Crumb,
  type Reader,
  type Tab,
} from '../../ui/index.ts'
import type { OrderState } from '../order.ts'
import { stateWord } from '../words.ts'
import { toneOf } from './order-page.tsx'
import { Shell } from './shell.tsx'

export type OrderRow = {
  readonly href: string
  readonly number: string
  /** Unix milliseconds. */
  readonly placedAt: number
  readonly goods: string
  /** The other side. */
  readonly other: string
  readonly total: bigint
  readonly currency: string
  readonly state: OrderState
  /** When the hub ends what the reader has to do, as text. */
  readonly until?: string
}

type OrdersPageProps = {
  reader: Reader
  title: string
  crumbs: readonly Crumb[]
  tabs: readonly Tab[]
  /** The head of the column that names the other side. */
  otherHead: string
  rows: readonly OrderRow[]
  /** Address of the next page. */
  next: string | undefined
  empty: { title: string; text: string; action?: { label: string; href: string } }
  density: 'shop' | 'work'
  children?: Child
}

/** Orders of one side, the newest first. */
export function OrdersPage(props: OrdersPageProps) {
  const { reader, title, crumbs, tabs, rows, next, empty, density } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={title} density={density}>
      {crumbs.length > 0 && <Breadcrumb language={language} crumbs={crumbs} />}
      <h1>{title}</h1>
      {props.children}
      {tabs.length > 0 && <Tabs label={t('orders.list.views')} tabs={tabs} />}
      {rows.length === 0 ? (
        <EmptyState title={empty.title} action={empty.action}>
          <p>{empty.text}</p>
        </EmptyState>
      ) : (
        <Table
          language={language}
          caption={title}
          hideCaption
          columns={[
            { label: t('orders.list.number') },
            { label: t('orders.list.placed') },
            { label: t('orders.list.goods') },
            { label: props.otherHead },
            { label: t('ui.total'), numeric: true },
            { label: t('payments.field.state') },
          ]}
          rows={rows.map((row) => ({
            href: row.href,
            cells: [
              <code>{row.number}</code>,
              `${language.dateTime(new Date(row.placedAt), 'UTC')} UTC`,
              <span dir="auto">{row.goods}</span>,
              <span dir="auto">{row.other}</span>,
              <Money
                {...{ language, currency: row.currency }}
                amount={formatMinor(row.total, row.currency)}
              />,
              <>
                <Tag tone={toneOf(row.state)}>{stateWord(language, row.state)}</Tag>
                {row.until !== undefined && (
                  <p class="small muted">{t('orders.list.until', { time: row.until })}</p>
                )}
              </>,
            ],
          }))}
        />
      )}
      <Pagination next={next} language={language} />
    </Shell>
  )
}
