// The words of the nomenclature as an inverted index: from a word to the phrases that hold it, from a phrase to its code.
// Arrays of numbers, for it is built whenever a hub starts and read on every keystroke of a form.
import type { Brand, Entry, PlainLanguage, Term } from '../plain.ts'
import { fold } from './fold.ts'
import { emptyWeight, emptyWords, faintWeight, faintWords } from './noise.ts'
import { skeletonOf, type Vocabulary } from './spelling.ts'
import { stem } from './stem.ts'
import { joiners, tokenize } from './tokenize.ts'

export type PhraseKind = 'word' | 'name' | 'term' | 'brand'
export const phraseKinds: readonly PhraseKind[] = ['word', 'name', 'term', 'brand']

export type WordIndex = {
  /** All codes of 2, 4 and 6 digits in their order; a phrase names its code by its place here. */
  readonly codes: readonly string[]
  /** The number of a word of a language; undefined where no phrase holds it. */
  termOf(word: string, language: PlainLanguage): number | undefined
  /** How much a word tells: it stands in few headings. */
  readonly idf: Float32Array
  readonly from: Int32Array
  readonly postings: Int32Array
  /** Of each phrase: the place of its code, the sum of its words' weights, its head word and kind. */
  readonly phraseCode: Uint16Array
  readonly phraseWeight: Float32Array
  readonly phraseHead: Int32Array
  readonly phraseKind: Uint8Array
  /** Of a make: what it is known for first, 0, and then. */
  readonly phraseRank: Uint8Array
  /** English words as they are written, for guessing at unknown ones. */
  readonly vocabulary: Vocabulary
}

const languages: readonly PlainLanguage[] = ['en', 'zh', 'ms', 'th', 'fr']

/** Languages that name the thing before what it is like. */
export const headFirst: ReadonlySet<PlainLanguage> = new Set(['ms', 'fr', 'th'])

/** A word as somebody writes it: its number, and how usual goods with it are. */
type Written = { readonly term: number; usual: number }

/** Phrases lie one after the other; what each is, and from where on its words are, at the same place of each list. */
type Building = {
  readonly terms: Map<string, number>
  readonly written: ReadonlyMap<PlainLanguage, Map<string, Written>>
  readonly words: number[]
  readonly from: number[]
  readonly code: number[]
  readonly head: number[]
  readonly kind: number[]
  readonly rank: number[]
}

export function buildIndex(
  entries: readonly Entry[],
  terms: readonly Term[],
  brands: readonly Brand[],
): WordIndex {
  const codes = [...new Set(entries.map(({ code }) => code))].sort()
  const placeOf = new Map(codes.map((code, at) => [code, at]))
  const building: Building = {
    terms: new Map(),
    written: new Map(languages.map((lang) => [lang, new Map()])),
    words: [],
    from: [0],
    code: [],
    head: [],
    kind: [],
    rank: [],
  }
  for (const entry of entries) addEntry(building, entry, placeOf)
  for (const { term, code } of terms) {
    const place = placeOf.get(code)
    if (place !== undefined) addPhrase(building, invertedBack(term), place, 'term', 'en', 1)
  }
  for (const { brand, codes: known } of brands)
    for (const [rank, code] of known.entries()) {
      const place = placeOf.get(code)
      if (place !== undefined) addPhrase(building, brand, place, 'brand', 'en', 0, rank)
    }
  return finish(building, codes)
}

function addEntry(building: Building, entry: Entry, placeOf: ReadonlyMap<string, number>): void {
  const place = placeOf.get(entry.code) as number
  const usual = 1 + entry.trade * entry.trade
  for (const part of entry.name.split(/[,;:()]| or /))
    addPhrase(building, part, place, 'name', entry.lang, usual)
  for (const word of entry.words) addPhrase(building, word, place, 'word', entry.lang, usual)
}

/** `shelving (office), metal` as `metal office shelving`: an index puts the thing first. */
function invertedBack(term: string): string {
  const [thing = '', ...rest] = term.split(/[,()]/).map((part) => part.trim())
  return [...rest.filter((part) => part !== ''), thing].join(' ')
}

function addPhrase(
  building: Building,
  text: string,
  code: number,
  kind: PhraseKind,
  lang: PlainLanguage,
  usual: number,
  rank = 0,
): void {
  const { words, from } = building
  const begun = words.length
  const isHeadFirst = headFirst.has(lang)
  let head = -1
  let isDone = false
  for (const token of tokenize(fold(text), () => true)) {
    if (joiners.has(token.text)) {
      isDone ||= head >= 0
      continue
    }
    const written = writtenOf(building, token.text, lang)
    written.usual += usual
    if (words.indexOf(written.term, begun) < 0) words.push(written.term)
    if (!isDone && !(isHeadFirst && head >= 0)) head = written.term
  }
  if (words.length === begun) return
  from.push(words.length)
  building.code.push(code)
  building.head.push(head)
  building.kind.push(phraseKinds.indexOf(kind))
  building.rank.push(rank)
}

function writtenOf({ terms, written }: Building, word: string, lang: PlainLanguage): Written {
  const known = written.get(lang) as Map<string, Written>
  const same = known.get(word)
  if (same) return same
  const key = keyOf(word, lang)
  let term = terms.get(key)
  if (term === undefined) {
    term = terms.size
    terms.set(key, term)
  }
  const made = { term, usual: 0 }
  known.set(word, made)
  return made
}

/** Words of one spelling in two languages are two words: a French `four` is an oven. */
const keyOf = (word: string, lang: PlainLanguage): string =>
  lang === 'en' ? stem(word, 'en') : `${lang}:${stem(word, lang)}`

function finish(building: Building, codes: readonly string[]): WordIndex {
  const { terms, words, from: begins, written } = building
  const idf = weigh(building, codes)
  const phraseWeight = new Float32Array(building.code.length)
  const from = new Int32Array(terms.size + 1)
  for (const term of words) from[term + 1]!++
  for (let at = 0; at < terms.size; at++) from[at + 1]! += from[at]!
  const postings = new Int32Array(words.length)
  const filled = from.slice()
  for (let phrase = 0; phrase < phraseWeight.length; phrase++)
    for (let at = begins[phrase]!; at < begins[phrase + 1]!; at++) {
      const term = words[at]!
      phraseWeight[phrase]! += idf[term]!
      postings[filled[term]!++] = phrase
    }
  return {
    codes,
    termOf: (word, lang) => terms.get(keyOf(word, lang)),
    idf,
    from,
    postings,
    phraseCode: Uint16Array.from(building.code),
    phraseWeight,
    phraseHead: Int32Array.from(building.head),
    phraseKind: Uint8Array.from(building.kind),
    phraseRank: Uint8Array.from(building.rank),
    vocabulary: vocabularyOf(written.get('en') as Map<string, Written>),
  }
}

/** By headings, not phrases: a word that one heading uses forty times is still telling. */
function weigh(
  { terms, words, from, code, kind }: Building,
  codes: readonly string[],
): Float32Array {
  const headings = codes.map((each) => each.slice(0, 4))
  const numbers = new Map([...new Set(headings)].map((heading, at) => [heading, at]))
  const headingOf = Int32Array.from(headings, (heading) => numbers.get(heading) as number)
  const last = new Int32Array(terms.size).fill(-1)
  const seen = new Float32Array(terms.size)
  // Phrases of a heading stand together, all but those of the index and of makes at the end.
  for (let phrase = 0; phrase < code.length; phrase++)
    for (let at = from[phrase]!; at < from[phrase + 1]!; at++) {
      const term = words[at]!
      const heading = headingOf[code[phrase]!]!
      if (kind[phrase]! < 2 && last[term] !== heading) {
        seen[term]!++
        last[term] = heading
      } else if (seen[term] === 0) seen[term] = 1
    }
  const idf = new Float32Array(terms.size)
  for (const [key, id] of terms) {
    const share =
      key.includes(':') || !emptyWords.has(key)
        ? faintWords.has(key)
          ? faintWeight
          : 1
        : emptyWeight
    idf[id] = share * Math.log((numbers.size + 1) / (seen[id]! + 0.5))
  }
  return idf
}

/** Words of makes alone are no words to guess at. */
function vocabularyOf(written: ReadonlyMap<string, Written>): Vocabulary {
  const isWord = (word: string): boolean => (written.get(word)?.usual ?? 0) > 0
  const sorted = [...written.keys()].filter((word) => word.length > 2 && isWord(word)).sort()
  const skeletons = new Map<string, string[]>()
  for (const word of sorted) {
    const skeleton = skeletonOf(word)
    const alike = skeletons.get(skeleton)
    if (alike) alike.push(word)
    else skeletons.set(skeleton, [word])
  }
  return {
    has: isWord,
    sorted,
    skeletons,
    usual: (word) => written.get(word)?.usual || 1,
  }
}
