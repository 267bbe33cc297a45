/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError, Language } from '../../ui/index.ts'
import {
  assetUrl,
  Button,
  errorFor,
  ErrorSummary,
  Notice,
  Table,
  Tag,
  TextField,
} from '../../ui/index.ts'
import type { HubRole } from '../actor.ts'
import type { AccountState } from '../find-account.ts'
import { passwordLength } from '../passwords.ts'
import { browserOf } from '../browser-name.ts'
import { ConfirmNotice } from './confirm-notice.tsx'
import { KeptMails } from './mail-pages.tsx'
import { EmailSection } from './new-email-pages.tsx'
import { Shell, type Reader } from './shell.tsx'
import { roleWord } from './role-words.ts'

export interface AccountPageProps {
  reader: Reader
  account: AccountState
  errors: readonly FieldError[]
  /** What was just done, as the end of a message key. */
  done?: keyof typeof doneKeys | undefined
  mailbox: boolean
  /** The new address of mail as it was typed, where it is asked for again. */
  newEmail: string
}

const doneKeys = {
  password: 'parties.account.donePassword',
  passkey: 'parties.account.donePasskey',
  elsewhere: 'parties.account.doneElsewhere',
  mail: 'parties.account.doneMail',
  newEmail: 'parties.account.doneNewEmail',
  operator: 'parties.account.doneOperator',
} as const

/** A person's own page: businesses, roles, ways to sign in, places where they are signed in. */
export function AccountPage(props: AccountPageProps) {
  const { reader, account, errors, done, mailbox, newEmail } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell
      reader={reader}
      title={t('parties.account.title')}
      hasErrors={errors.length > 0}
      script={assetUrl('passkey.js')}
    >
      <ErrorSummary errors={errors} language={language} />
      <h1>{account.person.name}</h1>
      <p>
        <a href="/wallet">{t('parties.wallet')}</a>
      </p>
      {done && (
        <Notice tone="ok" live>
          {mailbox && (done === 'mail' || done === 'newEmail') ? (
            <>
              <KeptMails reader={reader} />
              {done === 'newEmail' && <p>{t('parties.account.newEmailWaits')}</p>}
            </>
          ) : (
            <p>{t(doneKeys[done])}</p>
          )}
        </Notice>
      )}
      {!account.person.emailConfirmed && (
        <ConfirmNotice reader={reader} email={account.person.email} mailbox={mailbox} />
      )}
      {account.hubRoles.length > 0 && <Roles reader={reader} roles={account.hubRoles} />}
      <Businesses {...{ language, account }} />
      <EmailSection {...{ language, account, errors, email: newEmail }} />
      <Passkeys {...{ language, account, error: errorFor(errors, 'passkey') }} />
      <Password {...{ language, account, errors }} />
      <Sessions {...{ language, account }} />
      <form method="post" action="/sign-out">
        <Button kind="secondary">{t('parties.signOut.button')}</Button>
      </form>
    </Shell>
  )
}

type SectionProps = { language: Language; account: AccountState }

function Businesses({ language, account }: SectionProps) {
  const { t } = language
  return (
    <section class="stack tight">
      <h2>{t('parties.account.businesses')}</h2>
      {account.businesses.length > 0 && (
        <Table
          language={language}
          caption={t('parties.account.businesses')}
          hideCaption
          columns={[{ label: t('parties.business.name') }, { label: t('parties.staff.role') }]}
          rows={account.businesses.map(({ id, name, role }) => ({
            href: `/business/${id}`,
            cells: [
              name,
              <Tag>{t(role === 'owner' ? 'parties.role.owner' : 'parties.role.staff')}</Tag>,
            ],
          }))}
        />
      )}
      <div>
        <Button href="/business/new" kind={account.businesses.length ? 'secondary' : 'primary'}>
          {t('parties.newBusiness.title')}
        </Button>
      </div>
    </section>
  )
}

const offices = ['/desk/', '/officer/', '/operator/', '/lanes/']

/** What somebody is on the hub, and the ways to that work. */
function Roles({ reader, roles }: { reader: Reader; roles: readonly HubRole[] }) {
  const { language, account } = reader
  const work = account.filter(({ href }) => offices.some((office) => href.startsWith(office)))
  return (
    <section class="stack tight">
      <h2>{language.t('parties.account.roles')}</h2>
      <p>{language.list(roles.map((role) => roleWord(language, role)))}</p>
      <div class="cluster">
        {work.map(({ label, href }) => (
          <Button href={href} kind="secondary">
            {label}
          </Button>
        ))}
      </div>
    </section>
  )
}

function Passkeys({ language, account, error }: SectionProps & { error: string | undefined }) {
  const { t } = language
  return (
    <section class="stack tight">
      <h2>{t('parties.passkey.title')}</h2>
      <p>{t('parties.passkey.about')}</p>
      {account.passkeys.length > 0 && (
        <Table
          language={language}
          caption={t('parties.passkey.title')}
          hideCaption
          columns={[
            { label: t('parties.field.label') },
            { label: t('parties.list.since') },
            { label: t('parties.list.action') },
          ]}
          rows={account.passkeys.map(({ id, label, since }) => ({
            cells: [
              label,
              language.dateTime(new Date(since), 'UTC'),
              <form method="post" action="/account/passkeys/remove">
                <Button kind="quiet" name="passkey" value={id}>
                  {t('parties.list.remove')}
                </Button>
              </form>,
            ],
          }))}
        />
      )}
      <pass-key
        hidden
        data-options="/account/passkeys/options"
        data-submit="/account/passkeys"
        data-next="/account?done=passkey"
        data-failed={t('parties.passkey.failed')}
      >
        <div class="stack tight">
          <div>
            <Button kind="secondary" type="button">
              {t('parties.passkey.add')}
            </Button>
          </div>
          <p class="field-error" id="passkey" role="alert">
            {error}
          </p>
        </div>
      </pass-key>
      <noscript>
        <p class="muted">{t('parties.passkey.noScript')}</p>
      </noscript>
    </section>
  )
}

function Password({ language, account, errors }: SectionProps & { errors: readonly FieldError[] }) {
  const { t } = language
  return (
    <section class="stack tight">
      <h2>{t('parties.account.password')}</h2>
      <form class="stack" method="post" action="/account/password">
        {account.hasPassword && (
          <TextField
            name="old"
            type="password"
            label={t('parties.account.oldPassword')}
            autocomplete="current-password"
            error={errorFor(errors, 'old')}
          />
        )}
        <TextField
          name="password"
          type="password"
          label={t('parties.newPassword.field')}
          hint={t('parties.field.passwordHint', { least: passwordLength.least })}
          autocomplete="new-password"
          error={errorFor(errors, 'password')}
        />
        <div>
          <Button kind="secondary">{t('parties.account.changePassword')}</Button>
        </div>
      </form>
    </section>
  )
}

function Sessions({ language, account }: SectionProps) {
  const { t } = language
  return (
    <section class="stack tight">
      <h2>{t('parties.account.sessions')}</h2>
      <Table
        language={language}
        caption={t('parties.account.sessions')}
        hideCaption
        columns={[{ label: t('parties.account.browser') }, { label: t('parties.account.seen') }]}
        rows={account.sessions.map(({ agent, seen, here }) => ({
          cells: [
            <>
              {agent ? browserOf(agent) : t('parties.account.unknownBrowser')}{' '}
              {here && <Tag tone="ok">{t('parties.account.here')}</Tag>}
            </>,
            `${language.dateTime(new Date(seen), 'UTC')} UTC`,
          ],
        }))}
      />
      <form method="post" action="/account/sign-out-everywhere">
        <Button kind="secondary">{t('parties.account.signOutElsewhere')}</Button>
      </form>
    </section>
  )
}
