/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import {
  Button,
  errorFor,
  Money,
  Notice,
  SelectField,
  Table,
  Tag,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import type { Transfer } from '../rails/rails.ts'
import { faultWords, kindWord, transferWord } from '../words.ts'
import { withNext } from './next.ts'
import type { Purse } from './purse.ts'
import { CurrencyField } from './wallet-page.tsx'

export type RailsSectionProps = {
  language: Language
  purse: Purse
  /** Names of the providers, the first one is chosen. */
  rails: readonly string[]
  transfers: readonly Transfer[]
  /** Makes a transfer once, however often the form is sent: one for each form. */
  keys: { readonly in: string; readonly out: string }
  errors: readonly FieldError[]
  /** Where the reader goes on when the money is here. */
  next: string | undefined
  typed: { kind: string; rail: string; currency: string; amount: string; to: string }
}

/** Bringing money in and out, and what became of it. */
export function RailsSection(props: RailsSectionProps) {
  const { language, purse, transfers } = props
  const { t } = language
  return (
    <>
      {transfers.filter(isOnItsWay).map(
        ({ rail, continueUrl, amount, currency }) =>
          continueUrl?.startsWith('https://') && (
            <Notice tone="info">
              <p>
                {t('payments.transfers.onward', {
                  amount: language.money(formatMinor(amount, currency), currency),
                  rail,
                })}
              </p>
              <div>
                <Button href={continueUrl}>{t('payments.transfers.goOn', { rail })}</Button>
              </div>
            </Notice>
          ),
      )}
      {transfers.some(isOnItsWay) && (
        <wait-for data-from={`${purse.base}/transfers/live`}>
          <p role="status">{t('payments.transfers.waiting')}</p>
          <noscript>
            <p>
              <a href={purse.base}>{t('payments.transfers.lookAgain')}</a>
            </p>
          </noscript>
        </wait-for>
      )}
      {purse.mayMove && (
        <div class="grid wide loose">
          <Way {...props} kind="top-up" />
          <Way {...props} kind="payout" />
        </div>
      )}
      {transfers.length > 0 && (
        <Table
          language={language}
          caption={t('payments.transfers.title')}
          columns={[
            { label: t('payments.field.when') },
            { label: t('payments.field.what') },
            { label: t('payments.field.amount'), numeric: true },
            { label: t('payments.field.state') },
          ]}
          rows={transfers.map(({ madeAt, kind, rail, amount, currency, state, fault }) => ({
            cells: [
              language.dateTime(new Date(madeAt), 'UTC'),
              `${kindWord(language, kind)} (${rail})`,
              <Money {...{ language, currency, amount: formatMinor(amount, currency) }} />,
              <>
                <Tag tone={toneOf[state]}>{transferWord(language, state)}</Tag>
                {fault && <span class="muted small"> {faultWords(language, fault)}</span>}
              </>,
            ],
          }))}
        />
      )}
    </>
  )
}

export const isOnItsWay = ({ state }: Transfer): boolean => state === 'asked' || state === 'sent'

const toneOf = {
  asked: 'plain',
  sent: 'plain',
  done: 'ok',
  failed: 'warn',
  wrong: 'bad',
} as const

function Way(props: RailsSectionProps & { kind: 'top-up' | 'payout' }) {
  const { language, purse, rails, keys, errors, typed, kind, next } = props
  const { t } = language
  const isIn = kind === 'top-up'
  // Both forms have the same fields; what is wrong stands with the one that was sent.
  const sent = typed.kind === kind
  const error = (field: string) => (sent ? errorFor(errors, field) : undefined)
  const value = (field: 'amount' | 'to' | 'rail'): string => (sent ? typed[field] : '')
  return (
    <form class="stack" method="post" action={withNext(`${purse.base}/transfers`, next)}>
      <h2>{t(isIn ? 'payments.topUp.title' : 'payments.payout.title')}</h2>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="key" value={isIn ? keys.in : keys.out} />
      {rails.length > 1 ? (
        <SelectField
          name="rail"
          label={t('payments.field.rail')}
          options={rails.map((name) => ({ value: name, label: name }))}
          value={value('rail')}
        />
      ) : (
        <input type="hidden" name="rail" value={rails[0] ?? ''} />
      )}
      <CurrencyField language={language} value={typed.currency} error={error('currency')} />
      <TextField
        name="amount"
        label={t('payments.field.amount')}
        inputmode="decimal"
        width="s"
        value={value('amount')}
        error={error('amount')}
      />
      {!isIn && (
        <TextField
          name="to"
          label={t('payments.payout.to')}
          hint={t('payments.payout.toHint')}
          value={value('to')}
          error={error('to')}
        />
      )}
      <div>
        <Button kind="secondary">
          {t(isIn ? 'payments.topUp.button' : 'payments.payout.button')}
        </Button>
      </div>
    </form>
  )
}
