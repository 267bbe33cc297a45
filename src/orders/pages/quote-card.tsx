/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { exchangeLines, type DoorExchange } from '../../catalogue/index.ts'
import type { Answer, AnswerCharge } from '../../tariff/index.ts'
import {
  Breakdown,
  Disclosure,
  Facts,
  type BreakdownLine,
  type Language,
  type MessageKey,
} from '../../ui/index.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { legWord } from '../words.ts'
import { timeText } from './local-time.ts'

export type ExplainedQuote = {
  readonly quote: QuoteBody
  readonly digest: string
  /** What the tariff said, and what changing money costs, from what is stored. */
  readonly answer: Answer
  readonly exchange: DoorExchange | null
}

/** One seller's goods as they would be ordered: what, by whom carried, until when, and what every figure rests on. */
export function QuoteCard({
  explained,
  language,
}: {
  explained: ExplainedQuote
  language: Language
}) {
  const { t } = language
  const { quote } = explained
  const { lane, seller } = quote
  const count = lane.days.count === 'working' ? 'working' : 'calendar'
  return (
    <section class="card stack">
      <h2>{seller.name}</h2>
      <GoodsList quote={quote} language={language} />
      <Breakdown
        title={t('orders.review.parts')}
        language={language}
        lines={quote.legs.map(({ leg, amount }) => ({
          label: legWord(language, leg),
          ...moneyOf(amount, quote.currency),
        }))}
        total={{ ...moneyOf(quote.total, quote.currency), label: t('orders.review.allIn') }}
      />
      <Facts
        facts={[
          {
            term: t('orders.review.carrier'),
            detail: `${lane.carrierName}, ${lane.serviceName}`,
          },
          {
            term: t('orders.review.delivery'),
            detail: t(`orders.days.${count}`, { min: lane.days.min, max: lane.days.max }),
          },
          ...(quote.except.length > 0
            ? [
                {
                  term: t('orders.review.except'),
                  detail: language.list(quote.except.map((kind) => kindWord(kind, language))),
                },
              ]
            : []),
          {
            term: t('orders.review.holdsUntil'),
            detail: timeText(language, quote.expires, quote.destination),
          },
        ]}
      />
      {quote.status !== 'no-border' && (
        <Disclosure summary={t('orders.review.explained')}>
          <Explanation explained={explained} language={language} />
        </Disclosure>
      )}
    </section>
  )
}

export function GoodsList({ quote, language }: { quote: QuoteBody; language: Language }) {
  return (
    <ul class="list">
      {quote.lines.map((line) => (
        <li>
          {`${line.quantity} × `}
          <a href={`/shop/${quote.seller.slug}/${line.slug}`}>{nameOf(line)}</a>{' '}
          <span class="muted">
            {language.money(
              formatMinor(BigInt(line.price) * BigInt(line.quantity), line.priceCurrency),
              line.priceCurrency,
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

export const nameOf = ({ title, options }: QuoteBody['lines'][number]): string =>
  options === '' ? title : `${title}, ${options}`

export const moneyOf = (minor: string, currency: string) => ({
  amount: formatMinor(BigInt(minor), currency),
  currency,
})

/** The tariff's own word for a kind of measure. */
const kindWord = (kind: string, { t }: Language): string => {
  const camel = kind.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return t(`tariff.kind.${camel}` as MessageKey)
}

/** Every charge with its rule, rate, basis and source, as they stood on the day of the quote. */
export function Explanation({
  explained: { quote, answer, exchange },
  language,
}: {
  explained: Omit<ExplainedQuote, 'digest'>
  language: Language
}) {
  const { t } = language
  const { currency, totals } = answer
  const charges = [
    ...answer.lines.flatMap((line, index) =>
      line.charges.map((charge) =>
        chargeLine(charge, answer, language, {
          code: line.code,
          goods: answer.lines.length > 1 ? quote.lines[index]?.title : undefined,
        }),
      ),
    ),
    ...answer.charges.map((charge) => chargeLine(charge, answer, language, {})),
  ]
  return (
    <>
      <p class="small">
        {t('orders.review.lawOn', {
          day: language.date(quote.on),
          country: language.country(quote.destination),
        })}
      </p>
      <Breakdown
        title={t('orders.review.charges')}
        language={language}
        lines={[
          { label: t('orders.leg.goods'), amount: totals.goods, currency },
          { label: t('orders.leg.freight'), amount: totals.freight, currency },
          ...exchangeLines(exchange, currency, language),
          ...charges,
        ]}
        total={{
          ...moneyOf(quote.total, currency),
          label: t(answer.status === 'complete' ? 'tariff.receipt.allIn' : 'tariff.receipt.sum'),
        }}
      />
    </>
  )
}

function chargeLine(
  charge: AnswerCharge,
  { to, on, currency }: Answer,
  language: Language,
  { code, goods }: { code?: string; goods?: string | undefined },
): BreakdownLine {
  const { t } = language
  const isOrdinary = charge.rule === 'mfn'
  const href =
    isOrdinary && code !== undefined
      ? `/tariff/${to}/${code.replaceAll('.', '')}?on=${on}`
      : `/rules/${to}/${encodeURIComponent(charge.rule)}?on=${on}`
  const kind = t(isOrdinary ? 'tariff.charge.mfn' : `tariff.charge.${charge.kind}`)
  const rate = charge.struck
    ? t(`tariff.struck.${charge.struck}`)
    : charge.rate !== undefined &&
      t('tariff.charge.rateOf', {
        rate: charge.rate,
        basis: language.money(charge.basis, currency),
      })
  return {
    label: goods === undefined ? kind : language.t('ui.pair', { name: kind, value: goods }),
    amount: charge.amount,
    currency,
    note: rate || undefined,
    explanation: (
      <>
        <p>
          <a href={href}>{t('shops.product.rule')}</a>
          {': '}
          <span lang={language.locale === 'en' ? undefined : 'en'}>{charge.name}</span>
        </p>
        {charge.citation && (
          <p>
            <a href={charge.citation.url} rel="external noopener">
              <span lang={language.locale === 'en' ? undefined : 'en'}>
                {charge.citation.title}, {charge.citation.publisher}
              </span>
            </a>{' '}
            {t('orders.review.read', { day: language.date(charge.citation.read) })}
          </p>
        )}
      </>
    ),
  }
}
