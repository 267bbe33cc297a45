/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  Checkboxes,
  errorFor,
  ErrorSummary,
  Facts,
  Table,
  Tag,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from '../pages/shell.tsx'
import { endToEndOf } from '../rails/bank/bank-rail.ts'
import type { BankFileView } from '../rails/bank/find-bank-files.ts'
import { numberOf, payeeIn } from '../rails/bank/payee.ts'
import type { Rail, Transfer } from '../rails/rails.ts'
import { moneyText, toneOfTransfer, transferWord } from '../words.ts'
import { Statement, sumsText, TryOnly } from './bank-desk-page.tsx'

export type BankFilePageProps = {
  reader: Reader
  rail: Pick<Rail, 'name' | 'realMoney'>
  file: BankFileView
  payouts: readonly Transfer[]
  /** Why each ended as it did, where somebody told. */
  reasons: ReadonlyMap<string, string>
  key: string
  errors: readonly FieldError[]
  typed: { payouts: readonly string[]; reason: string } | undefined
}

/** One file: to be downloaded, and what became of each payout in it. */
export function BankFilePage(props: BankFilePageProps) {
  const { reader, rail, file, errors } = props
  const { language } = reader
  const { t } = language
  const title = t('payments.bank.file', { when: language.dateTime(new Date(file.madeAt), 'UTC') })
  const path = `/operator/money/bank/files/${file.id}`
  return (
    <Shell {...{ reader, title }} hasErrors={errors.length > 0} density="work">
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('payments.desk.title'), href: '/operator/money' },
          { label: t('payments.bank.title'), href: '/operator/money/bank' },
        ]}
      />
      <h1>{title}</h1>
      {rail.realMoney ? <p>{t('payments.bank.once')}</p> : <TryOnly language={language} />}
      <div class="cluster">
        <Button href={`${path}/download`}>{t('payments.bank.download')}</Button>
        {!rail.realMoney && (
          <Button href={`${path}/statement`} kind="secondary">
            {t('payments.bank.sandboxStatement')}
          </Button>
        )}
      </div>
      <Facts
        facts={[
          { term: t('payments.bank.paysOn'), detail: language.date(file.paysOn) },
          { term: t('payments.bank.sums'), detail: sumsText(language, file) },
          { term: t('payments.bank.messageId'), detail: <code>{endToEndOf(file.id)}</code> },
          { term: 'SHA-256', detail: <Digest hex={file.digest} /> },
        ]}
      />
      <Payouts {...props} />
      {file.open > 0 && <Statement language={language} rail={rail.name} />}
      <Word {...props} />
    </Shell>
  )
}

/** In two halves, which a narrow screen puts below each other; copied, they are one. */
const Digest = ({ hex }: { hex: string }) => (
  <>
    <code>{hex.slice(0, 32)}</code>
    <wbr />
    <code>{hex.slice(32)}</code>
  </>
)

function Payouts({ reader: { language }, payouts, reasons }: BankFilePageProps) {
  const { t } = language
  return (
    <Table
      language={language}
      caption={t('payments.bank.payouts')}
      columns={[
        { label: t('payments.bank.payee') },
        { label: t('payments.bank.account') },
        { label: t('payments.field.amount'), numeric: true },
        { label: t('payments.bank.endToEnd') },
        { label: t('payments.field.state') },
      ]}
      rows={payouts.map((payout) => {
        const payee = payeeIn(payout.to ?? '')
        const reason = reasons.get(payout.id)
        return {
          cells: [
            payee?.name ?? '',
            payee ? numberOf(payee.account) : '',
            moneyText(language, payout.amount, payout.currency),
            <code>{endToEndOf(payout.id)}</code>,
            <>
              <Tag tone={toneOfTransfer[payout.state]}>{transferWord(language, payout.state)}</Tag>
              {reason && <span class="muted small"> {reason}</span>}
            </>,
          ],
        }
      })}
    />
  )
}

function Word({ reader: { language }, file, payouts, key, errors, typed }: BankFilePageProps) {
  const { t } = language
  const optionOf = (payout: Transfer) => optionFor(language, payout)
  return (
    <section class="stack" id="word">
      <h2>{t('payments.bank.say')}</h2>
      <p>{t('payments.bank.sayText')}</p>
      <form class="stack" method="post" action="/operator/money/bank/words">
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="file" value={file.id} />
        <Checkboxes
          name="payout"
          label={t('payments.bank.payouts')}
          options={payouts.map(optionOf)}
          values={typed?.payouts ?? []}
          error={errorFor(errors, 'payout')}
        />
        <TextField
          name="reason"
          label={t('payments.bank.reason')}
          maxlength={140}
          value={typed?.reason ?? ''}
          error={errorFor(errors, 'reason')}
        />
        <div class="cluster">
          <Button kind="secondary" name="outcome" value="done">
            {t('payments.bank.paid')}
          </Button>
          <Button kind="danger" name="outcome" value="failed">
            {t('payments.bank.notPaid')}
          </Button>
        </div>
      </form>
    </section>
  )
}

const optionFor = (language: Language, { id, amount, currency, to = '', state }: Transfer) => ({
  value: id,
  label: `${moneyText(language, amount, currency)} · ${payeeIn(to)?.name ?? ''}`,
  hint: transferWord(language, state),
})
