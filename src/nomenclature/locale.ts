import type { PlainLanguage } from './plain.ts'

/** A BCP 47 tag such as `zh-Hans`. */
export type Locale = string

/** The language of the nomenclature that a reader's locale asks for; English where it has none. */
export function languageOf(locale: Locale | undefined): PlainLanguage {
  const language = (locale ?? 'en').toLowerCase().split('-')[0]
  return language === 'zh' || language === 'ms' || language === 'th' || language === 'fr'
    ? language
    : 'en'
}
