// Words for what the rules name by id. Names of rules stay as their authors wrote them, in English, and are marked so.
import en from '../../../messages/en/tariff.json' with { type: 'json' }
import type { Language, MessageKey, MessageValues } from '../../ui/index.ts'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    tariff: keyof typeof en
  }
}

const known: ReadonlySet<string> = new Set(Object.keys(en))
const digits = ['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** The message for an id of the rules: `eur1` of `proof` is `tariff.proof.eurOne`, since keys hold letters only. */
const keyFor = (group: string, id: string): string =>
  `tariff.${group}.${id
    .replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, letter: string = '') => letter.toUpperCase())
    .replaceAll(/\d/g, (digit) => digits[Number(digit)] as string)}`

/** The word for an id; where nobody has written one, the id itself, spelled out. */
export function wordFor({ t }: Language, group: string, id: string): string {
  const key = keyFor(group, id)
  return known.has(key) ? t(key as MessageKey) : id.replaceAll(/[-_.]/g, ' ')
}

/** The sentence for an id, with its figures and names put in. */
export function sentenceFor(
  { t }: Language,
  group: string,
  id: string,
  values: MessageValues,
): string {
  const key = keyFor(group, id)
  return known.has(key) ? t(key as MessageKey, values) : id.replaceAll('-', ' ')
}

/** Several ids as one list in the reader's language. */
export const wordsFor = (language: Language, group: string, ids: readonly string[]): string =>
  language.list(ids.map((id) => wordFor(language, group, id)))

export const kindWord = (language: Language, kind: string): string =>
  wordFor(language, 'kind', kind)

/** What language a text of the rules is in, where that is not the reader's own. */
export const englishFor = ({ locale }: Language): string | undefined =>
  locale === 'en' ? undefined : 'en'

/** Who published an exchange rate, in words; one that was crossed has two sources. */
export const rateSourceWords = (language: Language, source: string): string =>
  language.list(source.split(' and ').map((each) => wordFor(language, 'rateSource', each)))
