/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { countryOptions } from '../../parties/index.ts'
import { Button, Disclosure, errorFor, SelectField, TextField } from '../../ui/index.ts'
import { payeeIn, typedFrom, type TypedPayee } from '../rails/bank/payee.ts'
import type { BankRail } from '../rails/rails.ts'
import { withNext } from './next.ts'
import type { RailsSectionProps } from './rails-section.tsx'

export const nobody: TypedPayee = { name: '', town: '', country: '', account: '', bank: '' }

/** Paying out to any account at a bank, by a file that the operator makes; who was paid last stands there already. */
export function BankPayout(props: RailsSectionProps & { rail: BankRail }) {
  const { language, purse, rail, keys, errors, typed, next, transfers } = props
  const { t } = language
  const sent = typed.kind === 'payout' && typed.rail === rail.name
  const error = (field: string) => (sent ? errorFor(errors, field) : undefined)
  const last = transfers.find((each) => each.rail === rail.name)
  const lastPayee = payeeIn(last?.to ?? '')
  const payee = sent ? typed.payee : lastPayee ? typedFrom(lastPayee) : nobody
  const text = (field: keyof TypedPayee, hint?: string) => (
    <TextField
      name={`payee-${field}`}
      label={t(`payments.bankPayout.${field}`)}
      hint={hint}
      autocomplete="off"
      value={payee[field]}
      error={error(`payee-${field}`)}
    />
  )
  return (
    <Disclosure summary={t('payments.bankPayout.title')} open={sent || props.rails.length === 0}>
      <p>{t('payments.bankPayout.lead')}</p>
      <form class="stack" method="post" action={withNext(`${purse.base}/transfers`, next)}>
        <input type="hidden" name="kind" value="payout" />
        <input type="hidden" name="rail" value={rail.name} />
        <input type="hidden" name="key" value={keys.bank} />
        <SelectField
          name="currency"
          label={t('payments.field.currency')}
          options={rail.bank.accounts.map(({ currency }) => ({ value: currency, label: currency }))}
          value={sent ? typed.currency : (last?.currency ?? typed.currency)}
          error={error('currency')}
        />
        <TextField
          name="amount"
          label={t('payments.field.amount')}
          inputmode="decimal"
          width="s"
          value={sent ? typed.amount : ''}
          error={error('amount')}
        />
        {text('name', t(`payments.bankPayout.${rail.bank.characters}`))}
        {text('town')}
        <SelectField
          name="payee-country"
          label={t('payments.bankPayout.country')}
          prompt={t('payments.bankPayout.chooseCountry')}
          options={countryOptions(language)}
          value={payee.country}
          error={error('payee-country')}
        />
        {text('account')}
        {text('bank', t('payments.bankPayout.bankHint'))}
        <div>
          <Button kind="secondary">{t('payments.payout.button')}</Button>
        </div>
      </form>
    </Disclosure>
  )
}
