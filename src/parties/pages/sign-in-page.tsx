/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError } from '../../ui/index.ts'
import { assetUrl, Button, errorFor, ErrorSummary, Notice, TextField } from '../../ui/index.ts'
import { comingIn } from '../account-links.ts'
import type { DemoSignIn } from '../parts.ts'
import { Shell, type Reader } from './shell.tsx'

interface SignInPageProps {
  reader: Reader
  next: string
  errors: readonly FieldError[]
  email: string
  demo: readonly DemoSignIn[]
}

export function SignInPage({ reader, next, errors, email, demo }: SignInPageProps) {
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell
      reader={reader}
      title={t('parties.signIn.title')}
      hasErrors={errors.length > 0}
      script={assetUrl('passkey.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('parties.signIn.title')}</h1>
      {demo.length > 0 && <DemoSignIns {...{ reader, next, demo }} />}
      <form class="stack" method="post" action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="email"
          type="email"
          label={t('parties.field.email')}
          autocomplete="username webauthn"
          value={email}
          error={error('email')}
          maxlength={254}
        />
        <TextField
          name="password"
          type="password"
          label={t('parties.field.password')}
          autocomplete="current-password"
          error={error('password')}
        />
        <div class="cluster">
          <Button>{t('parties.signIn.title')}</Button>
          <a href="/forgot-password">{t('parties.forgot.title')}</a>
        </div>
      </form>
      <pass-key
        hidden
        data-options="/sign-in/passkey/options"
        data-submit="/sign-in/passkey"
        data-next={next || '/home'}
        data-failed={t('parties.passkey.failed')}
      >
        <div class="stack tight">
          <div>
            <Button kind="secondary" type="button">
              {t('parties.passkey.signIn')}
            </Button>
          </div>
          <p class="field-error" role="alert"></p>
        </div>
      </pass-key>
      <p>
        {t('parties.signIn.new')} <a href={comingIn('/join', next)}>{t('parties.join.title')}</a>
      </p>
    </Shell>
  )
}

function DemoSignIns({ reader, next, demo }: Pick<SignInPageProps, 'reader' | 'next' | 'demo'>) {
  const { t } = reader.language
  return (
    <Notice tone="info" title={t('parties.demo.title')}>
      <p>{t('parties.demo.text')}</p>
      <form class="grid" method="post" action="/sign-in/demo">
        <input type="hidden" name="next" value={next} />
        {demo.map(({ label, personId }) => (
          <Button kind="secondary" name="person" value={personId}>
            {label}
          </Button>
        ))}
      </form>
    </Notice>
  )
}
