/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Button } from './button.tsx'
import type { Language } from './language.ts'
import { Mark } from './mark.tsx'

export interface Crumb {
  label: string
  href: string
}

/** The way down to this page, without the page itself. */
export function Breadcrumb({ crumbs, language }: { crumbs: readonly Crumb[]; language: Language }) {
  return (
    <nav aria-label={language.t('ui.breadcrumb')}>
      <ol class="breadcrumb">
        {crumbs.map(({ label, href }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface PaginationProps {
  previous?: string | undefined
  next?: string | undefined
  /** Stands between the links, such as "1 to 50". */
  summary?: Child
  language: Language
}

/** Forward and back by keyset addresses; there are no page numbers, since lists grow while read. */
export function Pagination({ previous, next, summary, language }: PaginationProps) {
  if (!previous && !next) return null
  return (
    <nav class="pagination" aria-label={language.t('ui.pagination')}>
      {previous ? (
        <Button kind="secondary" href={previous}>
          {language.t('ui.previousPage')}
        </Button>
      ) : (
        <span />
      )}
      {summary && <span class="muted small figures">{summary}</span>}
      {next ? (
        <Button kind="secondary" href={next}>
          {language.t('ui.nextPage')}
        </Button>
      ) : (
        <span />
      )}
    </nav>
  )
}

export interface Fact {
  term: Child
  detail: Child
  action?: { label: string; href: string } | undefined
}

/** Terms and their details, as on a record's page or a check-your-answers page. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ term, detail, action }) => (
        <div>
          <dt>{term}</dt>
          <dd>{detail}</dd>
          {action && (
            <dd>
              <a href={action.href}>{action.label}</a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

export interface Step {
  title: Child
  state: 'done' | 'current' | 'upcoming' | 'failed'
  /** When, already written in the reader's language, with the machine's form beside it. */
  time?: { iso: string; text: string } | undefined
  detail?: Child
}

const stepWords = {
  done: 'ui.stepDone',
  current: 'ui.stepCurrent',
  upcoming: 'ui.stepUpcoming',
  failed: 'ui.stepFailed',
} as const

/** What happened and what is still to come: a parcel's way, an order's life, a set of tasks. */
export function Timeline({ steps, language }: { steps: readonly Step[]; language: Language }) {
  return (
    <ol class="timeline">
      {steps.map(({ title, state, time, detail }) => (
        <li class={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span class="hidden">
            {language.t('ui.pair', { name: language.t(stepWords[state]), value: '' })}
          </span>
          <span class="title">{title}</span>
          {time && (
            <time class="muted small" datetime={time.iso}>
              {' '}
              {time.text}
            </time>
          )}
          {detail && <div class="small">{detail}</div>}
        </li>
      ))}
    </ol>
  )
}

interface EmptyStateProps {
  title: string
  children?: Child
  action?: { label: string; href: string } | undefined
}

/** A list with nothing in it yet: say why, and what to do. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <Mark />
      <h2>{title}</h2>
      {children}
      {action && <Button href={action.href}>{action.label}</Button>}
    </div>
  )
}
