/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError, Language } from '../../ui/index.ts'
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  Notice,
  Radios,
  Table,
  Tag,
  TextField,
} from '../../ui/index.ts'
import type { Business } from '../businesses.ts'
import type { Invitation, Member } from '../staff.ts'
import { KeptMails } from './mail-pages.tsx'
import { Shell, type Reader } from './shell.tsx'

interface StaffPageProps {
  reader: Reader
  business: Business
  /** Who reads: one does not take a role from oneself by mistake. */
  personId: string
  members: readonly Member[]
  invitations: readonly Invitation[]
  errors: readonly FieldError[]
  typed: { email: string; role: string }
  invited: boolean
  mailbox: boolean
}

export function StaffPage(props: StaffPageProps) {
  const { reader, business, errors, typed, invited, mailbox } = props
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell
      reader={reader}
      title={t('parties.staff.title')}
      density="work"
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('parties.account.title'), href: '/account' },
          { label: business.name, href: `/business/${business.id}` },
        ]}
      />
      <h1>{t('parties.staff.title')}</h1>
      {invited && (
        <Notice tone="ok" live>
          {mailbox ? <KeptMails reader={reader} /> : <p>{t('parties.staff.invited')}</p>}
        </Notice>
      )}
      <Members {...props} />
      {props.invitations.length > 0 && <Invitations {...props} />}
      <form class="stack" method="post" action={`/business/${business.id}/staff`}>
        <h2>{t('parties.staff.invite')}</h2>
        <TextField
          name="email"
          type="email"
          label={t('parties.field.email')}
          hint={t('parties.staff.inviteHint')}
          value={typed.email}
          error={error('email')}
          autocomplete="off"
        />
        <Radios
          name="role"
          label={t('parties.staff.role')}
          options={[
            { value: 'staff', label: t('parties.role.staff'), hint: t('parties.role.staffHint') },
            { value: 'owner', label: t('parties.role.owner'), hint: t('parties.role.ownerHint') },
          ]}
          value={typed.role}
          error={error('role')}
        />
        <div>
          <Button>{t('parties.staff.inviteButton')}</Button>
        </div>
      </form>
    </Shell>
  )
}

const roleName = ({ t }: Language, role: 'owner' | 'staff') =>
  t(role === 'owner' ? 'parties.role.owner' : 'parties.role.staff')

function Members({ reader, business, personId, members }: StaffPageProps) {
  const { language } = reader
  const { t } = language
  const action = `/business/${business.id}/staff/change`
  return (
    <div id="members">
      <Table
        language={language}
        caption={t('parties.staff.members')}
        columns={[
          { label: t('parties.list.person') },
          { label: t('parties.staff.role') },
          { label: t('parties.list.action') },
        ]}
        rows={members.map((member) => ({
          cells: [
            `${member.name} (${member.email})`,
            <Tag>{roleName(language, member.role)}</Tag>,
            member.personId === personId ? (
              t('parties.staff.you')
            ) : (
              <form class="cluster" method="post" action={action}>
                <input type="hidden" name="person" value={member.personId} />
                <Button
                  kind="quiet"
                  name="role"
                  value={member.role === 'owner' ? 'staff' : 'owner'}
                >
                  {t(member.role === 'owner' ? 'parties.staff.toStaff' : 'parties.staff.toOwner')}
                </Button>
                <Button kind="quiet" name="role" value="none">
                  {t('parties.list.remove')}
                </Button>
              </form>
            ),
          ],
        }))}
      />
    </div>
  )
}

function Invitations({ reader, business, invitations }: StaffPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Table
      language={language}
      caption={t('parties.staff.invitations')}
      columns={[
        { label: t('parties.field.email') },
        { label: t('parties.staff.role') },
        { label: t('parties.list.until') },
        { label: t('parties.list.action') },
      ]}
      rows={invitations.map(({ id, email, role, expiresAt }) => ({
        cells: [
          email,
          roleName(language, role),
          language.date(expiresAt.slice(0, 10)),
          <form method="post" action={`/business/${business.id}/staff/withdraw`}>
            <Button kind="quiet" name="invitation" value={id}>
              {t('parties.staff.withdraw')}
            </Button>
          </form>,
        ],
      }))}
    />
  )
}

interface InvitationPageProps {
  reader: Reader
  token: string
  /** Undefined when the link does not work any more. */
  business: { name: string; role: 'owner' | 'staff' } | undefined
}

export function InvitationPage({ reader, token, business }: InvitationPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('parties.invitation.title')}>
      <h1>{t('parties.invitation.title')}</h1>
      {business ? (
        <form class="stack" method="post" action="/invitation">
          <input type="hidden" name="token" value={token} />
          <p>
            {t('parties.invitation.text', {
              business: business.name,
              role: roleName(language, business.role),
            })}
          </p>
          <div>
            <Button>{t('parties.invitation.button')}</Button>
          </div>
        </form>
      ) : (
        <Notice tone="bad">
          <p>{t('parties.error.linkNotValid')}</p>
        </Notice>
      )}
    </Shell>
  )
}
