// How well each code's phrases explain a text. A phrase counts by the weight of its words that were found, more the more
// of it was found, and less where its own thing, its head, is not in the text: a mould for chocolate is no chocolate.
import type { WordIndex } from './build-index.ts'
import { phraseKinds } from './phrases.ts'
import { isClean, type ReadText } from './read-text.ts'

export type Match = {
  /** By code of the index: the best phrase, and what the others add. */
  readonly best: Float32Array
  readonly rest: Float32Array
  /** The weights of all words of the text that stand in any of the code's phrases, each once. */
  readonly bag: Float32Array
  /** The share of its best phrase that was found, and whether the text's own head is the phrase's. */
  readonly share: Float32Array
  readonly isHead: Uint8Array
  /** What the makes named in the text are known for, apart from all words. */
  readonly make: Float32Array
  /** What is said of such goods, without naming them. */
  readonly cue: Float32Array
  /** Codes that have the whole text for a word or name of theirs. */
  readonly exact: number[]
  /** The sum of the weights of all words of the text. */
  readonly mass: number
}

export const matchWeights = {
  /** The phrase's own thing is not in the text. */
  headless: 0.53,
  /** It is the thing the text names. */
  head: 0.94,
  shareExponent: 0.23,
  /** It is another thing in the text: the bread of a bread bag. */
  modifier: 0.84,
  /** The same where the text is a few words, all of them known: the last one then is the thing. */
  cleanHeadless: 0.77,
  cleanHead: 1.4,
  cleanModifier: 1.2,
  /** A make that opens the text is the make: Boots are no boots. */
  opening: 0.3,
  whole: 0.5,
  name: 1.1,
  term: 1.27,
  /** Of each further phrase, up to a limit. */
  rest: 0.14,
  restLimit: 2.3,
  /** What a make is known for next, beside what it is known for first. */
  makeRank: 0.95,
}
const nameKind = phraseKinds.indexOf('name')
const termKind = phraseKinds.indexOf('term')
const makeKind = phraseKinds.indexOf('brand')
const cueKind = phraseKinds.indexOf('cue')
/** Half a make's name is another word. */
const wholeMake = 0.8
const wholeCue = 0.85
const wholeText = 0.99

export function matchText(text: ReadText, index: WordIndex): Match {
  const size = index.codes.length
  const match = {
    best: new Float32Array(size),
    rest: new Float32Array(size),
    bag: new Float32Array(size),
    share: new Float32Array(size),
    isHead: new Uint8Array(size),
    make: new Float32Array(size),
    cue: new Float32Array(size),
    exact: [] as number[],
    mass: massOf(text, index),
  }
  const heads = new Set(text.words.filter(({ at }) => at === text.head).map(({ term }) => term))
  const found = new Float32Array(index.phraseCode.length)
  const touched: number[] = []
  const strongest = strongestReadings(text)
  const opening = openingMake(text, index)
  for (const [term, weight] of strongest) {
    const gain = weight * index.idf[term]!
    const asThing = term === opening ? gain * matchWeights.opening : gain
    const end = index.from[term + 1]!
    let lastCode = -1
    for (let at = index.from[term]!; at < end; at++) {
      const phrase = index.postings[at]!
      if (found[phrase] === 0) touched.push(phrase)
      found[phrase]! += index.phraseKind[phrase] === makeKind ? gain : asThing
      const code = index.phraseCode[phrase]!
      // Phrases of a code stand together.
      if (code === lastCode || index.phraseKind[phrase]! >= makeKind) continue
      lastCode = code
      match.bag[code]! += asThing
    }
  }
  const clean = isClean(text)
  const headless = clean ? matchWeights.cleanHeadless : matchWeights.headless
  const modifier = clean ? matchWeights.cleanModifier : matchWeights.modifier
  const headBonus = clean ? matchWeights.cleanHead : matchWeights.head
  for (const phrase of touched) {
    const weight = found[phrase]!
    const share = Math.min(1, weight / index.phraseWeight[phrase]!)
    const head = index.phraseHead[phrase]!
    const kind = index.phraseKind[phrase]!
    const isHead = heads.has(head)
    let score = weight * share ** matchWeights.shareExponent
    const code = index.phraseCode[phrase]!
    if (kind === makeKind) {
      if (share > wholeMake)
        match.make[code] = Math.max(
          match.make[code]!,
          matchWeights.makeRank ** index.phraseRank[phrase]!,
        )
      continue
    }
    if (kind === cueKind) {
      if (share > wholeCue) match.cue[code]! += share / Math.sqrt(1 + index.phraseRank[phrase]!)
      continue
    }
    if (share > wholeText && weight > wholeText * match.mass && kind !== termKind)
      match.exact.push(code)
    if (!strongest.has(head)) score *= headless
    else score *= isHead ? headBonus : modifier
    // A phrase that is the whole text is what was meant, whatever else its words may stand for.
    score *= 1 + matchWeights.whole * (share * Math.min(1, weight / (match.mass || 1))) ** 2
    if (kind === nameKind) score *= matchWeights.name
    else if (kind === termKind) score *= matchWeights.term
    keep(match, code, score, share, isHead)
  }
  return match
}

function keep(
  { best, rest, share, isHead }: Match,
  code: number,
  score: number,
  found: number,
  head: boolean,
): void {
  const { restLimit, rest: each } = matchWeights
  const before = best[code]!
  if (score > before) {
    rest[code] = Math.min(restLimit, rest[code]! + before * each)
    best[code] = score
    share[code] = found
    isHead[code] = head ? 1 : 0
  } else rest[code] = Math.min(restLimit, rest[code]! + score * each)
}

/** The word that opens a text of several and is a make by itself. */
function openingMake({ words, telling }: ReadText, { isMake }: WordIndex): number {
  const first = words[0]
  return first !== undefined && telling > 1 && first.at === 0 && isMake[first.term] === 1
    ? first.term
    : -1
}

/** A word said twice counts once; of two readings the stronger. */
function strongestReadings({ words }: ReadText): Map<number, number> {
  const strongest = new Map<number, number>()
  for (const { term, weight } of words)
    if (weight > (strongest.get(term) ?? 0)) strongest.set(term, weight)
  return strongest
}

/** Of each place of the text its heaviest reading. */
function massOf({ words }: ReadText, { idf }: WordIndex): number {
  const heaviest = new Map<number, number>()
  for (const { term, weight, at } of words)
    heaviest.set(at, Math.max(heaviest.get(at) ?? 0, weight * idf[term]!))
  return [...heaviest.values()].reduce((sum, each) => sum + each, 0)
}
