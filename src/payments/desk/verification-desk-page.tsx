/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  EmptyState,
  errorFor,
  ErrorSummary,
  Facts,
  Notice,
  Radios,
  Table,
  TextAreaField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from '../pages/shell.tsx'
import type { Side } from '../verification/find-verifications.ts'
import type { Verification } from '../verification/verification.ts'
import { documentWord, stateWord } from '../verification/words.ts'

/** Who waits to be looked at, and what was decided last. */
export function VerificationDeskPage({
  reader,
  waiting,
  decided,
  limited,
}: {
  reader: Reader
  waiting: readonly Verification[]
  decided: readonly Verification[]
  /** Whether this hub limits anybody. */
  limited: boolean
}) {
  const { language } = reader
  const { t } = language
  return (
    <Shell {...{ reader, title: t('payments.verification.desk.title') }} density="work">
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('payments.desk.title'), href: '/operator/money' }]}
      />
      <h1>{t('payments.verification.desk.title')}</h1>
      {waiting.length === 0 ? (
        <EmptyState title={t('payments.verification.desk.none')}>
          {t(
            limited
              ? 'payments.verification.desk.noneText'
              : 'payments.verification.desk.unlimited',
          )}
        </EmptyState>
      ) : (
        <Listed
          {...{ language, shown: waiting, caption: t('payments.verification.desk.waiting') }}
        />
      )}
      {decided.length > 0 && (
        <Listed
          {...{ language, shown: decided, caption: t('payments.verification.desk.decided') }}
        />
      )}
    </Shell>
  )
}

const timeOf = (language: Language, at: number): string =>
  `${language.dateTime(new Date(at), 'UTC')} UTC`

function Listed({
  language,
  shown,
  caption,
}: {
  language: Language
  shown: readonly Verification[]
  caption: string
}) {
  const { t } = language
  return (
    <Table
      language={language}
      caption={caption}
      columns={[
        { label: t('payments.verification.desk.who') },
        { label: t('payments.verification.document') },
        { label: t('payments.verification.desk.since') },
        { label: t('payments.verification.desk.state') },
      ]}
      rows={shown.map(({ id, name, document, country, askedAt, state }) => ({
        cells: [
          <a href={`/operator/verifications/${id}`} dir="auto">
            {name}
          </a>,
          `${documentWord(language, document)}, ${language.country(country)}`,
          timeOf(language, askedAt),
          stateWord(language, state),
        ],
      }))}
    />
  )
}

export type VerificationLookProps = {
  reader: Reader
  verification: Verification
  /** None once it is decided. */
  sides: readonly Side[]
  errors: readonly FieldError[]
  reason: string
  outcome: string
}

/** One document, and the operator's decision on it. */
export function VerificationLookPage(props: VerificationLookProps) {
  const { reader, verification, errors } = props
  const { language } = reader
  const { t } = language
  const { holder, name, document, country, state, validUntil, askedAt, decidedAt, reason } =
    verification
  return (
    <Shell {...{ reader, title: name }} hasErrors={errors.length > 0} density="work">
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('payments.desk.title'), href: '/operator/money' },
          { label: t('payments.verification.desk.title'), href: '/operator/verifications' },
        ]}
      />
      <h1 dir="auto">{name}</h1>
      <Facts
        facts={[
          {
            term: t('payments.verification.desk.kind'),
            detail: t(`payments.verification.desk.${holder.kind}`),
          },
          { term: t('payments.verification.document'), detail: documentWord(language, document) },
          { term: t('payments.verification.country'), detail: language.country(country) },
          ...(validUntil === undefined
            ? []
            : [{ term: t('payments.verification.validUntil'), detail: language.date(validUntil) }]),
          { term: t('payments.verification.desk.since'), detail: timeOf(language, askedAt) },
          {
            term: t('payments.verification.desk.state'),
            detail: `${stateWord(language, state)}${decidedAt === undefined ? '' : `, ${timeOf(language, decidedAt)}`}`,
          },
          ...(reason === ''
            ? []
            : [
                {
                  term: t('payments.verification.desk.reason'),
                  detail: <span dir="auto">{reason}</span>,
                },
              ]),
        ]}
      />
      <Pictures {...props} />
      {state === 'waiting' && <Decide {...props} />}
      {state === 'verified' && <End {...props} />}
    </Shell>
  )
}

function Pictures({ reader: { language }, verification: { id }, sides }: VerificationLookProps) {
  const { t } = language
  return (
    <section class="stack" id="pictures">
      <h2>{t('payments.verification.desk.pictures')}</h2>
      {sides.length === 0 ? (
        <p>{t('payments.verification.desk.picturesGone')}</p>
      ) : (
        <div class="grid wide">
          {sides.map(({ number, width, height }) => (
            <a href={`/operator/verifications/${id}/${number}`}>
              <img
                class="evidence"
                src={`/operator/verifications/${id}/${number}`}
                alt={t('payments.verification.desk.side', { number })}
                {...{ width, height }}
              />
            </a>
          ))}
        </div>
      )}
    </section>
  )
}

function Decide({
  reader: { language },
  verification: { id, name },
  errors,
  reason,
  outcome,
}: VerificationLookProps) {
  const { t } = language
  return (
    <section class="stack" id="decide">
      <h2>{t('payments.verification.desk.decide')}</h2>
      <Notice tone="info">
        <p>{t('payments.verification.desk.keep')}</p>
      </Notice>
      <form class="stack" method="post" action={`/operator/verifications/${id}`}>
        <Radios
          name="outcome"
          label={t('payments.verification.desk.outcome')}
          value={outcome}
          options={[
            { value: 'verified', label: t('payments.verification.desk.yes', { name }) },
            { value: 'declined', label: t('payments.verification.desk.no') },
          ]}
          error={errorFor(errors, 'outcome')}
        />
        <TextAreaField
          name="reason"
          label={t('payments.verification.desk.reason')}
          hint={t('payments.verification.desk.reasonHint')}
          value={reason}
          error={errorFor(errors, 'reason')}
          rows={2}
        />
        <div>
          <Button>{t('payments.verification.desk.decide')}</Button>
        </div>
      </form>
    </section>
  )
}

function End({
  reader: { language },
  verification: { id },
  errors,
  reason,
}: VerificationLookProps) {
  const { t } = language
  return (
    <section class="stack" id="outcome">
      <h2>{t('payments.verification.desk.end')}</h2>
      <p>{t('payments.verification.desk.endText')}</p>
      <form class="stack" method="post" action={`/operator/verifications/${id}`}>
        <input type="hidden" name="outcome" value="ended" />
        <TextAreaField
          name="reason"
          label={t('payments.verification.desk.reason')}
          value={reason}
          error={errorFor(errors, 'reason')}
          rows={2}
        />
        <div>
          <Button kind="secondary">{t('payments.verification.desk.end')}</Button>
        </div>
      </form>
    </section>
  )
}
