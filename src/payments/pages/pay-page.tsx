/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import {
  assetUrl,
  Button,
  errorFor,
  ErrorSummary,
  Facts,
  Money,
  Notice,
  SelectField,
  TextField,
  type FieldError,
  type Reader,
} from '../../ui/index.ts'
import type { PaymentRequest } from '../payment-request.ts'
import { showShortCode } from '../qr/short-code.ts'
import { moneyText } from '../words.ts'
import { Shell } from './shell.tsx'

/** Where a code is typed or scanned. */
export function CodePage({
  reader,
  errors,
  typed,
}: {
  reader: Reader
  errors: readonly FieldError[]
  typed: string
}) {
  const { language } = reader
  const { t } = language
  return (
    <Shell
      reader={reader}
      title={t('payments.pay.title')}
      hasErrors={errors.length > 0}
      script={assetUrl('scan-code.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('payments.pay.title')}</h1>
      <form class="stack" method="post" action="/pay">
        <TextField
          name="code"
          label={t('payments.pay.code')}
          hint={t('payments.pay.codeHint')}
          value={typed}
          error={errorFor(errors, 'code')}
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
          <Button>{t('payments.pay.next')}</Button>
        </div>
      </form>
    </Shell>
  )
}

export type PayPageProps = {
  reader: Reader
  request: PaymentRequest
  payee: string
  /** Undefined for a visitor, who signs in first. */
  purses: readonly { value: string; name: string; free: bigint }[] | undefined
  /** Makes the payment once, however often the form is sent. */
  formKey: string
  errors: readonly FieldError[]
  typed: { amount: string; from: string }
}

/** Whom, how much, from where: the last look before the money moves. */
export function PayPage(props: PayPageProps) {
  const { reader, request, payee, purses, errors } = props
  const { language } = reader
  const { t } = language
  const { currency, amount } = request
  const signIn = `/sign-in?next=${encodeURIComponent(`/pay/${request.code}`)}`
  return (
    <Shell reader={reader} title={t('payments.pay.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('payments.pay.to', { name: payee })}</h1>
      {amount !== undefined && (
        <p class="price">
          <Money {...{ language, currency }} amount={formatMinor(amount, currency)} />
        </p>
      )}
      <Facts
        facts={[
          { term: t('payments.field.purpose'), detail: request.purpose || '–' },
          { term: t('payments.field.code'), detail: showShortCode(request.code) },
        ]}
      />
      {purses ? (
        <form class="stack" method="post" action={`/pay/${request.code}`}>
          <input type="hidden" name="key" value={props.formKey} />
          <input type="hidden" name="currency" value={currency} />
          {amount === undefined ? (
            <TextField
              name="amount"
              label={t('payments.field.amount')}
              suffix={currency}
              inputmode="decimal"
              width="s"
              value={props.typed.amount}
              error={errorFor(errors, 'amount')}
            />
          ) : (
            <input type="hidden" name="amount" value={formatMinor(amount, currency)} />
          )}
          <SelectField
            name="from"
            label={t('payments.pay.from')}
            value={props.typed.from}
            error={errorFor(errors, 'from')}
            options={purses.map(({ value, name, free }) => ({
              value,
              label: t('payments.pay.purse', { name, free: moneyText(language, free, currency) }),
            }))}
          />
          <div>
            <Button>
              {amount === undefined
                ? t('payments.pay.button')
                : t('payments.pay.buttonAmount', {
                    amount: moneyText(language, amount, currency),
                  })}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button href={signIn}>{t('payments.pay.signIn')}</Button>
        </div>
      )}
    </Shell>
  )
}

/** A request that nobody can pay any more, or that there never was. */
export function EndedPage({
  reader,
  why,
}: {
  reader: Reader
  why: 'paid' | 'cancelled' | 'expired' | 'unknown' | 'blocked'
}) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('payments.pay.title')}>
      <h1>{t('payments.pay.title')}</h1>
      <Notice tone={why === 'paid' ? 'ok' : 'warn'}>
        <p>{t(`payments.ended.${why}`)}</p>
      </Notice>
      <div>
        <Button href="/pay" kind="secondary">
          {t('payments.pay.otherCode')}
        </Button>
      </div>
    </Shell>
  )
}

/** After paying: what was paid to whom, and what is left. */
export function PaidPage({
  reader,
  payee,
  paid,
  currency,
  left,
  wallet,
}: {
  reader: Reader
  payee: string
  paid: bigint
  currency: string
  left: bigint
  wallet: string
}) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('payments.paid.title')}>
      <h1>{t('payments.paid.title')}</h1>
      <Notice tone="ok" live>
        <p>
          {t('payments.paid.text', { amount: moneyText(language, paid, currency), name: payee })}
        </p>
      </Notice>
      <p>{t('payments.paid.left', { amount: moneyText(language, left, currency) })}</p>
      <div>
        <Button href={wallet} kind="secondary">
          {t('payments.paid.wallet')}
        </Button>
      </div>
    </Shell>
  )
}
