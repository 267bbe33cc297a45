// What a text says beside the thing: its material, who wears it, how it is made or preserved. The same words stand in the
// answers of the questions, so that a text can answer some of them before they are asked, in any of the five languages.
import type { Attribute, PlainLanguage, PlainQuestion } from './plain.ts'
import type { Questions, SharpQuestion } from './questions.ts'
import { fold } from './words/fold.ts'
import { stem } from './words/stem.ts'

export type Concepts = {
  /** The concepts that a text names. */
  named(text: string): ReadonlySet<string>
  /** These and all that they are a kind of. */
  widened(concepts: ReadonlySet<string>): ReadonlySet<string>
}

/** Words of the longest name. */
const longest = 3
const latin = new Set<PlainLanguage>(['en', 'ms', 'fr'])

export function readConcepts(attributes: readonly Attribute[]): Concepts {
  const byWord = new Map<string, string[]>()
  const unspaced: [string, string][] = []
  const broader = new Map(attributes.map((each) => [each.concept, each.broader]))
  for (const { concept, words } of attributes)
    for (const [language, list] of Object.entries(words) as [PlainLanguage, string[]][])
      for (const word of list)
        if (latin.has(language)) {
          const key = stems(word).join(' ')
          byWord.set(key, [...(byWord.get(key) ?? []), concept])
        } else unspaced.push([fold(word), concept])
  return {
    named: (text) => {
      const found = new Set<string>()
      const folded = fold(text)
      const words = stems(text)
      // The longest name first, and its words not again: imitation leather is no leather.
      for (let at = 0; at < words.length; at++)
        for (let length = Math.min(longest, words.length - at); length > 0; length--) {
          const named = byWord.get(words.slice(at, at + length).join(' '))
          if (!named) continue
          for (const concept of named) found.add(concept)
          at += length - 1
          break
        }
      if (/[^ -~]/.test(folded))
        for (const [word, concept] of unspaced) if (folded.includes(word)) found.add(concept)
      return found
    },
    widened: (concepts) => {
      const wide = new Set(concepts)
      for (const concept of wide) for (const each of broader.get(concept) ?? []) wide.add(each)
      return wide
    },
  }
}

/** Chapters of goods by what they are made of, and the concepts that name it. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  '39': ['plastic'],
  '40': ['rubber'],
  '44': ['wood', 'bamboo', 'plaiting'],
  '45': ['cork'],
  '46': ['plaiting', 'bamboo'],
  '48': ['paper'],
  '68': ['stone'],
  '69': ['ceramic'],
  '70': ['glass'],
  '73': ['iron', 'metal'],
  '74': ['copper', 'metal'],
  '76': ['aluminium', 'metal'],
}
const materials = new Set(Object.values(madeOf).flat())

/** Chapters of goods made of something else than the text says: a ceramic cup is none of steel. */
export const madeOfOther = (said: ReadonlySet<string>): readonly string[] =>
  [...said].some((concept) => materials.has(concept))
    ? Object.keys(madeOf).filter((chapter) => !madeOf[chapter]!.some((each) => said.has(each)))
    : []

const stems = (text: string): string[] =>
  (fold(text).match(/[a-z0-9]+/g) ?? [])
    .filter((word) => word !== 's')
    .map((word) => stem(word, 'en'))

/** From a concept to the answers that name it; and the questions about fibres, whose last answer is "other". */
export type AnswerConcepts = {
  readonly byConcept: ReadonlyMap<string, readonly (readonly [question: string, answer: number])[]>
  readonly ofFibres: readonly (readonly [question: string, other: number])[]
  readonly other: ReadonlyMap<string, number>
  readonly size: ReadonlyMap<string, number>
}

const fibres = ['cotton', 'synthetic', 'manmade']

export function conceptsOfAnswers(
  plain: readonly PlainQuestion[],
  concepts: Concepts,
): AnswerConcepts {
  const byConcept = new Map<string, [string, number][]>()
  const ofFibres: [string, number][] = []
  const other = new Map<string, number>()
  const size = new Map(plain.map(({ id, answers }) => [id, answers.length]))
  const named = remember((text: string) => concepts.named(text))
  for (const { id, answers } of plain) {
    const own = answers.map(({ text }) => named(text))
    for (const [number, each] of own.entries())
      for (const concept of each) {
        const known = byConcept.get(concept)
        if (known) known.push([id, number])
        else byConcept.set(concept, [[id, number]])
      }
    const rest = answers.findIndex(({ text }) => /^(other|another|something else)\b/i.test(text))
    if (rest < 0) continue
    other.set(id, rest)
    if (own.some((each) => fibres.some((fibre) => each.has(fibre)))) ofFibres.push([id, rest])
  }
  return { byConcept, ofFibres, other, size }
}

function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

/**
 * What the text itself answers: for each question that it speaks to, the numbers of the answers that fit. A silk shirt
 * among cotton, synthetic and other fibres is of the other.
 */
export function answeredByText(
  said: ReadonlySet<string>,
  questions: Questions,
  { byConcept, ofFibres, other, size }: AnswerConcepts,
): Map<SharpQuestion, ReadonlySet<number>> {
  const fitting = new Map<string, Set<number>>()
  for (const concept of said)
    for (const [id, answer] of byConcept.get(concept) ?? []) {
      const fits = fitting.get(id)
      if (fits) fits.add(answer)
      else fitting.set(id, new Set([answer]))
    }
  if (said.has('textile'))
    for (const [id, rest] of ofFibres) if (!fitting.has(id)) fitting.set(id, new Set([rest]))
  const answered = new Map<SharpQuestion, ReadonlySet<number>>()
  for (const [id, fits] of fitting) {
    if (fits.size > 1) fits.delete(other.get(id) ?? -1)
    const question = questions.find(id)
    if (question && fits.size < (size.get(id) ?? 0)) answered.set(question, fits)
  }
  return answered
}
