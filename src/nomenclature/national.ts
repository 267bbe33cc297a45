// From six digits to a territory's own line. We hold the lines and their duties, not the words of each schedule, so where
// the digits alone decide nothing we show the lines with their duties and ask, in steps of at most eight answers.

/** A line as a schedule has it; `duty` is its ordinary rate as published, such as `16.5%`. */
export type NationalLine = { readonly code: string; readonly duty?: string }

/** The lines of a territory under six digits, from whoever holds the schedules. */
export type LinesOf = (territory: string, subheading: string) => readonly NationalLine[]

export type LineChoice = {
  /** Digits all of these lines begin with. */
  readonly prefix: string
  readonly lines: number
  /** The duties of these lines, each once, in the order of the codes. */
  readonly duties: readonly string[]
}

export type NationalTurn =
  | { readonly state: 'none' }
  | { readonly state: 'one'; readonly line: NationalLine }
  /** `sameDuty`: whichever it is, the ordinary duty is the same. */
  | { readonly state: 'ask'; readonly sameDuty: boolean; readonly choices: readonly LineChoice[] }

const mostChoices = 8

/** The line, or which lines to choose from, once `chosen` digits are known. */
export function nationalTurn(lines: readonly NationalLine[], chosen: string): NationalTurn {
  const left = lines.filter(({ code }) => code.startsWith(chosen))
  const [first] = left
  if (!first) return { state: 'none' }
  if (left.length === 1) return { state: 'one', line: first }
  const sameDuty = left.every(({ duty }) => duty !== undefined && duty === first.duty)
  return { state: 'ask', sameDuty, choices: choicesAmong(left) }
}

/** By as many digits as still make few enough choices; by the next digits that tell at all otherwise. */
function choicesAmong(lines: readonly NationalLine[]): LineChoice[] {
  const longest = Math.max(...lines.map(({ code }) => code.length))
  let best: LineChoice[] = []
  for (let length = 6; length <= longest; length++) {
    const choices = grouped(lines, length)
    if (choices.length < 2) continue
    if (best.length > 0 && choices.length > mostChoices) break
    best = choices
  }
  return best
}

function grouped(lines: readonly NationalLine[], length: number): LineChoice[] {
  const groups = new Map<string, NationalLine[]>()
  for (const line of lines) {
    const prefix = line.code.slice(0, length)
    groups.set(prefix, [...(groups.get(prefix) ?? []), line])
  }
  return [...groups].map(([prefix, members]) => ({
    prefix,
    lines: members.length,
    duties: [...new Set(members.flatMap(({ duty }) => (duty === undefined ? [] : [duty])))],
  }))
}
