/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError } from '../../ui/index.ts'
import {
  Breadcrumb,
  Button,
  EmptyState,
  ErrorSummary,
  Notice,
  Pagination,
  SelectField,
  Table,
  Tag,
  TextField,
} from '../../ui/index.ts'
import { hubRoles } from '../actor.ts'
import type { PersonWithRoles } from '../hub-roles.ts'
import { countryOptions } from './new-business-page.tsx'
import { roleWord } from './role-words.ts'
import { Shell, type Reader } from './shell.tsx'

interface PeoplePageProps {
  reader: Reader
  people: readonly PersonWithRoles[]
  text: string
  next: string | undefined
  errors: readonly FieldError[]
  saved: boolean
}

/** The operator's list of everybody, with what they may do on the hub. */
export function PeoplePage({ reader, people, text, next, errors, saved }: PeoplePageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Shell
      reader={reader}
      title={t('parties.people.title')}
      density="work"
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      />
      <h1>{t('parties.people.title')}</h1>
      <p class="lead">{t('parties.people.lead')}</p>
      {saved && (
        <Notice tone="ok" live>
          <p>{t('parties.people.saved')}</p>
        </Notice>
      )}
      <form class="inline-form" method="get" action="/operator/people">
        <TextField name="q" type="search" label={t('parties.people.find')} value={text} />
        <Button kind="secondary">{t('parties.people.findButton')}</Button>
      </form>
      {people.length === 0 ? (
        <EmptyState title={t('parties.people.none')} />
      ) : (
        <div id="people">
          <Table
            language={language}
            caption={t('parties.people.title')}
            hideCaption
            columns={[
              { label: t('parties.list.person') },
              { label: t('parties.account.roles') },
              { label: t('parties.field.email') },
            ]}
            rows={people.map((person) => ({
              href: `/operator/people/${person.personId}`,
              cells: [
                person.name,
                person.roles.length + person.countries.length > 0 && (
                  <span class="cluster">
                    {person.roles.map((role) => (
                      <Tag tone="info">{roleWord(language, role)}</Tag>
                    ))}
                    {person.countries.map((country) => (
                      <Tag>
                        {t('parties.role.curatorOf', { country: language.country(country) })}
                      </Tag>
                    ))}
                  </span>
                ),
                person.email,
              ],
            }))}
          />
        </div>
      )}
      <Pagination
        language={language}
        next={next && `/operator/people?${new URLSearchParams({ q: text, after: next })}`}
      />
    </Shell>
  )
}

interface PersonPageProps {
  reader: Reader
  person: PersonWithRoles
  errors: readonly FieldError[]
  saved: boolean
}

/** One person's roles: each with a button that gives or takes it. */
export function PersonPage({ reader, person, errors, saved }: PersonPageProps) {
  const { language } = reader
  const { t } = language
  const action = `/operator/people/${person.personId}`
  const grants = [
    ...hubRoles.map((role) => ({
      value: `role:${role}`,
      label: roleWord(language, role),
      given: person.roles.includes(role),
    })),
    ...person.countries.map((country) => ({
      value: `country:${country}`,
      label: t('parties.role.curatorOf', { country: language.country(country) }),
      given: true,
    })),
  ]
  return (
    <Shell reader={reader} title={person.name} density="work" hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('parties.people.title'), href: '/operator/people' }]}
      />
      <h1>{person.name}</h1>
      <p class="muted">{person.email}</p>
      {saved && (
        <Notice tone="ok" live>
          <p>{t('parties.people.saved')}</p>
        </Notice>
      )}
      <div id="people">
        <Table
          language={language}
          caption={t('parties.account.roles')}
          columns={[
            { label: t('parties.staff.role') },
            { label: t('parties.people.state') },
            { label: t('parties.list.action') },
          ]}
          rows={grants.map(({ value, label, given }) => ({
            cells: [
              label,
              given ? (
                <Tag tone="ok">{t('parties.people.given')}</Tag>
              ) : (
                t('parties.people.notGiven')
              ),
              <form method="post" action={action}>
                <input type="hidden" name="given" value={given ? 'no' : 'yes'} />
                <Button kind={given ? 'quiet' : 'secondary'} name="grant" value={value}>
                  {t(given ? 'parties.people.take' : 'parties.people.give')}
                  <span class="hidden">: {label}</span>
                </Button>
              </form>,
            ],
          }))}
        />
      </div>
      <form class="inline-form" method="post" action={action}>
        <input type="hidden" name="given" value="yes" />
        <SelectField
          name="country"
          label={t('parties.people.pavilion')}
          prompt={t('parties.newBusiness.countryPrompt')}
          options={countryOptions(language)}
        />
        <Button kind="secondary">{t('parties.people.give')}</Button>
      </form>
    </Shell>
  )
}
