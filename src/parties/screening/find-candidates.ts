import { lettersApart } from './distance.ts'
import { fixedWeight, leastTelling, wordDepth, wordKey, type NameIndex } from './name-index.ts'
import type { NameParts, NameWord } from './name-words.ts'
import { skeletonOf, soundOf } from './sound.ts'
import { likeness, type SoundedWord } from './word-likeness.ts'

/** A word of the question with the words of the lists that it may stand for. */
export interface AskedWord extends NameWord, SoundedWord {
  /** How alike, 0 to 1, by the number of the listed word. */
  like: ReadonlyMap<number, number>
  weight: number
}

export interface AskedWords {
  words: readonly AskedWord[]
  /** Of two neighbours written as one; the same length as `words` less one. */
  joined: readonly ReadonlyMap<number, number>[]
}

export interface Candidate {
  /** The number of the name. */
  name: number
  /** Letters between the whole names in one run, 0 or 1; undefined where it is more. */
  apart?: number
  /** Letters of that run. */
  length?: number
}

/** The share of a telling name that must be inside a longer one to count as being there. */
export const leastHeld = 0.92

/** As many as an officer could be shown several times over. */
const mostCandidates = 80

/**
 * Names worth a careful look: those that lie one letter away as a whole, and those that share enough
 * weight of words. Words are taken rarest first and only as long as the rest could not carry a name
 * over the line alone, so that the thousands of bearers of a common name are hardly ever touched.
 */
export function findCandidates(
  index: NameIndex,
  parts: NameParts,
  line: number,
): { words: AskedWords; candidates: Candidate[] } {
  const words = parts.words.map((word) => askWord(index, word))
  const joined = words
    .slice(1)
    .map((word, at) => likeRun(index, (words[at]?.text ?? '') + word.text))
  const found = wholeNames(index, parts)
  for (const name of sharedWords(index, words, joined, line))
    if (!found.has(name)) found.set(name, { name })
  return { words: { words, joined }, candidates: [...found.values()] }
}

function wholeNames(index: NameIndex, { native, latin }: NameParts): Map<number, Candidate> {
  const found = new Map<number, Candidate>()
  const look = (run: string): void =>
    index.runs.near(run, (number) => {
      const name = index.runNames[number] ?? 0
      const known = found.get(name)
      if (known?.apart === 0) return
      const apart = lettersApart(run, index.runTexts[number] ?? '')
      if (apart > 1 || (known && known.apart === apart)) return
      found.set(name, { name, apart, length: run.length })
    })
  look(latin)
  if (native !== latin) look(native)
  return found
}

function askWord(index: NameIndex, word: NameWord): AskedWord {
  const like = likeWords(index, word)
  const sound = soundOf(word.text)
  const weight = weightOf(index, word, like)
  return { ...word, sound, skeleton: skeletonOf(sound), like, weight }
}

function weightOf(index: NameIndex, word: NameWord, like: ReadonlyMap<number, number>): number {
  const fixed = fixedWeight(word)
  if (fixed !== undefined) return fixed
  const same = index.wordNumbers.get(wordKey(word))
  if (same !== undefined) return index.words[same]?.weight ?? 1
  // Written otherwise than in any list: as telling as the word that it most likely stands for.
  let weight = 1
  let best = 0
  for (const [number, alike] of like) {
    if (alike <= best) continue
    best = alike
    weight = index.words[number]?.weight ?? 1
  }
  return best > 0.7 ? weight : 1
}

/** Two words written as one: only letters count here, as a sound over a word's end is chance. */
function likeRun(index: NameIndex, run: string): ReadonlyMap<number, number> {
  const like = new Map<number, number>()
  if (run.length < 5) return like
  index.near.near(run, (number) => {
    const apart = lettersApart(run, index.words[number]?.text ?? '')
    if (apart <= 1) like.set(number, apart === 0 ? 0.97 : 0.97 - 1.2 / run.length)
  })
  return like
}

function likeWords(index: NameIndex, word: NameWord): ReadonlyMap<number, number> {
  const key = wordKey(word)
  const known = index.lately.get(key)
  if (known) return known
  const like = lookUpLike(index, word)
  if (index.lately.size >= mostLately) index.lately.clear()
  index.lately.set(key, like)
  return like
}

const mostLately = 5000

function lookUpLike(index: NameIndex, word: NameWord): ReadonlyMap<number, number> {
  const like = new Map<number, number>()
  const sound = soundOf(word.text)
  const asked = { ...word, sound, skeleton: skeletonOf(sound) }
  const consider = (number: number): void => {
    if (like.has(number)) return
    const listed = index.words[number]
    if (listed) like.set(number, likeness(asked, listed))
  }
  if (word.text.length > 1) {
    index.near.near(word.text, consider)
    if (!word.filler && wordDepth(word.text) === 1) {
      index.sounds.near(sound, consider)
      if (asked.skeleton.length >= 2) index.skeletons.near(asked.skeleton, consider)
    }
  }
  for (const [number, alike] of like) if (alike === 0) like.delete(number)
  return like
}

/** Numbers of names that share enough weight of words with the question, the best first. */
function sharedWords(
  index: NameIndex,
  words: readonly AskedWord[],
  joined: readonly ReadonlyMap<number, number>[],
  line: number,
): number[] {
  const total = words.reduce((sum, word) => sum + word.weight, 0)
  // 2m / (total + listed) >= line and m <= listed give the weight m that must be shared at least; or
  // a whole telling name is inside this one.
  const needed = Math.min((line / (2 - line)) * total, leastTelling * leastHeld)
  const costs = new Map(words.map((word) => [word, bearers(index, word.like) / word.weight]))
  const rarest = words.toSorted((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0))
  const touched: number[] = []
  let rest = total
  for (const { like, weight } of rarest) {
    if (rest < needed) break
    rest -= weight
    share(index, like, touched)
  }
  for (const like of joined) share(index, like, touched)
  const { sums, weights } = index
  const found: { name: number; most: number }[] = []
  for (const name of touched) {
    const sum = sums[name] ?? 0
    sums[name] = 0
    const listed = weights[name] ?? 1
    const shared = Math.min(sum + rest, listed)
    const most = (2 * shared) / (total + listed)
    if (most >= line || (shared >= leastHeld * listed && index.names[name]?.tells))
      found.push({ name, most: Math.max(most, shared / listed) })
  }
  if (found.length > mostCandidates) found.sort((a, b) => b.most - a.most)
  return found.slice(0, mostCandidates).map(({ name }) => name)
}

/** Adds to each name what its likest word is worth: once, however many of its words resemble. */
function share(index: NameIndex, like: ReadonlyMap<number, number>, touched: number[]): void {
  const { sums, highest } = index
  const seen: number[] = []
  for (const [number, alike] of like) {
    const word = index.words[number]
    if (!word) continue
    const weight = word.weight * alike
    for (const name of word.names) {
      const known = highest[name] ?? 0
      if (known === 0) seen.push(name)
      if (weight > known) highest[name] = weight
    }
  }
  for (const name of seen) {
    const sum = sums[name] ?? 0
    if (sum === 0) touched.push(name)
    sums[name] = sum + (highest[name] ?? 0)
    highest[name] = 0
  }
}

function bearers(index: NameIndex, like: ReadonlyMap<number, number>): number {
  let count = 0
  for (const number of like.keys()) count += index.words[number]?.names.length ?? 0
  return count
}
