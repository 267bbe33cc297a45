// Words of a text. Latin runs are split at anything that is no letter; Chinese goes into pairs of characters, for it
// has no blanks and its words are mostly of two; Thai is segmented by dictionary (Intl.Segmenter, Unicode UAX 29).
import { fold } from './fold.ts'

export type Script = 'latin' | 'han' | 'thai'
export type Token = { readonly text: string; readonly script: Script; readonly at: number }

/** What follows says more about the thing; the thing itself was named before. */
export const joiners: ReadonlySet<string> = new Set(
  'for with of in from without to by on and or w/ avec pour de du des d en sans dengan untuk dari daripada tanpa'.split(
    ' ',
  ),
)

const run = /[a-z0-9]*[0-9][a-z0-9]*|[a-z]+(?:'[a-z]+)?|\p{Script=Han}+|\p{Script=Thai}+/gu
const hyphened = /(?<![a-z0-9])([a-z])-(?=[a-z]{3})/g

/** The words of a folded text in their order, numbers and model names left out unless `keep` knows them. */
export function tokenize(folded: string, keep?: (word: string) => boolean): Token[] {
  const tokens: Token[] = []
  if (/^[a-z ]*$/.test(folded)) {
    for (const text of folded.split(' '))
      if (text !== '') tokens.push({ text, script: 'latin', at: tokens.length })
    return tokens
  }
  if (isWithin(folded, 0x4e00, 0x9fff)) addHan(folded, tokens)
  else if (isWithin(folded, 0xe00, 0xe7f)) addThai(folded, tokens)
  if (tokens.length > 0) return tokens
  for (const [found] of folded.replace(hyphened, '$1').matchAll(run)) {
    const first = found.charCodeAt(0)
    if (first < 0x250) addLatin(found, tokens, keep)
    else if (first >= 0xe00 && first < 0xe80) addThai(found, tokens)
    else addHan(found, tokens)
  }
  return tokens
}

/** Whether all letters lie between two: a text in one script needs no looking for runs. */
function isWithin(text: string, low: number, high: number): boolean {
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (letter < low || letter > high) return false
  }
  return text !== ''
}

export const tokensOf = (text: string): Token[] => tokenize(fold(text))

function addLatin(found: string, tokens: Token[], keep?: (word: string) => boolean): void {
  const at = tokens.length
  const apostrophe = found.indexOf("'")
  if (apostrophe > 0) {
    const [before = '', after = ''] = found.split("'")
    // French elision: l'huile, d'or; English genitive: men's, aran's.
    const word = before.length === 1 && after.length > 1 ? after : before
    tokens.push({ text: word, script: 'latin', at })
  } else if (!/[0-9]/.test(found) || /^\d[dk]$|^[a-z]\d$/.test(found) || keep?.(found))
    tokens.push({ text: found, script: 'latin', at })
}

function addHan(found: string, tokens: Token[]): void {
  const letters = [...found]
  if (letters.length === 1) tokens.push({ text: found, script: 'han', at: tokens.length })
  for (let at = 0; at + 1 < letters.length; at++)
    tokens.push({
      text: `${letters[at]}${letters[at + 1]}`,
      script: 'han',
      at: tokens.length,
    })
}

/** Folded Thai phrases cut into words, all at once: the segmenter is slow to begin. */
export function cutThai(phrases: readonly string[]): string[][] {
  const cut: string[][] = [[]]
  for (const { segment } of thai.segment(phrases.join('\n')))
    if (segment === '\n') cut.push([])
    else cut.at(-1)!.push(segment)
  return cut
}

const thai = new Intl.Segmenter('th', { granularity: 'word' })

function addThai(found: string, tokens: Token[]): void {
  for (const { segment } of thai.segment(found))
    tokens.push({ text: segment, script: 'thai', at: tokens.length })
}
