/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  type Choice,
  DecimalField,
  errorFor,
  ErrorSummary,
  type FieldError,
  PageFragment,
  type Reader,
  Region,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import type { Market } from '../find-markets.ts'
import { emptyLine, hrefOf, type Ask } from './ask.ts'
import type { Comparison } from './compare-markets.ts'
import { examplesFor } from './examples.ts'
import { MarketsTable, type MarketSort, type Wanted } from './markets-table.tsx'
import { Shell } from './shell.tsx'

type MarketsPageProps = {
  reader: Reader
  ask: Ask
  wanted: Wanted
  countries: readonly Choice[]
  currencies: readonly string[]
  errors: readonly FieldError[]
  /** The money that all prices are also shown in, as the reader chose it; empty: that of the goods. */
  money: string
  found?: { markets: readonly Market[]; comparison: Comparison }
  sort: MarketSort
}

/** Which markets open for one product. */
export function MarketsPage(props: MarketsPageProps) {
  const { reader, ask, errors, found, wanted, sort } = props
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
        {!found && errors.length === 0 && example && (
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
            {found && (
              <p>
                <strong>
                  {t('tariff.summary.answered', {
                    priced: found.markets.filter(({ landed }) => landed !== null).length,
                    count: found.markets.length,
                  })}
                </strong>
              </p>
            )}
          </Region>
          <Region id="markets">
            {found && (
              <MarketsTable {...found} ask={ask} wanted={wanted} sort={sort} language={language} />
            )}
          </Region>
        </div>
      </section>
    </Shell>
  )
}

function ProductForm(props: MarketsPageProps) {
  const { reader, ask, wanted, money, countries, currencies, errors } = props
  const { language } = reader
  const { t } = language
  const line = ask.lines[0] ?? emptyLine
  const field = (name: string) => ({ name, error: errorFor(errors, name) })
  const monies = currencies.map((code) => ({ value: code, label: code }))
  const transports = ['post', 'courier', 'air', 'sea', 'road'] as const
  return (
    <form method="get" action="/cost/markets" class="stack" novalidate>
      <input type="hidden" name="asked" value="1" />
      <div class="grid">
        <TextField {...field('goods-1')} label={t('tariff.ask.description')} value={line.goods} />
        <div class="stack tight">
          <TextField
            {...field('code-1')}
            label={t('tariff.ask.code')}
            value={line.code}
            width="s"
          />
          <div>
            <Button kind="quiet" name="find" value="1">
              {t('tariff.ask.findCode')}
            </Button>
          </div>
        </div>
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
          options={monies}
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
        <SelectField
          {...field('in')}
          label={t('tariff.markets.in')}
          prompt={t('tariff.markets.inSame')}
          value={money}
          options={monies}
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
