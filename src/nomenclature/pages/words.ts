import type nomenclature from '../../../messages/en/nomenclature.json'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    nomenclature: keyof typeof nomenclature
  }
}

/** The language of words that nobody has written in the reader's. */
export const langOf = (lang: string, locale: string): string | undefined =>
  locale.startsWith(lang) ? undefined : lang
