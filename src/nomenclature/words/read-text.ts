// What a seller's text says, in the words of the index: each with its weight, and which of them names the thing.
import type { PlainLanguage } from '../plain.ts'
import type { WordIndex } from './build-index.ts'
import { fold } from './fold.ts'
import { emptyWords, faintWords, signsOf, type Sign } from './noise.ts'
import { guessWord } from './spelling.ts'
import { stem } from './stem.ts'
import { joiners, tokenize, type Token } from './tokenize.ts'

export type ReadWord = {
  /** The number of the word in the index. */
  readonly term: number
  readonly weight: number
  /** Its place in the text; several readings of one word share it. */
  readonly at: number
  readonly language: PlainLanguage
}

export type ReadText = {
  readonly words: readonly ReadWord[]
  /** The place of the word that most likely names the thing; -1 where none does. */
  readonly head: number
  readonly signs: readonly Sign[]
  /** Words that name something, understood or not; and those that were not. */
  readonly telling: number
  readonly unknown: number
  /** The words themselves, for attributes. */
  readonly tokens: readonly Token[]
  /** Mostly English, whose words stand at every level; of other languages only headings have words. */
  readonly isEnglish: boolean
}

/** A few words, all of them known: the last one then is the thing. */
export const isClean = ({ unknown, telling }: ReadText): boolean => unknown === 0 && telling <= 4

/** Longer texts add noise only, and a turn has to be short. */
/** What comes later in a text is not read. */
export const mostText = 2000
const mostTokens = 60
/** Labels of about this length end where the field ended. */
const cutLength = 27
const afterJoiner = 0.5

export function readText(text: string, index: WordIndex, hint?: PlainLanguage): ReadText {
  const folded = fold(text.slice(0, mostText))
  const isModelWord = (word: string): boolean => /[a-z]/.test(word) && index.vocabulary.has(word)
  const tokens = tokenize(folded, isModelWord).slice(0, mostTokens)
  const languages = languagesOf(tokens, index, hint)
  const words: ReadWord[] = []
  const last = tokens.at(-1)
  const isCut = folded.length >= cutLength && folded.length <= 32
  let [head, firstNamed, isPast, telling, unknown] = [-1, -1, false, 0, 0]
  for (const token of tokens) {
    if (joiners.has(token.text)) {
      isPast ||= head >= 0
      continue
    }
    const stemmed = stem(token.text, 'en')
    const isNoise = emptyWords.has(stemmed) || faintWords.has(stemmed)
    const readings = readingsOf(token, index, languages, isCut && token === last)
    if (!isNoise) telling++
    if (readings.length === 0) {
      if (!isNoise) unknown++
      continue
    }
    for (const reading of readings)
      words.push({ ...reading, weight: reading.weight * (isPast ? afterJoiner : 1) })
    if (!isNoise && !isPast && readings.some(({ term }) => index.isThing[term] === 1)) {
      head = token.at
      if (firstNamed < 0) firstNamed = token.at
    }
  }
  addJoined(tokens, index, words)
  const isHeadFirst = languages.get('en')! < 1 || tokens[0]?.script === 'thai'
  return {
    words,
    head: isHeadFirst ? firstNamed : head,
    signs: signsOf(folded),
    telling,
    unknown,
    tokens,
    isEnglish: languages.get('en') === 1 && tokens.every(({ script }) => script === 'latin'),
  }
}

/**
 * How far each language of Latin letters is believed. English is everywhere in trade; another one has to explain more of
 * the words, or to be the reader's own.
 */
function languagesOf(
  tokens: readonly Token[],
  index: WordIndex,
  hint: PlainLanguage | undefined,
): ReadonlyMap<PlainLanguage, number> {
  const latin = tokens.filter(
    ({ script, text }) => script === 'latin' && text.length > 2 && !joiners.has(text),
  )
  const share = (language: PlainLanguage): number =>
    latin.filter(({ text }) => index.termOf(text, language) !== undefined).length /
    Math.max(1, latin.length)
  const english = share('en')
  const believed = (language: PlainLanguage): number => {
    const own = share(language)
    const isBetter = own > english + 0.01
    if (hint === language) return own >= english ? 1 : 0.6
    return isBetter ? 1 : own === english ? 0.35 : 0.15
  }
  const [malay, french] = [believed('ms'), believed('fr')]
  return new Map([
    ['en', Math.max(malay, french) === 1 ? 0.7 : 1],
    ['ms', malay],
    ['fr', french],
    ['zh', 1],
    ['th', 1],
  ])
}

function readingsOf(
  token: Token,
  index: WordIndex,
  languages: ReadonlyMap<PlainLanguage, number>,
  isCut: boolean,
): ReadWord[] {
  const { text, at } = token
  const inLanguage = (language: PlainLanguage, word: string, trust = 1): ReadWord[] => {
    const term = index.termOf(word, language)
    if (term === undefined) return []
    return [{ term, weight: trust * languages.get(language)!, at, language }]
  }
  if (token.script === 'han') return inLanguage('zh', text)
  if (token.script === 'thai') return inLanguage('th', text)
  const known = (['en', 'ms', 'fr'] as const).flatMap((language) => inLanguage(language, text))
  if (known.length > 0 || emptyWords.has(text)) return known
  return guessWord(text, index.vocabulary, isCut).flatMap(({ word, trust }) =>
    inLanguage('en', word, trust),
  )
}

/** `tooth brush` also as `toothbrush`. */
function addJoined(tokens: readonly Token[], index: WordIndex, words: ReadWord[]): void {
  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1]
    if (token.script !== 'latin' || next?.script !== 'latin') continue
    const joined = token.text + next.text
    const term = joined.length > 4 ? index.termOf(joined, 'en') : undefined
    if (term !== undefined) words.push({ term, weight: 1, at: next.at, language: 'en' })
  }
}
