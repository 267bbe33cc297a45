// Two channels for trouble (STYLE): a refusal is a lawful no with a code and facts; all else is a fault.

/** Facts that name the place and the figures of a refusal, in words and numbers a reader can check. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>

export type Refused = { readonly refused: string; readonly facts: RefusalFacts }

/** A lawful no as a value, for pure modules. */
export const refused = (code: string, facts: RefusalFacts = {}): Refused => ({
  refused: code,
  facts,
})

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value

/** The same at the edge, for a single request: becomes a status and a sentence in the reader's language. */
export class Refusal extends Error {
  readonly code: string
  readonly facts: RefusalFacts

  constructor(code: string, facts: RefusalFacts = {}) {
    super(`${code} ${JSON.stringify(facts)}`)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}
