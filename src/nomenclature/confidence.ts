// How far the first guess of a text is to be trusted. A logistic of what can be seen of the match, whose coefficients were
// fitted on the open half of the texts for development (docs/decisions/0012): numbers about matching, no words of theirs.
import type { Match } from './words/match-text.ts'
import { isClean, type ReadText } from './words/read-text.ts'
import type { Tree } from './tree.ts'

export type Coefficients = readonly number[]

export const featureNames = [
  'one',
  'share of belief',
  'lead over the next',
  'share of belief of its heading',
  'share of its best phrase found',
  'the thing itself is named',
  'weight of the match',
  'share of the text explained',
  'share of words not known',
  'words that tell',
  'usual in trade by parcel',
  'its own words, not its heading’s',
  'the make is known for it',
  'share of the phrase times share of the text',
  'a few words, all of them known',
  'the same, times share of both',
  'the same, times lead',
] as const

/** In the order of `featureNames`, each about between 0 and 1. */
export function featuresOf(
  belief: Float32Array,
  text: ReadText,
  match: Match,
  tree: Tree,
): number[] {
  const [first, second] = twoHighest(belief)
  const top = tree.subheadings[first]!
  const own = match.best[top.place]!
  const heading = match.best[top.heading]!
  const from = own >= heading ? top.place : top.heading
  const evidence = Math.max(own, heading)
  const explained = Math.min(1, evidence / (match.mass || 1))
  const lead = Math.min(1, Math.log(belief[first]! / belief[second]!) / 5)
  const clean = isClean(text) ? 1 : 0
  return [
    1,
    belief[first]!,
    lead,
    headingShare(belief, first, tree),
    match.share[from]!,
    match.isHead[from]!,
    Math.min(2, evidence / 8),
    Math.min(1.5, evidence / (match.mass || 1)),
    text.unknown / Math.max(1, text.telling),
    Math.min(1, text.telling / 6),
    top.trade / 3,
    own > heading ? 1 : 0,
    match.make[top.place]!,
    match.share[from]! * explained,
    clean,
    clean * match.share[from]! * explained,
    clean * lead,
  ]
}

export function confidenceOf(features: readonly number[], coefficients: Coefficients): number {
  const sum = features.reduce((total, each, at) => total + each * (coefficients[at] ?? 0), 0)
  return 1 / (1 + Math.exp(-sum))
}

/**
 * The belief with its first guess as far trusted as the match deserves, all others in their order: mixed with a flatter
 * one where it was too sure of itself, sharpened where it was not sure enough.
 */
export function calibrated(
  belief: Float32Array,
  confidence: number,
  usual: Float32Array,
): Float32Array {
  const [first] = twoHighest(belief)
  const top = belief[first]!
  if (confidence >= top) {
    const rest = (1 - confidence) / Math.max(1e-9, 1 - top)
    return belief.map((each, at) => (at === first ? confidence : each * rest))
  }
  const flat = flattened(belief, usual)
  const share = Math.min(1, Math.max(0, (top - confidence) / Math.max(1e-9, top - flat[first]!)))
  return belief.map((each, at) => each * (1 - share) + flat[at]! * share)
}

/** The same order, less told apart, and a little of what is usual for whatever no word was found. */
function flattened(belief: Float32Array, usual: Float32Array): Float32Array {
  const roots = belief.map(Math.sqrt)
  let sum = 0
  for (let at = 0; at < roots.length; at++) sum += roots[at]!
  return roots.map((each, at) => (0.9 * each) / sum + 0.1 * usual[at]!)
}

export function twoHighest(belief: Float32Array): [number, number] {
  let [first, second] = belief[0]! >= belief[1]! ? [0, 1] : [1, 0]
  for (let at = 2; at < belief.length; at++)
    if (belief[at]! > belief[first]!) [first, second] = [at, first]
    else if (belief[at]! > belief[second]!) second = at
  return [first, second]
}

function headingShare(belief: Float32Array, at: number, { subheadings }: Tree): number {
  const { heading } = subheadings[at]!
  let [low, high] = [at, at]
  while (low > 0 && subheadings[low - 1]!.heading === heading) low--
  while (high + 1 < subheadings.length && subheadings[high + 1]!.heading === heading) high++
  let sum = 0
  for (let each = low; each <= high; each++) sum += belief[each]!
  return sum
}
