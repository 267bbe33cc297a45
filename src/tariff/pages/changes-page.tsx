/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import { Breadcrumb, Button, DateField, Table, type Language } from '../../ui/index.ts'
import type { DayComparison } from '../compare-days.ts'
import { hrefOf, queryOf, type Ask } from './ask.ts'
import { StatusTag } from './answers-table.tsx'
import { isNil, ruleHref } from './figures.ts'
import { rateWords } from './rate-words.ts'
import { RuleText, Shell, type Reader } from './shell.tsx'
import { wordFor } from './words.ts'

/** No comparison: the rules of the destination cannot be read for one of the days. */
export type Changed = { to: string; comparison?: DayComparison }

type ChangesPageProps = { reader: Reader; ask: Ask; since: Day; changed: readonly Changed[] }

/** What the law changed between two days, destination by destination and cause by cause. */
export function ChangesPage({ reader, ask, since, changed }: ChangesPageProps) {
  const { language } = reader
  const { t } = language
  const title = t('tariff.changes.title')
  const byLaw = changed.filter(isByLaw)
  const byRate = changed.filter((each) => !isByLaw(each) && hasMoved(each))
  const still = changed.filter((each) => !hasMoved(each))
  return (
    <Shell reader={reader} current="cost" title={title}>
      <div class="wrap band stack loose">
        <div class="stack">
          <Breadcrumb
            language={language}
            crumbs={[{ label: t('tariff.title'), href: hrefOf(ask) }]}
          />
          <h1>{title}</h1>
          <DaysForm ask={ask} since={since} language={language} />
        </div>
        {byLaw.map((each) => (
          <Causes {...each} since={since} ask={ask} language={language} />
        ))}
        {byRate.length > 0 && (
          <ByRate changed={byRate} since={since} ask={ask} language={language} />
        )}
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

/** Where only the exchange rate moved, and with it what the charges are reckoned on. */
function ByRate({
  changed,
  since,
  ask,
  language,
}: DaysFormProps & { changed: readonly Changed[] }) {
  const { t } = language
  return (
    <Table
      caption={t('tariff.changes.byRate')}
      language={language}
      columns={[
        { label: t('tariff.table.to') },
        { label: language.date(since), numeric: true },
        { label: language.date(ask.on), numeric: true },
        { label: t('tariff.changes.difference'), numeric: true },
      ]}
      rows={changed.flatMap(({ to, comparison }) => {
        if (!comparison) return []
        const { before, after, difference } = comparison
        return [
          {
            cells: [
              language.country(to),
              <PriceOf answer={before} language={language} />,
              <PriceOf answer={after} language={language} />,
              difference === null ? '' : signed(difference, after.currency, language),
            ],
          },
        ]
      })}
    />
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

type CausesProps = Changed & DaysFormProps

function Causes({ to, comparison, since, ask, language }: CausesProps) {
  if (!comparison) return null
  const { t } = language
  const { before, after, causes, difference } = comparison
  return (
    <section class="stack">
      <div class="cluster">
        <h2>{language.country(to)}</h2>
        <span class="figures">
          <PriceOf answer={before} language={language} /> →{' '}
          <strong>
            <PriceOf answer={after} language={language} />
          </strong>
        </span>
        {difference !== null && <strong>{signed(difference, after.currency, language)}</strong>}
      </div>
      {causes.length > 0 && (
        <Table
          caption={t('tariff.changes.causes', { country: language.country(to) })}
          hideCaption
          language={language}
          columns={[
            { label: t('tariff.changes.what') },
            { label: language.date(since), numeric: true },
            { label: language.date(ask.on), numeric: true },
            { label: t('tariff.changes.difference'), numeric: true },
          ]}
          rows={causes.map((cause) => ({
            cells: [
              <CauseName cause={cause} to={to} since={since} ask={ask} language={language} />,
              sideText(cause.before, after.currency, language),
              sideText(cause.after, after.currency, language),
              <strong>{signed(cause.difference, after.currency, language)}</strong>,
            ],
          }))}
        />
      )}
    </section>
  )
}

type Cause = DayComparison['causes'][number]

function CauseName({
  cause,
  to,
  since,
  ask,
  language,
}: DaysFormProps & { cause: Cause; to: string }) {
  const { t } = language
  if (cause.kind === 'exchange-rate') return <span>{t('tariff.changes.exchange')}</span>
  const line = cause.line === undefined ? undefined : ask.lines[Number(cause.line) - 1]
  // A rule that ended has its page on the day it still held.
  const rule = cause.after?.rule ?? cause.before?.rule ?? ''
  const on = cause.after ? ask.on : since
  const name = <RuleText language={language}>{cause.name}</RuleText>
  return (
    <span>
      {wordFor(language, 'because', cause.because)}{' '}
      {rule === 'mfn' || rule === 'default' ? name : <a href={ruleHref(to, rule, on)}>{name}</a>}
      {line?.goods && <span class="muted small"> {line.goods}</span>}
    </span>
  )
}

function sideText(side: Cause['before'], currency: string, language: Language) {
  if (!side) return ''
  const rate = side.rate && rateWords(side.rate, language)
  return (
    <span>
      {language.money(side.amount, currency)}
      {rate && (
        <span class="muted small">
          <br />
          {rate}
        </span>
      )}
    </span>
  )
}

function signed(amount: string, currency: string, language: Language): string {
  const text = language.money(amount, currency)
  return amount.startsWith('-') || isNil(amount) ? text : `+${text}`
}
