/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AccountView } from '../../ledger/index.ts'
import { Button, DateField, Disclosure, errorFor, SelectField, Table } from '../../ui/index.ts'
import { kindWord } from '../words.ts'
import { amountOf, type WalletPageProps } from './wallet-page.tsx'

/** Every movement of one wallet, the latest first, and all of them as a file. */
export function Movements({
  reader: { language },
  purse,
  chosen,
  movements,
  older,
  errors,
}: WalletPageProps & { chosen: AccountView }) {
  const { t } = language
  const { currency } = chosen
  const wrongDays = errorFor(errors, 'from')
  const way = `${purse.base}?currency=${currency}`
  return (
    <section class="stack" id="movements">
      <Table
        language={language}
        caption={t('payments.movements.title', { currency })}
        columns={[
          { label: t('payments.field.when') },
          { label: t('payments.field.what') },
          { label: t('payments.field.amount'), numeric: true },
          { label: t('payments.field.balance'), numeric: true },
        ]}
        rows={movements.map(({ at, kind, amount, balance, counterparty }) => ({
          cells: [
            `${language.dateTime(new Date(at), 'UTC')} UTC`,
            counterparty ? (
              <>
                {kindWord(language, kind)} · <span dir="auto">{counterparty}</span>
              </>
            ) : (
              kindWord(language, kind)
            ),
            amountOf(language, amount, currency),
            amountOf(language, balance, currency),
          ],
        }))}
      />
      {movements.length === 0 && <p class="muted">{t('payments.movements.none')}</p>}
      {older !== undefined && (
        <a href={`${way}&before=${older}#movements`}>{t('payments.movements.older')}</a>
      )}
      <Disclosure summary={t('payments.statement.title')} open={wrongDays !== undefined}>
        <form class="stack" method="get" action={`${purse.base}/statement`}>
          <input type="hidden" name="currency" value={currency} />
          <DateField name="from" label={t('payments.statement.from')} error={wrongDays} />
          <DateField name="to" label={t('payments.statement.to')} />
          <SelectField
            name="as"
            label={t('payments.statement.as')}
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'camt053', label: 'ISO 20022 camt.053' },
            ]}
          />
          <Button kind="secondary">{t('payments.statement.button')}</Button>
        </form>
      </Disclosure>
    </section>
  )
}
