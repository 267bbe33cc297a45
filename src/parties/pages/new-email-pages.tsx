/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  errorFor,
  Notice,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import type { AccountState } from '../find-account.ts'
import { Shell, type Reader } from './shell.tsx'

interface EmailSectionProps {
  language: Language
  account: AccountState
  errors: readonly FieldError[]
  /** The new address as it was typed, where the form is asked again. */
  email: string
}

/** The address of mail on a person's own page, and the form for another one. */
export function EmailSection({ language, account, errors, email }: EmailSectionProps) {
  const { t } = language
  return (
    <section class="stack tight">
      <h2>{t('parties.field.email')}</h2>
      <p>{account.person.email}</p>
      <form class="stack" method="post" action="/account/email">
        <TextField
          name="email"
          type="email"
          label={t('parties.newEmail.field')}
          hint={t('parties.newEmail.hint')}
          autocomplete="email"
          value={email}
          error={errorFor(errors, 'email')}
        />
        {account.hasPassword && (
          <TextField
            name="own-password"
            type="password"
            label={t('parties.newEmail.password')}
            autocomplete="current-password"
            error={errorFor(errors, 'own-password')}
          />
        )}
        <div>
          <Button kind="secondary">{t('parties.newEmail.ask')}</Button>
        </div>
      </form>
    </section>
  )
}

interface NewEmailPageProps {
  reader: Reader
  token: string
  email: string
  /** Undefined before the button was pressed. */
  outcome?: 'changed' | 'link-not-valid' | 'link-of-another' | 'email-taken'
}

const problems = {
  'link-not-valid': 'parties.error.linkNotValid',
  'link-of-another': 'parties.newEmail.ofAnother',
  'email-taken': 'parties.newEmail.taken',
} as const

/** Where the link of the mail leads. A button and not the link alone counts: programs that check mails follow links. */
export function NewEmailPage({ reader, token, email, outcome }: NewEmailPageProps) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('parties.newEmail.title')}>
      <h1>{t('parties.newEmail.title')}</h1>
      {outcome ? (
        <Notice tone={outcome === 'changed' ? 'ok' : 'bad'} live>
          <p>
            {outcome === 'changed' ? t('parties.newEmail.done', { email }) : t(problems[outcome])}
          </p>
          <p>
            <a href="/account">{t('parties.account.title')}</a>
          </p>
        </Notice>
      ) : (
        <form class="stack" method="post" action="/new-email">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="email" value={email} />
          <p>{t('parties.newEmail.text', { email })}</p>
          <div>
            <Button>{t('parties.newEmail.button')}</Button>
          </div>
        </form>
      )}
    </Shell>
  )
}
