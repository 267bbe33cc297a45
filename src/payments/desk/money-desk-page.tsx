/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import type { Refused } from '../../basis/refusal.ts'
import {
  Breadcrumb,
  Button,
  DateField,
  EmptyState,
  ErrorSummary,
  FileField,
  Money,
  Notice,
  SelectField,
  Table,
  type Language,
  type MessageKey,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from '../pages/shell.tsx'
import type { Transfer } from '../rails/transfer.ts'
import { isBankRail } from '../rails/rails.ts'
import { faultWords, transferWord } from '../words.ts'
import { Comparison, type Compared } from './comparison.tsx'
import type { MoneyKind, MoneySum } from './find-sums.ts'

export type MoneyDeskProps = {
  reader: Reader
  sums: readonly MoneySum[]
  odd: readonly Transfer[]
  rails: readonly string[]
  /** Payouts that wait for a file; undefined where no bank takes any. */
  waiting: number | undefined
  /** Documents that wait to be looked at. */
  unseen: number
  today: string
  compared?: Compared | undefined
  error?: Refused | undefined
}

/** The operator's view of all money: whose it is, what wants looking at, and whether others say the same. */
export function MoneyDeskPage(props: MoneyDeskProps) {
  const { reader, compared, error } = props
  const { language } = reader
  const { t } = language
  const errors = error ? [{ field: 'file', message: fileSentence(language, error) }] : []
  return (
    <Shell
      {...{ reader, title: t('payments.desk.title') }}
      hasErrors={errors.length > 0}
      density="work"
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      />
      <h1>{t('payments.desk.title')}</h1>
      {compared && <Comparison compared={compared} language={language} />}
      <Sums {...props} />
      <div class="cluster">
        {props.waiting !== undefined && (
          <Button href="/operator/money/bank" kind="secondary">
            {t('payments.bank.link', { count: props.waiting })}
          </Button>
        )}
        <Button href="/operator/verifications" kind="secondary">
          {t('payments.verification.desk.link', { count: props.unseen })}
        </Button>
      </div>
      <Odd {...props} />
      <Compare {...props} fault={errors[0]?.message} />
    </Shell>
  )
}

const kinds = {
  wallet: 'payments.desk.kind.wallet',
  escrow: 'payments.desk.kind.escrow',
  payable: 'payments.desk.kind.payable',
  income: 'payments.desk.kind.income',
  dealer: 'payments.desk.kind.dealer',
  rail: 'payments.desk.kind.rail',
  peer: 'payments.desk.kind.peer',
  other: 'payments.desk.kind.other',
} as const satisfies Readonly<Record<MoneyKind, MessageKey>>

function Sums({ reader: { language }, sums }: MoneyDeskProps) {
  const { t } = language
  if (sums.length === 0)
    return <EmptyState title={t('payments.desk.none')}>{t('payments.desk.noneText')}</EmptyState>
  const currencies = [...new Set(sums.map(({ currency }) => currency))]
  const rest = (currency: string): bigint =>
    sums.reduce((sum, each) => (each.currency === currency ? sum + each.amount : sum), 0n)
  const uneven = currencies.filter((currency) => rest(currency) !== 0n)
  return (
    <section class="stack" id="sums">
      <h2>{t('payments.desk.sums')}</h2>
      <p class="muted">{t('payments.desk.sumsText')}</p>
      {uneven.length > 0 && (
        <Notice tone="bad">
          <p>{t('payments.desk.uneven', { currencies: language.list(uneven) })}</p>
        </Notice>
      )}
      <Table
        language={language}
        caption={t('payments.desk.accounts')}
        columns={[
          { label: t('payments.field.currency') },
          { label: t('payments.desk.whose') },
          { label: t('payments.desk.amount'), numeric: true },
          { label: t('payments.wallet.held'), numeric: true },
          { label: t('payments.desk.accounts'), numeric: true },
        ]}
        rows={sums.map(({ currency, kind, amount, held, accounts }) => ({
          cells: [
            currency,
            t(kinds[kind]),
            moneyOf(language, amount, currency),
            held === 0n ? '' : moneyOf(language, held, currency),
            language.number(String(accounts)),
          ],
        }))}
      />
    </section>
  )
}

const moneyOf = (language: Language, minor: bigint, currency: string) => (
  <Money {...{ language, currency, amount: formatMinor(minor, currency) }} />
)

/** Transfers that are wrong, that the provider said something odd of, or that have been open for a day. */
function Odd({ reader: { language }, odd }: MoneyDeskProps) {
  const { t } = language
  return (
    <section class="stack" id="odd">
      <h2>{t('payments.desk.odd')}</h2>
      {odd.length === 0 ? (
        <p>{t('payments.desk.oddNone')}</p>
      ) : (
        <Table
          language={language}
          caption={t('payments.desk.reference')}
          columns={[
            { label: t('payments.desk.when') },
            { label: t('payments.desk.what') },
            { label: t('payments.desk.amount'), numeric: true },
            { label: t('payments.desk.provider') },
          ]}
          rows={odd.map((each) => ({
            cells: [
              <a href={`/operator/money/transfers/${each.id}`}>
                {language.dateTime(new Date(each.madeAt), 'UTC')} UTC
              </a>,
              <>
                {t(`payments.desk.transfer.${each.kind === 'top-up' ? 'topUp' : each.kind}`)}:{' '}
                {transferWord(language, each.state)}
                {each.fault && <span class="muted"> ({faultWords(language, each.fault)})</span>}
              </>,
              moneyOf(language, each.amount, each.currency),
              `${each.rail} ${each.providerRef ?? ''}`,
            ],
          }))}
        />
      )}
    </section>
  )
}

function Compare({
  reader: { language },
  rails,
  today,
  fault,
}: MoneyDeskProps & { fault?: string | undefined }) {
  const { t } = language
  const rail = (name: string, among: readonly string[]) => (
    <SelectField
      name={name}
      label={t('payments.desk.provider')}
      value={among[0] ?? ''}
      options={among.map((value) => ({ value, label: value }))}
    />
  )
  // A bank that takes files has no report but its statement.
  const reporting = rails.filter((name) => !isBankRail(name))
  return (
    <section class="stack" id="compare">
      <h2>{t('payments.desk.compare')}</h2>
      <div class="grid wide">
        <form class="card stack" method="get" action="/operator/money">
          <h3>{t('payments.desk.withProvider')}</h3>
          {rail('rail', reporting)}
          <DateField name="day" label={t('payments.desk.day')} value={today} />
          <div>
            <Button kind="secondary">{t('payments.desk.compareNow')}</Button>
          </div>
        </form>
        <form
          class="card stack"
          method="post"
          action="/operator/money/bank-file"
          enctype="multipart/form-data"
        >
          <h3>{t('payments.desk.withBank')}</h3>
          {rail('bank', rails)}
          <FileField
            name="file"
            label={t('payments.desk.file')}
            hint={t('payments.desk.fileHint')}
            error={fault}
            accept=".xml,application/xml,text/xml"
          />
          <div>
            <Button kind="secondary">{t('payments.desk.compareNow')}</Button>
          </div>
        </form>
      </div>
    </section>
  )
}

const sentences: Readonly<Record<string, MessageKey>> = {
  'file-missing': 'payments.desk.error.missing',
  'rail-not-known': 'payments.desk.error.rail',
  'xml-too-large': 'payments.desk.error.large',
  'xml-with-document-type': 'payments.desk.error.xml',
  'xml-not-utf-8': 'payments.desk.error.xml',
  'xml-too-deep': 'payments.desk.error.xml',
  'xml-broken': 'payments.desk.error.xml',
  'camt-unknown': 'payments.desk.error.camt',
  'camt-broken': 'payments.desk.error.broken',
}

function fileSentence({ t, list }: Language, { refused, facts }: Refused): string {
  const places = facts['places']
  return t(sentences[refused] ?? 'payments.desk.error.xml', {
    places: Array.isArray(places) ? list(places.slice(0, 3).map(String)) : '',
  })
}
