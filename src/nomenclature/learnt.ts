// What words of sellers' texts have stood for: `nonstop` for deodorants. Counted in labelled consignments, smoothed level
// by level like the shares of trade: a word speaks for a chapter first, for a heading in it as far as it was seen there.
import type { TradeShares } from './trade-shares.ts'
import type { Tree } from './tree.ts'
import type { Token } from './words/tokenize.ts'
import { stem } from './words/stem.ts'

/** From a stem to how often goods of each subheading were sent with it. */
export type WordCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** From a stem to places among all codes and what it adds there. */
export type Learnt = ReadonlyMap<string, readonly (readonly [place: number, weight: number])[]>

export const learntWeights = {
  /** How many texts the shares of trade are worth. */
  worth: 3,
  /** Words of one text say much the same. */
  each: 0.5,
}

/** `word counts`, the second as `330300 5; 330499 1`. */
export const readWordCounts = (text: string): WordCounts =>
  new Map(
    text
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => {
        const [word = '', counts = ''] = line.split('\t')
        const pairs = counts.split('; ').map((pair): [string, number] => {
          const [code = '', count = ''] = pair.split(' ')
          return [code, Number(count)]
        })
        return [word, new Map(pairs)]
      }),
  )

/** Stems of a text that can be learnt from: words, not numbers. */
export const learnable = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(
    tokens
      .filter(({ text, script }) => script === 'latin' && /^[a-z]{2,}$/.test(text))
      .map(({ text }) => stem(text, 'en')),
  )

/** How much likelier than usual each chapter, heading and subheading is with the word; all others stay. */
export function learn(words: WordCounts, tree: Tree, { counted }: TradeShares): Learnt {
  const shares = new Float64Array(tree.codes.length)
  for (const [at, { place, heading, chapter }] of tree.subheadings.entries())
    for (const each of [place, heading, chapter]) shares[each]! += Math.exp(counted[at]!)
  return new Map([...words].map(([word, counts]) => [word, weightsOf(counts, tree, shares)]))
}

function weightsOf(
  counts: ReadonlyMap<string, number>,
  tree: Tree,
  shares: Float64Array,
): [number, number][] {
  const seen = new Map<number, { count: number; share: number; isLeaf: boolean }>()
  const add = (place: number, above: number | undefined, count: number, isLeaf: boolean): void => {
    const share = above === undefined ? shares[place]! : shares[place]! / shares[above]!
    seen.set(place, { count: (seen.get(place)?.count ?? 0) + count, share, isLeaf })
  }
  for (const [code, count] of counts) {
    const at = tree.placeOfSubheading(code)
    if (at === undefined) continue
    const { place, heading, chapter } = tree.subheadings[at]!
    add(chapter, undefined, count, false)
    add(heading, chapter, count, false)
    add(place, heading, count, true)
  }
  const { worth, each } = learntWeights
  return [...seen].map(([place, { count, share, isLeaf }]) => [
    place,
    each * (Math.log(1 + count / (worth * share)) - (isLeaf ? 0 : Math.log(1 + count / worth))),
  ])
}

/** By place among all codes, what the words of a text add. */
export function recall(tokens: readonly Token[], learnt: Learnt, tree: Tree): Float32Array {
  const sums = new Float32Array(tree.codes.length)
  for (const word of learnable(tokens))
    for (const [place, weight] of learnt.get(word) ?? []) sums[place]! += weight
  return sums
}
