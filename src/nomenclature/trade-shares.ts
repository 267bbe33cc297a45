// How often each kind of goods is sent, before a word is said. The nomenclature's own judgement (trade 0-3, and how many
// everyday words a kind has) gives the shape; counts of real consignments, where somebody has them, correct it level by
// level: chapters first, headings within them, subheadings within these.
import type { Tree } from './tree.ts'

/** Consignments by subheading. Only their proportions mean something. */
export type Counts = ReadonlyMap<string, number>

export const shareWeights = {
  trade: 1.1,
  headingTrade: 0.6,
  width: 0.45,
  /** How many counted consignments our own judgement is worth, at each level. */
  chapter: 30,
  heading: 10,
  subheading: 3,
}

/** The logarithm of each subheading's share: by counts and judgement, and by judgement alone. */
export type TradeShares = { readonly counted: Float32Array; readonly judged: Float32Array }

export const sharesOf = (tree: Tree, counts: Counts): TradeShares => ({
  counted: tradeShares(tree, counts),
  judged: tradeShares(tree, new Map()),
})

export function tradeShares({ codes, subheadings }: Tree, counts: Counts): Float32Array {
  const w = shareWeights
  const judged = new Float64Array(codes.length)
  const counted = new Float64Array(codes.length)
  let [judgedAll, countedAll] = [0, 0]
  for (const { code, place, heading, chapter, trade, headingTrade, width } of subheadings) {
    const own = Math.exp(w.trade * trade + w.headingTrade * headingTrade + w.width * width)
    const count = counts.get(code) ?? 0
    judgedAll += own
    countedAll += count
    for (const at of [place, heading, chapter]) {
      judged[at]! += own
      counted[at]! += count
    }
  }
  const share = (at: number, above: number, worth: number): number =>
    (counted[at]! + (worth * judged[at]!) / judged[above]!) / (counted[above]! + worth)
  return Float32Array.from(subheadings, ({ place, heading, chapter }) =>
    Math.log(
      ((counted[chapter]! + (w.chapter * judged[chapter]!) / judgedAll) /
        (countedAll + w.chapter)) *
        share(heading, chapter, w.heading) *
        share(place, heading, w.subheading),
    ),
  )
}

/** `code count` with a header line. */
export const readCounts = (text: string): Counts =>
  new Map(
    text
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => {
        const [code = '', count = ''] = line.split('\t')
        return [code, Number(count)]
      }),
  )
