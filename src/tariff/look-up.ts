import type { Day } from '../basis/day.ts'
import { parseTariffCode } from '../basis/hs.ts'
import { Refusal } from '../basis/refusal.ts'
import type { Tariff } from './create-tariff.ts'
import { editionOn } from './rules/editions.ts'
import type { Citation } from './rules/records.ts'

export type FoundLine = {
  readonly code: string
  readonly flags: readonly string[]
  /** Rate text by column of the schedule. */
  readonly rates: Readonly<Record<string, string>>
}
export type LookUp = {
  readonly territory: string
  readonly on: Day
  readonly code: string
  readonly lines: readonly FoundLine[]
  readonly schedules: readonly {
    readonly file: string
    readonly hs: string
    readonly seen?: readonly Day[]
    readonly from?: Day
    readonly to?: Day
    readonly citation: Citation
  }[]
}

/** The lines under a code in the schedules that the territory's law reads on the day, at most 500. */
export function lookUp(tariff: Tariff, territory: string, text: string, on: Day): LookUp {
  if (!tariff.territories.includes(territory))
    throw new Refusal('unknown-destination', { destination: territory })
  const code = parseTariffCode(text)
  if (!code) throw new Refusal('bad-code', { code: text })
  const rules = tariff.rules(territory)
  const law =
    territory.length === 2 && tariff.destinations.includes(territory)
      ? tariff.on(territory, on).lineLaw(code, editionOn(on), 'ZZ')
      : undefined
  const record =
    law === undefined
      ? rules.schedules.at(-1)
      : rules.schedules.find(({ path }) => path === law.schedulePath)
  if (!record) return { territory, on, code, lines: [], schedules: [] }
  const schedule = tariff.schedule(record.path, record.file)
  const lines = schedule
    .find(code)
    .slice(0, 500)
    .map((line) => ({
      code: line.code,
      flags: (line.cells[schedule.columns.indexOf('flags')] ?? '').split(' ').filter(Boolean),
      rates: Object.fromEntries(
        schedule.columns.flatMap((column, at) => {
          const cell = line.cells[at]
          return ['code', 'unit', 'flags'].includes(column) || !cell ? [] : [[column, cell]]
        }),
      ),
    }))
  const { file, hs, seen, from, to, citation } = record
  return {
    territory,
    on,
    code,
    lines,
    schedules: [
      {
        file,
        hs,
        ...(seen ? { seen } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        citation,
      },
    ],
  }
}
