// The nomenclature as a value: read once, asked often. Nothing in it changes after it was made.
import { classify, type Classification, type Ranker } from './classify.ts'
import { createClassifier } from './create-classifier.ts'
import { languageOf, type Locale } from './locale.ts'
import { nationalTurn, type LinesOf, type NationalTurn } from './national.ts'
import type { PlainFiles, PlainLanguage } from './plain.ts'
import type { Answered } from './questions.ts'
import { readPlainFiles } from './read-plain-files.ts'

export type ClassifyOptions = { locale?: Locale; answers?: readonly Answered[] }

/** `lang` is the language of the name: English where nobody has written the wished one. */
export type Named = { readonly code: string; readonly name: string; readonly lang: PlainLanguage }

export type Nomenclature = {
  /** Pure: the same text and answers give the same turn. Texts beyond 2,000 characters are cut. */
  classify(text: string, options?: ClassifyOptions): Classification
  /** The plain name of 2, 4 or 6 digits; undefined for a code that is not in HS 2022. */
  nameOf(code: string, locale?: Locale): { name: string; locale: PlainLanguage } | undefined
  isSubheading(code: string): boolean
  /** Name and everyday words of a code in every language. */
  namesOf(code: string): readonly string[]
  chapters(locale?: Locale): Named[]
  headingsOf(chapter: string, locale?: Locale): Named[]
  subheadingsOf(heading: string, locale?: Locale): Named[]
  /** A territory's own lines under six digits, or under the digits chosen so far; `none` where nobody gives lines. */
  national(territory: string, subheading: string, chosen?: string): NationalTurn
}

export type NomenclatureSources = {
  /** The shipped words unless given. */
  folder?: string
  files?: PlainFiles
  /** An operator's model, see docs/decisions/0012. */
  ranker?: Ranker
  linesOf?: LinesOf
}

/** Reads `folder` or takes `files` as they are. */
export function createNomenclature(sources: NomenclatureSources = {}): Nomenclature {
  const { folder, files, ranker, linesOf } = sources
  const classifier = createClassifier(files ?? readPlainFiles(folder), { ranker })
  const { tree } = classifier
  const named = (code: string, locale: Locale | undefined): Named => {
    const language = languageOf(locale)
    const own = tree.nameOf(code, language)
    return { code, name: own ?? tree.nameOf(code, 'en') ?? code, lang: own ? language : 'en' }
  }
  const namesUnder = (code: string, locale?: Locale): Named[] =>
    tree.childrenOf(code).map((each) => named(each, locale))
  return {
    classify: (text, { locale, answers } = {}) =>
      classify(classifier, text, {
        ...(locale ? { language: languageOf(locale) } : {}),
        ...(answers ? { answers } : {}),
      }),
    nameOf: (code, locale) => {
      if (!tree.has(code)) return undefined
      const { name, lang } = named(code, locale)
      return { name, locale: lang }
    },
    namesOf: tree.namesOf,
    isSubheading: (code) => code.length === 6 && tree.has(code),
    chapters: (locale) =>
      tree.codes.filter((code) => code.length === 2).map((code) => named(code, locale)),
    headingsOf: namesUnder,
    subheadingsOf: namesUnder,
    national: (territory, subheading, chosen = subheading) =>
      nationalTurn(
        linesOf?.(territory, subheading) ?? [],
        chosen.startsWith(subheading) ? chosen : subheading,
      ),
  }
}
