/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  Checkbox,
  Checkboxes,
  Disclosure,
  ErrorSummary,
  errorFor,
  FileField,
  locales,
  nameOfLanguage,
  TextAreaField,
  TextField,
  type FieldError,
} from '../../ui/index.ts'
import type { ShopSeller } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { Shell } from './shell.tsx'
import type { Visitor } from './visitor.ts'

/** What the form of a pavilion holds, as typed. */
export interface PavilionForm {
  version: string
  story: Readonly<Record<string, string>>
  featured: readonly string[]
  /** `offers`: one address on each line. */
  collections: readonly { title: Readonly<Record<string, string>>; offers: string }[]
}

interface EditPavilionPageProps {
  visitor: Visitor
  parts: ShopParts
  country: string
  form: PavilionForm
  errors: readonly FieldError[]
  sellers: readonly ShopSeller[]
}

const slots = [1, 2, 3, 4]

export function EditPavilionPage(props: EditPavilionPageProps) {
  const { visitor, parts, country, form, errors, sellers } = props
  const { language } = visitor
  const { t } = language
  const name = language.country(country)
  const path = `/pavilion/${country}`
  return (
    <Shell
      visitor={visitor}
      parts={parts}
      title={t('shops.edit.title', { country: name })}
      hasErrors={errors.length > 0}
      density="work"
    >
      <section class="band">
        <div class="wrap stack">
          <Breadcrumb
            language={language}
            crumbs={[{ label: t('shops.pavilion.title', { country: name }), href: path }]}
          />
          <ErrorSummary errors={errors} language={language} />
          <h1>{t('shops.edit.title', { country: name })}</h1>
          <form method="post" action={`${path}/edit`} enctype="multipart/form-data" class="stack">
            <input type="hidden" name="version" id="version" value={form.version} />
            {inReadersOrder(language.locale).map((locale) => (
              <TextAreaField
                name={`story-${locale}`}
                label={t('shops.edit.story', { language: nameOfLanguage(locale) })}
                value={form.story[locale]}
                error={errorFor(errors, `story-${locale}`)}
                optional={t('shops.edit.optional')}
              />
            ))}
            <FileField
              name="picture"
              label={t('shops.edit.picture')}
              accept="image/jpeg,image/png,image/webp,image/avif"
              error={errorFor(errors, 'picture')}
              optional={t('shops.edit.optional')}
            />
            <Checkbox name="no-picture" label={t('shops.edit.noPicture')} />
            {sellers.length > 0 && (
              <Checkboxes
                name="featured"
                label={t('shops.edit.featured')}
                hint={t('shops.edit.featuredHint')}
                values={form.featured}
                options={sellers.map(({ id, name: label }) => ({ value: id, label }))}
              />
            )}
            {slots.map((number) => (
              <CollectionFields {...props} number={number} />
            ))}
            <Button>{t('shops.edit.save')}</Button>
          </form>
        </div>
      </section>
    </Shell>
  )
}

/** The curator's own language first. */
const inReadersOrder = (locale: string): string[] => [
  locale,
  ...locales.filter((each) => each !== locale),
]

function CollectionFields({
  visitor,
  form,
  errors,
  number,
}: EditPavilionPageProps & { number: number }) {
  const { language } = visitor
  const { t } = language
  const collection = form.collections[number - 1]
  const own = (field: string) =>
    field.startsWith(`title-${number}-`) || field === `offers-${number}`
  const isOpen =
    collection !== undefined && (collection.offers !== '' || errors.some(({ field }) => own(field)))
  return (
    <Disclosure summary={t('shops.edit.collection', { number })} open={isOpen}>
      {inReadersOrder(language.locale).map((locale) => (
        <TextField
          name={`title-${number}-${locale}`}
          label={t('shops.edit.collectionTitle', { language: nameOfLanguage(locale) })}
          value={collection?.title[locale]}
          maxlength={120}
          error={errorFor(errors, `title-${number}-${locale}`)}
        />
      ))}
      <TextAreaField
        name={`offers-${number}`}
        label={t('shops.edit.offers')}
        hint={t('shops.edit.offersHint')}
        value={collection?.offers}
        error={errorFor(errors, `offers-${number}`)}
      />
    </Disclosure>
  )
}
