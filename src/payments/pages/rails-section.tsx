/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import {
  Button,
  errorFor,
  Money,
  SelectField,
  Table,
  Tag,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import type { TypedPayee } from '../rails/bank/payee.ts'
import { isBankRail, type BankRail, type Transfer } from '../rails/rails.ts'
import { faultWords, kindWord, toneOfTransfer, transferWord } from '../words.ts'
import { BankPayout } from './bank-payout.tsx'
import { withNext } from './next.ts'
import type { Purse } from './purse.ts'
import { CurrencyField } from './wallet-page.tsx'

export type RailsSectionProps = {
  language: Language
  purse: Purse
  /** Names of the providers that bring money in and out, the first one is chosen. */
  rails: readonly string[]
  /** The one that pays out by files. */
  bank: BankRail | undefined
  transfers: readonly Transfer[]
  /** Why payouts by a bank ended as they did, in the operator's words. */
  reasons: ReadonlyMap<string, string>
  /** Makes a transfer once, however often the form is sent: one for each form. */
  keys: { readonly in: string; readonly out: string; readonly bank: string }
  errors: readonly FieldError[]
  /** Where the reader goes on when the money is here. */
  next: string | undefined
  typed: {
    kind: string
    rail: string
    currency: string
    amount: string
    to: string
    payee: TypedPayee
  }
}

/** Bringing money in and out, and what became of it. */
export function RailsSection(props: RailsSectionProps) {
  const { language, purse, transfers, reasons } = props
  const { t } = language
  return (
    <>
      {purse.mayMove && props.rails.length > 0 && (
        <div class="grid wide loose">
          <Way {...props} kind="top-up" />
          <Way {...props} kind="payout" />
        </div>
      )}
      {purse.mayMove && props.bank && <BankPayout {...props} rail={props.bank} />}
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
          rows={transfers.map(({ id, madeAt, kind, rail, amount, currency, state, fault }) => ({
            cells: [
              `${language.dateTime(new Date(madeAt), 'UTC')} UTC`,
              `${kindWord(language, kind)} (${rail})`,
              <Money {...{ language, currency, amount: formatMinor(amount, currency) }} />,
              <>
                <Tag tone={toneOfTransfer[state]}>{transferWord(language, state)}</Tag>
                {fault && <span class="muted small"> {faultWords(language, fault)}</span>}
                {fault === 'operator-failed' && (
                  <span class="muted small"> · {reasons.get(id)}</span>
                )}
              </>,
            ],
          }))}
        />
      )}
    </>
  )
}

function Way(props: RailsSectionProps & { kind: 'top-up' | 'payout' }) {
  const { language, purse, rails, keys, errors, typed, kind, next } = props
  const { t } = language
  const isIn = kind === 'top-up'
  // Both forms have the same fields; what is wrong stands with the one that was sent.
  const sent = typed.kind === kind && !isBankRail(typed.rail)
  const error = (field: string) => (sent ? errorFor(errors, field) : undefined)
  const value = (field: 'amount' | 'to' | 'rail'): string => (sent ? typed[field] : '')
  return (
    <form class="stack" id={kind} method="post" action={withNext(`${purse.base}/transfers`, next)}>
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
        <Button kind={isIn && next ? 'primary' : 'secondary'}>
          {t(isIn ? 'payments.topUp.button' : 'payments.payout.button')}
        </Button>
      </div>
    </form>
  )
}
