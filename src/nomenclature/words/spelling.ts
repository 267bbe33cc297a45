// Words that the vocabulary does not hold: cut off at the end of a label, written without vowels as tills print them,
// run together, or mistyped by one letter. Each way is bounded, and a word found so counts less than one that stands there.

export type Guess = { readonly word: string; readonly trust: number }

/** Known words, sorted, with the words of each consonant skeleton. */
export type Vocabulary = {
  has(word: string): boolean
  sorted(): readonly string[]
  skeletons(): ReadonlyMap<string, readonly string[]>
  /** How usual a word is; decides between several that fit. */
  usual(word: string): number
}

const most = 3
/** Longer ones are no words, and every slip of the pen that they may have would be tried. */
const longestWord = 32

/** Known words that an unknown one may stand for, best first; `isCut` says that the text ends in the middle of it. */
export function guessWord(word: string, vocabulary: Vocabulary, isCut: boolean): Guess[] {
  if (word.length < 2 || word.length > longestWord || /\d/.test(word)) return []
  const split = word.length >= 7 ? splitCompound(word, vocabulary) : []
  if (split.length > 0) return split
  const edited = word.length >= 5 ? oneEditAway(word, vocabulary) : []
  if (edited.length > 0) return ranked(edited, 0.75, vocabulary)
  const began =
    word.length >= (isCut ? 3 : 4) ? beginningWith(word, vocabulary, isCut ? 40 : 12) : []
  if (isCut && began.length > 0) return ranked(began, 0.6, vocabulary)
  const alike = vocabulary.skeletons().get(skeletonOf(word)) ?? []
  const shortened = alike.filter((each) => each.length > word.length && isWithin(word, each))
  if (shortened.length > 0) return ranked(shortened, word.length > 2 ? 0.65 : 0.4, vocabulary)
  return ranked(began, 0.5, vocabulary)
}

/** The first letter and the consonants after it, doubled ones once: `cndtnr` of conditioner. */
export function skeletonOf(word: string): string {
  const rest = word
    .slice(1)
    .replace(/[aeiouy]/g, '')
    .replace(/ck/g, 'k')
  return `${word[0] ?? ''}${rest}`.replace(/(.)\1+/g, '$1')
}

function ranked(words: readonly string[], trust: number, { usual }: Vocabulary): Guess[] {
  const best = [...words].sort((a, b) => usual(b) - usual(a)).slice(0, most)
  const sum = best.reduce((total, word) => total + usual(word), 0)
  return best.map((word) => ({ word, trust: trust * Math.sqrt(usual(word) / (sum || 1)) }))
}

/** Two known words run together: `notebookcover`. */
function splitCompound(word: string, vocabulary: Vocabulary): Guess[] {
  let best: Guess[] = []
  let bestLeast = 2
  for (let at = 3; at <= word.length - 3; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)]
    const least = Math.min(left.length, right.length)
    if (least > bestLeast && vocabulary.has(left) && vocabulary.has(right)) {
      bestLeast = least
      best = [left, right].map((each) => ({ word: each, trust: 0.8 }))
    }
  }
  return best
}

const letters = [...'abcdefghijklmnopqrstuvwxyz']

/** Known words one insertion, deletion, replacement or swap away; the first letter is taken as right. */
function oneEditAway(word: string, { has }: Vocabulary): string[] {
  const found = new Set<string>()
  const tryWord = (candidate: string): void => {
    if (has(candidate)) found.add(candidate)
  }
  for (let at = 1; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    if (after !== '') tryWord(before + after.slice(1))
    if (after.length > 1) tryWord(before + after[1] + after[0] + after.slice(2))
    for (const letter of letters) {
      tryWord(before + letter + after)
      if (after !== '') tryWord(before + letter + after.slice(1))
    }
  }
  return [...found]
}

function beginningWith(word: string, vocabulary: Vocabulary, limit: number): string[] {
  const sorted = vocabulary.sorted()
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as string) < word) low = middle + 1
    else high = middle
  }
  const found: string[] = []
  while (low < sorted.length && (sorted[low] as string).startsWith(word)) {
    found.push(sorted[low++] as string)
    if (found.length > limit) return []
  }
  return found
}

/** Whether the letters of the short word stand in the long one in their order. */
function isWithin(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}
