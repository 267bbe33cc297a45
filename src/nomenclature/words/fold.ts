// From a text as somebody typed it to one alphabet: entities, full-width letters, accents and broken encodings gone.
import { tooManyMarks } from '../../basis/clean-text.ts'

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  reg: ' ',
  trade: ' ',
  copy: ' ',
}

/** Lower case, one width, without accents on Latin letters; the marks of Thai and the like stay. */
export function fold(text: string): string {
  const narrow = isAscii(text) ? text : text.replaceAll(tooManyMarks, '$1').normalize('NFKC')
  const plain = mayHaveAccents.test(narrow) ? unaccented(narrow) : narrow
  const lower = plain.toLowerCase()
  return !lower.includes('&')
    ? lower
    : lower.replace(/&(amp|lt|gt|quot|apos|nbsp|reg|trade|copy|#\d+);/g, entity)
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text)

/** Letters of Latin beyond ASCII and the quotes that stand for an apostrophe; Chinese and Thai have none. */
const mayHaveAccents = /[\u00a0-\u02ff\u2018\u2019\u20ac\u2122`]/

const entity = (_: string, name: string): string => entities[name] ?? ' '

/** `â€™`, `Â®`: UTF-8 that somebody read as Latin-1 on its way. */
const broken = /â€.|Â|â[¢®©„¢]*|Ã‚/g

function unaccented(text: string): string {
  const whole = /[Ââ]/.test(text) ? text.replace(broken, (run) => (run === 'â' ? 'a' : ' ')) : text
  const bare = whole
    .normalize('NFD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC')
  return /[^ -~]/.test(bare) ? bare.replace(/[\u00a9-\u02ff\u2018\u2019\u2122`]/g, asAscii) : bare
}

const ascii: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '`': "'",
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  '©': ' ',
  '®': ' ',
  '™': ' ',
}

const asAscii = (letter: string): string => ascii[letter] ?? letter
