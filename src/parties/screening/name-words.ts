import { tooManyMarks } from '../../basis/clean-text.ts'
import { cleanLine } from '../../basis/clean-text.ts'
import { isHan, latinLetters, simplified, withoutVowels } from './letters.ts'

/** A word of a name as it is compared. */
export interface NameWord {
  /** Small Latin letters and digits; Han stays Han. */
  text: string
  /** As it stood in the name, small and without marks. */
  native: string
  /** Written in a script that leaves vowels out. */
  consonants: boolean
  /** A form of firm, an article: it counts little, as it tells nobody from anybody. */
  filler: boolean
  /** A title or what often is one; a little more than a filler, as some are names as well. */
  title: boolean
}

/** A name taken apart. */
export interface NameParts {
  words: readonly NameWord[]
  /** All letters of all words in one run, as written and in Latin letters: word breaks do not count. */
  native: string
  latin: string
}

/** What results are kept under: two spellings of it are the same question. */
export const nameKey = (parts: NameParts): string =>
  parts.words.map((each) => each.native).join(' ')

const mostLetters = 200

/** What cannot be seen in a name does not part its words: a name is compared as a page shows it. */
export function readName(name: string): NameParts {
  const words = wordsOf(cleanLine(name).slice(0, mostLetters))
  return {
    words,
    native: words.map((word) => word.native).join(''),
    latin: words.map((word) => word.text).join(''),
  }
}

function wordsOf(name: string): NameWord[] {
  const plain = simplified(withoutMarks(name))
    .replace(hanFillers, ' $& ')
    // O'Neil, Mu'min: what stands inside a word goes, what stands between words parts them.
    .replace(/['`´’‘ʼʻʿʾ"“”«»„]/g, '')
  const found = plain.match(/[\p{Script=Han}]+|[^\P{L}\p{Script=Han}]+|\p{N}+/gu) ?? []
  return joinLetters(found).flatMap((native) => {
    const text = latinLetters(native)
    if (text === '') return []
    const filler = fillers.has(text) || hanFiller.test(native)
    const title = titles.has(text)
    return [{ text, native, consonants: withoutVowels.test(native), filler, title }]
  })
}

/** Compatibility forms are written out and accents, vowel points and case fall away. */
function withoutMarks(name: string): string {
  const lower = name.replaceAll(tooManyMarks, '$1').normalize('NFKC').toLowerCase().normalize('NFD')
  // Й and ё are letters of their own, not accented ones; Hangul and voiced kana come together again.
  return lower
    .replace(/(?<![\u0438\u0435\u0456\u0443])[\u0300-\u036f]+/g, '')
    .replace(/[\u064b-\u065f\u0670\u0640\u0591-\u05c7]/g, '')
    .normalize('NFC')
}

/** Single letters in a row are one word, as in S.A. and A.I.C.; the two of J.R. Smith are not. */
function joinLetters(words: readonly string[]): string[] {
  const out: string[] = []
  let run = ''
  for (const word of words) {
    if (word.length === 1 && /\p{L}/u.test(word) && !isHan.test(word)) run += word
    else {
      if (run) out.push(...initials(run))
      run = ''
      out.push(word)
    }
  }
  if (run) out.push(...initials(run))
  return out
}

const initials = (run: string): string[] =>
  run.length > 2 || fillers.has(latinLetters(run)) ? [run] : [...run]

const hanFillers =
  /有限责任公司|股份有限公司|有限公司|股份公司|株式会社|合同会社|有限会社|公司|集团|控股|주식회사|유한회사/gu
const hanFiller = new RegExp(`^(${hanFillers.source})$`, 'u')

const fillers: ReadonlySet<string> = new Set(
  `mr mrs ms miss dr prof sir y al el ul ad ar as at az ash il la le les los las lo da das de del della der den des di do dos du van von zu bin ben ibn
  bint bte i and und et e the of for in
  ltd limited llc inc incorporated corp corporation co company plc gmbh ag kg sa sas sarl srl spa nv bv ab as oy oyj aps
  kft zrt doo ad ead eood sp zoo fze fzc fzco fzllc llp lp pte pty bhd sdn pt tbk cv jsc ojsc cjsc pjsc oao zao ooo pao ao
  aoz tov tdv pat tzov chp ip fgup gup up rup chup odo cia ltda eirl sapi rl kk yk kabushiki kaisha joint stock liability
  public private open closed obshchestvo ogranichennoy otvetstvennostyu aktsionernoe publichnoe zakrytoe otkrytoe s c
  group holding holdings international sociedad anonima compania societe anonim sirketi ve ticaret sanayi`
    .split(/\s+/)
    .filter(Boolean),
)

const titles: ReadonlySet<string> = new Set(
  `sheikh shaykh shaikh sheik mullah mulla maulavi mawlawi maulawi haji hajji hajj hadji hafiz qari sayyid sayed syed
  general gen colonel col major brigadier admiral captain capt lieutenant commander professor eng president minister imam
  ustad ayatollah hojatoleslam don dona senor abu abou umm abd`
    .split(/\s+/)
    .filter(Boolean),
)
