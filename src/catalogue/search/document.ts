// What PostgreSQL keeps of an offer to find it by: the words of every language it is written in, and what a filter asks
// for. The plain names of its heading, in all languages, stand once per code (name_words) and not once per offer.
import { lexemesOf } from './words.ts'

export interface Described {
  /** In every language it is written in. */
  titles: readonly string[]
  /** Brand, materials, what its variants are called. */
  traits: readonly string[]
  descriptions: readonly string[]
  seller: string
}

export interface Marks {
  subheading: string | null
  origin: string | null
  business: string
  /** Countries that a priced and lawful way leads to. */
  reaches: readonly string[]
}

/** PostgreSQL keeps no more positions of a lexeme than are told apart here. */
type Weight = 'A' | 'B' | 'C' | 'D'

/** Beyond this a description only repeats itself, and a row should stay small. */
const mostLexemes = 250

/** The text form of a `tsvector`, and the words it holds. */
export function documentOf(
  described: Described,
  marks: Marks,
): { document: string; words: string[] } {
  const weights = new Map<string, Weight>()
  const add = (texts: readonly string[], weight: Weight): void => {
    for (const text of texts)
      for (const lexeme of lexemesOf(text)) {
        if (weights.size >= mostLexemes) return
        if (!weights.has(lexeme)) weights.set(lexeme, weight)
      }
  }
  add(described.titles, 'A')
  add(described.traits, 'B')
  add([described.seller], 'C')
  add(described.descriptions, 'C')
  const words = [...weights.keys()]
  const lexemes = [...weights].map(([word, weight], at) => `${quoted(word)}:${at + 1}${weight}`)
  const codes =
    marks.subheading === null
      ? []
      : [mark.code(marks.subheading.slice(0, 4)), mark.code(marks.subheading)]
  // Found by the plain name of its code counts as little as a word of weight D.
  const coded = codes.map((code, at) => `${quoted(code)}:${words.length + at + 1}D`)
  return { document: [...lexemes, ...coded, ...marksOf(marks).map(quoted)].join(' '), words }
}

/** What a filter asks for is a lexeme as well: an index answers words and filters in one go. */
export const mark = {
  origin: (country: string) => `~o${country}`,
  chapter: (digits: string) => `~c${digits.slice(0, 2)}`,
  /** Four digits or six. */
  code: (digits: string) => `~h${digits}`,
  business: (id: string) => `~s${id}`,
  reaches: (country: string) => `~d${country}`,
} as const

function marksOf({ subheading, origin, business, reaches }: Marks): string[] {
  return [
    ...(subheading === null ? [] : [mark.chapter(subheading)]),
    ...(origin === null ? [] : [mark.origin(origin)]),
    mark.business(business),
    ...reaches.map(mark.reaches),
  ]
}

/** A lexeme as both `tsvector` and `tsquery` read it. */
export const quoted = (lexeme: string): string =>
  `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
