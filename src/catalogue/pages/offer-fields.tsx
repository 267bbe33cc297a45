/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { countries } from '../../basis/country.ts'
import { ClassifyControl, type Classification } from '../../nomenclature/index.ts'
import {
  Checkbox,
  Disclosure,
  errorFor,
  Fieldset,
  nameOfLanguage,
  SelectField,
  TextAreaField,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import { Asked } from './asked-fields.tsx'
import type { OfferPicture } from '../offer.ts'
import type { OfferForm } from './read-offer-form.ts'
import { Variants } from './variant-fields.tsx'
import { tariffName } from './words.ts'

export type OfferFieldsProps = {
  form: OfferForm
  errors: readonly FieldError[]
  /** Of the form that they stand in. */
  action: string
  language: Language
  /** Languages of the hub. */
  locales: readonly string[]
  /** The turn of the classify control, once it was asked. */
  turn?: Classification | undefined
  /** The plain name of the code in the form, if it has one. */
  codeName?: string | undefined
  /** Measures and facts that tariffs ask for, besides those that are given. */
  asked: { readonly measures: readonly string[]; readonly facts: readonly string[] }
  /** Of the offer, for its variants to choose from. */
  pictures: readonly OfferPicture[]
}

export type Part = OfferFieldsProps & { field: (name: string) => FieldOf }
type FieldOf = { name: string; value: string; error: string | undefined }

/** All that an offer is, in the order in which a seller would tell it. */
export function OfferFields(props: OfferFieldsProps) {
  const { form, errors } = props
  const field = (name: string): FieldOf => ({
    name,
    value: form.fields[name] ?? '',
    error: errorFor(errors, name),
  })
  return (
    <>
      {form.fields['version'] && (
        <input type="hidden" name="version" value={form.fields['version']} />
      )}
      <input type="hidden" name="rows" value={String(form.rows)} />
      <Words {...props} field={field} />
      <WhatItIs {...props} field={field} />
      <Variants {...props} field={field} />
      <Asked {...props} field={field} />
    </>
  )
}

function Words({ form, language, locales, field }: Part) {
  const { t } = language
  const main = form.fields['main-locale'] || language.locale
  const others = locales.filter((locale) => locale !== main)
  const isOpen = others.some((locale) => field(`title-${locale}`).error)
  return (
    <Fieldset legend={t('catalogue.words.title')}>
      <SelectField
        {...field('main-locale')}
        value={main}
        label={t('catalogue.words.mainLocale')}
        options={[...new Set([main, ...locales])].map((value) => ({
          value,
          label: nameOfLanguage(value),
        }))}
        width="s"
      />
      <TextField
        {...field(`title-${main}`)}
        label={t('catalogue.words.name')}
        hint={t('catalogue.words.nameHint')}
        maxlength={200}
      />
      <TextAreaField
        {...field(`description-${main}`)}
        label={t('catalogue.words.description')}
        optional={t('ui.optional')}
        rows={6}
      />
      <Disclosure summary={t('catalogue.words.more')} open={isOpen}>
        <p class="muted">{t('catalogue.words.moreNote')}</p>
        {others.map((locale) => (
          <div class="stack tight">
            <h3>{nameOfLanguage(locale)}</h3>
            <TextField
              {...field(`title-${locale}`)}
              label={t('catalogue.words.nameIn', { language: nameOfLanguage(locale) })}
              optional={t('ui.optional')}
              maxlength={200}
            />
            <TextAreaField
              {...field(`description-${locale}`)}
              label={t('catalogue.words.descriptionIn', { language: nameOfLanguage(locale) })}
              optional={t('ui.optional')}
              rows={4}
            />
          </div>
        ))}
      </Disclosure>
    </Fieldset>
  )
}

function WhatItIs({ form, language, turn, codeName, action, field }: Part) {
  const { t } = language
  const collator = new Intl.Collator(language.locale)
  const places = countries
    .map((value) => ({ value, label: language.country(value) }))
    .sort((a, b) => collator.compare(a.label, b.label))
  return (
    <Fieldset legend={t('catalogue.what.title')} hint={t('catalogue.what.hint')}>
      <TextField
        {...field('subheading')}
        label={t('catalogue.what.code')}
        hint={
          codeName ? t('catalogue.what.codeIs', { name: codeName }) : t('catalogue.what.codeHint')
        }
        width="s"
        inputmode="numeric"
        autocomplete="off"
        maxlength={12}
      />
      <Disclosure
        summary={t('catalogue.what.find')}
        open={turn !== undefined || field('subheading').value === ''}
      >
        <ClassifyControl
          language={language}
          input={form.control}
          turn={turn}
          choose
          turnAction={`${action}#classify-turn`}
        />
      </Disclosure>
      <SelectField
        {...field('origin')}
        label={t('catalogue.what.origin')}
        hint={t('catalogue.what.originHint')}
        prompt={t('catalogue.what.choose')}
        options={places}
      />
      <Proofs form={form} language={language} />
      <TextField
        {...field('materials')}
        label={t('catalogue.what.materials')}
        hint={t('catalogue.what.materialsHint')}
        optional={t('ui.optional')}
        maxlength={500}
      />
      <TextField
        {...field('brand')}
        label={t('catalogue.what.brand')}
        optional={t('ui.optional')}
        width="m"
        maxlength={500}
      />
    </Fieldset>
  )
}

/** Proofs of origin that the seller has said to hold (on the page of markets); without the tick it is taken back. */
function Proofs({ form, language }: Pick<Part, 'form' | 'language'>) {
  const { t } = language
  const held = Object.keys(form.fields).filter((name) => name.startsWith('proof-'))
  return (
    <>
      {held.map((name) => (
        <Checkbox
          name={name}
          checked
          label={t('catalogue.what.proof', { proof: tariffName(t, 'proof', name.slice(6)) })}
        />
      ))}
    </>
  )
}
