/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import { countryOptions } from '../../parties/index.ts'
import {
  Breadcrumb,
  Button,
  DateField,
  errorFor,
  ErrorSummary,
  FileField,
  Notice,
  SelectField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import type { Level } from '../limits/limits.ts'
import type { Purse } from '../pages/purse.ts'
import { Shell } from '../pages/shell.tsx'
import { documentKinds, type SaidDocument, type Verification } from './verification.ts'
import { documentWord } from './words.ts'

export type VerificationPageProps = {
  reader: Reader
  purse: Purse
  /** The newest first. */
  shown: readonly Verification[]
  /** Whether this hub limits anybody. */
  limited: boolean
  /** Undefined where the holder is not limited. */
  level: Level | undefined
  today: Day
  /** Asks once, however often the form is sent. */
  formKey: string
  errors: readonly FieldError[]
  typed: SaidDocument
}

/** Somebody shows who they are, to move more money. */
export function VerificationPage(props: VerificationPageProps) {
  const { reader, purse, shown, errors, limited } = props
  const { language } = reader
  const { t } = language
  const title = t('payments.verification.title')
  const [last] = shown
  const counting = shown.find(({ state }) => state === 'verified')
  const waiting = shown.find(({ state }) => state === 'waiting')
  return (
    <Shell {...{ reader, title }} hasErrors={errors.length > 0} density="work">
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          {
            label: t(purse.business ? 'payments.money.title' : 'payments.wallet.title'),
            href: purse.base,
          },
        ]}
      />
      <h1>{title}</h1>
      {counting && <Counting {...props} counting={counting} />}
      {waiting && <Waiting {...props} waiting={waiting} />}
      {last && (last.state === 'declined' || last.state === 'ended') && (
        <Notice tone="bad">
          <p dir="auto">
            {t(`payments.verification.${last.state}`, {
              day: language.date(dayOf(last.decidedAt ?? 0)),
              reason: last.reason,
            })}
          </p>
        </Notice>
      )}
      {!limited && !waiting && <p>{t('payments.verification.unlimited')}</p>}
      {limited && !waiting && <DocumentForm {...props} again={last !== undefined} />}
    </Shell>
  )
}

const dayOf = (at: number): Day => new Date(at).toISOString().slice(0, 10)

/** What was confirmed, and whether it still counts. */
function Counting({
  reader: { language },
  purse,
  counting,
  today,
}: VerificationPageProps & { counting: Verification }) {
  const { t } = language
  const { name, validUntil = '' } = counting
  const day = language.date(validUntil)
  const [tone, words] =
    name !== purse.name
      ? (['warn', t('payments.verification.otherName', { name })] as const)
      : validUntil < today
        ? (['warn', t('payments.verification.lapsed', { day })] as const)
        : (['ok', t('payments.verification.verified', { day })] as const)
  return (
    <Notice tone={tone}>
      <p>{words}</p>
      <p class="small">{said(language, counting)}</p>
    </Notice>
  )
}

const said = (language: Language, { document, country }: Verification): string =>
  `${documentWord(language, document)}, ${language.country(country)}`

function Waiting({
  reader: { language },
  purse,
  waiting,
}: VerificationPageProps & { waiting: Verification }) {
  const { t } = language
  return (
    <Notice tone="info">
      <p>
        {t('payments.verification.waiting', {
          when: language.date(dayOf(waiting.askedAt)),
        })}
      </p>
      <p class="small">{said(language, waiting)}</p>
      <form method="post" action={`${purse.base}/verification/withdraw`}>
        <input type="hidden" name="verification" value={waiting.id} />
        <Button kind="secondary">{t('payments.verification.withdraw')}</Button>
      </form>
    </Notice>
  )
}

function DocumentForm({
  reader: { language },
  purse,
  formKey,
  errors,
  typed,
  today,
  again,
}: VerificationPageProps & { again: boolean }) {
  const { t } = language
  const kinds = documentKinds[purse.holder.kind]
  return (
    <section class="stack" id="show">
      {again && <h2>{t('payments.verification.another')}</h2>}
      <p>{t('payments.verification.lead')}</p>
      <p>{t('payments.verification.mustBear', { name: purse.name })}</p>
      <form
        class="stack"
        method="post"
        action={`${purse.base}/verification`}
        enctype="multipart/form-data"
      >
        <input type="hidden" name="key" value={formKey} />
        <SelectField
          name="document"
          label={t('payments.verification.document')}
          value={typed.document || kinds[0]}
          options={kinds.map((value) => ({ value, label: documentWord(language, value) }))}
          error={errorFor(errors, 'document')}
        />
        <SelectField
          name="country"
          label={t('payments.verification.country')}
          prompt={t('payments.verification.countryPrompt')}
          value={typed.country}
          options={countryOptions(language)}
          error={errorFor(errors, 'country')}
          width="l"
        />
        {purse.holder.kind === 'person' && (
          <DateField
            name="valid-until"
            label={t('payments.verification.validUntil')}
            value={typed.validUntil}
            min={today}
            error={errorFor(errors, 'valid-until')}
          />
        )}
        <FileField
          name="front"
          label={t('payments.verification.front')}
          hint={t('payments.verification.frontHint')}
          error={errorFor(errors, 'front')}
          accept={pictures}
        />
        <FileField
          name="back"
          label={t('payments.verification.back')}
          error={errorFor(errors, 'back')}
          optional={t('ui.optional')}
          accept={pictures}
        />
        <div>
          <Button>{t('payments.verification.send')}</Button>
        </div>
      </form>
    </section>
  )
}

const pictures = 'image/jpeg,image/png,image/webp,image/avif,image/gif'
