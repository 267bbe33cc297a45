/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { currencies } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import type { AccountView, Statement } from '../../ledger/index.ts'
import {
  assetUrl,
  Breadcrumb,
  Button,
  EmptyState,
  errorFor,
  ErrorSummary,
  Money,
  SelectField,
  Table,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { LeftOf } from '../limits/find-levels.ts'
import { whyEnded, type PaymentRequest } from '../payment-request.ts'
import { showShortCode } from '../qr/short-code.ts'
import { stateWord } from '../words.ts'
import { LimitsLeft } from './limits-left.tsx'
import { Movements } from './movements.tsx'
import { withNext } from './next.ts'
import type { Purse } from './purse.ts'
import { Shell } from './shell.tsx'

export type WalletPageProps = {
  reader: Reader
  purse: Purse
  wallets: readonly AccountView[]
  /** The wallet whose movements are shown. */
  chosen: AccountView | undefined
  movements: Statement['movements']
  /** The position to go on below; undefined on the last page. */
  older: bigint | undefined
  requests: readonly PaymentRequest[]
  now: number
  errors: readonly FieldError[]
  /** Those of the form that asks to be paid. */
  askErrors: readonly FieldError[]
  typed: { currency: string; amount: string; purpose: string }
  /** What becomes of money that is brought in. */
  arrivals?: Child
  /** Ways to bring money in and out. */
  rails?: Child
  /** Where the reader came from and goes on. */
  next: string | undefined
  /** What may still be moved, where that is limited. */
  left: LeftOf | undefined
}

/** Somebody's money: what there is of it, who is asked for more, and every movement. */
export function WalletPage(props: WalletPageProps) {
  const { reader, purse, errors, chosen } = props
  const { language } = reader
  const { t } = language
  const title = t(purse.business ? 'payments.money.title' : 'payments.wallet.title')
  return (
    <Shell
      {...{ reader, title }}
      hasErrors={errors.length > 0}
      density="work"
      script={assetUrl('wait-for.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={
          purse.business
            ? [{ label: purse.name, href: `/business/${purse.business}` }]
            : [{ label: t('parties.account.title'), href: '/account' }]
        }
      />
      <h1>{title}</h1>
      {props.arrivals}
      <Balances {...props} />
      <LimitsLeft {...{ language, purse }} left={props.left} />
      <Ways {...props} />
      {props.rails}
      {purse.mayMove && <Ask {...props} />}
      <Requests {...props} />
      {chosen && <Movements {...props} chosen={chosen} />}
    </Shell>
  )
}

/** What can be done with it. */
function Ways({ reader: { language }, purse, chosen }: WalletPageProps) {
  const { t } = language
  const from = chosen ? `?from=${chosen.currency}` : ''
  return (
    <div class="cluster">
      {purse.business && (
        <Button href={`/business/${purse.business}/orders/money`} kind="secondary">
          {t('orders.money.title')}
        </Button>
      )}
      <Button href="/pay" kind="secondary">
        {t('payments.pay.way')}
      </Button>
      {purse.mayMove && (
        <>
          <Button href={`${purse.base}/code`} kind="secondary">
            {t('payments.code.title')}
          </Button>
          <Button href={`${purse.base}/till`} kind="secondary">
            {t('payments.till.title')}
          </Button>
          <Button href={`${purse.base}/exchange${from}`} kind="secondary">
            {t('payments.exchange.title')}
          </Button>
        </>
      )}
    </div>
  )
}

function Balances({ reader: { language }, purse, wallets, chosen, next }: WalletPageProps) {
  const { t } = language
  if (wallets.length === 0)
    return (
      <EmptyState
        title={t('payments.wallet.none')}
        action={purse.mayMove ? { label: t('payments.topUp.title'), href: '#top-up' } : undefined}
      >
        {t('payments.wallet.noneText')}
      </EmptyState>
    )
  return (
    <Table
      language={language}
      caption={t('payments.wallet.balances')}
      columns={[
        { label: t('payments.field.currency') },
        { label: t('payments.wallet.available'), numeric: true },
        { label: t('payments.wallet.held'), numeric: true },
      ]}
      rows={wallets.map(({ account, currency, balance, held }) => ({
        href: withNext(`${purse.base}?currency=${currency}#movements`, next),
        cells: [
          account === chosen?.account ? <strong>{currency}</strong> : currency,
          amountOf(language, balance - held, currency),
          amountOf(language, held, currency),
        ],
      }))}
    />
  )
}

export const amountOf = (language: Language, minor: bigint, currency: string) => (
  <Money {...{ language, currency, amount: formatMinor(minor, currency) }} />
)

function Ask({ reader: { language }, purse, askErrors, typed, next }: WalletPageProps) {
  const { t } = language
  const error = (field: string) => errorFor(askErrors, field)
  return (
    <form class="stack" method="post" action={withNext(`${purse.base}/requests`, next)}>
      <h2>{t('payments.ask.title')}</h2>
      <p>{t('payments.ask.lead')}</p>
      <CurrencyField language={language} value={typed.currency} error={error('currency')} />
      <TextField
        name="amount"
        label={t('payments.field.amount')}
        hint={t('payments.ask.amountHint')}
        inputmode="decimal"
        width="s"
        value={typed.amount}
        error={error('amount')}
      />
      <TextField
        name="purpose"
        label={t('payments.field.purpose')}
        hint={t('payments.ask.purposeHint')}
        value={typed.purpose}
        maxlength={140}
        error={error('purpose')}
      />
      <div>
        <Button>{t('payments.ask.button')}</Button>
      </div>
    </form>
  )
}

type CurrencyFieldProps = {
  language: Language
  value: string
  error?: string | undefined
  name?: string
}

export const CurrencyField = ({ language, name = 'currency', ...rest }: CurrencyFieldProps) => (
  <SelectField
    name={name}
    label={language.t('payments.field.currency')}
    options={currencies.map((code) => ({
      value: code,
      label: `${code} · ${language.currency(code)}`,
    }))}
    {...rest}
  />
)

function Requests({ reader: { language }, purse, requests, now, next }: WalletPageProps) {
  const { t } = language
  if (requests.length === 0) return null
  return (
    <Table
      language={language}
      caption={t('payments.requests.title')}
      columns={[
        { label: t('payments.field.code') },
        { label: t('payments.field.purpose') },
        { label: t('payments.field.amount'), numeric: true },
        { label: t('payments.field.state') },
      ]}
      rows={requests.map((request) => ({
        href: withNext(`${purse.base}/requests/${request.code}`, next),
        cells: [
          <code>{showShortCode(request.code)}</code>,
          request.purpose || '–',
          request.amount === undefined
            ? t('payments.request.anyAmount', { currency: request.currency })
            : amountOf(language, request.amount, request.currency),
          stateWord(language, whyEnded(request, now) ?? 'open'),
        ],
      }))}
    />
  )
}
