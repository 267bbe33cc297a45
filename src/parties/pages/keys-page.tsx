/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError } from '../../ui/index.ts'
import {
  Breadcrumb,
  Button,
  Checkboxes,
  EmptyState,
  errorFor,
  ErrorSummary,
  Notice,
  SelectField,
  Table,
  Tag,
  TextField,
} from '../../ui/index.ts'
import { keyLives, type findApiKeys } from '../api-keys.ts'
import type { Business } from '../businesses.ts'
import { scopes } from '../permissions.ts'
import { Shell, type Reader } from './shell.tsx'

export interface KeysPageProps {
  reader: Reader
  business: Business
  keys: Awaited<ReturnType<typeof findApiKeys>>
  now: number
  /** The text of a key that was just made: shown this once. */
  made: string | undefined
  errors: readonly FieldError[]
  typed: { label: string; scopes: readonly string[]; days: string }
}

const scopeKeys = {
  'offers:read': 'parties.keys.offersRead',
  'offers:write': 'parties.keys.offersWrite',
  'orders:read': 'parties.keys.ordersRead',
  'orders:write': 'parties.keys.ordersWrite',
  'orders:buy': 'parties.keys.ordersBuy',
  'money:read': 'parties.keys.moneyRead',
  'money:move': 'parties.keys.moneyMove',
} as const

export function KeysPage(props: KeysPageProps) {
  const { reader, business, keys, made, errors, typed } = props
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell
      reader={reader}
      title={t('parties.keys.title')}
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
      <h1>{t('parties.keys.title')}</h1>
      <p class="lead">{t('parties.keys.lead')}</p>
      {made && (
        <Notice tone="ok" live title={t('parties.keys.madeTitle')}>
          <p>{t('parties.keys.madeText')}</p>
          <p>
            <samp id="key">{made}</samp>
          </p>
        </Notice>
      )}
      {keys.length === 0 ? <EmptyState title={t('parties.keys.none')} /> : <KeysTable {...props} />}
      <form class="stack" method="post" action={`/business/${business.id}/keys`}>
        <h2>{t('parties.keys.make')}</h2>
        <TextField
          name="label"
          label={t('parties.field.label')}
          hint={t('parties.keys.labelHint')}
          value={typed.label}
          error={error('label')}
          maxlength={80}
        />
        <Checkboxes
          name="scopes"
          label={t('parties.keys.scopes')}
          options={scopes.map((value) => ({ value, label: t(scopeKeys[value]), hint: value }))}
          values={typed.scopes}
          error={error('scopes')}
        />
        <SelectField
          name="days"
          label={t('parties.keys.life')}
          options={keyLives.map((days) => ({
            value: String(days),
            label: days === 0 ? t('parties.keys.noEnd') : t('parties.keys.days', { count: days }),
          }))}
          value={typed.days}
        />
        <div>
          <Button>{t('parties.keys.makeButton')}</Button>
        </div>
      </form>
    </Shell>
  )
}

function KeysTable({ reader, business, keys, now }: KeysPageProps) {
  const { language } = reader
  const { t } = language
  const day = (instant: string) => language.date(instant.slice(0, 10))
  return (
    <Table
      language={language}
      caption={t('parties.keys.title')}
      hideCaption
      columns={[
        { label: t('parties.field.label') },
        { label: t('parties.keys.scopes') },
        { label: t('parties.keys.lastUsed') },
        { label: t('parties.list.until') },
        { label: t('parties.list.action') },
      ]}
      rows={keys.map((key) => {
        const over = key.expiresAt !== null && Date.parse(key.expiresAt) <= now
        return {
          cells: [
            <>
              {key.label} <code class="small">ewtp_{key.prefix}_…</code>
              {key.madeBy && <span class="muted small"> {key.madeBy}</span>}
            </>,
            key.scopes.join(', '),
            key.lastUsedAt ? day(key.lastUsedAt) : t('parties.keys.never'),
            key.expiresAt ? day(key.expiresAt) : t('parties.keys.noEnd'),
            key.revokedAt || over ? (
              <Tag>{t(key.revokedAt ? 'parties.keys.revoked' : 'parties.keys.over')}</Tag>
            ) : (
              <form method="post" action={`/business/${business.id}/keys/revoke`}>
                <Button kind="quiet" name="key" value={key.id}>
                  {t('parties.keys.revoke')}
                  <span class="hidden">: {key.label}</span>
                </Button>
              </form>
            ),
          ],
        }
      })}
    />
  )
}
