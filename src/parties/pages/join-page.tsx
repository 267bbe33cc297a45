/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError } from '../../ui/index.ts'
import { Button, errorFor, ErrorSummary, Notice, TextField } from '../../ui/index.ts'
import { comingIn } from '../account-links.ts'
import { passwordLength } from '../passwords.ts'
import { Shell, type Reader } from './shell.tsx'

interface JoinPageProps {
  reader: Reader
  /** Nobody has joined yet: who does now runs the hub. */
  fresh: boolean
  /** The password is chosen by the link of a mail, and not here. */
  byMail: boolean
  next: string
  errors: readonly FieldError[]
  values: { name: string; email: string }
}

export function JoinPage({ reader, fresh, byMail, next, errors, values }: JoinPageProps) {
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell reader={reader} title={t('parties.join.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('parties.join.title')}</h1>
      <p class="lead">{t('parties.join.lead')}</p>
      {fresh && (
        <Notice title={t('parties.join.freshTitle')}>
          <p>{t('parties.join.freshText')}</p>
        </Notice>
      )}
      <form class="stack" method="post" action="/join">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="name"
          label={t('parties.field.name')}
          autocomplete="name"
          value={values.name}
          error={error('name')}
          maxlength={120}
        />
        <TextField
          name="email"
          type="email"
          label={t('parties.field.email')}
          hint={byMail ? t('parties.join.byMail') : t('parties.join.emailHint')}
          autocomplete="email"
          value={values.email}
          error={error('email')}
          maxlength={254}
        />
        {!byMail && (
          <TextField
            name="password"
            type="password"
            label={t('parties.field.password')}
            hint={t('parties.field.passwordHint', { least: passwordLength.least })}
            autocomplete="new-password"
            error={error('password')}
          />
        )}
        <div>
          <Button>{t('parties.join.button')}</Button>
        </div>
      </form>
      <p>
        {t('parties.join.already')}{' '}
        <a href={comingIn('/sign-in', next)}>{t('parties.signIn.title')}</a>
      </p>
    </Shell>
  )
}

/** The same for an address that is known here and for one that is not. */
export function JoinMailPage({ reader, email }: { reader: Reader; email: string }) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('parties.join.title')}>
      <h1>{t('parties.join.title')}</h1>
      <Notice tone="ok" live title={t('parties.forgot.sentTitle')}>
        <p>{t('parties.join.sentText', { email })}</p>
      </Notice>
    </Shell>
  )
}
