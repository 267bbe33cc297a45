// Questions as the classifier uses them: which subheading gives which answer. Those of the data, and three of a general
// form - which chapter, heading or subheading is it? - made from whatever is likely at the moment.
import type { PlainLanguage, PlainQuestion } from './plain.ts'
import type { Tree } from './tree.ts'

/** A question with the answer that each subheading gives; what it does not concern gives none. */
export type SharpQuestion = {
  readonly id: string
  readonly scope: string
  /** Places in `tree.subheadings`, and the number of the answer at the same place. */
  readonly members: Int32Array
  readonly answerOf: Int8Array
  readonly answerIds: readonly string[]
}

export type Answered = { readonly question: string; readonly answer: string }

/** None of the answers fits; the person does not know. */
export const noneOfThese = 'none'
export const notKnown = 'unknown'

export type Questions = {
  readonly all: readonly SharpQuestion[]
  /** A question of the data or of the general form by its id; undefined where there is none. */
  find(id: string): SharpQuestion | undefined
  plain(id: string): PlainQuestion | undefined
}

export function sharpen(plain: readonly PlainQuestion[], tree: Tree): Questions {
  const byId = new Map(plain.map((question) => [question.id, question]))
  const all = plain.map((question) => sharpQuestion(question, tree))
  const sharp = new Map(all.map((question) => [question.id, question]))
  return {
    all,
    find: (id) => sharp.get(id) ?? generalQuestion(id, tree),
    plain: (id) => byId.get(id),
  }
}

/** Where two answers hold a code, the longer prefix is meant; of two alike, the first. */
function sharpQuestion({ id, scope, answers }: PlainQuestion, tree: Tree): SharpQuestion {
  const [begin, end] = rangeOf(scope, tree)
  const answerAt = new Int8Array(end - begin).fill(-1)
  const prefixes = answers
    .flatMap(({ codes }, number) => codes.map((prefix) => ({ prefix, number })))
    .sort((a, b) => a.prefix.length - b.prefix.length || b.number - a.number)
  for (const { prefix, number } of prefixes) {
    const [first, last] = rangeOf(prefix, tree)
    answerAt.fill(number, Math.max(0, first - begin), Math.max(0, last - begin))
  }
  const members: number[] = []
  for (let at = begin; at < end; at++) if (answerAt[at - begin]! >= 0) members.push(at)
  return {
    id,
    scope,
    members: Int32Array.from(members),
    answerOf: answerAt.filter((number) => number >= 0),
    answerIds: answers.map((answer) => answer.id),
  }
}

/** From the first subheading under a code to the one after the last; a colon comes after all digits. */
const rangeOf = (code: string, tree: Tree): readonly [number, number] => [
  firstUnder(code, tree),
  firstUnder(`${code}:`, tree),
]

/** The first subheading whose code is not before the scope. */
function firstUnder(scope: string, { subheadings }: Tree): number {
  let [low, high] = [0, subheadings.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (subheadings[middle]!.code < scope) low = middle + 1
    else high = middle
  }
  return low
}

export const mostAnswers = 8

/** `which-610910-610990`: the id of a general question tells its answers, so that nothing has to be kept. */
export const generalId = (codes: readonly string[]): string => `which-${codes.join('-')}`

export const codesOf = (id: string): string[] => id.split('-').slice(1)

export const isGeneral = (id: string): boolean => id.startsWith('which-')

function generalQuestion(id: string, tree: Tree): SharpQuestion | undefined {
  if (!isGeneral(id)) return undefined
  const codes = codesOf(id)
  const length = codes[0]?.length
  const isSound =
    codes.length <= mostAnswers &&
    codes.every((code) => code.length === length && tree.has(code)) &&
    new Set(codes).size === codes.length
  return isSound ? sharpGeneral(codes, tree) : undefined
}

export function sharpGeneral(codes: readonly string[], tree: Tree): SharpQuestion {
  const members: number[] = []
  const answerOf: number[] = []
  for (const [number, code] of codes.entries())
    for (let [at, end] = rangeOf(code, tree); at < end; at++) {
      members.push(at)
      answerOf.push(number)
    }
  return {
    id: generalId(codes),
    scope: '',
    members: Int32Array.from(members),
    answerOf: Int8Array.from(answerOf),
    answerIds: codes,
  }
}

/** In the order people read: English where a language has no words. */
export const fallback = (language: PlainLanguage): readonly PlainLanguage[] =>
  language === 'en' ? ['en'] : [language, 'en']

/** `6109-1=2`, as forms and the command line carry an answer; undefined for anything else. */
export function readAnswer(text: string): Answered | undefined {
  const match = /^([\w-]{1,80})=(\w{1,12})$/.exec(text)
  return match ? { question: match[1]!, answer: match[2]! } : undefined
}

export const writeAnswer = ({ question, answer }: Answered): string => `${question}=${answer}`
