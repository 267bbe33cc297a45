/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { DecimalField, Fieldset, TextField } from '../../ui/index.ts'
import type { Part } from './offer-fields.tsx'
import { measureWords } from './words.ts'

/** Measures and facts that some tariff charges by; asked only where one does. */
export function Asked({ form, language, asked, field }: Part) {
  const { t } = language
  const names = (start: string, wanted: readonly string[]): string[] => [
    ...new Set([
      ...wanted.map((key) => `${start}${key}`),
      ...Object.keys(form.fields).filter((name) => name.startsWith(start)),
    ]),
  ]
  const measures = names('measure-', asked.measures)
  const facts = names('fact-', asked.facts)
  if (measures.length + facts.length === 0) return null
  return (
    <Fieldset legend={t('catalogue.asked.title')} hint={t('catalogue.asked.hint')}>
      {measures.map((name) => (
        <DecimalField
          {...field(name)}
          label={measureWords(language, name.slice('measure-'.length))}
        />
      ))}
      {facts.map((name) => (
        <TextField
          {...field(name)}
          label={name.slice('fact-'.length).replaceAll(/[-_]/g, ' ')}
          hint={t('catalogue.asked.factHint')}
          width="s"
        />
      ))}
    </Fieldset>
  )
}
