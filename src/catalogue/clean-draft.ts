// A draft as it may be kept: every text in it cleaned of what cannot be seen, codes as bare digits. Pure.
import { cleanLine, cleanText, isReadable } from '../basis/clean-text.ts'
import { parseTariffCode } from '../basis/hs.ts'
import type { OfferDraft } from './offer.ts'

export function cleanDraft(draft: OfferDraft): OfferDraft {
  const line = (text: string | null | undefined): string | null | undefined =>
    typeof text === 'string' ? cleanLine(text) || null : text
  return {
    ...draft,
    texts: draft.texts?.map(({ locale, title, description }) => ({
      locale,
      title: titleOf(title),
      ...(description === undefined ? {} : { description: cleanText(description) }),
    })),
    subheading: digitsOf(line(draft.subheading)),
    classified: draft.classified && cleanValue(draft.classified),
    origin: line(draft.origin),
    materials: line(draft.materials),
    brand: line(draft.brand),
    measures: draft.measures && cleanValue(draft.measures),
    facts: draft.facts && cleanValue(draft.facts),
    proofs: draft.proofs?.map(cleanLine),
    nationalCodes: draft.nationalCodes && cleanValue(draft.nationalCodes),
    variants: draft.variants?.map((variant) => ({
      ...variant,
      sku: line(variant.sku),
      options: variant.options?.map(({ name, value }) => ({
        name: cleanLine(name),
        value: cleanLine(value),
      })),
      price: variant.price.trim(),
    })),
    pictures: draft.pictures?.map(({ digest, alt }) => ({
      digest,
      ...(alt ? { alt: cleanValue(alt) } : {}),
    })),
  }
}

/** A title that nobody can read is none. */
function titleOf(text: string): string {
  const title = cleanLine(text)
  return isReadable(title) ? title : ''
}

/** `6214.10` is how people write it. What is no code stays, for the check to name it. */
const digitsOf = (text: string | null | undefined): string | null | undefined =>
  typeof text === 'string' ? (parseTariffCode(text) ?? text) : text

/** Every text inside a value of JSON, cleaned. */
function cleanValue<T>(value: T): T {
  if (typeof value === 'string') return cleanLine(value) as T
  if (Array.isArray(value)) return value.map(cleanValue) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [cleanLine(key), cleanValue(each)]),
  ) as T
}
