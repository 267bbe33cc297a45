import type { ListedEntry, ListedName } from './listed.ts'
import { nameKey, readName, type NameWord } from './name-words.ts'
import { nearWordsInSlices, type Depth, type NearWords, type Slices } from './near-words.ts'
import { skeletonOf, soundOf } from './sound.ts'

/** A name as several entries may carry it. */
export interface IndexedName {
  of: { entry: ListedEntry; listed: ListedName }[]
  /** Numbers of its words. */
  words: Uint32Array
  /** Numbers of words that it does not hold: an article with what follows, in one (Al-Amin, Alamin). */
  joined: Uint32Array
  /** It has words enough to mean somebody even in the middle of a longer name. */
  tells: boolean
  /** Its words, small and without marks. */
  text: string
  /** Its letters in one run, as written and in Latin letters. */
  native: string
  latin: string
}

export interface IndexedWord {
  text: string
  consonants: boolean
  filler: boolean
  title: boolean
  sound: string
  skeleton: string
  /** From 0.12 for what tells nobody from anybody to 1 for a word that one name alone has. */
  weight: number
  /** Numbers of the names that hold it. */
  names: Uint32Array
}

export interface NameIndex {
  names: readonly IndexedName[]
  /** What all words of a name weigh together. */
  weights: Float64Array
  words: readonly IndexedWord[]
  wordNumbers: ReadonlyMap<string, number>
  /** Whole names in one run of letters; the number of a run is looked up in `runNames`. */
  runs: NearWords
  runTexts: readonly string[]
  runNames: readonly number[]
  near: NearWords
  sounds: NearWords
  skeletons: NearWords
  /** Room for sums over names while one question is answered; all zero between questions. */
  sums: Float64Array
  highest: Float64Array
  /** What words asked for of late resemble: the same given names come again and again. */
  lately: Map<string, ReadonlyMap<number, number>>
}

/** What a word of its kind weighs, whoever bears it; undefined where that is to be counted. */
export function fixedWeight(word: {
  text: string
  filler: boolean
  title: boolean
}): number | undefined {
  if (word.filler) return 0.12
  if (word.title || word.text.length === 1) return 0.25
  // Father's names of Russians are left out as often as not.
  return patronymic.test(word.text) ? 0.3 : undefined
}

const patronymic = /^.{3,}([eoay]v(ich|na|ych)|[eoa]una|ilyich)$/

/** A common given name still weighs something: everybody has one. */
const leastWeight = 0.3

/** Short words lie one letter from everything: they must be the same. */
export const wordDepth: Depth = (word) => (word.length >= 4 ? 1 : 0)
export const runDepth: Depth = (run) => (run.length >= 4 || hanRun.test(run) ? 1 : 0)
const hanRun = /^[\p{Script=Han}\p{Script=Hangul}]{3}/u
export const soundDepth: Depth = (sound) => (sound.length >= 5 ? 1 : 0)
const same: Depth = () => 0

export function* indexNames(entries: readonly ListedEntry[]): Slices<NameIndex> {
  const names = new Map<string, IndexedName>()
  const words: IndexedWord[] = []
  const wordNumbers = new Map<string, number>()
  const holders: number[][] = []
  const numberOf = (word: NameWord): number => {
    const key = wordKey(word)
    const known = wordNumbers.get(key)
    if (known !== undefined) return known
    wordNumbers.set(key, words.length)
    holders.push([])
    words.push(indexWord(word))
    return words.length - 1
  }
  for (const [at, entry] of entries.entries()) {
    if (at % 500 === 499) yield
    for (const listed of entry.names) {
      const parts = readName(listed.name)
      if (parts.words.length === 0) continue
      const key = nameKey(parts)
      const known = names.get(key)
      if (known) {
        if (!known.of.some((each) => each.entry === entry)) known.of.push({ entry, listed })
        continue
      }
      const numbers = parts.words.map(numberOf)
      const joined = joinedWords(parts.words).map(numberOf)
      for (const number of new Set([...numbers, ...joined])) holders[number]?.push(names.size)
      const { native, latin } = parts
      names.set(key, {
        ...{ of: [{ entry, listed }], text: key, native, latin },
        ...{ words: Uint32Array.from(numbers), joined: Uint32Array.from(joined) },
        tells: false,
      })
    }
  }
  const all = [...names.values()]
  yield
  weigh(all.length, words, holders)
  yield
  const weights = Float64Array.from(all, (name) => weightOf(name, words))
  for (const name of all) name.tells = isTelling(name, words)
  const runs = runsOf(all)
  yield
  return {
    names: all,
    weights,
    words,
    wordNumbers,
    runs: yield* nearWordsInSlices(runs.texts, runDepth),
    runTexts: runs.texts,
    runNames: runs.names,
    near: yield* nearWordsInSlices(
      words.map((word) => word.text),
      wordDepth,
    ),
    sounds: yield* nearWordsInSlices(
      words.map((word) => word.sound),
      soundDepth,
    ),
    skeletons: yield* nearWordsInSlices(
      words.map((word) => word.skeleton),
      same,
    ),
    sums: new Float64Array(all.length),
    highest: new Float64Array(all.length),
    lately: new Map(),
  }
}

function joinedWords(words: readonly NameWord[]): NameWord[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1]
    if (
      !next ||
      next.text.length < 3 ||
      !/^(a[bdlnrstz]|el|ab[du]|abou|bin|ibn|de|di|la|mc)$/.test(word.text)
    )
      return []
    const { consonants } = next
    const text = word.text + next.text
    return [{ text, native: word.native + next.native, consonants, filler: false, title: false }]
  })
}

/** Latin letters of Arabic lack their vowels: the same letters are another word there. */
export const wordKey = ({ text, consonants }: { text: string; consonants: boolean }): string =>
  consonants ? `${text}*` : text

function indexWord({ text, consonants, filler, title }: NameWord): IndexedWord {
  const sound = soundOf(text)
  const skeleton = skeletonOf(sound)
  return {
    ...{ text, consonants, filler, title, sound, skeleton },
    ...{ weight: 0, names: new Uint32Array() },
  }
}

function weigh(names: number, words: readonly IndexedWord[], holders: number[][]) {
  const most = Math.log(names + 1)
  for (const [number, word] of words.entries()) {
    const held = holders[number] ?? []
    word.names = Uint32Array.from(held)
    const rare = 1 - Math.log(held.length) / most
    word.weight = fixedWeight(word) ?? leastWeight + (1 - leastWeight) * rare
  }
}

function weightOf(name: IndexedName, words: readonly IndexedWord[]): number {
  let weight = 0
  for (const number of name.words) weight += words[number]?.weight ?? 0
  return weight
}

/** What a name must weigh, without forms of firm and titles, to be looked for inside longer ones. */
export const leastTelling = 1.1

function isTelling(name: IndexedName, words: readonly IndexedWord[]): boolean {
  const telling = [...name.words]
    .map((number) => words[number])
    .filter((word) => word && !word.filler && !word.title && word.text.length > 2)
  const weight = telling.reduce((sum, word) => sum + (word?.weight ?? 0), 0)
  return telling.length >= 2 && weight >= leastTelling
}

/** A name in another script stands twice, as one letter of it can be four Latin ones. */
function runsOf(names: readonly IndexedName[]): { texts: string[]; names: number[] } {
  const texts: string[] = []
  const numbers: number[] = []
  for (const [number, { native, latin }] of names.entries())
    for (const text of native === latin ? [latin] : [latin, native]) {
      texts.push(text)
      numbers.push(number)
    }
  return { texts, names: numbers }
}
