// The words of this part, and the sentences for what is wrong with a file or a row.
import en from '../../../../messages/en/product-files.json' with { type: 'json' }
import type { Language, MessageKey } from '../../../ui/index.ts'
import { faultWords } from '../../pages/words.ts'
import { mostFileBytes } from '../decode-file.ts'
import type { ExportForm } from '../export-forms.ts'
import type { Field } from '../fields.ts'
import type { ItemFault, ItemNote } from '../item.ts'
import type { Source } from '../sources.ts'

declare module '../../../ui/messages.ts' {
  interface Catalogue {
    productFiles: keyof typeof en
  }
}

const known: ReadonlySet<string> = new Set(Object.keys(en))

const camel = (code: string): string =>
  code.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export const megabytes = mostFileBytes / 1024 / 1024

/** A refusal of this part, or else of saving goods in general. */
export function problemWords(
  language: Language,
  code: string,
  facts: Readonly<Record<string, unknown>> = {},
): string {
  const key = `import.fault.${camel(code)}`
  if (!known.has(key)) return faultWords(language, code)
  return language.t(key as MessageKey, { megabytes, line: Number(facts['line'] ?? 0) })
}

/** What is wrong with a row, with the value as it stands there. */
export function describeFault(language: Language, { code, field, value }: ItemFault): string {
  const problem = problemWords(language, code)
  const name = fieldKey(field)
  if (value === '' || !name) return problem
  return language.t('import.refused.withValue', { problem, field: language.t(name), value })
}

const numbers = { 1: 'One', 2: 'Two', 3: 'Three' } as const

function fieldKey(field: string): MessageKey | undefined {
  const key = `import.field.${field.replace(/\d/, (digit) => numbers[Number(digit) as 1 | 2 | 3] ?? '')}`
  return known.has(key) ? (key as MessageKey) : undefined
}

export const fieldWords = ({ t }: Language, field: Field): string =>
  t(fieldKey(field) as MessageKey)

const noteKeys = {
  'origin-taken': 'import.note.origin',
  'mass-missing': 'import.note.mass',
  'pictures-not-fetched': 'import.note.pictures',
  'stock-below-zero': 'import.note.stock',
  'row-repeated': 'import.note.repeated',
} as const

/** `origin` is the country taken for rows that name none. */
export const noteWords = (language: Language, { code, count }: ItemNote, origin = ''): string =>
  language.t(noteKeys[code], { count, country: origin && language.country(origin) })

/** Names of shops are the same in every language. */
const names: Partial<Record<ExportForm | Source, string>> = {
  woocommerce: 'WooCommerce',
  etsy: 'Etsy',
}

export const formWords = ({ t }: Language, form: ExportForm): string =>
  names[form] ?? t(`import.form.${form === 'shopify-2025' ? 'shopifyNew' : (camel(form) as 'csv')}`)

export const sourceWords = (language: Language, source: Source): string =>
  source === 'google' || source === 'own' || source === 'other'
    ? language.t(`import.source.${source}`)
    : formWords(language, source)

export const outcomeWords = ({ t }: Language, outcome: string): string =>
  t(`import.outcome.${camel(outcome) as 'created'}`)
