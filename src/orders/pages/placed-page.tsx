/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Notice, type Reader } from '../../ui/index.ts'
import { moneyText } from '../words.ts'
import type { OrderRow } from './orders-page.tsx'
import { Shell } from './shell.tsx'

/** After checkout: each order by its number, and what happens next. */
export function PlacedPage({ reader, rows }: { reader: Reader; rows: readonly OrderRow[] }) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('orders.placed.title')} paying>
      <h1>{t('orders.placed.title')}</h1>
      <Notice tone="ok" live>
        <p>{t('orders.placed.text', { count: rows.length })}</p>
      </Notice>
      <ul class="plain stack">
        {rows.map(({ href, number, goods, other, total, currency }) => (
          <li class="card stack tight">
            <h2>
              <a href={href}>{t('orders.order.title', { number })}</a>
            </h2>
            <p>
              <span dir="auto">{goods}</span> · <span dir="auto">{other}</span>
            </p>
            <p>{moneyText(language, total, currency)}</p>
          </li>
        ))}
      </ul>
      <p>{t('orders.placed.next')}</p>
      <div>
        <Button href="/orders" kind="secondary">
          {t('orders.mine.title')}
        </Button>
      </div>
    </Shell>
  )
}
