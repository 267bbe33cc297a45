/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { daysBetween, type Day } from '../../basis/day.ts'
import { formatMinor } from '../../basis/money.ts'
import { toDecimal, type Ratio } from '../../basis/ratio.ts'
import { rateSourceWords } from '../../tariff/index.ts'
import {
  Breadcrumb,
  Breakdown,
  Button,
  EmptyState,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  SelectField,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { ExchangeQuote } from '../exchange/exchange-quote.ts'
import { moneyText } from '../words.ts'
import type { Purse } from './purse.ts'
import { Shell } from './shell.tsx'

type Typed = { readonly from: string; readonly to: string; readonly amount: string }

export type ExchangeFormProps = {
  reader: Reader
  purse: Purse
  /** What there is to change. */
  wallets: readonly { currency: string; free: bigint }[]
  /** Currencies that a rate is held for. */
  currencies: readonly string[]
  errors: readonly FieldError[]
  typed: Typed
}

/** So much of one money, into which other. */
export function ExchangeForm(props: ExchangeFormProps) {
  const { reader, purse, wallets, currencies, errors, typed } = props
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell reader={reader} title={t('payments.exchange.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <WayBack {...{ language, purse }} />
      <h1>{t('payments.exchange.title')}</h1>
      <p class="lead">{t('payments.exchange.lead')}</p>
      {wallets.length === 0 ? (
        <EmptyState
          title={t('payments.wallet.none')}
          action={{ label: t('payments.topUp.title'), href: `${purse.base}#top-up` }}
        >
          {t('payments.wallet.noneText')}
        </EmptyState>
      ) : (
        <form class="stack" method="post" action={`${purse.base}/exchange`}>
          <SelectField
            name="from"
            label={t('payments.exchange.from')}
            value={typed.from}
            error={error('from')}
            options={wallets.map(({ currency, free }) => ({
              value: currency,
              label: t('payments.pay.purse', {
                name: currency,
                free: moneyText(language, free, currency),
              }),
            }))}
          />
          <TextField
            name="amount"
            label={t('payments.field.amount')}
            inputmode="decimal"
            width="s"
            value={typed.amount}
            error={error('amount')}
          />
          <SelectField
            name="to"
            label={t('payments.exchange.to')}
            value={typed.to}
            error={error('to')}
            options={currencies.map((code) => ({
              value: code,
              label: `${code} · ${language.currency(code)}`,
            }))}
          />
          <div>
            <Button>{t('payments.exchange.ask')}</Button>
          </div>
        </form>
      )}
    </Shell>
  )
}

export const WayBack = ({ language, purse }: { language: Language; purse: Purse }) => (
  <Breadcrumb
    language={language}
    crumbs={[
      {
        label: language.t(purse.business ? 'payments.money.title' : 'payments.wallet.title'),
        href: purse.base,
      },
    ]}
  />
)

export type ExchangeQuotePageProps = {
  reader: Reader
  purse: Purse
  quote: ExchangeQuote
  now: number
  today: Day
  /** The rate is older than real money could be changed at. */
  isOld: boolean
  /** Changes once, however often the form is sent. */
  formKey: string
  errors: readonly FieldError[]
}

/** What is given and received, and why: the last look before the money moves; then that it has. */
export function ExchangeQuotePage(props: ExchangeQuotePageProps) {
  const { reader, purse, quote, now, errors } = props
  const { language } = reader
  const { t } = language
  const { from, to, gives, gets, usedAt } = quote
  const [gave, got] = [moneyText(language, gives, from), moneyText(language, gets, to)]
  const isOver = quote.expiresAt <= now
  const again = new URLSearchParams({ from, to, amount: formatMinor(gives, from) })
  return (
    <Shell reader={reader} title={t('payments.exchange.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <WayBack {...{ language, purse }} />
      <h1>{t(usedAt === undefined ? 'payments.exchange.quote' : 'payments.exchange.done')}</h1>
      {usedAt !== undefined && (
        <Notice tone="ok" live>
          <p>{t('payments.exchange.doneText', { gave, got })}</p>
        </Notice>
      )}
      {usedAt === undefined && isOver && (
        <Notice tone="warn">
          <p>{t('payments.error.quoteExpired')}</p>
        </Notice>
      )}
      {usedAt === undefined && !isOver && props.isOld && (
        <Notice tone="info">
          <p>
            {t('payments.exchange.oldRate', {
              day: language.date(quote.rate.day),
              days: daysBetween(quote.rate.day, props.today),
            })}
          </p>
        </Notice>
      )}
      <Sums {...{ language, quote }} />
      {usedAt !== undefined ? (
        <div>
          <Button href={`${purse.base}?currency=${to}`} kind="secondary">
            {t('payments.paid.wallet')}
          </Button>
        </div>
      ) : isOver ? (
        <div>
          <Button href={`${purse.base}/exchange?${again}`}>{t('payments.exchange.again')}</Button>
        </div>
      ) : (
        <form id="quote" class="stack" method="post" action={`${purse.base}/exchange/${quote.id}`}>
          <input type="hidden" name="key" value={props.formKey} />
          <div class="cluster">
            <Button>{t('payments.exchange.button', { gave, got })}</Button>
            <Button href={`${purse.base}/exchange?${again}`} kind="quiet">
              {t('payments.exchange.other')}
            </Button>
          </div>
        </form>
      )}
    </Shell>
  )
}

/** What the mid rate gives, less the spread, is what is received; and where the rate comes from. */
function Sums({ language, quote }: { language: Language; quote: ExchangeQuote }) {
  const { t } = language
  const { from, to, gives, gets, spread, spreadPoints, rate } = quote
  const inTo = (minor: bigint) => ({ amount: formatMinor(minor, to), currency: to })
  return (
    <div class="grid wide">
      <Breakdown
        language={language}
        title={t('payments.exchange.gives', { gave: moneyText(language, gives, from) })}
        lines={[
          {
            label: t('payments.exchange.atMid'),
            note: rateText(language, quote, rate.mid),
            ...inTo(gets + spread),
          },
          {
            label: t('payments.exchange.spread', {
              share: language.percent(toDecimal({ n: BigInt(spreadPoints), d: 100n })),
            }),
            note: t('payments.exchange.spreadNote'),
            ...inTo(-spread),
          },
        ]}
        total={{ label: t('payments.exchange.gets'), ...inTo(gets) }}
      />
      <Facts
        facts={[
          { term: t('payments.exchange.source'), detail: rateSourceWords(language, rate.source) },
          { term: t('payments.exchange.day'), detail: language.date(rate.day) },
          {
            term: t('payments.field.expires'),
            detail: `${language.dateTime(new Date(quote.expiresAt), 'UTC')} UTC`,
          },
        ]}
      />
    </div>
  )
}

/** `1 MYR = 0.2515718715 EUR`; a cut figure says so by `…`. */
function rateText(language: Language, { from, to }: ExchangeQuote, mid: Ratio): string {
  const digits = toDecimal(mid, 10)
  const number = language.number(digits.replace('…', ''))
  return `1 ${from} = ${number}${digits.endsWith('…') ? '…' : ''} ${to}`
}
