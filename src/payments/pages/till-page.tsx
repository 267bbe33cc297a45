/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  assetUrl,
  Button,
  errorFor,
  ErrorSummary,
  Notice,
  TextField,
  type FieldError,
  type Reader,
} from '../../ui/index.ts'
import { moneyText } from '../words.ts'
import { WayBack } from './exchange-page.tsx'
import type { Purse } from './purse.ts'
import { Shell } from './shell.tsx'
import { CurrencyField } from './wallet-page.tsx'

export type TillPageProps = {
  reader: Reader
  purse: Purse
  /** What was just taken, and from whom. */
  taken: { payer: string; amount: bigint; currency: string } | undefined
  formKey: string
  errors: readonly FieldError[]
  typed: { amount: string; currency: string; code: string }
}

/** Where the code on a payer's screen is scanned or typed, after the amount. */
export function TillPage(props: TillPageProps) {
  const { reader, purse, taken, errors, typed } = props
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell
      reader={reader}
      title={t('payments.till.title')}
      hasErrors={errors.length > 0}
      script={assetUrl('scan-code.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <WayBack {...{ language, purse }} />
      <h1>{t('payments.till.title')}</h1>
      {taken && (
        <Notice tone="ok" live>
          <p>
            {t('payments.till.taken', {
              name: taken.payer,
              amount: moneyText(language, taken.amount, taken.currency),
            })}
          </p>
        </Notice>
      )}
      <p class="lead">{t('payments.till.lead')}</p>
      <form class="stack" method="post" action={`${purse.base}/till`}>
        <input type="hidden" name="key" value={props.formKey} />
        <TextField
          name="amount"
          label={t('payments.field.amount')}
          inputmode="decimal"
          width="s"
          value={typed.amount}
          error={error('amount')}
        />
        <CurrencyField language={language} value={typed.currency} error={error('currency')} />
        <TextField
          name="code"
          label={t('payments.till.code')}
          hint={t('payments.till.codeHint')}
          value={typed.code}
          error={error('code')}
          autocomplete="off"
        />
        <scan-code data-field="code" data-failed={t('payments.pay.scanFailed')} hidden>
          <Button kind="secondary" type="button">
            {t('payments.pay.scan')}
          </Button>
          <video muted playsinline hidden></video>
          <p role="status"></p>
        </scan-code>
        <div>
          <Button>{t('payments.till.button')}</Button>
        </div>
      </form>
    </Shell>
  )
}
