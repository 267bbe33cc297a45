// Words as search compares them. The same functions read goods and questions, so that both always agree: Latin words
// without accents and without the ending of the plural, Thai words as `Intl.Segmenter` finds them, Chinese and Japanese
// as characters and pairs of characters, since nobody writes where a word ends there.
import { tooManyMarks } from '../../basis/clean-text.ts'

/** One word of a text. `forms` are the lexemes under which goods are found that hold it; all of them must be there. */
export interface Word {
  text: string
  script: 'latin' | 'thai' | 'han'
  forms: readonly string[]
}

/** Longer ones are numbers of models or no words at all. */
const longestWord = 32

const runs =
  /(?<han>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)|(?<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]+)|(?<latin>[\p{L}\p{N}\p{M}]+)/gu

const segmenters = {
  thai: new Intl.Segmenter('th', { granularity: 'word' }),
  han: new Intl.Segmenter('zh', { granularity: 'word' }),
}

/** The words of what somebody looks for, in their order, each once. */
export function wordsOf(text: string): Word[] {
  const found = new Map<string, Word>()
  const add = (word: Word): void => {
    if (!found.has(word.text) && word.forms.length > 0) found.set(word.text, word)
  }
  for (const { script, run } of runsOf(text)) {
    if (script === 'latin') {
      if (isLatinWord(run)) add({ text: run, script, forms: [stemOf(run)] })
      continue
    }
    for (const { segment } of segmenters[script].segment(run)) {
      if (stopWords.has(segment)) continue
      const forms = script === 'han' ? pairsOf(segment) : [segment.slice(0, longestWord)]
      add({ text: segment, script, forms })
    }
  }
  return [...found.values()]
}

/** Every lexeme under which a text shall be found. */
export function lexemesOf(text: string): string[] {
  const lexemes: string[] = []
  let before = ''
  for (const { script, run } of runsOf(text)) {
    if (script === 'han') lexemes.push(...run, ...pairsOf(run))
    else if (script === 'thai')
      for (const { segment } of segmenters.thai.segment(run)) {
        if (!stopWords.has(segment)) lexemes.push(segment.slice(0, longestWord))
      }
    else {
      if (isLatinWord(run)) lexemes.push(stemOf(run))
      // T-shirt is looked for as tshirt as well.
      if (before.length === 1) lexemes.push(stemOf(before + run))
    }
    before = script === 'latin' ? run : ''
  }
  return lexemes
}

/** The words of a plain name of the nomenclature: where a word ends is known there, so no characters alone. */
export const lexemesOfName = (name: string): string[] => wordsOf(name).flatMap(({ forms }) => forms)

/** Several words as one, by which a name of several words is known: `sac dos` of sacs à dos. */
export const phraseOf = (words: readonly Word[]): string =>
  words.map(({ script, text, forms }) => (script === 'latin' ? forms[0] : text)).join(' ')

/** Lower case, full-width signs as usual ones, Latin letters bare. Thai keeps its vowel signs. */
export function fold(text: string): string {
  return text
    .replaceAll(tooManyMarks, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('\u0e4d\u0e32', '\u0e33')
    .replaceAll(/[øđłßæœıþð]/g, (letter) => bareLetters[letter] ?? letter)
}

const bareLetters: Readonly<Record<string, string>> = {
  ...{ ø: 'o', đ: 'd', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' },
}

function* runsOf(text: string): Generator<{ script: Word['script']; run: string }> {
  for (const { groups = {} } of fold(text).matchAll(runs)) {
    if (groups['han']) yield { script: 'han', run: groups['han'] }
    else if (groups['thai']) yield { script: 'thai', run: groups['thai'] }
    else if (groups['latin']) yield { script: 'latin', run: groups['latin'] }
  }
}

const isLatinWord = (run: string): boolean =>
  run.length > 1 && run.length <= longestWord && !stopWords.has(run)

/** 丝绸围巾 is 丝绸, 绸围, 围巾; a character alone is itself. */
function pairsOf(run: string): string[] {
  const signs = [...run]
  if (signs.length < 2) return signs
  return signs.slice(1).map((sign, index) => `${signs[index]}${sign}`)
}

/**
 * Without the ending of the plural, in English and French alike: scarves, dresses, cherries, gâteaux. One rule for all
 * languages, as nobody says in which one they ask.
 */
export function stemOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(scar|lea|shel|loa|hal|wol|cal|kni|wi)ves$/.test(word)) return `${word.slice(0, -3)}f`
  if (/(kni|wi|li)fe$/.test(word)) return word.slice(0, -1)
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (/(eau|eu|au)x$/.test(word)) return word.slice(0, -1)
  if (/[^sui]s$/.test(word)) return word.slice(0, -1)
  return word
}

/** Little words that stand in most texts of any kind. */
const stopWords: ReadonlySet<string> = new Set(
  `the an and of for with in on to from by or as at is it this that your our
   de des du la le les un une et pour en au aux avec sur par dans
   dan untuk dengan yang di ke dari pada
   的 和 与 用 了 及
   และ สำหรับ ของ ที่ ใน จาก กับ หรือ เป็น`.split(/\s+/),
)
