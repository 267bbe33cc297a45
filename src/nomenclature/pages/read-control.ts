import type { Answered } from '../questions.ts'
import { readAnswer } from '../questions.ts'

/** What a form that holds the classify control has said. */
export type ControlInput = {
  readonly text: string
  readonly answers: readonly Answered[]
  /** Six digits that somebody chose or typed; empty until then. */
  readonly code: string
}

type Fields = { get(name: string): unknown; getAll(name: string): unknown[] }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Reads the control's fields from a form or an address. Answers are to a text: once it was changed they are of something
 * else and are dropped. So is the answer whose "change" was pressed.
 */
export function readControl(fields: Fields, prefix = 'classify'): ControlInput {
  const text = textOf(fields.get(`${prefix}-text`))
    .trim()
    .slice(0, 2000)
  const about = fields.get(`${prefix}-about`)
  const isSame = about === null || about === undefined || textOf(about) === text
  const undone = textOf(fields.get(`${prefix}-undo`))
  const answers = new Map<string, Answered>()
  if (isSame)
    for (const value of fields.getAll(`${prefix}-answer`)) {
      const answer = readAnswer(textOf(value))
      if (answer && answer.question !== undone) answers.set(answer.question, answer)
    }
  return {
    text,
    answers: [...answers.values()].slice(0, 12),
    code: textOf(fields.get(`${prefix}-code`))
      .replaceAll(/\D/g, '')
      .slice(0, 6),
  }
}
