/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  type Choice,
  DecimalField,
  errorFor,
  ErrorSummary,
  type FieldError,
  type Language,
  PageFragment,
  type Reader,
  Region,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts'
import type { Market } from '../find-markets.ts'
import { StatusTag } from './answers-table.tsx'
import { emptyLine, hrefOf, type Ask } from './ask.ts'
import { examplesFor } from './examples.ts'
import { Shell } from './shell.tsx'

export const marketSorts = ['share', 'name', 'highest'] as const
export type MarketSort = (typeof marketSorts)[number]

/** The price at the door that a buyer would pay. */
export type Wanted = { amount: string; currency: string }

type MarketsPageProps = {
  reader: Reader
  ask: Ask
  wanted: Wanted
  countries: readonly Choice[]
  currencies: readonly string[]
  errors: readonly FieldError[]
  markets?: readonly Market[]
  sort: MarketSort
}

/** Which markets open for one product. */
export function MarketsPage(props: MarketsPageProps) {
  const { reader, ask, errors, markets, wanted, sort } = props
  const { language } = reader
  const { t } = language
  const example = examplesFor(language, ask)[0]
  return (
    <Shell
      reader={reader}
      title={t('tariff.markets.title')}
      description={t('tariff.markets.lead')}
      hasErrors={errors.length > 0}
    >
      <div class="wrap band stack">
        <h1>{t('tariff.markets.title')}</h1>
        <p class="lead">{t('tariff.markets.lead')}</p>
        {!markets && errors.length === 0 && example && (
          <p>
            <a href={hrefOf({ ...example.ask, to: [] }, { path: '/cost/markets' })}>
              {t('tariff.markets.example', { goods: t(`tariff.example.${example.id}`) })}
            </a>
          </p>
        )}
      </div>
      <section class="band surface">
        <div class="wrap stack">
          <ErrorSummary errors={errors} language={language} />
          <PageFragment regions={['markets', 'market-count']}>
            <ProductForm {...props} />
          </PageFragment>
        </div>
      </section>
      <section class="band">
        <div class="wrap stack">
          <Region id="market-count" live>
            {markets && (
              <p>
                <strong>
                  {t('tariff.summary.answered', {
                    priced: markets.filter(({ landed }) => landed !== null).length,
                    count: markets.length,
                  })}
                </strong>
              </p>
            )}
          </Region>
          <Region id="markets">
            {markets && (
              <Markets
                markets={markets}
                ask={ask}
                wanted={wanted}
                sort={sort}
                language={language}
              />
            )}
          </Region>
        </div>
      </section>
    </Shell>
  )
}

function ProductForm({ reader, ask, wanted, countries, currencies, errors }: MarketsPageProps) {
  const { language } = reader
  const { t } = language
  const line = ask.lines[0] ?? emptyLine
  const field = (name: string) => ({ name, error: errorFor(errors, name) })
  const transports = ['post', 'courier', 'air', 'sea', 'road'] as const
  return (
    <form method="get" action="/cost/markets" class="stack" novalidate>
      <input type="hidden" name="asked" value="1" />
      <div class="grid">
        <TextField {...field('goods-1')} label={t('tariff.ask.description')} value={line.goods} />
        <TextField {...field('code-1')} label={t('tariff.ask.code')} value={line.code} width="s" />
        <SelectField
          {...field('from')}
          label={t('tariff.ask.from')}
          value={ask.from}
          options={countries}
        />
        <SelectField
          {...field('currency')}
          label={t('tariff.ask.currency')}
          value={ask.currency}
          options={currencies.map((code) => ({ value: code, label: code }))}
          width="s"
        />
        <DecimalField
          {...field('price-1')}
          label={t('tariff.ask.price')}
          prefix={ask.currency}
          value={line.price}
        />
        <DecimalField
          {...field('quantity-1')}
          label={t('tariff.ask.quantity')}
          value={line.quantity}
        />
        <DecimalField
          {...field('mass-1')}
          label={t('tariff.ask.mass')}
          suffix="kg"
          value={line.mass}
        />
        <DecimalField
          {...field('freight')}
          label={t('tariff.ask.freight')}
          prefix={ask.currency}
          value={ask.freight}
        />
        <SelectField
          {...field('transport')}
          label={t('tariff.ask.transport')}
          value={ask.transport}
          options={transports.map((value) => ({ value, label: t(`tariff.transport.${value}`) }))}
        />
      </div>
      <DecimalField
        {...field('wanted')}
        label={t('tariff.markets.wanted')}
        hint={t('tariff.markets.wantedHint')}
        optional={t('ui.optional')}
        prefix={wanted.currency}
        value={wanted.amount}
      />
      <Button>{t('tariff.markets.submit')}</Button>
    </form>
  )
}

type MarketsProps = {
  markets: readonly Market[]
  ask: Ask
  wanted: Wanted
  sort: MarketSort
  language: Language
}

function Markets(props: MarketsProps) {
  const { markets, ask, wanted, language } = props
  const { t } = language
  const asksPrice = wanted.amount !== ''
  return (
    <Table
      caption={t('tariff.markets.caption')}
      hideCaption
      language={language}
      columns={[
        { label: t('tariff.table.to'), ...sortBy('name', props) },
        { label: t('tariff.table.landed'), numeric: true },
        { label: t('tariff.table.share'), numeric: true, ...sortBy('share', props) },
        ...(asksPrice
          ? [{ label: t('tariff.markets.highest'), numeric: true, ...sortBy('highest', props) }]
          : []),
      ]}
      rows={markets.map((market) => ({
        href: hrefOf({ ...ask, to: [market.to] }),
        cells: marketCells(market, asksPrice, language),
      }))}
    />
  )
}

function sortBy(sort: MarketSort, { ask, wanted, sort: now }: MarketsProps) {
  const more = { ...(wanted.amount ? { wanted: wanted.amount } : {}), sort }
  const href = hrefOf({ ...ask, to: [] }, { path: '/cost/markets', more })
  const order = sort === 'highest' ? ('descending' as const) : ('ascending' as const)
  return { sort: { href, ...(sort === now ? { order } : {}) } }
}

function marketCells(market: Market, asksPrice: boolean, language: Language) {
  const { to, status, currency, landed, chargesShare, highestPrice } = market
  const price =
    landed === null ? '' : <strong class="price-row">{language.money(landed, currency)}</strong>
  return [
    <span>
      {language.country(to)} <StatusTag status={status} language={language} />
    </span>,
    price,
    chargesShare === null ? '' : language.percent(chargesShare),
    ...(asksPrice
      ? [highestPrice ? language.money(highestPrice.amount, highestPrice.currency) : '']
      : []),
  ]
}
