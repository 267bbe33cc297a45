// Looks the words of a question up in the words that goods hold. A word that nothing holds is known at once: no index of
// goods is read for it.
import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { NamedCode, WantedWord } from './query.ts'
import { phraseOf, wordsOf, type Word } from './words.ts'

/** More words than this are a text, not a question. */
const mostWords = 10
/** A word that names more codes than this tells what goods are like, not what they are. */
const mostCodes = 6
const mostMeant = 4

/** Every word of the text with what may stand for it; words that nothing stands for are `unknown`. */
export async function wantWords(
  db: Db,
  text: string,
): Promise<{ wanted: WantedWord[]; unknown: string[] }> {
  const words = wordsOf(text.slice(0, 200)).slice(0, mostWords)
  if (words.length === 0) return { wanted: [], unknown: text.trim() === '' ? [] : [text.trim()] }
  const phrases = phrasesOf(words)
  const [known, named] = await lookUp(db, words, [...phrases.keys()])
  const wanted = words.map((word) => ({
    word,
    isKnown: word.forms.every((form) => known.has(form)),
    meant: [] as readonly string[],
    codes: codesOf(word, named, phrases),
  }))
  for (const each of wanted)
    if (!each.isKnown && each.word.script === 'latin')
      each.meant = await wordsLike(db, each.word.forms[0] ?? '')
  const corrected = wanted.flatMap(({ meant }) => meant)
  if (corrected.length > 0) {
    const again = await namesOf(db, corrected)
    for (const each of wanted)
      if (each.codes.length === 0 && each.meant.length > 0)
        each.codes = strongest(each.meant.flatMap((form) => again.get(form) ?? []))
  }
  const stands = ({ isKnown, meant, codes }: WantedWord): boolean =>
    isKnown || meant.length > 0 || codes.length > 0
  return {
    wanted: wanted.filter(stands),
    unknown: wanted.filter((each) => !stands(each)).map(({ word }) => word.text),
  }
}

async function lookUp(
  db: Db,
  words: readonly Word[],
  phrases: readonly string[],
): Promise<[Set<string>, Map<string, NamedCode[]>]> {
  const forms = [...new Set(words.flatMap((word) => word.forms))]
  const [held, named] = await Promise.all([
    db
      .selectFrom('search_words')
      .select('word')
      .where('word', '=', sql<string>`any(${forms})`)
      .execute(),
    namesOf(db, [...forms, ...phrases]),
  ])
  return [new Set(held.map(({ word }) => word)), named]
}

async function namesOf(db: Db, forms: readonly string[]): Promise<Map<string, NamedCode[]>> {
  const rows = await db
    .selectFrom('name_words')
    .select(['word', 'code', 'share'])
    .where('word', '=', sql<string>`any(${[...forms]})`)
    .execute()
  const named = new Map<string, NamedCode[]>()
  for (const { word, ...code } of rows) named.set(word, [...(named.get(word) ?? []), code])
  return named
}

/** Neighbours that may be one name together, such as power bank, with the words they are made of. */
function phrasesOf(words: readonly Word[]): Map<string, readonly Word[]> {
  const phrases = new Map<string, readonly Word[]>()
  for (let length = 2; length <= 4; length += 1)
    for (let at = 0; at + length <= words.length; at += 1) {
      const part = words.slice(at, at + length)
      phrases.set(phraseOf(part), part)
    }
  return phrases
}

/** The codes of the longest name that the word is part of; else those of the word alone. */
function codesOf(
  word: Word,
  named: ReadonlyMap<string, NamedCode[]>,
  phrases: ReadonlyMap<string, readonly Word[]>,
): NamedCode[] {
  const longest = [...phrases]
    .filter(([phrase, part]) => part.includes(word) && named.has(phrase))
    .at(-1)
  const whole = longest ? (named.get(longest[0]) ?? []) : []
  return whole.length > 0 ? strongest(whole) : codesFor(word, named)
}

/** The codes that all forms of a word name. */
function codesFor({ forms }: Word, named: ReadonlyMap<string, NamedCode[]>): NamedCode[] {
  const [first = [], ...others] = forms.map((form) => named.get(form) ?? [])
  return strongest(
    first.flatMap(({ code, share }) => {
      const shares = others.map((each) => each.find((other) => other.code === code)?.share ?? 0)
      const least = Math.min(share, ...shares)
      return least > 0 ? [{ code, share: least }] : []
    }),
  )
}

/** What the word says most about; codes it only grazes would bring goods that nobody asked for. */
function strongest(named: readonly NamedCode[]): NamedCode[] {
  const best = Math.max(0, ...named.map(({ share }) => share))
  return named
    .filter(({ share }) => share * 3 >= best)
    .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1))
    .slice(0, mostCodes)
}

/** Words that goods hold which begin so, or lie one letter away, or two in a long word: nearest first. */
async function wordsLike(db: Db, word: string): Promise<string[]> {
  if (word.length < 3) return []
  const begins = await db
    .selectFrom('search_words')
    .select('word')
    .where('word', '>', word)
    .where('word', '<', `${word}\u{10ffff}`)
    .orderBy('word')
    .limit(mostMeant)
    .execute()
  // Numbers of models are no slips of the hand.
  if (word.length < 4 || /\d/.test(word)) return begins.map((row) => row.word)
  const near = await db
    .selectFrom('search_words')
    .select('word')
    .where('word', '=', sql<string>`any(${oneLetterAway(word)})`)
    .limit(mostMeant)
    .execute()
  const found = near.length > 0 ? near : begins
  if (found.length > 0 || word.length < 7) return found.map((row) => row.word)
  const alike = await sql<{ word: string }>`
    select word from search_words where word % ${word}
    order by similarity(word, ${word}) desc, word limit 20`.execute(db)
  return alike.rows
    .map((row) => row.word)
    .filter((each) => lettersApart(each, word) <= 2)
    .slice(0, mostMeant)
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Every word that one slip of the hand makes: a letter left out, put in, changed, or two swapped. */
export function oneLetterAway(word: string): string[] {
  const made = new Set<string>()
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    if (after !== '') made.add(before + after.slice(1))
    if (after.length > 1) made.add(`${before}${after[1]}${after[0]}${after.slice(2)}`)
    for (const letter of letters) {
      made.add(before + letter + after)
      if (after !== '') made.add(before + letter + after.slice(1))
    }
  }
  made.delete(word)
  return [...made]
}

/** Levenshtein's distance, two neighbours swapped counting as one. */
export function lettersApart(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(
        at(rows, i - 1, j) + 1,
        (row[j - 1] ?? 0) + 1,
        at(rows, i - 1, j - 1) + cost,
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(rows, i - 2, j - 2) + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return at(rows, a.length, b.length)
}

const at = (rows: readonly number[][], i: number, j: number): number => rows[i]?.[j] ?? 0
