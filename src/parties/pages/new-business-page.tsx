/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { countries } from '../../basis/country.ts'
import type { FieldError, Language } from '../../ui/index.ts'
import { Button, errorFor, ErrorSummary, SelectField, TextField } from '../../ui/index.ts'
import type { Actor } from '../actor.ts'
import { Shell, type Reader } from './shell.tsx'

interface NewBusinessPageProps {
  reader: Reader
  errors: readonly FieldError[]
  values: { name: string; country: string; slug: string }
}

export function NewBusinessPage({ reader, errors, values }: NewBusinessPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('parties.newBusiness.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <h1>{t('parties.newBusiness.title')}</h1>
      <p class="lead">{t('parties.newBusiness.lead')}</p>
      <NewBusinessForm {...{ language, errors, values }} />
    </Shell>
  )
}

const nothing = { name: '', country: '', slug: '' }

/** For somebody who has just joined and came for no page in particular: the two things one does here. */
export function WelcomePage({ reader, actor }: { reader: Reader; actor: Actor }) {
  const { language } = reader
  const { t } = language
  const title = t('parties.welcome.title', { name: actor.name })
  return (
    <Shell reader={reader} title={title}>
      <h1>{title}</h1>
      <section class="stack tight">
        <h2>{t('parties.welcome.buy')}</h2>
        <p>{t('parties.welcome.buyText')}</p>
        <div>
          <Button href="/search">{t('parties.welcome.search')}</Button>
        </div>
      </section>
      <section class="stack tight">
        <h2>{t('parties.welcome.sell')}</h2>
        <p>{t('parties.newBusiness.lead')}</p>
        <NewBusinessForm {...{ language, errors: [], values: nothing }} />
      </section>
    </Shell>
  )
}

type NewBusinessFormProps = Omit<NewBusinessPageProps, 'reader'> & { language: Language }

function NewBusinessForm({ language, errors, values }: NewBusinessFormProps) {
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <form class="stack" method="post" action="/business/new">
      <TextField
        name="name"
        label={t('parties.business.name')}
        autocomplete="organization"
        value={values.name}
        error={error('name')}
        maxlength={160}
      />
      <SelectField
        name="country"
        label={t('parties.business.country')}
        hint={t('parties.newBusiness.countryHint')}
        prompt={t('parties.newBusiness.countryPrompt')}
        options={countryOptions(language)}
        value={values.country}
        error={error('country')}
        width="l"
      />
      <TextField
        name="slug"
        label={t('parties.newBusiness.slug')}
        hint={t('parties.newBusiness.slugHint')}
        optional={t('ui.optional')}
        prefix="/shop/"
        value={values.slug}
        error={error('slug')}
        maxlength={60}
      />
      <div>
        <Button>{t('parties.newBusiness.button')}</Button>
      </div>
    </form>
  )
}

/** Every country in the reader's language and order. */
export function countryOptions(language: Language) {
  const { compare } = new Intl.Collator(language.locale)
  return countries
    .map((value) => ({ value, label: language.country(value) }))
    .toSorted((a, b) => compare(a.label, b.label))
}
