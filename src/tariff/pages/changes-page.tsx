/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import {
  Breadcrumb,
  Breakdown,
  type BreakdownLine,
  Button,
  DateField,
  Facts,
  type Language,
  Money,
  type Reader,
} from '../../ui/index.ts'
import type { DayComparison } from '../compare-days.ts'
import { StatusTag } from './answers-table.tsx'
import { hrefOf, queryOf, type Ask } from './ask.ts'
import { Source } from './charge-explained.tsx'
import { isNil, ruleHref } from './figures.ts'
import { rateWords } from './rate-words.ts'
import { RuleText, Shell } from './shell.tsx'
import { wordFor } from './words.ts'

/** No comparison: the rules of the destination cannot be read for one of the days. */
export type Changed = { to: string; comparison?: DayComparison }

type ChangesPageProps = { reader: Reader; ask: Ask; since: Day; changed: readonly Changed[] }

/** What the law changed between two days: receipts whose lines are causes and add up to the difference. */
export function ChangesPage({ reader, ask, since, changed }: ChangesPageProps) {
  const { language } = reader
  const { t } = language
  const title = t('tariff.changes.title')
  const byLaw = changed.filter(isByLaw)
  const byRate = changed.filter((each) => !isByLaw(each) && hasMoved(each))
  const still = changed.filter((each) => !hasMoved(each))
  return (
    <Shell reader={reader} title={title}>
      <div class="wrap band stack loose">
        <div class="stack">
          <Breadcrumb
            language={language}
            crumbs={[{ label: t('tariff.title'), href: hrefOf(ask) }]}
          />
          <h1>{title}</h1>
          <DaysForm ask={ask} since={since} language={language} />
        </div>
        {byLaw.length > 0 && (
          <div class="grid wide">
            {byLaw.map((each) => (
              <Causes {...each} since={since} ask={ask} language={language} />
            ))}
          </div>
        )}
        {byRate.length > 0 && <ByRate changed={byRate} language={language} />}
        {still.length > 0 && (
          <p>
            {t('tariff.changes.same', {
              list: language.list(still.map(({ to }) => language.country(to))),
            })}
          </p>
        )}
      </div>
    </Shell>
  )
}

/** A rule, a rate or a status changed, and not only the value of the goods. */
const isByLaw = ({ comparison }: Changed): boolean =>
  comparison !== undefined &&
  (comparison.before.status !== comparison.after.status ||
    comparison.causes.some(
      ({ kind, because }) => kind !== 'exchange-rate' && because !== 'other-basis',
    ))

const hasMoved = ({ comparison }: Changed): boolean =>
  comparison !== undefined &&
  (comparison.causes.length > 0 || comparison.before.status !== comparison.after.status)

type DaysFormProps = { ask: Ask; since: Day; language: Language }

function DaysForm({ ask, since, language }: DaysFormProps) {
  const { t } = language
  return (
    <form method="get" action="/cost/changes" class="inline-form">
      {[...queryOf(ask)]
        .filter(([name]) => name !== 'on')
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <DateField name="since" label={t('tariff.changes.since')} value={since} />
      <DateField name="on" label={t('tariff.changes.until')} value={ask.on} />
      <Button kind="secondary">{t('tariff.day.show')}</Button>
    </form>
  )
}

type CausesProps = Changed & DaysFormProps

function Causes({ to, comparison, since, ask, language }: CausesProps) {
  if (!comparison) return null
  const { before, after, causes, difference } = comparison
  const title = language.country(to)
  const prices = <Prices comparison={comparison} language={language} />
  const lines = causes.map((cause) =>
    causeLine(cause, { to, since, ask, language, currency: after.currency }),
  )
  if (difference !== null)
    return (
      <Breakdown
        title={title}
        lines={lines}
        total={{
          amount: difference,
          currency: after.currency,
          label: language.t('tariff.changes.difference'),
        }}
        language={language}
      >
        {prices}
      </Breakdown>
    )
  return (
    <section class="card stack tight">
      <h2>{title}</h2>
      {prices}
      {before.currency === after.currency && causes.length > 0 && (
        <ul class="list">
          {causes.map((cause, at) => (
            <li>
              {lines[at]?.label} <span class="muted small">{lines[at]?.note}</span>{' '}
              <Money amount={cause.difference} currency={after.currency} language={language} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

type PricesProps = { comparison: DayComparison; language: Language }

function Prices({ comparison: { before, after }, language }: PricesProps) {
  return (
    <p class="cluster figures">
      <PriceOf answer={before} language={language} /> →
      <strong>
        <PriceOf answer={after} language={language} />
      </strong>
    </p>
  )
}

type PriceOfProps = { answer: DayComparison['before']; language: Language }

function PriceOf({ answer: { totals, currency, status }, language }: PriceOfProps) {
  return totals.landed === null ? (
    <StatusTag status={status} language={language} />
  ) : (
    <span>{language.money(totals.landed, currency)}</span>
  )
}

type Cause = DayComparison['causes'][number]
type CauseContext = DaysFormProps & { to: string; currency: string }

function causeLine(cause: Cause, context: CauseContext): BreakdownLine {
  const { ask, currency, language } = context
  const { t } = language
  const goods = cause.line === undefined ? undefined : ask.lines[Number(cause.line) - 1]?.goods
  if (cause.kind === 'exchange-rate')
    return {
      label: t('tariff.changes.exchange'),
      amount: cause.difference,
      currency,
      note: `${sideText(cause.before, context)} → ${sideText(cause.after, context)}`,
    }
  const sides = [cause.before, cause.after].map((side) =>
    side && !isNil(side.amount) ? sideText(side, context) : '0',
  )
  return {
    label: `${wordFor(language, 'because', cause.because)} ${cause.name}`,
    amount: cause.difference,
    currency,
    note: [goods, sides.join(' → ')].filter(Boolean).join(' · '),
    explanation: <CauseExplained cause={cause} context={context} />,
  }
}

/** The rule, and its source; a rule that ended has its page on the day it still held. */
function CauseExplained({ cause, context }: { cause: Cause; context: CauseContext }) {
  const { to, since, ask, language } = context
  const side = cause.after ?? cause.before
  const hasPage = side && side.rule !== 'mfn' && side.rule !== 'default'
  return (
    <>
      {hasPage && (
        <p>
          {language.t('tariff.explain.rule')}{' '}
          <a href={ruleHref(to, side.rule, cause.after ? ask.on : since)}>
            <RuleText language={language}>{side.name}</RuleText>
          </a>
        </p>
      )}
      {side?.citation && <Source citation={side.citation} language={language} />}
    </>
  )
}

function sideText(side: Cause['before'], { currency, language }: CauseContext): string {
  if (!side) return '0'
  const amount = language.money(side.amount, currency)
  return !side.rate?.includes('%') ? amount : `${amount} (${rateWords(side.rate, language)})`
}

type ByRateProps = { changed: readonly Changed[]; language: Language }

/** Where only the exchange rate moved, and with it what the charges are reckoned on. */
function ByRate({ changed, language }: ByRateProps) {
  return (
    <section class="stack tight">
      <h2>{language.t('tariff.changes.byRate')}</h2>
      <Facts
        facts={changed.flatMap(({ to, comparison }) =>
          comparison
            ? [
                {
                  term: language.country(to),
                  detail: <Prices comparison={comparison} language={language} />,
                },
              ]
            : [],
        )}
      />
    </section>
  )
}
