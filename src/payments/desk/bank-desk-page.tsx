/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  Checkboxes,
  DateField,
  Disclosure,
  EmptyState,
  errorFor,
  ErrorSummary,
  FileField,
  Notice,
  Table,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from '../pages/shell.tsx'
import type { BankFileView } from '../rails/bank/find-bank-files.ts'
import { numberOf, payeeIn } from '../rails/bank/payee.ts'
import type { Rail, Transfer } from '../rails/rails.ts'
import { moneyText } from '../words.ts'

export type BankDeskProps = {
  reader: Reader
  /** Undefined in a hub whose operator has no bank that takes files. */
  rail: Pick<Rail, 'name' | 'realMoney'> | undefined
  waiting: readonly WaitingPayout[]
  files: readonly BankFileView[]
  /** Makes one file, however often the form is sent. */
  key: string
  today: string
  errors: readonly FieldError[]
  typed: { payouts: readonly string[]; on: string; reason: string } | undefined
}

export type WaitingPayout = {
  readonly payout: Transfer
  readonly holder: string
  readonly isBlocked: boolean
}

/** Payouts that wait for a file, the files, and the bank's statement of them. */
export function BankDeskPage(props: BankDeskProps) {
  const { reader, rail, errors } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell
      {...{ reader, title: t('payments.bank.title') }}
      hasErrors={errors.length > 0}
      density="work"
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('parties.account.title'), href: '/account' },
          { label: t('payments.desk.title'), href: '/operator/money' },
        ]}
      />
      <h1>{t('payments.bank.title')}</h1>
      {rail ? (
        <>
          <p>{t('payments.bank.lead')}</p>
          {!rail.realMoney && <TryOnly language={language} />}
          <Waiting {...props} />
          <Files {...props} />
          <Statement language={language} rail={rail.name} />
        </>
      ) : (
        <EmptyState title={t('payments.bank.none')}>{t('payments.bank.noneText')}</EmptyState>
      )}
    </Shell>
  )
}

export const TryOnly = ({ language }: { language: Language }) => (
  <Notice tone="warn">
    <p>{language.t('payments.bank.sandbox')}</p>
  </Notice>
)

function Waiting({ reader: { language }, waiting, key, today, errors, typed }: BankDeskProps) {
  const { t } = language
  const free = waiting.filter(({ isBlocked }) => !isBlocked).map(({ payout }) => payout.id)
  return (
    <section class="stack" id="waiting">
      <h2>{t('payments.bank.waiting')}</h2>
      {waiting.length === 0 ? (
        <p>{t('payments.bank.waitingNone')}</p>
      ) : (
        <form class="stack" method="post" action="/operator/money/bank/files">
          <input type="hidden" name="key" value={key} />
          <Checkboxes
            name="payout"
            label={t('payments.bank.choose')}
            options={waiting.map((each) => optionOf(language, each))}
            values={typed?.payouts ?? free}
            error={errorFor(errors, 'payout')}
          />
          <DateField
            name="on"
            label={t('payments.bank.on')}
            value={typed?.on ?? today}
            min={today}
            error={errorFor(errors, 'on')}
          />
          <div>
            <Button>{t('payments.bank.make')}</Button>
          </div>
          <Disclosure
            summary={t('payments.bank.giveBack')}
            open={errorFor(errors, 'reason') !== undefined}
          >
            <p>{t('payments.bank.giveBackText')}</p>
            <TextField
              name="reason"
              label={t('payments.bank.reason')}
              maxlength={140}
              value={typed?.reason ?? ''}
              error={errorFor(errors, 'reason')}
            />
            <div>
              <Button
                kind="danger"
                name="outcome"
                value="failed"
                formaction="/operator/money/bank/words"
              >
                {t('payments.bank.giveBack')}
              </Button>
            </div>
          </Disclosure>
        </form>
      )}
    </section>
  )
}

function optionOf(language: Language, { payout, holder, isBlocked }: WaitingPayout) {
  const { t } = language
  const payee = payeeIn(payout.to ?? '')
  const about = t('payments.bank.about', {
    account: payee ? numberOf(payee.account) : '',
    place: payee ? `${payee.town}, ${language.country(payee.country)}` : '',
    holder,
    when: language.dateTime(new Date(payout.madeAt), 'UTC'),
  })
  return {
    value: payout.id,
    label: `${moneyText(language, payout.amount, payout.currency)} · ${payee?.name ?? ''}`,
    hint: isBlocked ? `${t('payments.bank.blocked')} · ${about}` : about,
  }
}

function Files({ reader: { language }, files }: BankDeskProps) {
  const { t } = language
  return (
    <section class="stack" id="files">
      <h2>{t('payments.bank.files')}</h2>
      {files.length === 0 ? (
        <p>{t('payments.bank.filesNone')}</p>
      ) : (
        <Table
          language={language}
          caption={t('payments.bank.files')}
          hideCaption
          columns={[
            { label: t('payments.bank.made') },
            { label: t('payments.bank.paysOn') },
            { label: t('payments.bank.payouts'), numeric: true },
            { label: t('payments.bank.open'), numeric: true },
            { label: t('payments.bank.sums'), numeric: true },
          ]}
          rows={files.map(({ id, madeAt, paysOn, payouts, open, sums }) => ({
            href: `/operator/money/bank/files/${id}`,
            cells: [
              language.dateTime(new Date(madeAt), 'UTC'),
              language.date(paysOn),
              language.number(String(payouts)),
              language.number(String(open)),
              sumsText(language, { sums }),
            ],
          }))}
        />
      )}
    </section>
  )
}

export const sumsText = (language: Language, { sums }: Pick<BankFileView, 'sums'>): string =>
  language.list(sums.map(({ amount, currency }) => moneyText(language, amount, currency)))

export function Statement({ language, rail }: { language: Language; rail: string }) {
  const { t } = language
  return (
    <section class="stack" id="statement">
      <h2>{t('payments.bank.statement')}</h2>
      <form
        class="stack"
        method="post"
        action="/operator/money/bank-file"
        enctype="multipart/form-data"
      >
        <input type="hidden" name="bank" value={rail} />
        <FileField
          name="file"
          label={t('payments.desk.file')}
          hint={t('payments.bank.statementHint')}
          accept=".xml,application/xml,text/xml"
        />
        <div>
          <Button kind="secondary">{t('payments.bank.read')}</Button>
        </div>
      </form>
    </section>
  )
}
