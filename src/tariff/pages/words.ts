// Words for what the rules name by id. Names of rules stay as their authors wrote them, in English, and are marked so.
import en from '../../../messages/en/tariff.json' with { type: 'json' }
import type { Language, MessageKey } from '../../ui/index.ts'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    tariff: keyof typeof en
  }
}

const known: ReadonlySet<string> = new Set(Object.keys(en))

export type WordGroup =
  | 'paper'
  | 'proof'
  | 'fact'
  | 'unit'
  | 'measure'
  | 'remits'
  | 'scheme'
  | 'taxKind'

/** The word for an id; where nobody has written one, the id itself, spelled out. */
export function wordFor({ t }: Language, group: WordGroup, id: string): string {
  const key = `tariff.${group}.${id}`
  return known.has(key) ? t(key as MessageKey) : id.replaceAll(/[-_.]/g, ' ')
}

/** A kind of measure, a status, a mode: lists that are closed, so every word is there. */
export const kindWord = ({ t }: Language, kind: string): string =>
  t(`tariff.kind.${kind}` as MessageKey)

/** What language a text of the rules is in, where that is not the reader's own. */
export const englishFor = ({ locale }: Language): string | undefined =>
  locale === 'en' ? undefined : 'en'
