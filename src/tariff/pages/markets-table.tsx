/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Disclosure, Facts, type Language, Table } from '../../ui/index.ts'
import type { Market } from '../find-markets.ts'
import { StatusTag } from './answers-table.tsx'
import { hrefOf, type Ask } from './ask.ts'
import type { Comparison, RateUsed } from './compare-markets.ts'
import { wordFor } from './words.ts'

export const marketSorts = ['share', 'name', 'price', 'highest'] as const
export type MarketSort = (typeof marketSorts)[number]

/** The price at the door that a buyer would pay. */
export type Wanted = { amount: string; currency: string }

type MarketsProps = {
  markets: readonly Market[]
  comparison: Comparison
  ask: Ask
  wanted: Wanted
  sort: MarketSort
  language: Language
}

/** Every market on one line, its price also in one money; below it, what the marks mean. */
export function MarketsTable(props: MarketsProps) {
  const { markets, ask, wanted, comparison, language } = props
  const { t } = language
  const asksPrice = wanted.amount !== ''
  return (
    <div class="stack">
      <p class="small">
        <a href="#marks">{t('tariff.marks.title')}</a>
      </p>
      <Table
        caption={t('tariff.markets.caption')}
        hideCaption
        language={language}
        columns={[
          { label: t('tariff.table.to'), ...sortBy('name', props) },
          { label: t('tariff.table.landed'), numeric: true },
          {
            label: t('tariff.markets.about', { currency: comparison.currency }),
            numeric: true,
            ...sortBy('price', props),
          },
          { label: t('tariff.table.share'), numeric: true, ...sortBy('share', props) },
          ...(asksPrice
            ? [{ label: t('tariff.markets.highest'), numeric: true, ...sortBy('highest', props) }]
            : []),
        ]}
        rows={markets.map((market) => ({
          href: hrefOf({ ...ask, to: [market.to] }),
          cells: cellsOf(market, asksPrice, comparison, language),
        }))}
      />
      <Legend comparison={comparison} language={language} />
    </div>
  )
}

function sortBy(sort: MarketSort, { ask, wanted, comparison, sort: now }: MarketsProps) {
  const more = {
    ...(wanted.amount ? { wanted: wanted.amount } : {}),
    ...(comparison.currency === ask.currency ? {} : { in: comparison.currency }),
    sort,
  }
  const href = hrefOf({ ...ask, to: [] }, { path: '/cost/markets', more })
  const order = sort === 'highest' ? ('descending' as const) : ('ascending' as const)
  return { sort: { href, ...(sort === now ? { order } : {}) } }
}

function cellsOf(market: Market, asksPrice: boolean, comparison: Comparison, language: Language) {
  const { to, status, currency, landed, chargesShare, highestPrice } = market
  const name = (
    <span>
      {language.country(to)} <StatusTag status={status} language={language} />
    </span>
  )
  if (landed === null) return [name, <WhyNot market={market} language={language} />]
  const comparable = comparison.comparable.get(to)
  return [
    name,
    <strong class="price-row">{language.money(landed, currency)}</strong>,
    comparable === undefined
      ? language.t('tariff.noPrice.noExchangeRate')
      : `≈ ${language.money(comparable, comparison.currency)}`,
    chargesShare === null ? '' : language.percent(chargesShare),
    ...(asksPrice
      ? [
          highestPrice
            ? language.money(highestPrice.amount, highestPrice.currency)
            : language.t('tariff.markets.noHighest'),
        ]
      : []),
  ]
}

/** What one would have to know first, in words; a line that is not held says all about its kind not being covered. */
function WhyNot({ market: { reasons }, language }: { market: Market; language: Language }) {
  const isLost = reasons.includes('no-line') || reasons.includes('no-rate')
  const told = reasons.filter((code) => !(isLost && code === 'not-covered'))
  const words = [...new Set(told)].slice(0, 2).map((code) => wordFor(language, 'noPrice', code))
  return <span class="muted small">{words.join('; ') || language.t('tariff.table.noPrice')}</span>
}

type LegendProps = { comparison: Comparison; language: Language }

const statuses = ['complete', 'complete-except', 'needs-facts', 'cannot-decide'] as const

/** What the marks of the table mean, and at which rates of exchange prices were made comparable. */
function Legend({ comparison, language }: LegendProps) {
  const { t } = language
  const { currency, rates } = comparison
  return (
    <section class="stack tight" aria-labelledby="marks">
      <h2 id="marks">{t('tariff.marks.title')}</h2>
      <Facts
        facts={[
          ...statuses.map((status) => ({
            term: <StatusTag status={status} language={language} />,
            detail: wordFor(language, 'marks', status),
          })),
          { term: '≈', detail: t('tariff.marks.about', { currency }) },
          { term: t('tariff.table.share'), detail: t('tariff.marks.share') },
        ]}
      />
      {rates.length > 0 && (
        <Disclosure summary={t('tariff.marks.rates')} open={rates.length === 1}>
          <ul class="list">
            {rates.map((rate) => (
              <li>
                <Rate rate={rate} currency={currency} language={language} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  )
}

function Rate({
  rate,
  currency,
  language,
}: Omit<LegendProps, 'comparison'> & { rate: RateUsed; currency: string }) {
  return (
    <>
      {language.t('tariff.marks.rate', {
        list: language.list(rate.currencies),
        currency,
        source: rate.sources.map((source) => wordFor(language, 'rateSource', source)).join(', '),
        date: language.date(rate.date),
      })}
    </>
  )
}
