// How often each kind of goods is sent, before a word is said. The nomenclature's own judgement (trade 0-3, and how many
// everyday words a kind has) gives the shape; counts of real consignments, where somebody has them, correct it level by
// level: chapters first, headings within them, subheadings within these.
import type { Tree } from './tree.ts'

/** Consignments by subheading. Only their proportions mean something. */
export type Counts = ReadonlyMap<string, number>

export const shareWeights = {
  trade: 1.1,
  headingTrade: 0.6,
  width: 1.0,
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

export function tradeShares({ subheadings }: Tree, counts: Counts): Float32Array {
  const w = shareWeights
  const own = subheadings.map(({ trade, headingTrade, width }) =>
    Math.exp(w.trade * trade + w.headingTrade * headingTrade + w.width * width),
  )
  const judged = sums(subheadings, own)
  const counted = sums(
    subheadings,
    subheadings.map(({ code }) => counts.get(code) ?? 0),
  )
  const share = (code: string, above: string, worth: number): number => {
    const ours = judged.get(code)! / judged.get(above)!
    return ((counted.get(code) ?? 0) + worth * ours) / ((counted.get(above) ?? 0) + worth)
  }
  return Float32Array.from(subheadings, ({ code }) => {
    const [chapter, heading] = [code.slice(0, 2), code.slice(0, 4)]
    return Math.log(
      share(chapter, '', w.chapter) *
        share(heading, chapter, w.heading) *
        share(code, heading, w.subheading),
    )
  })
}

/** Of every code, its heading, its chapter and all. */
function sums(subheadings: Tree['subheadings'], values: readonly number[]): Map<string, number> {
  const total = new Map<string, number>()
  for (const [at, { code }] of subheadings.entries())
    for (const prefix of ['', code.slice(0, 2), code.slice(0, 4), code])
      total.set(prefix, (total.get(prefix) ?? 0) + values[at]!)
  return total
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
