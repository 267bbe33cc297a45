// The words of the nomenclature as an inverted index: from a word to the phrases that hold it, from a phrase to its code.
// Arrays of numbers, for it is built whenever a hub starts and read on every keystroke of a form.
import {
  wordsOf,
  type Brand,
  type Cue,
  type Entry,
  type PlainLanguage,
  type Term,
} from '../plain.ts'
import { fold } from './fold.ts'
import { emptyWeight, emptyWords, faintWeight, faintWords } from './noise.ts'
import {
  addCut,
  addPhrase,
  addPhrases,
  keyOf,
  noPhrases,
  phraseKinds,
  type Phrases,
  type Written,
} from './phrases.ts'
import { skeletonOf, type Vocabulary } from './spelling.ts'
import { cutThai } from './tokenize.ts'

const makeKind = phraseKinds.indexOf('brand')

export type WordIndex = {
  /** All codes of 2, 4 and 6 digits in their order; a phrase names its code by its place here. */
  readonly codes: readonly string[]
  /** The number of a word of a language; undefined where no phrase holds it. */
  termOf(word: string, language: PlainLanguage): number | undefined
  /** Whether a word stands in a name of goods, not in names of makes or in what is said of goods alone. */
  readonly isThing: Uint8Array
  /** Whether the word alone is a make. */
  readonly isMake: Uint8Array
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

export function buildIndex(
  entries: readonly Entry[],
  terms: readonly Term[],
  brands: readonly Brand[],
  cues: readonly Cue[],
): WordIndex {
  const codes = [...new Set(entries.map(({ code }) => code))].sort()
  const placeOf = new Map(codes.map((code, at) => [code, at]))
  const phrases = noPhrases()
  for (const entry of entries) if (entry.lang !== 'th') addEntry(phrases, entry, placeOf)
  addThaiEntries(phrases, entries, placeOf)
  for (const { term, code } of terms) {
    const place = placeOf.get(code)
    if (place !== undefined) addPhrase(phrases, invertedBack(term), place, 'term', 'en', 1)
  }
  for (const { brand, codes: known } of brands)
    for (const [rank, code] of known.entries()) {
      const place = placeOf.get(code)
      if (place !== undefined) addPhrase(phrases, brand, place, 'brand', 'en', 0.2, rank)
    }
  for (const { codes: said, words } of cues)
    for (const code of said) {
      const place = placeOf.get(code)
      if (place !== undefined)
        for (const word of words) addPhrase(phrases, word, place, 'cue', 'en', 0.3, said.length - 1)
    }
  return finish(phrases, codes)
}

function addEntry(phrases: Phrases, entry: Entry, placeOf: ReadonlyMap<string, number>): void {
  const place = placeOf.get(entry.code) as number
  const usual = 1 + entry.trade * entry.trade
  for (const part of partsOf(entry.name)) addPhrase(phrases, part, place, 'name', entry.lang, usual)
  addPhrases(phrases, entry.words, place, 'word', entry.lang, usual)
}

/** What stands in brackets says what it is for, or in which shapes; it is no name of it. */
const partsOf = (name: string): string[] => name.replace(/\(.*?\)/g, '').split(/[,;:]| or /)

function addThaiEntries(
  phrases: Phrases,
  entries: readonly Entry[],
  placeOf: ReadonlyMap<string, number>,
): void {
  const listed = entries
    .filter(({ lang }) => lang === 'th')
    .flatMap((entry) => [
      ...partsOf(entry.name).map((text) => ({ text, entry, kind: 'name' as const })),
      ...wordsOf(entry).map((text) => ({ text, entry, kind: 'word' as const })),
    ])
  for (const [at, cut] of cutThai(listed.map(({ text }) => fold(text))).entries()) {
    const { entry, kind } = listed[at]!
    const usual = 1 + entry.trade * entry.trade
    addCut(phrases, cut, placeOf.get(entry.code) as number, kind, 'th', usual)
  }
}

/** `shelving (office), metal` as `metal office shelving`: an index puts the thing first. */
function invertedBack(term: string): string {
  const [thing = '', ...rest] = term.split(/[,()]/).map((part) => part.trim())
  return [...rest.filter((part) => part !== ''), thing].join(' ')
}

function finish(phrases: Phrases, codes: readonly string[]): WordIndex {
  const { terms, words, from: begins, written } = phrases
  const idf = weigh(phrases, codes)
  const phraseWeight = new Float32Array(phrases.code.length)
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
  const isThing = new Uint8Array(terms.size)
  for (let phrase = 0; phrase < phraseWeight.length; phrase++)
    if (phrases.kind[phrase]! < makeKind)
      for (let at = begins[phrase]!; at < begins[phrase + 1]!; at++) isThing[words[at]!] = 1
  const isMake = new Uint8Array(terms.size)
  for (let phrase = 0; phrase < phraseWeight.length; phrase++)
    if (phrases.kind[phrase] === makeKind && begins[phrase + 1] === begins[phrase]! + 1)
      isMake[words[begins[phrase]!]!] = 1
  return {
    codes,
    isThing,
    isMake,
    termOf: (word, lang) => terms.get(keyOf(word, lang)),
    idf,
    from,
    postings,
    phraseCode: Uint16Array.from(phrases.code),
    phraseWeight,
    phraseHead: Int32Array.from(phrases.head),
    phraseKind: Uint8Array.from(phrases.kind),
    phraseRank: Uint8Array.from(phrases.rank),
    vocabulary: vocabularyOf(written.en),
  }
}

/** By headings, not phrases: a word that one heading uses forty times is still telling. */
function weigh(
  { terms, words, from, code, kind }: Phrases,
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

/** Every word somebody wrote, makes and cues included; those are the less usual. Sorted when first guessed from. */
function vocabularyOf({ interner, term, usual }: Written): Vocabulary {
  const sorted = once(() =>
    interner.words.filter((word, id) => word.length > 2 && term[id]! >= 0 && usual[id]! > 0).sort(),
  )
  const skeletons = once(() => Map.groupBy(sorted(), skeletonOf))
  return {
    has: (word) => (usual[interner.find(word)] ?? 0) > 0,
    sorted,
    skeletons,
    usual: (word) => usual[interner.find(word)] || 1,
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
