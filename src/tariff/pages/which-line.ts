// What can honestly be told of the lines a short code stands for. Their descriptions are the territory's own and are not
// ours to copy: we have the plain words of the six digits, the rates in which the lines differ, and where they are published.
import type { Answer, AnswerLine } from '../assess/answer.ts'
import { lookUp } from '../look-up.ts'
import type { Citation } from '../rules/records.ts'
import type { TariffParts } from './landed-cost.ts'

/** A plain name in our own words, and the language it is in. */
export type PlainName = { name: string; locale: string }

export type LinesLook = {
  /** Where the tariff that has the lines is published. */
  citation?: Citation
  /** The plain name of a line's six digits. */
  nameOf(code: string): PlainName | undefined
  /** Lower rates, by code of the line, that goods of this origin may have and in which the lines differ. */
  preferences: readonly { name: string; rates: ReadonlyMap<string, string> }[]
}

/** More columns than these nobody compares. */
const mostPreferences = 3

/** What is known of the lines under the code of a line of the answer. */
export function lookAtLines(
  { tariff, nameOf }: TariffParts,
  { to, on }: Answer,
  { code, origin }: AnswerLine,
  locale: string,
): LinesLook {
  const { lines, schedules } = lookUp(tariff(), to, code, on)
  const [schedule] = schedules
  const preferences = tariff()
    .on(to, on)
    .agreements.filter(({ origins }) => origins.has(origin))
    .flatMap(({ ref, record: { column } }) => {
      if (column === undefined) return []
      const rates = new Map(lines.map((line) => [line.code, line.rates[column] ?? '']))
      const isLower = lines.some(({ code, rates: { mfn } }) => rates.get(code) !== mfn)
      return isLower && new Set(rates.values()).size > 1 ? [{ name: ref.name, rates }] : []
    })
  return {
    ...(schedule ? { citation: schedule.citation } : {}),
    // Our words are those of HS 2022: of another edition the same digits can be other goods.
    nameOf: (each) => (schedule?.hs === '2022' ? nameOf?.(each.slice(0, 6), locale) : undefined),
    preferences: preferences.slice(0, mostPreferences),
  }
}
