/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  DateField,
  Disclosure,
  type Language,
  PageFragment,
  Price,
  type Reader,
  Region,
  TextField,
} from '../../ui/index.ts'
import type { Answer, AnswerLine } from '../assess/answer.ts'
import { Alternatives } from './alternatives.tsx'
import { Findings, LeftOut, Restrictions } from './answer-notes.tsx'
import { AnswersTable, StatusTag, viewQuery, type View } from './answers-table.tsx'
import { hrefOf, isBlank, queryOf, type Ask } from './ask.ts'
import { shareSteps, type Row } from './compare.ts'
import { mapUrl } from './map.ts'
import { Questions } from './questions.tsx'
import { PriceShares, Receipt, type TaxNames } from './receipt.tsx'
import { Shell } from './shell.tsx'
import type { LinesLook } from './which-line.ts'

type AnswersPageProps = {
  reader: Reader
  ask: Ask
  rows: readonly Row[]
  view: View
  /** The taxes of a destination by id. */
  taxesOf(to: string): TaxNames
  /** What is known of the lines under the code of a line of an answer. */
  look(answer: Answer, line: AnswerLine): LinesLook
}

/** What was asked in a sentence, the map, the table, and the receipt of one destination. */
export function AnswersPage(props: AnswersPageProps) {
  const { reader, ask, rows, view } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('tariff.title')} canonical={hrefOf(ask)}>
      <PageFragment regions={['asked', 'map', 'prices', 'detail']}>
        <div class="wrap hero">
          <div class="stack">
            <h1>{t('tariff.title')}</h1>
            <Region id="asked">
              <div class="stack">
                <Summary ask={ask} rows={rows} language={language} />
                <DayForm ask={ask} view={view} language={language} />
              </div>
            </Region>
          </div>
          <Region id="map">
            <AnswersMap ask={ask} rows={rows} language={language} />
          </Region>
        </div>
      </PageFragment>
      <section class="band surface">
        <div class="wrap">
          <Region id="prices">
            <div class="stack">
              <AnswersTable ask={ask} rows={rows} view={view} language={language} />
              <p class="muted small">{t('tariff.table.note', { currency: ask.currency })}</p>
            </div>
          </Region>
        </div>
      </section>
      <Region id="detail">
        <Detail {...props} />
        <Share ask={ask} reader={reader} />
      </Region>
    </Shell>
  )
}

type SummaryProps = { ask: Ask; rows: readonly Row[]; language: Language }

/** The question and the short answer, as one would say them. */
function Summary({ ask, rows, language }: SummaryProps) {
  const { t } = language
  const goods = ask.lines
    .filter((line) => !isBlank(line))
    .map(({ goods: name, code, quantity }) => `${language.number(quantity)} × ${name || code}`)
  const priced = rows.filter(({ share }) => share !== undefined)
  return (
    <>
      <p class="lead">
        {t('tariff.summary.asked', {
          goods: language.list(goods),
          from: language.country(ask.from),
          transport: t(`tariff.by.${ask.transport as 'post'}`),
          consignee: t(`tariff.toWhom.${ask.consignee as 'consumer'}`),
        })}
      </p>
      <p>
        <strong>
          {t('tariff.summary.answered', { priced: priced.length, count: rows.length })}
        </strong>{' '}
        <Span rows={priced} ask={ask} language={language} />
      </p>
    </>
  )
}

/** From the lowest to the highest price, in the currency of the goods. */
function Span({ rows, ask, language }: SummaryProps) {
  const { t } = language
  const sorted = [...rows].sort((a, b) => Number(a.comparable ?? 0) - Number(b.comparable ?? 0))
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (sorted.length < 2 || low?.comparable === undefined || high?.comparable === undefined)
    return null
  return (
    <>
      {t('tariff.summary.span', {
        low: language.country(low.to),
        least: language.money(low.comparable, ask.currency),
        high: language.country(high.to),
        most: language.money(high.comparable, ask.currency),
      })}
    </>
  )
}

/** The day whose law is asked; another day changes the answers in place. */
function DayForm({ ask, view, language }: { ask: Ask; view: View; language: Language }) {
  const { t } = language
  const kept = [...queryOf(ask), ...Object.entries(viewQuery(view))]
  return (
    <>
      <form method="get" action="/cost" class="inline-form">
        {kept
          .filter(([name]) => name !== 'on')
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <DateField name="also-on" label={t('tariff.day.label')} value={ask.on} />
        <Button kind="secondary">{t('tariff.day.show')}</Button>
      </form>
      <div class="cluster">
        <Button kind="secondary" href={hrefOf(ask, { path: '/cost/question' })}>
          {t('tariff.ask.change')}
        </Button>
        <Button kind="quiet" href={hrefOf(ask, { path: '/cost/changes' })}>
          {t('tariff.day.changes')}
        </Button>
      </div>
    </>
  )
}

function AnswersMap({ ask, rows, language }: SummaryProps) {
  const { t } = language
  return (
    <figure class="stack tight">
      <img
        src={mapUrl(ask.from, rows, language.locale)}
        width="1534"
        height="693"
        alt={t('tariff.map.alt', { from: language.country(ask.from) })}
      />
      <figcaption class="muted small">
        {t('tariff.map.legend', { steps: shareSteps.map((step) => `${step}%`).join(', ') })}
      </figcaption>
    </figure>
  )
}

/** One destination in full: the one that was chosen, else the first with a price. */
function Detail({ reader, ask, rows, view, taxesOf, look }: AnswersPageProps) {
  const { language } = reader
  const { t } = language
  const shown =
    rows.find(({ to, answer }) => to === view.see && answer) ??
    rows.find(({ share }) => share !== undefined) ??
    rows.find(({ answer }) => answer)
  const answer = shown?.answer
  if (!answer) return null
  const notes = { ask, answer, language }
  const questions = <Questions {...notes} look={(line) => look(answer, line)} />
  return (
    <section class="band" id="receipt">
      <div class="wrap stack">
        <div class="cluster">
          <h2>{t('tariff.receipt.title', { country: language.country(answer.to) })}</h2>
          <StatusTag status={answer.status} language={language} />
        </div>
        <BigPrice row={shown} ask={ask} language={language} />
        <Restrictions {...notes} />
        {answer.totals.landed === null ? (
          <div class="stack">
            {questions}
            <Alternatives {...notes} />
            <Findings {...notes} />
          </div>
        ) : (
          <div class="split">
            <div class="stack">
              <Receipt {...notes} taxes={taxesOf(answer.to)} />
              <PriceShares answer={answer} language={language} />
              <Findings {...notes} />
            </div>
            <div class="stack">
              <LeftOut {...notes} />
              {questions}
              <Alternatives {...notes} />
            </div>
          </div>
        )}
      </div>
    </section>
  )
}

function BigPrice({ row, ask, language }: { row: Row; ask: Ask; language: Language }) {
  const { answer, comparable } = row
  if (!answer || answer.totals.landed === null) return null
  const { currency, totals } = answer
  const note =
    comparable !== undefined && currency !== ask.currency
      ? `≈ ${language.money(comparable, ask.currency)}`
      : undefined
  return (
    <Price amount={totals.landed as string} currency={currency} language={language} note={note} />
  )
}

function Share({ ask, reader }: { ask: Ask; reader: Reader }) {
  const { t } = reader.language
  const address = `${reader.url.origin}${hrefOf(ask)}`
  return (
    <div class="wrap">
      <Disclosure summary={t('tariff.share.title')}>
        <TextField name="share" label={t('tariff.share.label')} value={address} />
        <p class="muted small">{t('tariff.share.note')}</p>
      </Disclosure>
    </div>
  )
}
