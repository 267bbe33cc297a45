/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import {
  assetUrl,
  Button,
  Disclosure,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  TextField,
  type FieldError,
  type Reader,
} from '../../ui/index.ts'
import type { Ceiling } from '../till/payer-codes.ts'
import { moneyText } from '../words.ts'
import { WayBack } from './exchange-page.tsx'
import type { Purse } from './purse.ts'
import { Shell } from './shell.tsx'
import { CurrencyField } from './wallet-page.tsx'

export type PayerCodePageProps = {
  reader: Reader
  purse: Purse
  /** Undefined until the payer has said up to how much. */
  ceiling: Ceiling | undefined
  /** One that was just made: its text is never given again. */
  code: { id: string; text: string; picture: string; expiresAt: number } | undefined
  errors: readonly FieldError[]
  typed: { currency: string; amount: string }
}

/** What the payer shows at a till: first the ceiling is asked for, then a code is made, for one payment. */
export function PayerCodePage(props: PayerCodePageProps) {
  const { reader, purse, ceiling, code, errors } = props
  const { language } = reader
  const { t } = language
  const live = code && `${purse.base}/code/live?code=${code.id}&until=${code.expiresAt}`
  return (
    <Shell
      reader={reader}
      title={t('payments.code.title')}
      hasErrors={errors.length > 0}
      script={assetUrl('wait-for.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <WayBack {...{ language, purse }} />
      <h1>{t('payments.code.title')}</h1>
      {code && ceiling && (
        <>
          <p class="lead">
            {t('payments.code.lead', {
              most: moneyText(language, ceiling.ceiling, ceiling.currency),
            })}
          </p>
          <div class="qr">{raw(code.picture)}</div>
          <Facts
            facts={[
              {
                term: t('payments.field.code'),
                detail: <samp>{showSecret(code.text)}</samp>,
              },
              {
                term: t('payments.field.expires'),
                detail: `${language.dateTime(new Date(code.expiresAt), 'UTC')} UTC`,
              },
            ]}
          />
          <wait-for data-from={live} data-to={`${purse.base}/code`}>
            <p role="status">{t('payments.code.waiting')}</p>
          </wait-for>
          <form method="post" action={`${purse.base}/code`}>
            <Button kind="secondary">{t('payments.code.renew')}</Button>
          </form>
        </>
      )}
      {!code && ceiling && (
        <form class="stack" method="post" action={`${purse.base}/code`}>
          <p class="lead">
            {t('payments.code.ready', {
              most: moneyText(language, ceiling.ceiling, ceiling.currency),
            })}
          </p>
          <div>
            <Button>{t('payments.code.ceilingButton')}</Button>
          </div>
        </form>
      )}
      {ceiling ? (
        <Disclosure summary={t('payments.code.change')} open={errors.length > 0}>
          <CeilingForm {...props} />
        </Disclosure>
      ) : (
        <CeilingForm {...props} />
      )}
    </Shell>
  )
}

/** The part that a till types when it has no camera, in groups of four or five. */
const showSecret = (text: string): string =>
  text
    .split('/')
    .at(-1)
    ?.match(/.{1,5}/g)
    ?.join('-') ?? ''

function CeilingForm({ reader: { language }, purse, errors, typed }: PayerCodePageProps) {
  const { t } = language
  return (
    <form class="stack" method="post" action={`${purse.base}/code`}>
      <p>{t('payments.code.ceilingLead')}</p>
      <TextField
        name="amount"
        label={t('payments.code.ceiling')}
        inputmode="decimal"
        width="s"
        value={typed.amount}
        error={errorFor(errors, 'amount')}
      />
      <CurrencyField
        language={language}
        value={typed.currency}
        error={errorFor(errors, 'currency')}
      />
      <div>
        <Button>{t('payments.code.ceilingButton')}</Button>
      </div>
    </form>
  )
}

/** The code was just used: who took how much. A new one is shown when it is asked for. */
export function CodeUsedPage({
  reader,
  purse,
  payee,
  paid,
  currency,
}: {
  reader: Reader
  purse: Purse
  payee: string
  paid: bigint
  currency: string
}) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('payments.paid.title')}>
      <WayBack {...{ language, purse }} />
      <h1>{t('payments.paid.title')}</h1>
      <Notice tone="ok" live>
        <p>
          {t('payments.paid.text', { amount: moneyText(language, paid, currency), name: payee })}
        </p>
      </Notice>
      <div class="cluster">
        <Button href={`${purse.base}?currency=${currency}`} kind="secondary">
          {t('payments.paid.wallet')}
        </Button>
        <form method="post" action={`${purse.base}/code`}>
          <Button kind="quiet">{t('payments.code.renew')}</Button>
        </form>
      </div>
    </Shell>
  )
}
