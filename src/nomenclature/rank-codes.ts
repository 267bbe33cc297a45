// From the matches of words to a score for each of the 5,613 subheadings: what is said of itself, of its heading and of
// its chapter, how usual it is in trade by parcel, and what amounts and attributes in the text tell.
import type { Match } from './words/match-text.ts'
import type { ReadText } from './words/read-text.ts'
import { chaptersOf } from './words/noise.ts'
import type { TradeShares } from './trade-shares.ts'
import type { SharpQuestion } from './questions.ts'
import type { Tree } from './tree.ts'

export const rankWeights = {
  heading: 0.31,
  chapter: 0.21,
  bag: 0.21,
  bagHeading: 0.28,
  bagChapter: 0.15,
  rate: 0.68,
  sign: 4,
  said: 0.6,
  make: 6.0,
  makeHeading: 0.46,
  makeChapter: 0.85,
  temperature: 0.51,
  cue: 3.5,
  cueLimit: 2.1,
  named: 14,
  /** The text is one of its words and no more. */
  exact: 0.5,
  /** Of a chapter of goods made of something else. */
  unlike: 3,
}

/** The same for a language in which subheadings have no words of their own, and for whose parcels nobody has counts. */
const abroad = {
  heading: 0.6,
  chapter: 0.21,
  bag: 0.1,
  bagHeading: 0.24,
  rate: 0.8,
  said: 2.5,
  temperature: 0.9,
}

/** Log weights by place in `tree.subheadings`; only their differences mean something. */
export function rankCodes(
  text: ReadText,
  match: Match,
  tree: Tree,
  answered: ReadonlyMap<SharpQuestion, ReadonlySet<number>>,
  { counted, judged }: TradeShares,
  recalled?: Float32Array,
  madeOfOther: readonly string[] = [],
): Float32Array {
  const w = text.isEnglish ? rankWeights : { ...rankWeights, ...abroad }
  const rates = text.isEnglish ? counted : judged
  const scores = new Float32Array(tree.subheadings.length)
  const signed = placesOf(text, tree)
  const exact = new Set(match.exact)
  const unlike = new Set(madeOfOther.map((chapter) => tree.codes.indexOf(chapter)))
  const value = (place: number): number => match.best[place]! + match.rest[place]!
  for (let at = 0; at < scores.length; at++) {
    const node = tree.subheadings[at]!
    const ofHeading = value(node.heading)
    const own = node.isOnly ? Math.max(value(node.place), ofHeading) : value(node.place)
    let score = own + w.heading * ofHeading + w.chapter * value(node.chapter)
    score +=
      w.bag * match.bag[node.place]! +
      w.bagHeading * match.bag[node.heading]! +
      w.bagChapter * match.bag[node.chapter]!
    score = score * w.temperature + w.rate * rates[at]!
    score +=
      w.make *
      Math.max(
        match.make[node.place]!,
        w.makeHeading * match.make[node.heading]!,
        w.makeChapter * match.make[node.chapter]!,
      )
    score +=
      w.cue *
      Math.min(
        w.cueLimit,
        match.cue[node.place]! + match.cue[node.heading]! + match.cue[node.chapter]!,
      )
    if (recalled) score += recalled[node.place]! + recalled[node.heading]! + recalled[node.chapter]!
    if (exact.has(node.place)) score += w.exact
    if (unlike.has(node.chapter)) score -= w.unlike
    if (signed.has(node.chapter)) score += w.sign
    scores[at] = score
  }
  for (const [question, fits] of answered) lean(scores, question, fits, w.said)
  return scores
}

/** Chapters whose goods are sold by such amounts as the text names. */
const placesOf = ({ signs }: ReadText, tree: Tree): ReadonlySet<number> =>
  new Set(signs.flatMap((sign) => chaptersOf[sign]).map((chapter) => tree.codes.indexOf(chapter)))

/**
 * Towards the codes of the answers that the text gave by itself, away from those of the others; the question's codes
 * together stay as likely as they were, for "cotton" tells a shirt from a shirt and not a shirt from a sheet.
 */
function lean(
  scores: Float32Array,
  { members, answerOf }: SharpQuestion,
  fits: ReadonlySet<number>,
  weight: number,
): void {
  let highest = -Infinity
  for (const member of members) highest = Math.max(highest, scores[member]!)
  let [before, after] = [0, 0]
  for (let at = 0; at < members.length; at++) {
    const share = Math.exp(scores[members[at]!]! - highest)
    before += share
    after += fits.has(answerOf[at]!) ? share * Math.exp(weight) : share
  }
  const kept = Math.log(before / after)
  for (let at = 0; at < members.length; at++)
    scores[members[at]!]! += kept + (fits.has(answerOf[at]!) ? weight : 0)
}

export function softmax(scores: Float32Array): Float32Array {
  let highest = -Infinity
  for (const score of scores) if (score > highest) highest = score
  let sum = 0
  const shares = new Float32Array(scores.length)
  for (let at = 0; at < shares.length; at++) sum += shares[at] = Math.exp(scores[at]! - highest)
  for (let at = 0; at < shares.length; at++) shares[at]! /= sum
  return shares
}
