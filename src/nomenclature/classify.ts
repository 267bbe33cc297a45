// One turn of guided classification: a text and the answers so far give a code, a question, or "say more".
import { chooseQuestion, type Reader } from './ask.ts'
import { answeredByText, madeOfOther, type AnswerConcepts, type Concepts } from './attributes.ts'
import type { TradeShares } from './trade-shares.ts'
import { afterAnswers, scaled } from './belief.ts'
import { namedShare, sureFrom } from './coefficients.ts'
import {
  calibrated,
  confidenceOf,
  featuresOf,
  twoHighest,
  type Coefficients,
} from './confidence.ts'
import { recall, type Learnt } from './learnt.ts'
import type { Names } from './names.ts'
import type { PlainLanguage } from './plain.ts'
import type { Answered, Questions, SharpQuestion } from './questions.ts'
import { rankCodes, rankWeights, softmax } from './rank-codes.ts'
import type { Tree } from './tree.ts'
import type { WordIndex } from './words/build-index.ts'
import { matchText, type Match } from './words/match-text.ts'
import { mostText, readText, type ReadText } from './words/read-text.ts'

/** A subheading that it may be; `lang` is the language of its name. */
export type Rival = {
  readonly code: string
  readonly name: string
  readonly lang: PlainLanguage
  readonly confidence: number
}

export type AskedAnswer = {
  readonly id: string
  readonly text: string
  readonly codes: readonly string[]
}
export type AskedQuestion = {
  readonly id: string
  readonly text: string
  /** Whose words these are: `en` where nobody has written them in the reader's language. */
  readonly lang: PlainLanguage
  readonly answers: readonly AskedAnswer[]
}

export type Classification = {
  /** `too-vague`: the text names no goods; `missing` says what to add. */
  readonly state: 'sure' | 'ask' | 'too-vague'
  readonly missing?: 'text' | 'thing' | 'known-word'
  /** The likeliest subheading, HS 2022. Absent when too vague. */
  readonly code?: string
  readonly name?: string
  /** 0 to 1, calibrated. */
  readonly confidence?: number
  readonly rivals: readonly Rival[]
  readonly question?: AskedQuestion
  readonly asked: readonly { readonly question: AskedQuestion; readonly answer: string }[]
}

/** Weighs the likeliest codes anew: a factor for each, 1 where it has no opinion. */
export type Ranker = (text: string, rivals: readonly Rival[]) => readonly number[]

export type Classifier = {
  readonly tree: Tree
  readonly index: WordIndex
  readonly questions: Questions
  readonly concepts: Concepts
  readonly answerConcepts: AnswerConcepts
  readonly coefficients: Coefficients
  /** What is believed before a word is said: logarithms, and shares. */
  readonly rates: TradeShares
  readonly usual: Float32Array
  readonly learnt: Learnt
  readonly names: Names
  word(question: SharpQuestion, language: PlainLanguage): AskedQuestion
  readerOf(language: PlainLanguage): Reader
  readonly ranker?: Ranker
}

export type Turn = { readonly language?: PlainLanguage; readonly answers?: readonly Answered[] }

/** The answers of a long talk; each question is asked once. */
export const mostTurns = 12
const shownRivals = 8

export function classify(classifier: Classifier, text: string, turn: Turn = {}): Classification {
  const { tree, index, questions, word } = classifier
  const language = turn.language ?? 'en'
  const answers = (turn.answers ?? []).slice(0, mostTurns)
  const read = readText(text, index, turn.language)
  const match = matchText(read, index)
  const belief = afterAnswers(believe(classifier, text, read, match, language), answers, questions)
  const rivals = rivalsOf(belief, tree, language)
  const [top] = rivals
  const asked = answers.flatMap(({ question, answer }) => {
    const sharp = questions.find(question)
    return sharp ? [{ question: word(sharp, language), answer }] : []
  })
  const missing = asked.length === 0 ? missingOf(read, match) : undefined
  const isSure = !missing && top !== undefined && top.confidence >= sureFrom
  const next =
    isSure || asked.length >= mostTurns
      ? undefined
      : chooseQuestion(belief, tree, questions, answers, classifier.readerOf(language))
  const question = next && word(next, language)
  if (missing || !top)
    return {
      state: 'too-vague',
      missing: missing ?? 'text',
      rivals: [],
      asked,
      ...(question ? { question } : {}),
    }
  return {
    state: isSure ? 'sure' : 'ask',
    code: top.code,
    name: top.name,
    confidence: top.confidence,
    rivals,
    asked,
    ...(question ? { question } : {}),
  }
}

function believe(
  classifier: Classifier,
  text: string,
  read: ReadText,
  match: Match,
  language: PlainLanguage,
): Float32Array {
  const { tree, ranker, coefficients, usual } = classifier
  const ranked = firstBelief(classifier, text, read, match)
  const belief = ranker ? reranked(ranked.belief, text, ranker, tree, language) : ranked.belief
  const features = featuresOf(belief, read, match, tree)
  const confidence =
    twoHighest(belief)[0] === ranked.named ? namedShare : confidenceOf(features, coefficients)
  return calibrated(belief, confidence, usual)
}

/** What the words alone say, not yet calibrated; and the place of the subheading whose very name the text is. */
export function firstBelief(
  { tree, questions, concepts, answerConcepts, rates, learnt, names }: Classifier,
  text: string,
  read: ReadText,
  match: Match,
): { belief: Float32Array; named: number | undefined } {
  const said = concepts.widened(concepts.named(text.slice(0, mostText)))
  const answered = answeredByText(said, questions, answerConcepts)
  const recalled = read.isEnglish ? recall(read.tokens, learnt, tree) : undefined
  const named =
    read.tokens.length > mostNamed ? undefined : namedPlace(text, names, match, answered, tree)
  const scores = rankCodes(read, match, tree, answered, rates, recalled, madeOfOther(said))
  if (named !== undefined) scores[named]! += rankWeights.named
  return { belief: softmax(scores), named }
}

/** No name has more words. */
const mostNamed = 20

/** A whole name, or a part of one where the text answers all that its heading asks. */
function namedPlace(
  text: string,
  names: Names,
  match: Match,
  answered: ReadonlyMap<SharpQuestion, ReadonlySet<number>>,
  tree: Tree,
): number | undefined {
  const named = names.named(text)
  if (!named) return undefined
  const { code, isWhole } = named
  // What is also said of other goods is not theirs alone.
  if (!match.exact.every((at) => code.startsWith(tree.codes[at]!))) return undefined
  const place = tree.placeOfSubheading(code)
  if (isWhole) return place
  const heading = code.slice(0, 4)
  const rivals = new Set(tree.childrenOf(heading))
  if (rivals.size === 1) return undefined
  for (const [{ scope, members, answerOf }, fits] of answered)
    if (scope === heading)
      for (let at = 0; at < members.length; at++)
        if (!fits.has(answerOf[at]!)) rivals.delete(tree.subheadings[members[at]!]!.code)
  return rivals.size === 1 && rivals.has(code) ? place : undefined
}

function reranked(
  belief: Float32Array,
  text: string,
  ranker: Ranker,
  tree: Tree,
  language: PlainLanguage,
): Float32Array {
  const rivals = rivalsOf(belief, tree, language)
  const factors = ranker(text, rivals)
  const next = belief.slice()
  for (const [at, { code }] of rivals.entries()) {
    const factor = factors[at] ?? 1
    const place = tree.placeOfSubheading(code)
    if (Number.isFinite(factor) && factor >= 0 && place !== undefined) next[place]! *= factor
  }
  return scaled(next)
}

/** The least evidence on which a guess is worth showing. */
const leastEvidence = 2.2

function missingOf(read: ReadText, match: Match): Classification['missing'] {
  if (read.tokens.length === 0) return 'text'
  if (read.telling === 0) return 'thing'
  if (read.unknown === read.telling) return 'known-word'
  let highest = 0
  for (const each of match.best) if (each > highest) highest = each
  return highest < leastEvidence ? 'thing' : undefined
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000

function rivalsOf(belief: Float32Array, tree: Tree, language: PlainLanguage): Rival[] {
  const best: number[] = []
  for (let at = 0; at < belief.length; at++) {
    const share = belief[at]!
    if (best.length === shownRivals && share <= belief[best[shownRivals - 1]!]!) continue
    let place = best.length
    while (place > 0 && belief[best[place - 1]!]! < share) place--
    best.splice(place, 0, at)
    if (best.length > shownRivals) best.pop()
  }
  return best.map((at) => {
    const { code } = tree.subheadings[at]!
    const own = tree.nameOf(code, language)
    return {
      code,
      name: own ?? tree.nameOf(code, 'en') ?? code,
      lang: own === undefined ? 'en' : language,
      confidence: rounded(belief[at]!),
    }
  })
}
