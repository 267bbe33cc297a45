/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  Radios,
  Table,
  Tag,
  TextAreaField,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from '../pages/shell.tsx'
import type { SettledAs, Settlement, Transfer } from '../rails/rails.ts'
import { faultWords, moneyText, toneOfTransfer, transferWord } from '../words.ts'

export type TypedSettlement = {
  readonly outcome: string
  readonly amount: string
  readonly reason: string
}

export type TransferPageProps = {
  reader: Reader
  transfer: Transfer
  /** Of the holder. */
  name: string
  settlements: readonly Settlement[]
  ways: readonly SettledAs[]
  /** Whether the provider was asked again just now: `yes`, `no`. */
  asked: string | undefined
  /** Books once, however often the form is sent. */
  formKey: string
  errors: readonly FieldError[]
  typed: TypedSettlement
}

/** One transfer at the operator's desk. */
export function TransferPage(props: TransferPageProps) {
  const { reader, transfer, errors, asked, ways } = props
  const { language } = reader
  const { t } = language
  const title = t(ways.length > 0 ? 'payments.settle.title' : 'payments.desk.reference')
  return (
    <Shell {...{ reader, title }} hasErrors={errors.length > 0} density="work">
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('payments.desk.title'), href: '/operator/money#odd' }]}
      />
      <h1>{title}</h1>
      {asked !== undefined && (
        <Notice tone="info">
          <p>{t(asked === 'yes' ? 'payments.settle.asked' : 'payments.settle.notAsked')}</p>
        </Notice>
      )}
      <Told {...props} />
      <form method="post" action={`/operator/money/transfers/${transfer.id}/ask`}>
        <Button kind="secondary">{t('payments.settle.ask')}</Button>
      </form>
      {ways.length > 0 ? <Say {...props} /> : <p>{t('payments.settle.nothing')}</p>}
      {props.settlements.length > 0 && <Before {...props} />}
    </Shell>
  )
}

function Told({ reader: { language }, transfer, name }: TransferPageProps) {
  const { t } = language
  const { kind, state, fault, amount, currency, rail, providerRef, madeAt, to } = transfer
  const word = t(`payments.desk.transfer.${kind === 'top-up' ? 'topUp' : kind}`)
  return (
    <Facts
      facts={[
        { term: t('payments.desk.whose'), detail: <span dir="auto">{name}</span> },
        { term: t('payments.desk.what'), detail: word },
        { term: t('payments.desk.amount'), detail: moneyText(language, amount, currency) },
        {
          term: t('payments.field.state'),
          detail: (
            <>
              <Tag tone={toneOfTransfer[state]}>{transferWord(language, state)}</Tag>
              {fault && <span class="muted small"> {faultWords(language, fault)}</span>}
            </>
          ),
        },
        { term: t('payments.desk.when'), detail: timeOf(language, madeAt) },
        {
          term: t('payments.desk.provider'),
          detail: (
            <>
              {rail} <code>{providerRef}</code>
            </>
          ),
        },
        ...(to === undefined
          ? []
          : [{ term: t('payments.bank.payee'), detail: <code>{to}</code> }]),
        { term: t('payments.desk.reference'), detail: <code>{transfer.id}</code> },
      ]}
    />
  )
}

const timeOf = (language: Language, at: number): string =>
  `${language.dateTime(new Date(at), 'UTC')} UTC`

const words = {
  moved: 'payments.settle.moved',
  'not-moved': 'payments.settle.notMoved',
  'taken-back': 'payments.settle.takenBack',
  kept: 'payments.settle.kept',
} as const satisfies Readonly<Record<SettledAs, string>>

const hints = {
  moved: 'payments.settle.movedHint',
  'not-moved': 'payments.settle.notMovedHint',
  'taken-back': 'payments.settle.takenBackHint',
  kept: undefined,
} as const satisfies Readonly<Record<SettledAs, string | undefined>>

function Say(props: TransferPageProps) {
  const { reader, transfer, ways, formKey, errors, typed } = props
  const { t } = reader.language
  const isOfMoney = ways.includes('moved') || ways.includes('taken-back')
  return (
    <form class="stack" method="post" action={`/operator/money/transfers/${transfer.id}`}>
      <p>{t('payments.settle.lead')}</p>
      <input type="hidden" name="key" value={formKey} />
      <Radios
        name="outcome"
        label={t('payments.settle.what')}
        value={typed.outcome}
        options={ways.map((way) => ({
          value: way,
          label: t(words[way]),
          hint: hints[way] && t(hints[way]),
        }))}
        error={errorFor(errors, 'outcome')}
      />
      {isOfMoney && (
        <TextField
          name="amount"
          label={t('payments.settle.amount', { currency: transfer.currency })}
          value={typed.amount}
          error={errorFor(errors, 'amount')}
          inputmode="decimal"
          width="s"
        />
      )}
      <TextAreaField
        name="reason"
        label={t('payments.settle.reason')}
        hint={t('payments.settle.reasonHint')}
        value={typed.reason}
        error={errorFor(errors, 'reason')}
        rows={2}
      />
      <div>
        <Button>{t('payments.settle.book')}</Button>
      </div>
    </form>
  )
}

function Before({ reader: { language }, transfer: { currency }, settlements }: TransferPageProps) {
  const { t } = language
  const money = (amount: bigint): string => moneyText(language, amount, currency)
  const amountOf = ({ amount, asked, borne }: Settlement): string =>
    [
      amount === asked || amount === 0n
        ? money(asked)
        : t('payments.settle.instead', { amount: money(amount), asked: money(asked) }),
      ...(borne > 0n ? [t('payments.settle.borne', { amount: money(borne) })] : []),
    ].join(' · ')
  return (
    <Table
      language={language}
      caption={t('payments.settle.history')}
      columns={[
        { label: t('payments.field.when') },
        { label: t('payments.settle.what') },
        { label: t('payments.desk.amount') },
        { label: t('payments.settle.reason') },
      ]}
      rows={settlements.map((each) => ({
        cells: [
          timeOf(language, each.at),
          t(words[each.outcome]),
          amountOf(each),
          <span dir="auto">{each.reason}</span>,
        ],
      }))}
    />
  )
}
