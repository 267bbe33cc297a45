// What may be wrong with an offer by itself, said with its place before anything is looked up. Pure.
import { isCountry } from '../basis/country.ts'
import { isCurrency } from '../basis/currency.ts'
import { parseTariffCode } from '../basis/hs.ts'
import { parseAmount } from '../basis/money.ts'
import { isUuid } from '../basis/uuid.ts'
import { parseBasket } from '../tariff/index.ts'
import { cleanDraft } from './clean-draft.ts'
import type { OfferDraft, VariantDraft, VariantOption } from './offer.ts'
import { isSlug } from './slug.ts'

export const most = {
  title: 200,
  description: 10_000,
  words: 500,
  sku: 64,
  variants: 100,
  options: 5,
  pictures: 20,
  texts: 20,
  /** Of each of measures, facts, proofs and national codes. */
  facts: 50,
  priceMinor: 10n ** 15n,
  massG: 100_000_000,
  sizeMm: 100_000,
  stock: 1_000_000_000,
} as const

export type FaultCode =
  | 'bad-id'
  | 'bad-slug'
  | 'bad-locale'
  | 'title-missing'
  | 'text-too-long'
  | 'text-twice'
  | 'too-many'
  | 'unknown-code'
  | 'bad-origin'
  | 'bad-currency'
  | 'no-variants'
  | 'bad-price'
  | 'bad-mass'
  | 'net-over-gross'
  | 'bad-size'
  | 'bad-stock'
  | 'bad-options'
  | 'sku-twice'
  | 'variant-twice'
  | 'bad-measure'
  | 'bad-fact'
  | 'bad-national-code'
  | 'bad-picture'

/** `at` is the place in the draft: `variants[0].price`. */
export type DraftFault = { readonly at: string; readonly code: FaultCode }

export type DraftRules = {
  /** The currency of an offer that exists, for prices of a draft that does not repeat it. */
  readonly currency?: string | undefined
  /** Whether six digits are a subheading; left out, every well-formed one is taken. */
  readonly knowsCode?: ((code: string) => boolean) | undefined
}

/** The draft with its texts cleaned, and everything that is wrong with it. */
export function checkDraft(
  draft: OfferDraft,
  rules: DraftRules = {},
): { draft: OfferDraft; faults: readonly DraftFault[] } {
  const clean = cleanDraft(draft)
  const faults = [
    ...idFaults(clean),
    ...textFaults(clean),
    ...lawFaults(clean, rules),
    ...variantFaults(clean, clean.currency ?? rules.currency ?? ''),
    ...pictureFaults(clean),
  ]
  return { draft: clean, faults }
}

function idFaults({ offerId, slug, variants = [] }: OfferDraft): DraftFault[] {
  return [
    ...(offerId === undefined || isUuid(offerId) ? [] : [fault('offerId', 'bad-id')]),
    ...(slug === undefined || isSlug(slug) ? [] : [fault('slug', 'bad-slug')]),
    ...variants.flatMap(({ variantId }, index) =>
      variantId === undefined || isUuid(variantId)
        ? []
        : [fault(`variants[${index}].variantId`, 'bad-id')],
    ),
  ]
}

const fault = (at: string, code: FaultCode): DraftFault => ({ at, code })

export const isLocale = (text: string): boolean =>
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(text)

function textFaults({ mainLocale, texts = [], materials, brand }: OfferDraft): DraftFault[] {
  const faults: DraftFault[] = []
  if (mainLocale !== undefined && !isLocale(mainLocale))
    faults.push(fault('mainLocale', 'bad-locale'))
  if (texts.length > most.texts) faults.push(fault('texts', 'too-many'))
  const seen = new Set<string>()
  for (const [index, { locale, title, description = '' }] of texts.entries()) {
    const at = `texts[${index}]`
    if (!isLocale(locale)) faults.push(fault(`${at}.locale`, 'bad-locale'))
    if (seen.has(locale)) faults.push(fault(`${at}.locale`, 'text-twice'))
    seen.add(locale)
    if (title === '' && (description !== '' || locale === mainLocale))
      faults.push(fault(`${at}.title`, 'title-missing'))
    if (title.length > most.title) faults.push(fault(`${at}.title`, 'text-too-long'))
    if (description.length > most.description)
      faults.push(fault(`${at}.description`, 'text-too-long'))
  }
  if ((materials ?? '').length > most.words) faults.push(fault('materials', 'text-too-long'))
  if ((brand ?? '').length > most.words) faults.push(fault('brand', 'text-too-long'))
  return faults
}

function lawFaults(draft: OfferDraft, { knowsCode }: DraftRules): DraftFault[] {
  const { subheading, origin, currency, nationalCodes = {} } = draft
  const faults: DraftFault[] = []
  const counted = {
    measures: draft.measures,
    facts: draft.facts,
    proofs: draft.proofs,
    nationalCodes,
  }
  for (const [at, each] of Object.entries(counted))
    if (Object.keys(each ?? {}).length > most.facts) faults.push(fault(at, 'too-many'))
  if (faults.length > 0) return faults
  if (typeof subheading === 'string' && !isSubheading(subheading, knowsCode))
    faults.push(fault('subheading', 'unknown-code'))
  if (typeof origin === 'string' && !isCountry(origin)) faults.push(fault('origin', 'bad-origin'))
  if (currency !== undefined && !isCurrency(currency))
    faults.push(fault('currency', 'bad-currency'))
  for (const [territory, code] of Object.entries(nationalCodes))
    if (!/^[A-Z]{2,4}$/.test(territory) || !/^[0-9]{8,12}$/.test(code))
      faults.push(fault(`nationalCodes.${territory}`, 'bad-national-code'))
  return [...faults, ...basketFaults(draft)]
}

const isSubheading = (code: string, knowsCode: DraftRules['knowsCode']): boolean =>
  /^[0-9]{6}$/.test(code) && parseTariffCode(code) !== undefined && (knowsCode?.(code) ?? true)

/** Measures, facts and proofs go into the tariff's basket as they are, so the basket's own check reads them. */
function basketFaults({ measures = {}, facts = {}, proofs = [] }: OfferDraft): DraftFault[] {
  if (proofs.length + Object.keys(measures).length + Object.keys(facts).length === 0) return []
  const parsed = parseBasket({
    from: 'MY',
    lines: [
      {
        id: '1',
        code: '0101',
        origin: 'MY',
        unitPrice: { amount: '1', currency: 'MYR' },
        measures,
        facts,
        proofs: [...proofs],
      },
    ],
  })
  if (!('faults' in parsed)) return []
  return parsed.faults.map(({ at }) => {
    const place = at.replace(/^lines\[0\]\./, '')
    return fault(place, place.startsWith('measures') ? 'bad-measure' : 'bad-fact')
  })
}

function variantFaults({ variants }: OfferDraft, currency: string): DraftFault[] {
  if (variants === undefined) return []
  if (variants.length === 0) return [fault('variants', 'no-variants')]
  if (variants.length > most.variants) return [fault('variants', 'too-many')]
  return [
    ...variants.flatMap((variant, index) =>
      variantFaultsOf(variant, `variants[${index}]`, currency),
    ),
    ...twice(variants, ({ sku }) => sku ?? undefined, 'sku', 'sku-twice'),
    ...twice(variants, ({ variantId }) => variantId, 'variantId', 'variant-twice'),
    ...twice(variants, keyOfOptions, 'options', 'variant-twice'),
  ]
}

function variantFaultsOf(variant: VariantDraft, at: string, currency: string): DraftFault[] {
  const { options = [], sku, stock, netMassG, grossMassG } = variant
  const faults: DraftFault[] = []
  const add = (place: string, code: FaultCode): void =>
    void faults.push(fault(`${at}.${place}`, code))
  const price = /^\d{1,15}(\.\d{1,4})?$/.test(variant.price)
    ? parseAmount(variant.price, currency)
    : undefined
  if (isCurrency(currency) && (price === undefined || price > most.priceMinor))
    add('price', 'bad-price')
  if ((sku ?? '').length > most.sku) add('sku', 'text-too-long')
  if (options.length > most.options) add('options', 'too-many')
  if (options.some(({ name, value }) => !isOption(name) || !isOption(value)))
    add('options', 'bad-options')
  if (stock !== undefined && !isWhole(stock, 0, most.stock)) add('stock', 'bad-stock')
  for (const key of ['netMassG', 'grossMassG'] as const)
    if (isGiven(variant[key]) && !isWhole(variant[key], 1, most.massG)) add(key, 'bad-mass')
  for (const key of ['lengthMm', 'widthMm', 'heightMm'] as const)
    if (isGiven(variant[key]) && !isWhole(variant[key], 1, most.sizeMm)) add(key, 'bad-size')
  if (isGiven(netMassG) && isGiven(grossMassG) && netMassG > grossMassG)
    add('grossMassG', 'net-over-gross')
  return faults
}

const isGiven = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined

const isOption = (text: string): boolean => text !== '' && text.length <= 100

const isWhole = (value: number, least: number, highest: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= highest

/** Two variants with the same key; the second is the one to change. */
function twice(
  variants: readonly VariantDraft[],
  keyOf: (variant: VariantDraft) => string | undefined,
  field: string,
  code: FaultCode,
): DraftFault[] {
  const seen = new Set<string>()
  return variants.flatMap((variant, index) => {
    const key = keyOf(variant)
    if (key === undefined) return []
    if (seen.has(key)) return [fault(`variants[${index}].${field}`, code)]
    seen.add(key)
    return []
  })
}

/** Options that are left out stay what they are, where it is known which variant is meant. */
const keyOfOptions = ({ options, variantId, sku }: VariantDraft): string | undefined =>
  options ? optionKey(options) : variantId || sku ? undefined : optionKey([])

/** Tells variants of one offer apart. */
export const optionKey = (options: readonly VariantOption[]): string =>
  JSON.stringify(options.map(({ name, value }) => [name, value]))

function pictureFaults({ pictures = [] }: OfferDraft): DraftFault[] {
  return [
    ...(pictures.length > most.pictures ? [fault('pictures', 'too-many')] : []),
    ...pictures.flatMap(({ digest, alt = {} }, index) =>
      /^[0-9a-f]{64}$/.test(digest) &&
      Object.entries(alt).every(([locale, text]) => isLocale(locale) && text.length <= most.words)
        ? []
        : [fault(`pictures[${index}]`, 'bad-picture')],
    ),
  ]
}
