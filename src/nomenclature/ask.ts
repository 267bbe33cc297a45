// Which question next: the one whose answer is expected to tell most. An answer is settled by the code, so what it tells
// is the entropy of the shares of belief behind its answers, "something else" included.
import {
  codesOf,
  isGeneral,
  noneOfThese,
  sharpGeneral,
  type Answered,
  type Questions,
  type SharpQuestion,
} from './questions.ts'
import type { Tree } from './tree.ts'

/** Questions about the goods are easier to answer than lists of names. */
const ease = { plain: 1.15, subheadings: 1, headings: 1, chapters: 0.9 }
/** A question about a heading that is hardly meant would only surprise. */
const leastScope = 0.3
const leastAnswer = 0.002
/** What nobody means is not offered, nor what has no code believed at least this share of the likeliest one. */
const leastOffered = 0.01
const leastBesideBest = 0.06
/** Whoever said "none of these" is no longer where we believed: more is offered then. */
const mostOffered = { first: 6, afterNone: 8 }
/** One code that is believed so far is asked for by itself: is it this? */
const nearlyAll = 0.7

/** Which questions somebody can read in their own language; subheadings have English names only. */
export type Reader = { reads(question: string): boolean; readonly readsSubheadings: boolean }

const everyWord: Reader = { reads: () => true, readsSubheadings: true }
/** A question in another language has to tell this much more. */
const foreign = 0.5

export function chooseQuestion(
  belief: Float32Array,
  tree: Tree,
  questions: Questions,
  answers: readonly Answered[],
  reader: Reader = everyWord,
): SharpQuestion | undefined {
  const shares = sharesByPrefix(belief, tree)
  const asked = new Set(answers.map(({ question }) => question))
  const isOpen = stillOpen(answers)
  const most = answers.some(isNoneOfGeneral) ? mostOffered.afterNone : mostOffered.first
  const single = nearlySettled(shares, tree, reader, isOpen)
  let best: { question: SharpQuestion; value: number } | undefined
  const consider = (question: SharpQuestion, weight: number, isOwn: boolean): void => {
    if (asked.has(question.id)) return
    const value = weight * (isOwn ? 1 : foreign) * tells(question, belief)
    if (value > (best?.value ?? 0)) best = { question, value }
  }
  for (const question of questions.all)
    if (
      (shares.get(question.scope) ?? 0) >= leastScope &&
      (!single || question.scope === single.slice(0, 4))
    )
      consider(question, ease.plain, reader.reads(question.id))
  if (single) {
    consider(sharpGeneral([single], tree), ease.subheadings, true)
    return best?.question
  }
  for (const [length, weight] of [
    [6, ease.subheadings],
    [4, ease.headings],
    [2, ease.chapters],
  ] as const) {
    const codes = likeliest(shares, length, isOpen).slice(0, most)
    if (codes.length > 1 || (codes.length === 1 && length === 6))
      consider(sharpGeneral(codes, tree), weight, length < 6 || reader.readsSubheadings)
  }
  return best?.question
}

/** The one code that holds nearly all belief, as far as the reader has a name for it. */
function nearlySettled(
  shares: ReadonlyMap<string, number>,
  tree: Tree,
  { readsSubheadings }: Reader,
  isOpen: (code: string) => boolean,
): string | undefined {
  for (const [code, share] of shares) {
    if (code.length < 6 || share < nearlyAll) continue
    const heading = code.slice(0, 4)
    const shown = readsSubheadings ? code : tree.childrenOf(heading).length === 1 ? heading : ''
    return shown !== '' && isOpen(shown) ? shown : undefined
  }
  return undefined
}

/** Who has chosen a heading is asked about what is under it, and nobody twice about what was none of it. */
function stillOpen(answers: readonly Answered[]): (code: string) => boolean {
  const general = answers.filter(({ question }) => isGeneral(question))
  const denied = new Set(
    general.filter(isNoneOfGeneral).flatMap(({ question }) => codesOf(question)),
  )
  const chosen = general.map(({ answer }) => answer).filter((answer) => /^\d+$/.test(answer))
  return (code) =>
    !denied.has(code) && chosen.every((each) => code.length > each.length && code.startsWith(each))
}

const isNoneOfGeneral = ({ question, answer }: Answered): boolean =>
  isGeneral(question) && answer === noneOfThese

/** Of each chapter, heading and subheading, how much is believed. */
export function sharesByPrefix(
  belief: Float32Array,
  { codes, subheadings }: Tree,
): Map<string, number> {
  const sums = new Float64Array(codes.length)
  for (let at = 0; at < belief.length; at++) {
    const { place, heading, chapter } = subheadings[at]!
    const share = belief[at]!
    sums[place] = share
    sums[heading]! += share
    sums[chapter]! += share
  }
  const shares = new Map<string, number>()
  for (let at = 0; at < sums.length; at++)
    if (sums[at]! > leastAnswer) shares.set(codes[at]!, sums[at]!)
  return shares
}

/**
 * Judged by the likeliest code in each, not by the sum: the doubt that calibration spreads over all codes adds up to
 * something in every chapter that has hundreds of them (organic chemicals, for a scarf).
 */
function likeliest(
  shares: ReadonlyMap<string, number>,
  length: number,
  isOpen: (code: string) => boolean,
): string[] {
  const open = [...shares].filter(
    ([code, share]) => code.length === length && share >= leastOffered && isOpen(code),
  )
  const highest = new Map<string, number>()
  for (const [code, share] of shares) {
    const under = code.slice(0, length)
    if (code.length === 6) highest.set(under, Math.max(highest.get(under) ?? 0, share))
  }
  const highestIn = ([code]: readonly [string, number]): number => highest.get(code) ?? 0
  const least = leastBesideBest * Math.max(0, ...open.map(highestIn))
  return open
    .filter((each) => highestIn(each) >= least)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code]) => code)
}

/** In nats. */
function tells({ members, answerOf, answerIds }: SharpQuestion, belief: Float32Array): number {
  const shares = new Float64Array(answerIds.length)
  for (let at = 0; at < members.length; at++) shares[answerOf[at]!]! += belief[members[at]!]!
  let rest = 1
  let value = 0
  for (const share of shares) {
    rest -= share
    if (share > 0) value -= share * Math.log(share)
  }
  return rest > 1e-9 ? value - rest * Math.log(rest) : value
}
