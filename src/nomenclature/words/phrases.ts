// Phrases as they are read, one after the other: their words as numbers, the code each is of, and the word that names its
// thing. Words are interned as they are written and stemmed once each.
import type { PlainLanguage } from '../plain.ts'
import { fold } from './fold.ts'
import { createInterner, type Interner } from './intern.ts'
import { stem } from './stem.ts'
import { joiners, tokenize } from './tokenize.ts'

export type PhraseKind = 'word' | 'name' | 'term' | 'brand' | 'cue'
export const phraseKinds: readonly PhraseKind[] = ['word', 'name', 'term', 'brand', 'cue']

/** Languages that name the thing before what it is like. */
export const headFirst: ReadonlySet<PlainLanguage> = new Set(['ms', 'fr', 'th'])

/** The words of a language as they are written: the number of the stem, and how usual goods with it are. */
export type Written = {
  readonly lang: PlainLanguage
  readonly interner: Interner
  /** -1 for a joiner. */
  readonly term: number[]
  readonly usual: number[]
}

/** What each phrase is, and from where on its words are, at the same place of each list. */
export type Phrases = {
  readonly terms: Map<string, number>
  readonly written: Readonly<Record<PlainLanguage, Written>>
  readonly words: number[]
  readonly from: number[]
  readonly code: number[]
  readonly head: number[]
  readonly kind: number[]
  readonly rank: number[]
}

export function noPhrases(): Phrases {
  const none = (lang: PlainLanguage): Written => ({
    lang,
    interner: createInterner(),
    term: [],
    usual: [],
  })
  return {
    terms: new Map(),
    written: { en: none('en'), zh: none('zh'), ms: none('ms'), th: none('th'), fr: none('fr') },
    words: [],
    from: [0],
    code: [],
    head: [],
    kind: [],
    rank: [],
  }
}

/** Several in one text, `; ` between them. */
export function addPhrases(
  phrases: Phrases,
  texts: string,
  code: number,
  kind: PhraseKind,
  lang: PlainLanguage,
  usual: number,
): void {
  for (let from = 0; from < texts.length;) {
    const found = texts.indexOf(';', from)
    const to = found < 0 ? texts.length : found
    add(phrases, texts, from, to, code, kind, lang, usual, 0)
    from = to + 2
  }
}

export function addPhrase(
  phrases: Phrases,
  text: string,
  code: number,
  kind: PhraseKind,
  lang: PlainLanguage,
  usual: number,
  rank = 0,
): void {
  add(phrases, text, 0, text.length, code, kind, lang, usual, rank)
}

function add(
  phrases: Phrases,
  text: string,
  from: number,
  to: number,
  code: number,
  kind: PhraseKind,
  lang: PlainLanguage,
  usual: number,
  rank: number,
): void {
  const head = isBare(text, from, to)
    ? addBare(phrases, text, from, to, lang, usual)
    : addTokens(phrases, text.slice(from, to), lang, usual)
  close(phrases, head, code, kind, rank)
}

/** A phrase that a dictionary has cut into words; what is not Thai in it is cut as usual. */
export function addCut(
  phrases: Phrases,
  cut: readonly string[],
  code: number,
  kind: PhraseKind,
  lang: PlainLanguage,
  usual: number,
): void {
  const words = cut.flatMap((each) => (isThai.test(each) ? [each] : wordsIn(each)))
  close(phrases, addWords(phrases, words, lang, usual), code, kind, 0)
}

const isThai = /^\p{Script=Thai}/u

function close(phrases: Phrases, head: number, code: number, kind: PhraseKind, rank: number): void {
  if (phrases.words.length === phrases.from.at(-1)) return
  phrases.from.push(phrases.words.length)
  phrases.code.push(code)
  phrases.head.push(head)
  phrases.kind.push(phraseKinds.indexOf(kind))
  phrases.rank.push(rank)
}

const [a, z, blank] = [97, 122, 32]

/** Nothing but small letters and blanks: most phrases, and nothing to fold. */
function isBare(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const letter = text.charCodeAt(at)
    if ((letter < a || letter > z) && letter !== blank) return false
  }
  return true
}

/** Both give the word that names the thing: the last before a joiner, or the first where the language begins with it. */
function addBare(
  phrases: Phrases,
  text: string,
  begin: number,
  end: number,
  lang: PlainLanguage,
  usual: number,
): number {
  const written = phrases.written[lang]
  const begun = phrases.words.length
  let head = -1
  let isDone = false
  for (let from = begin; from < end;) {
    if (text.charCodeAt(from) === blank) {
      from++
      continue
    }
    let to = from + 1
    while (to < end && text.charCodeAt(to) !== blank) to++
    const term = addWord(phrases, written, text, from, to, usual, begun)
    from = to
    if (term < 0) isDone ||= head >= 0
    else if (!isDone) {
      head = term
      isDone = headFirst.has(lang)
    }
  }
  return head
}

const addTokens = (phrases: Phrases, text: string, lang: PlainLanguage, usual: number): number =>
  addWords(phrases, wordsIn(fold(text)), lang, usual)

const wordsIn = (folded: string): string[] => tokenize(folded, () => true).map(({ text }) => text)

function addWords(
  phrases: Phrases,
  words: readonly string[],
  lang: PlainLanguage,
  usual: number,
): number {
  const written = phrases.written[lang]
  const begun = phrases.words.length
  let head = -1
  let isDone = false
  for (const word of words) {
    const term = addWord(phrases, written, word, 0, word.length, usual, begun)
    if (term < 0) isDone ||= head >= 0
    else if (!isDone) {
      head = term
      isDone = headFirst.has(lang)
    }
  }
  return head
}

/** The number of its stem; -1 for a joiner, which is no word of the phrase. */
function addWord(
  { terms, words }: Phrases,
  { lang, interner, term, usual }: Written,
  text: string,
  from: number,
  to: number,
  weight: number,
  begun: number,
): number {
  const id = interner.idOf(text, from, to)
  if (id === term.length) {
    const word = interner.words[id]!
    term.push(joiners.has(word) ? -1 : termOf(terms, keyOf(word, lang)))
    usual.push(0)
  }
  const own = term[id]!
  if (own < 0) return own
  usual[id]! += weight
  if (words.indexOf(own, begun) < 0) words.push(own)
  return own
}

function termOf(terms: Map<string, number>, key: string): number {
  const known = terms.get(key)
  if (known !== undefined) return known
  terms.set(key, terms.size)
  return terms.size - 1
}

/** Words of one spelling in two languages are two words: a French `four` is an oven. */
export const keyOf = (word: string, lang: PlainLanguage): string =>
  lang === 'en' ? stem(word, 'en') : `${lang}:${stem(word, lang)}`
