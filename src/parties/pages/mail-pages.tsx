/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError } from '../../ui/index.ts'
import { Button, EmptyState, errorFor, ErrorSummary, Notice, TextField } from '../../ui/index.ts'
import { passwordLength } from '../passwords.ts'
import { Shell, type Reader } from './shell.tsx'

interface ForgotPageProps {
  reader: Reader
  errors: readonly FieldError[]
  email: string
  /** Whether the mail is under way: then the page says so, whoever it went to. */
  sent: boolean
  /** Whether this hub sends no mail but keeps it on its mailbox page. */
  mailbox: boolean
}

export function ForgotPage({ reader, errors, email, sent, mailbox }: ForgotPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('parties.forgot.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('parties.forgot.title')}</h1>
      {sent && mailbox && (
        <Notice live>
          <KeptMails reader={reader} />
        </Notice>
      )}
      {sent && !mailbox && (
        <Notice tone="ok" live title={t('parties.forgot.sentTitle')}>
          <p>{t('parties.forgot.sentText', { email })}</p>
        </Notice>
      )}
      {!sent && (
        <form class="stack" method="post" action="/forgot-password">
          <TextField
            name="email"
            type="email"
            label={t('parties.field.email')}
            hint={t('parties.forgot.hint')}
            autocomplete="email"
            value={email}
            error={errorFor(errors, 'email')}
          />
          <div>
            <Button>{t('parties.forgot.button')}</Button>
          </div>
        </form>
      )}
    </Shell>
  )
}

/** In place of "we sent a mail", on a hub that cannot: where the mail is, with the way there for who may go. */
export function KeptMails({ reader }: { reader: Reader }) {
  const { t } = reader.language
  return (
    <>
      <p>{t('parties.mailbox.kept')}</p>
      {reader.isOperator && (
        <p>
          <a href="/mailbox">{t('parties.mailbox.title')}</a>
        </p>
      )}
    </>
  )
}

interface NewPasswordPageProps {
  reader: Reader
  token: string
  /** Where somebody who is joining goes on; empty for who had a password before. */
  next: string
  errors: readonly FieldError[]
}

export function NewPasswordPage({ reader, token, next, errors }: NewPasswordPageProps) {
  const { language } = reader
  const { t } = language
  const title = t(next === '' ? 'parties.newPassword.title' : 'parties.newPassword.first')
  return (
    <Shell reader={reader} title={title} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{title}</h1>
      {next === '' && <p>{t('parties.newPassword.lead')}</p>}
      <form class="stack" method="post" action="/new-password">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <TextField
          name="password"
          type="password"
          label={t(next === '' ? 'parties.newPassword.field' : 'parties.field.password')}
          hint={t('parties.field.passwordHint', { least: passwordLength.least })}
          autocomplete="new-password"
          error={errorFor(errors, 'password')}
        />
        <div>
          <Button>{t('parties.newPassword.button')}</Button>
        </div>
      </form>
    </Shell>
  )
}

interface ConfirmPageProps {
  reader: Reader
  token: string
  /** Undefined before the button was pressed. */
  outcome?: 'confirmed' | 'not-valid' | 'of-another'
}

/** A button and not the link alone confirms: programs that check mails follow links. */
export function ConfirmPage({ reader, token, outcome }: ConfirmPageProps) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('parties.confirm.title')}>
      <h1>{t('parties.confirm.title')}</h1>
      {outcome === 'confirmed' && (
        <Notice tone="ok" live>
          <p>{t('parties.confirm.done')}</p>
          <p>
            <a href="/account">{t('parties.account.title')}</a>
          </p>
        </Notice>
      )}
      {(outcome === 'not-valid' || outcome === 'of-another') && (
        <Notice tone="bad" live>
          <p>
            {t(
              outcome === 'not-valid'
                ? 'parties.error.linkNotValid'
                : 'parties.error.linkOfAnother',
            )}
          </p>
          <p>
            <a href="/account">{t('parties.account.title')}</a>
          </p>
        </Notice>
      )}
      {outcome === undefined && (
        <form class="stack" method="post" action="/confirm-email">
          <input type="hidden" name="token" value={token} />
          <p>{t('parties.confirm.text')}</p>
          <div>
            <Button>{t('parties.confirm.button')}</Button>
          </div>
        </form>
      )}
    </Shell>
  )
}

export interface KeptMail {
  id: string
  to: string
  subject: string
  body: string
  at: number
}

/** The mails of a hub without a mail server, the latest first. */
export function MailboxPage({ reader, mails }: { reader: Reader; mails: readonly KeptMail[] }) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('parties.mailbox.title')} density="work">
      <h1>{t('parties.mailbox.title')}</h1>
      <Notice tone="warn">
        <p>{t('parties.mailbox.about')}</p>
      </Notice>
      {mails.length === 0 && <EmptyState title={t('parties.mailbox.empty')} />}
      {mails.map((mail) => (
        <article class="card stack tight">
          <h2>{mail.subject}</h2>
          <p class="muted small">
            {t('parties.mailbox.to', { to: mail.to })} ·{' '}
            <time datetime={new Date(mail.at).toISOString()}>
              {language.dateTime(new Date(mail.at), 'UTC')} UTC
            </time>
          </p>
          {mail.body.split('\n\n').map((paragraph) => (
            <p>{withLinks(paragraph)}</p>
          ))}
        </article>
      ))}
    </Shell>
  )
}

const withLinks = (text: string) =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))
