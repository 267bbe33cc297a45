// What is believed of each subheading: from the text, calibrated, then changed by answers (Bayes).
import {
  noneOfThese,
  notKnown,
  type Answered,
  type Questions,
  type SharpQuestion,
} from './questions.ts'

/** What an answer leaves of codes it speaks against. People err, and so may our questions; never quite zero. */
const against = { other: 0.01, outside: 0.04, none: 0.02 }

/** The belief after all answers; unknown questions are passed over. */
export function afterAnswers(
  belief: Float32Array,
  answers: readonly Answered[],
  questions: Questions,
): Float32Array {
  let now = belief
  for (const { question, answer } of answers) {
    const sharp = questions.find(question)
    if (sharp) now = afterAnswer(now, sharp, answer)
  }
  return now
}

function afterAnswer(
  belief: Float32Array,
  { members, answerOf, answerIds }: SharpQuestion,
  answer: string,
): Float32Array {
  if (answer === notKnown) return belief
  const chosen = answerIds.indexOf(answer)
  if (chosen < 0 && answer !== noneOfThese) return belief
  const isNone = chosen < 0
  const next = isNone ? belief.slice() : belief.map((each) => each * against.outside)
  for (let at = 0; at < members.length; at++) {
    const member = members[at]!
    next[member] =
      belief[member]! * (isNone ? against.none : answerOf[at] === chosen ? 1 : against.other)
  }
  return scaled(next)
}

/** To a sum of one. */
export function scaled(belief: Float32Array): Float32Array {
  let sum = 0
  for (const each of belief) sum += each
  return belief.map((each) => each / sum)
}
