// From what somebody typed to a `tsquery`. Each word may be met by itself, by a word like it (a typo), or by the plain
// name of the goods' code in whatever language it was asked.
import { mark, quoted } from './document.ts'
import type { Word } from './words.ts'

export interface Filters {
  origin?: string | undefined
  /** Two or four digits. */
  category?: string | undefined
  business?: string | undefined
  destination?: string | undefined
}

/** A word with all that may stand for it. */
export interface WantedWord {
  word: Word
  /** Whether goods hold it just so. */
  isKnown: boolean
  /** Words that goods do hold, one letter or two away. */
  meant: readonly string[]
  /** Headings and subheadings that it names, and how surely: 100 where nothing else is called so. */
  codes: readonly NamedCode[]
}

export interface NamedCode {
  code: string
  share: number
}

/** Goods that hold all of the words, or some. Undefined where there are no words or filters to ask for. */
export function queryOf(
  wanted: readonly WantedWord[],
  filters: Filters,
  mode: 'all' | 'some',
): string | undefined {
  const words = wanted.map(alternatives).filter((each) => each !== '')
  const asked = words.length > 0 ? [`(${words.join(mode === 'all' ? ' & ' : ' | ')})`] : []
  const parts = [...asked, ...marksOf(filters).map(quoted)]
  return parts.length > 0 ? parts.join(' & ') : undefined
}

/** What each code adds to the score of goods that have it: the sum over the words that name it. */
export function namedCodes(wanted: readonly WantedWord[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { codes } of wanted)
    for (const { code, share } of codes) sums[code] = (sums[code] ?? 0) + share / wanted.length
  return sums
}

function alternatives({ word, isKnown, meant, codes }: WantedWord): string {
  const itself = isKnown ? [word.forms.map(quoted).join(' & ')] : []
  const others = [...meant, ...codes.map(({ code }) => mark.code(code))].map(quoted)
  const any = [...itself.map((each) => (word.forms.length > 1 ? `(${each})` : each)), ...others]
  return any.length > 1 ? `(${any.join(' | ')})` : (any[0] ?? '')
}

function marksOf({ origin, category, business, destination }: Filters): string[] {
  return [
    ...(origin ? [mark.origin(origin)] : []),
    ...(category ? [category.length > 2 ? mark.code(category) : mark.chapter(category)] : []),
    ...(business ? [mark.business(business)] : []),
    ...(destination ? [mark.reaches(destination)] : []),
  ]
}
