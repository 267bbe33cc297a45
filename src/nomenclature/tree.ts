// The codes as a tree: 97 chapters, 1,229 headings, 5,613 subheadings, with their names in five languages.
import { wordsOf, type Entry, type PlainLanguage } from './plain.ts'

export type Subheading = {
  readonly code: string
  /** Places among all codes: its own, its heading's, its chapter's. */
  readonly place: number
  readonly heading: number
  readonly chapter: number
  /** Its heading has no other, so whatever is said of the heading is said of it. */
  readonly isOnly: boolean
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
  /** The everyday words of one language. */
  wordsOf(code: string, language: PlainLanguage): readonly string[]
  has(code: string): boolean
  /** Its place in `subheadings`. */
  placeOfSubheading(code: string): number | undefined
  childrenOf(code: string): readonly string[]
}

export function growTree(entries: readonly Entry[]): Tree {
  const byCode = new Map<string, Entry[]>()
  for (const entry of entries) {
    const same = byCode.get(entry.code)
    if (same) same.push(entry)
    else byCode.set(entry.code, [entry])
  }
  const entryOf = (code: string, language: PlainLanguage): Entry | undefined =>
    byCode.get(code)?.find(({ lang }) => lang === language)
  const codes = [...byCode.keys()].sort()
  const placeOf = new Map(codes.map((code, at) => [code, at]))
  const children = new Map<string, string[]>()
  for (const code of codes)
    if (code.length > 2) {
      const parent = code.slice(0, -2)
      const siblings = children.get(parent)
      if (siblings) siblings.push(code)
      else children.set(parent, [code])
    }
  const subheadings = codes
    .filter((code) => code.length === 6)
    .map((code) => ({
      code,
      place: placeOf.get(code) as number,
      heading: placeOf.get(code.slice(0, 4)) as number,
      chapter: placeOf.get(code.slice(0, 2)) as number,
      isOnly: children.get(code.slice(0, 4))?.length === 1,
      trade: entryOf(code, 'en')?.trade ?? 0,
      headingTrade: entryOf(code.slice(0, 4), 'en')?.trade ?? 0,
      width: Math.log1p(countOf(entryOf(code, 'en')?.words ?? '')),
    }))
  const placeOfSubheading = new Map(subheadings.map(({ code }, at) => [code, at]))
  return {
    codes,
    subheadings,
    nameOf: (code, language) => entryOf(code, language)?.name,
    namesOf: (code) => (byCode.get(code) ?? []).flatMap((entry) => [entry.name, ...wordsOf(entry)]),
    wordsOf: (code, language) => {
      const entry = entryOf(code, language)
      return entry ? wordsOf(entry) : []
    },
    has: (code) => placeOf.has(code),
    placeOfSubheading: (code) => placeOfSubheading.get(code),
    childrenOf: (code) => children.get(code) ?? [],
  }
}

/** How many everyday words there are. */
function countOf(words: string): number {
  if (words === '') return 0
  let count = 1
  for (let at = words.indexOf(';'); at >= 0; at = words.indexOf(';', at + 1)) count++
  return count
}
