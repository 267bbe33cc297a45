/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { countries } from '../../../basis/country.ts'
import { currencies } from '../../../basis/currency.ts'
import {
  Button,
  Checkbox,
  Disclosure,
  errorFor,
  ErrorSummary,
  locales,
  nameOfLanguage,
  Radios,
  SelectField,
  type FieldError,
} from '../../../ui/index.ts'
import { filesOf, Shell, Way, type Reader } from '../../pages/shell.tsx'
import { fields, lengthUnits, massUnits, type Field } from '../fields.ts'
import type { Decision } from '../imports.ts'
import type { ProductImport } from '../find-imports.ts'
import { sources } from '../sources.ts'
import { isMassUnitOpen } from '../read-row.ts'
import type { TableRow } from '../read-table.ts'
import { fieldWords, sourceWords } from './words.ts'

type ColumnsPageProps = {
  reader: Reader
  business: { id: string; name: string }
  found: ProductImport
  decision: Decision
  /** The first ones, for examples. */
  rows: readonly TableRow[]
  errors?: readonly FieldError[]
}

/** Most files need only these; the others stand below. */
const first: readonly Field[] = [
  'title',
  'price',
  'description',
  'subheading',
  'origin',
  'mass',
  'stock',
  'sku',
]

/** Which column is what, filled in as far as we know it. */
export function ColumnsPage({
  reader,
  business,
  found,
  decision,
  rows,
  errors = [],
}: ColumnsPageProps) {
  const { language } = reader
  const { t } = language
  const { settings } = decision
  const collator = new Intl.Collator(language.locale)
  const choice = (field: Field) => (
    <ColumnField field={field} {...{ found, decision, rows, language, errors }} />
  )
  const massUnit = (
    <SelectField
      name="massUnit"
      label={t('import.columns.massUnit')}
      value={settings.massUnit}
      options={massUnits.map((unit) => ({ value: unit, label: unit }))}
    />
  )
  const asksMassUnit = isMassUnitOpen(found.columns, decision.mapping)
  return (
    <Shell reader={reader} title={t('import.columns.title')} hasErrors={errors.length > 0}>
      <section class="band">
        <form
          class="wrap stack loose"
          method="post"
          action={`/business/${business.id}/import/${found.importId}/columns`}
        >
          <ErrorSummary errors={errors} language={language} />
          <Way {...{ business, language }} more={[filesOf(business, language)]} />
          <h1>{t('import.columns.title')}</h1>
          <p class="lead">
            {t('import.columns.found', {
              rows: found.rowCount,
              source: sourceWords(language, found.source),
              encoding: found.encoding.toUpperCase(),
            })}{' '}
            {t('import.columns.lead')}
          </p>
          <div class="grid wide">
            <SelectField
              name="locale"
              label={t('import.columns.locale')}
              value={settings.locale}
              options={locales.map((locale) => ({ value: locale, label: nameOfLanguage(locale) }))}
            />
            <SelectField
              name="currency"
              label={t('import.columns.currency')}
              value={settings.currency}
              prompt={t('import.columns.currencyPrompt')}
              options={currencies.map((code) => ({ value: code, label: code }))}
              error={errorFor(errors, 'currency')}
            />
          </div>
          <div class="grid wide">
            {first.map((field) => (
              <>
                {choice(field)}
                {field === 'mass' && asksMassUnit && massUnit}
              </>
            ))}
            <SelectField
              name="origin"
              label={t('import.columns.origin')}
              hint={t('import.columns.originHint')}
              value={settings.origin ?? ''}
              options={[
                { value: '', label: t('import.columns.originNone') },
                ...countries
                  .map((code) => ({ value: code, label: language.country(code) }))
                  .toSorted((a, b) => collator.compare(a.label, b.label)),
              ]}
            />
          </div>
          <Disclosure summary={t('import.columns.more')}>
            <div class="grid wide">
              <SelectField
                name="source"
                label={t('import.columns.source')}
                hint={t('import.columns.sourceHint')}
                value={decision.source}
                options={sources.map((source) => ({
                  value: source,
                  label: sourceWords(language, source),
                }))}
              />
              {fields.filter((field) => !first.includes(field)).map(choice)}
              {!asksMassUnit && massUnit}
              <SelectField
                name="lengthUnit"
                label={t('import.columns.lengthUnit')}
                value={settings.lengthUnit}
                options={lengthUnits.map((unit) => ({ value: unit, label: unit }))}
              />
              <Radios
                name="decimalSign"
                label={t('import.columns.decimal')}
                value={settings.decimalSign}
                options={[
                  { value: '.', label: t('import.columns.point') },
                  { value: ',', label: t('import.columns.comma') },
                ]}
              />
            </div>
          </Disclosure>
          <Checkbox
            name="publish"
            label={t('import.columns.publish')}
            hint={t('import.columns.publishHint')}
            checked={settings.publish}
          />
          <div>
            <Button>{t('import.columns.check')}</Button>
          </div>
        </form>
      </section>
    </Shell>
  )
}

type ColumnFieldProps = Pick<ColumnsPageProps, 'found' | 'decision' | 'rows'> & {
  field: Field
  language: Reader['language']
  errors: readonly FieldError[]
}

/** The columns of the file to choose from; several that we found for one field are one choice. */
function ColumnField({ field, found, decision, rows, language, errors }: ColumnFieldProps) {
  const { t } = language
  const chosen = decision.mapping[field] ?? []
  const value = chosen.join(' ')
  const names = chosen.map((at) => found.columns[at] ?? '')
  const example = rows.map(({ cells }) => cells[chosen[0] ?? -1]?.trim()).find(Boolean)
  return (
    <SelectField
      name={`column.${field}`}
      label={fieldWords(language, field)}
      hint={example && t('import.columns.example', { text: shortened(example) })}
      value={value}
      width="l"
      error={errorFor(errors, `column.${field}`)}
      options={[
        { value: '', label: t('import.columns.notInFile') },
        ...(chosen.length > 1
          ? [
              {
                value,
                label: t('import.columns.several', {
                  count: chosen.length,
                  names: shortened(language.list(names)),
                }),
              },
            ]
          : []),
        ...found.columns.map((name, at) => ({ value: String(at), label: shortened(name) })),
      ]}
    />
  )
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
