/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { Money, Table, Tag, type Language, type Tone } from '../../ui/index.ts'
import type { Answer } from '../assess/answer.ts'
import type { Status } from '../assess/judge-route.ts'
import { hrefOf, type Ask } from './ask.ts'
import type { Row, Sort } from './compare.ts'
import { isNil } from './figures.ts'
import { wordFor } from './words.ts'

export type View = { see: string | undefined; sort: Sort; isDown: boolean }

type AnswersTableProps = { ask: Ask; rows: readonly Row[]; view: View; language: Language }

/** Every destination on one line; each leads to its receipt. */
export function AnswersTable({ ask, rows, view, language }: AnswersTableProps) {
  const { t } = language
  const hasFees = rows.some(
    ({ answer, share }) => share !== undefined && answer && !isNil(answer.totals.fees),
  )
  return (
    <Table
      caption={t('tariff.table.caption')}
      hideCaption
      language={language}
      columns={[
        { label: t('tariff.table.to'), ...sortBy('name', ask, view) },
        { label: t('tariff.table.landed'), numeric: true, ...sortBy('price', ask, view) },
        { label: t('tariff.table.sent'), numeric: true },
        { label: t('tariff.total.duty'), numeric: true },
        { label: t('tariff.total.tax'), numeric: true },
        ...(hasFees ? [{ label: t('tariff.total.fees'), numeric: true }] : []),
        { label: t('tariff.table.share'), numeric: true, ...sortBy('share', ask, view) },
      ]}
      rows={rows.map((row) => ({
        ...(row.answer
          ? { href: hrefOf(ask, { more: viewQuery(view, { see: row.to }), hash: 'receipt' }) }
          : {}),
        cells: cellsOf(row, hasFees, ask, language),
      }))}
    />
  )
}

/** The view in the address, without what is usual. */
export function viewQuery(view: View, change: { see?: string } = {}): Record<string, string> {
  const see = change.see ?? view.see
  return {
    ...(see ? { see } : {}),
    ...(view.sort === 'price' ? {} : { sort: view.sort }),
    ...(view.isDown ? { order: 'down' } : {}),
  }
}

function sortBy(sort: Sort, ask: Ask, view: View) {
  const isNow = view.sort === sort
  const more = viewQuery({ ...view, sort, isDown: isNow && !view.isDown })
  const order = view.isDown ? ('descending' as const) : ('ascending' as const)
  return { sort: { href: hrefOf(ask, { more }), ...(isNow ? { order } : {}) } }
}

function cellsOf(row: Row, hasFees: boolean, ask: Ask, language: Language) {
  const { answer, share } = row
  const name = <NameCell row={row} language={language} />
  if (!answer || share === undefined) return [name, <NoPrice row={row} language={language} />]
  const { totals, currency } = answer
  return [
    name,
    <span>
      <strong class="price-row">
        <Money amount={totals.landed as string} currency={currency} language={language} />
      </strong>
      {row.comparable !== undefined && currency !== ask.currency && (
        <span class="muted small">
          <br />≈ {language.money(row.comparable, ask.currency)}
        </span>
      )}
    </span>,
    `${language.number(totals.goods)} + ${language.number(freightOf(answer))}`,
    ...[totals.duty, totals.tax, ...(hasFees ? [totals.fees] : [])].map((amount) =>
      language.number(amount),
    ),
    <span class="cluster between">
      <ShareLine answer={answer} />
      {language.percent(String(Math.round(share)))}
    </span>,
  ]
}

function NameCell({ row: { to, answer }, language }: { row: Row; language: Language }) {
  return (
    <span>
      {language.country(to)}
      <br />
      {answer && <StatusTag status={answer.status} language={language} />}
    </span>
  )
}

const tones: Readonly<Record<Status, Tone>> = {
  complete: 'ok',
  'complete-except': 'info',
  'needs-facts': 'warn',
  'cannot-decide': 'plain',
}

export function StatusTag({ status, language }: { status: Status; language: Language }) {
  return <Tag tone={tones[status]}>{wordFor(language, 'status', status)}</Tag>
}

function NoPrice({ row, language }: { row: Row; language: Language }) {
  const { t } = language
  const { answer, missing = 'rules-broken' } = row
  if (!answer) return <span class="muted">{wordFor(language, 'missing', missing)}</span>
  return (
    <span class="muted">
      {answer.status === 'needs-facts' ? t('tariff.table.asks') : t('tariff.table.noPrice')}
    </span>
  )
}

/** Freight and insurance are shown together where there is room for one figure only. */
export function freightOf({ totals, currency }: Answer): string {
  const minor = (text: string): bigint => parseAmount(text, currency) ?? 0n
  return formatMinor(minor(totals.freight) + minor(totals.insurance), currency)
}

/** The parts of the price as one thin line; the figures beside it say the same. */
function ShareLine({ answer }: { answer: Answer }) {
  const { goods, duty, tax, fees } = answer.totals
  const parts = [goods, freightOf(answer), duty, tax, fees].map(Number)
  const whole = parts.reduce((sum, part) => sum + part, 0)
  let reached = 0
  return (
    <svg width="96" height="8" aria-hidden="true" focusable="false">
      {parts.map((part, at) => {
        const x = reached
        const width = whole > 0 ? Math.round((part / whole) * 960) / 10 : 0
        reached += width
        return width > 0 && <rect class={`tone-${tones5[at]}`} x={x} width={width} height="8" />
      })}
    </svg>
  )
}

/** The same colours as in the bar of a receipt. */
const tones5 = [1, 2, 3, 4, 6] as const
