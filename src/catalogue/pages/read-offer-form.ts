// The form of an offer: flat fields, as browsers send them. Read into a draft, and written from an offer; what was typed
// is kept as it was, so that a refused form shows it again.
import { formatMinor } from '../../basis/money.ts'
import { readControl, type ControlInput } from '../../nomenclature/index.ts'
import {
  activeVariants,
  pictureOf,
  type Offer,
  type OfferDraft,
  type Talk,
  type VariantDraft,
  type VariantOption,
} from '../offer.ts'
import { isLocale, most, type DraftFault } from '../check-draft.ts'

/** Every field by its name. */
export type Fields = Readonly<Record<string, string>>

export type OfferForm = {
  readonly fields: Fields
  /** How many variants have fields. */
  readonly rows: number
  readonly control: ControlInput
}

/** Parts of a variant's row, by the name of their fields. */
const numbers = {
  stock: 'stock',
  mass: 'netMassG',
  gross: 'grossMassG',
  length: 'lengthMm',
  width: 'widthMm',
  height: 'heightMm',
} as const

export function formOfBody(body: URLSearchParams | FormData): OfferForm {
  const fields: Record<string, string> = {}
  for (const [name, value] of body.entries()) if (typeof value === 'string') fields[name] = value
  // A locale that is none cannot be chosen on a page; who sends one gets the reader's own again.
  if (!isLocale(fields['main-locale'] ?? '')) delete fields['main-locale']
  const asked = Number(fields['rows'] ?? 1)
  const rows = Number.isSafeInteger(asked) ? Math.min(Math.max(asked, 1), most.variants) : 1
  return { fields, rows, control: readControl(body) }
}

export function formOfOffer(offer: Offer): OfferForm {
  const fields: Record<string, string> = {
    'main-locale': offer.mainLocale,
    subheading: offer.subheading ?? '',
    origin: offer.origin ?? '',
    materials: offer.materials ?? '',
    brand: offer.brand ?? '',
    currency: offer.currency,
    version: String(offer.version),
  }
  for (const { locale, title, description } of offer.texts)
    Object.assign(fields, { [`title-${locale}`]: title, [`description-${locale}`]: description })
  for (const [key, value] of Object.entries(offer.measures)) fields[`measure-${key}`] = value
  for (const [key, value] of Object.entries(offer.facts))
    fields[`fact-${key}`] = value === true ? 'yes' : String(value)
  for (const proof of offer.proofs) fields[`proof-${proof}`] = 'yes'
  const variants = activeVariants(offer)
  for (const [index, each] of variants.entries()) {
    const n = index + 1
    fields[`variant-${n}`] = each.variantId
    fields[`sku-${n}`] = each.sku ?? ''
    fields[`options-${n}`] = writeOptions(each.options)
    fields[`price-${n}`] = formatMinor(each.priceMinor, offer.currency)
    fields[`stock-${n}`] = String(each.onHand)
    fields[`picture-${n}`] = pictureOf(offer, each)?.digest ?? ''
    for (const [name, key] of Object.entries(numbers))
      if (key !== 'stock') fields[`${name}-${n}`] = each[key] === null ? '' : String(each[key])
  }
  return { fields, rows: Math.max(variants.length, 1), control: controlOf(offer) }
}

const nothingAsked: ControlInput = { text: '', answers: [], code: '' }

/** Goods without a code go on at the question where they were left. */
function controlOf({ subheading, classified }: Offer): ControlInput {
  if (subheading !== null || !classified || 'stated' in classified) return nothingAsked
  const { text, answers, asked = Object.keys(answers) } = classified
  return {
    text,
    answers: asked.map((question) => ({ question, answer: answers[question] ?? '' })),
    code: '',
  }
}

export const emptyForm = (fields: Fields): OfferForm => ({ fields, rows: 1, control: nothingAsked })

/** The draft that a form means. `confidence` is that of the code chosen in the classify control. */
export function draftOf(
  { fields, rows, control }: OfferForm,
  locales: readonly string[],
  confidence: number | undefined,
): OfferDraft {
  const field = (name: string): string => (fields[name] ?? '').trim()
  const mainLocale = field('main-locale') || (locales[0] ?? 'en')
  const chosen = control.code
  const subheading = chosen || field('subheading') || null
  const isFound = chosen !== ''
  return {
    mainLocale,
    texts: [...new Set([mainLocale, ...locales])]
      .map((locale) => ({
        locale,
        title: field(`title-${locale}`),
        description: field(`description-${locale}`),
      }))
      .filter((text) => text.locale === mainLocale || `title-${text.locale}` in fields),
    subheading,
    ...(isFound || (subheading === null && control.text !== '')
      ? { classified: talkOf(control, isFound ? (confidence ?? 0) : 0) }
      : {}),
    origin: field('origin') || null,
    materials: field('materials') || null,
    brand: field('brand') || null,
    measures: startingWith(fields, 'measure-'),
    facts: yesOrText(startingWith(fields, 'fact-')),
    proofs: Object.keys(startingWith(fields, 'proof-')),
    currency: field('currency'),
    variants: variantRows(fields, rows).map((n) => variantOf(fields, n)),
  }
}

const talkOf = ({ text, answers }: ControlInput, confidence: number): Talk => ({
  text,
  answers: Object.fromEntries(answers.map(({ question, answer }) => [question, answer])),
  asked: answers.map(({ question }) => question),
  confidence,
})

/** Rows in which something was typed; the first counts always. */
export const variantRows = (fields: Fields, rows: number): number[] =>
  Array.from({ length: rows }, (_, index) => index + 1).filter(
    (n) =>
      n === 1 ||
      ['sku', 'options', 'price', ...Object.keys(numbers)].some(
        (name) => (fields[`${name}-${n}`] ?? '').trim() !== '',
      ),
  )

function variantOf(fields: Fields, n: number): VariantDraft {
  const field = (name: string): string => (fields[`${name}-${n}`] ?? '').trim()
  const given = Object.entries(numbers).map(([name, key]) => {
    const value = wholeOf(field(name))
    return [key, key === 'stock' ? (value ?? 0) : value]
  })
  return {
    variantId: field('variant') || undefined,
    sku: field('sku') || null,
    options: readOptions(field('options')),
    price: field('price').replaceAll(/\s/g, ''),
    ...(`picture-${n}` in fields ? { picture: field('picture') || null } : {}),
    ...(Object.fromEntries(given) as Record<string, number>),
  }
}

/** Not a whole number becomes NaN, which the check names. */
const wholeOf = (text: string): number | null =>
  text === '' ? null : /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN

/** `Colour: red; Size: M`; a part without a name is a kind. */
export const readOptions = (text: string): VariantOption[] =>
  text
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = '', value = ''] = /^([^:：]*)[:：](.*)$/s.exec(part) ?? ['', 'Kind', part]
      return { name: name.trim(), value: value.trim() }
    })

export const writeOptions = (options: readonly VariantOption[]): string =>
  options.map(({ name, value }) => `${name}: ${value}`).join('; ')

function startingWith(fields: Fields, start: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.startsWith(start) && value.trim() !== '')
      .map(([name, value]) => [name.slice(start.length), value.trim()]),
  )
}

const yesOrText = (facts: Record<string, string>): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, value === 'yes' ? true : value]),
  )

/** The field of the form that a place in the draft came from. */
export function fieldOf({ at }: DraftFault, draft: OfferDraft, form: OfferForm): string {
  const rows = variantRows(form.fields, form.rows)
  const variant = /^variants\[(\d+)\]\.(\w+)$/.exec(at)
  if (variant) {
    const [, index = '0', key = ''] = variant
    const name = Object.entries(numbers).find(([, each]) => each === key)?.[0] ?? key
    return `${name}-${rows[Number(index)] ?? 1}`
  }
  const text = /^texts\[(\d+)\]\.(title|description)$/.exec(at)
  if (text) return `${text[2]}-${draft.texts?.[Number(text[1])]?.locale ?? draft.mainLocale}`
  const measure = /^(measures|facts)\.(.+)$/.exec(at)
  if (measure) return `${measure[1] === 'measures' ? 'measure' : 'fact'}-${measure[2]}`
  if (at === 'variants') return 'price-1'
  return at === 'mainLocale' ? 'main-locale' : at
}
