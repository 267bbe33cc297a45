// The codes as a tree: 97 chapters, 1,229 headings, 5,613 subheadings, with their names in five languages.
import type { Entry, PlainLanguage } from './plain.ts'

export type Subheading = {
  readonly code: string
  /** Places among all codes: its own, its heading's, its chapter's. */
  readonly place: number
  readonly heading: number
  readonly chapter: number
  readonly trade: number
  readonly headingTrade: number
  /** The logarithm of how many everyday words it has: a wide kind of goods has many. */
  readonly width: number
}

export type Tree = {
  /** All codes of 2, 4 and 6 digits in their order. */
  readonly codes: readonly string[]
  readonly subheadings: readonly Subheading[]
  /** By code and language, as far as somebody has written it. */
  nameOf(code: string, language: PlainLanguage): string | undefined
  /** Name and everyday words in every language: what search knows of an offer besides its own text. */
  namesOf(code: string): readonly string[]
  has(code: string): boolean
  /** Its place in `subheadings`. */
  placeOfSubheading(code: string): number | undefined
  childrenOf(code: string): readonly string[]
}

export function growTree(entries: readonly Entry[]): Tree {
  const names = new Map(entries.map(({ code, lang, name }) => [`${code} ${lang}`, name]))
  const words = new Map<string, string[]>()
  for (const { code, name, words: own } of entries)
    words.set(code, [...(words.get(code) ?? []), name, ...own])
  const trade = new Map(
    entries.filter(({ lang }) => lang === 'en').map((entry) => [entry.code, entry.trade]),
  )
  const width = new Map(
    entries.filter(({ lang }) => lang === 'en').map(({ code, words }) => [code, words.length]),
  )
  const codes = [...new Set(entries.map(({ code }) => code))].sort()
  const placeOf = new Map(codes.map((code, at) => [code, at]))
  const subheadings = codes
    .filter((code) => code.length === 6)
    .map((code) => ({
      code,
      place: placeOf.get(code) as number,
      heading: placeOf.get(code.slice(0, 4)) as number,
      chapter: placeOf.get(code.slice(0, 2)) as number,
      trade: trade.get(code) ?? 0,
      headingTrade: trade.get(code.slice(0, 4)) ?? 0,
      width: Math.log1p(width.get(code) ?? 0),
    }))
  const placeOfSubheading = new Map(subheadings.map(({ code }, at) => [code, at]))
  const children = new Map<string, string[]>()
  for (const code of codes)
    if (code.length > 2) {
      const parent = code.slice(0, -2)
      const siblings = children.get(parent)
      if (siblings) siblings.push(code)
      else children.set(parent, [code])
    }
  return {
    codes,
    subheadings,
    nameOf: (code, language) => names.get(`${code} ${language}`),
    namesOf: (code) => words.get(code) ?? [],
    has: (code) => placeOf.has(code),
    placeOfSubheading: (code) => placeOfSubheading.get(code),
    childrenOf: (code) => children.get(code) ?? [],
  }
}
