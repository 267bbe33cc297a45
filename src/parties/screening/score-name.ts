import { lettersApart } from './distance.ts'
import { skeletonOf, soundOf } from './sound.ts'
import { likeness } from './word-likeness.ts'
import { leastHeld, type AskedWords, type AskedWord, type Candidate } from './find-candidates.ts'
import type { IndexedWord, NameIndex } from './name-index.ts'
import type { NameParts } from './name-words.ts'

/** `missing`: the listed name has it and ours has not; `extra`: the other way round. */
export type How = 'same' | 'spelling' | 'letter' | 'initial' | 'joined' | 'missing' | 'extra'

/** Why a name got its score: which word met which, and how. */
export interface Reason {
  how: How
  asked?: string
  listed?: string
}

interface Pair {
  asked: number
  listed: number
  alike: number
}

/**
 * The share of both names, by weight, that finds its like in the other one, whatever the order;
 * where the whole names differ by one letter at most, that counts if it is more. 0 to 100 in steps
 * of a tenth.
 */
export function scoreName(
  index: NameIndex,
  parts: NameParts,
  words: AskedWords,
  { name, apart, length = 0 }: Candidate,
  line: number,
): number {
  const whole = apart === undefined ? 0 : wholeScore(parts, apart, length)
  if (apart === undefined && mostPossible(index, words, name) < line) return 0
  const listed = index.names[name]
  const { score, held } = matchWords(words, listedWords(index, name), listed?.words ?? [])
  const inside = listed?.tells ? heldScore(held / (index.weights[name] ?? 1)) : 0
  return Math.round(Math.max(whole, score, inside) * 1000) / 10
}

/**
 * No score of matched words can be higher: every word takes its best match, whoever else took it.
 * Cheap, and most candidates end here.
 */
function mostPossible(index: NameIndex, { words, joined }: AskedWords, name: number): number {
  const numbers = index.names[name]?.words ?? []
  const written = index.names[name]?.joined ?? []
  let met = 0
  let total = index.weights[name] ?? 1
  for (const { like, weight, text } of words) {
    let best = 0
    let of = weight
    for (let at = 0; at < written.length; at += 1) if (like.has(written[at] ?? -1)) return 1
    for (let at = 0; at < numbers.length; at += 1) {
      const alike = like.get(numbers[at] ?? -1) ?? 0
      const listed = index.words[numbers[at] ?? -1]
      if (text.length === 1 || listed?.text.length === 1) return 1
      if (alike <= best) continue
      best = alike
      of = listed?.weight ?? weight
    }
    met += 2 * best * of
    total += of
  }
  for (const like of joined)
    for (let at = 0; at < numbers.length; at += 1) if (like.has(numbers[at] ?? -1)) return 1
  const held = met / 2 / (index.weights[name] ?? 1)
  return Math.max(met / total, index.names[name]?.tells ? heldScore(held) : 0)
}

/** A whole telling name inside a longer one, as in the name of a firm after its owner. */
const heldScore = (held: number): number => (held >= leastHeld ? 0.84 * Math.min(1, held) : 0)

/** The words of both names that led to the score. */
export function explainName(
  index: NameIndex,
  parts: NameParts,
  words: AskedWords,
  { name, apart, length = 0 }: Candidate,
): Reason[] {
  const reasons: Reason[] = []
  const numbers = index.names[name]?.words ?? []
  const { score } = matchWords(words, listedWords(index, name), numbers, reasons)
  if (apart !== 1 || wholeScore(parts, apart, length) <= score) return reasons
  return [{ how: 'letter', asked: wordsText(parts), listed: index.names[name]?.text ?? '' }]
}

const listedWords = (index: NameIndex, name: number): IndexedWord[] =>
  Array.from(index.names[name]?.words ?? [], (number) => index.words[number]!)

const wordsText = ({ words }: NameParts): string => words.map((word) => word.native).join(' ')

/** One letter weighs more in a short name, and a Han character carries more than a letter. */
function wholeScore({ native }: NameParts, apart: number, length: number): number {
  if (apart === 0) return 0.995
  return 1 - (/[\p{Script=Han}\p{Script=Hangul}]/u.test(native) ? 0.7 : 1.1) / length
}

function matchWords(
  { words, joined }: AskedWords,
  listed: readonly IndexedWord[],
  numbers: ArrayLike<number>,
  reasons?: Reason[],
): { score: number; held: number } {
  const freeAsked = words.map(() => true)
  const freeListed = listed.map(() => true)
  let met = 0
  let held = 0
  const take = (asked: number[], found: number[], alike: number, how: How): void => {
    for (const at of asked) freeAsked[at] = false
    for (const at of found) freeListed[at] = false
    const weight = sum(found.map((at) => listed[at]?.weight ?? 0))
    met += alike * (weight + weight)
    held += alike * weight
    reasons?.push({
      how,
      asked: asked.map((at) => words[at]?.native).join(' '),
      listed: found.map((at) => listed[at]?.text).join(' '),
    })
  }
  let total = sum(listed.map((word) => word.weight))
  for (const { asked, listed: at, alike } of pairs(words, numbers)) {
    if (!freeAsked[asked] || !freeListed[at]) continue
    total += listed[at]?.weight ?? 0
    take([asked], [at], alike, howAlike(words[asked], listed[at], alike))
  }
  for (const [at, like] of joined.entries()) {
    if (!freeAsked[at] || !freeAsked[at + 1]) continue
    const found = freeListed.findIndex((free, place) => free && like.has(numbers[place] ?? -1))
    if (found < 0) continue
    total += listed[found]?.weight ?? 0
    take([at, at + 1], [found], like.get(numbers[found] ?? 0) ?? 0, 'joined')
  }
  for (const [at, word] of words.entries()) {
    if (!freeAsked[at]) continue
    const { place, alike } = joinedListed(word, listed, freeListed)
    if (place >= 0) {
      total += (listed[place]?.weight ?? 0) + (listed[place + 1]?.weight ?? 0)
      take([at], [place, place + 1], 0.97 * alike, 'joined')
      continue
    }
    const initial = listed.findIndex((other, index) => freeListed[index] && isInitial(word, other))
    total += word.weight
    if (initial < 0) {
      reasons?.push({ how: 'extra', asked: word.native })
      continue
    }
    freeListed[initial] = false
    met += 0.9 * word.weight + 0.6 * (listed[initial]?.weight ?? 0)
    reasons?.push({ how: 'initial', asked: word.native, listed: listed[initial]?.text ?? '' })
  }
  for (const [at, word] of listed.entries())
    if (freeListed[at]) reasons?.push({ how: 'missing', listed: word.text })
  return { score: total > 0 ? met / total : 0, held }
}

/** Every word with every word it resembles, the most alike first. */
function pairs(words: readonly AskedWord[], numbers: ArrayLike<number>): Pair[] {
  const found: Pair[] = []
  for (const [asked, { like }] of words.entries()) {
    if (like.size === 0) continue
    for (let listed = 0; listed < numbers.length; listed += 1) {
      const alike = like.get(numbers[listed] ?? -1)
      if (alike !== undefined) found.push({ asked, listed, alike })
    }
  }
  return found.toSorted((a, b) => b.alike - a.alike)
}

function howAlike(
  asked: AskedWord | undefined,
  listed: IndexedWord | undefined,
  alike: number,
): How {
  if (alike === 1) return 'same'
  const slip = lettersApart(asked?.text ?? '', listed?.text ?? '') === 1
  return slip && asked?.sound !== listed?.sound ? 'letter' : 'spelling'
}

/** Two neighbours of the listed name that the asked word writes as one, and how alike. */
function joinedListed(
  word: AskedWord,
  listed: readonly IndexedWord[],
  free: readonly boolean[],
): { place: number; alike: number } {
  if (word.text.length < 5) return { place: -1, alike: 0 }
  for (let place = 0; place + 1 < listed.length; place += 1) {
    const first = listed[place]
    const second = listed[place + 1]
    if (!first || !second || !free[place] || !free[place + 1]) continue
    const text = first.text + second.text
    if (Math.abs(text.length - word.text.length) > 6) continue
    const sound = soundOf(text)
    const together = { text, consonants: second.consonants, sound, skeleton: skeletonOf(sound) }
    const alike = likeness(word, together)
    if (alike > 0) return { place, alike }
  }
  return { place: -1, alike: 0 }
}

const isInitial = (a: AskedWord, b: IndexedWord): boolean =>
  (a.text.length === 1 && b.text.startsWith(a.text)) ||
  (b.text.length === 1 && a.text.startsWith(b.text))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
