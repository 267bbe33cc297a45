/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { Tone } from './badge.tsx'
import type { Language } from './language.ts'

export interface Amount {
  /** An exact decimal, with as many digits as shall be seen: `1204.50`. */
  amount: string
  currency: string
}

/** An amount with its currency code, in the reader's order. Never breaks over a line. */
export function Money({ amount, currency, language }: Amount & { language: Language }) {
  const { before, digits, after } = language.moneyParts(amount, currency)
  return (
    <span class="money">
      {before && <span class="currency">{before} </span>}
      {digits}
      {after && <span class="currency"> {after}</span>}
    </span>
  )
}

interface PriceProps extends Amount {
  language: Language
  /** What the price includes, in small type under it. */
  note?: Child
  /** `row` for lists of offers. */
  size?: 'large' | 'row' | undefined
}

export function Price({ note, size = 'large', ...amount }: PriceProps) {
  return (
    <div>
      <p class={size === 'large' ? 'price' : 'price-row'}>
        <Money {...amount} />
      </p>
      {note && <p class={size === 'large' ? 'price-note' : 'muted small'}>{note}</p>}
    </div>
  )
}

export interface BreakdownLine extends Amount {
  label: string
  /** A few words under the label: the rate, the basis. */
  note?: Child
  /** Where the figure comes from; the line then opens. */
  explanation?: Child
}

interface BreakdownProps {
  title: string
  lines: readonly BreakdownLine[]
  total: Amount & { label?: string | undefined }
  language: Language
  children?: Child
}

/** A receipt: each part of a price on its own line, then the total. Children stand below it. */
export function Breakdown({ title, lines, total, language, children }: BreakdownProps) {
  return (
    <section class="breakdown" aria-label={title}>
      <div class="breakdown-paper">
        <h2 class="breakdown-title">{title}</h2>
        <ul class="plain">
          {lines.map((line) => (
            <li>
              <Line line={line} language={language} />
            </li>
          ))}
          <li class="total">
            <div class="breakdown-line">
              <span class="label">{total.label ?? language.t('ui.total')}</span>
              <Money {...total} language={language} />
            </div>
          </li>
        </ul>
        {children && <div>{children}</div>}
      </div>
    </section>
  )
}

function Line({ line, language }: { line: BreakdownLine; language: Language }) {
  const { label, note, explanation } = line
  const words = (
    <span class="label">
      {label}
      {note && <small>{note}</small>}
    </span>
  )
  const amount = <Money amount={line.amount} currency={line.currency} language={language} />
  if (!explanation) {
    return (
      <div class="breakdown-line">
        {words}
        {amount}
      </div>
    )
  }
  return (
    <details>
      <summary>
        {words}
        {amount}
      </summary>
      <div class="explain stack tight">{explanation}</div>
    </details>
  )
}

export interface Stat {
  label: string
  value: Child
  note?: Child
  tone?: Tone | undefined
}

/** A row of figures that sum up a desk or a shop. */
export function StatTiles({ stats }: { stats: readonly Stat[] }) {
  return (
    <dl class="tiles">
      {stats.map(({ label, value, note, tone }) => (
        <div class="tile">
          <dt>{label}</dt>
          {note && <dd class={`note ${tone ?? 'muted'}`}>{note}</dd>}
          <dd class="value">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
