// A look into a schedule: the lines that answer to a code on a day, with every cell as it was published.
import type { Day } from '../../basis/day.ts'
import type { Tariff } from '../create-tariff.ts'
import { compileCodes } from '../rules/condition.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import type { Schedule, ScheduleLine } from '../rules/schedule.ts'
import type { Citation } from '../rules/records.ts'
import { versionOn, type Dated, type Sighting } from '../rules/versions.ts'

export type LineLookup = {
  territory: string
  on: Day
  code: string
  schedule: {
    hs: string
    dates: Dated
    asLastSeen?: Sighting
    citation: Citation
    note?: string
  }
  lines: { code: string; unit: string; flags: string[]; cells: Record<string, string> }[]
}

/** Undefined where no schedule of the day holds the chapter; `lines` is empty where it has no such code. */
export function lookUpLine(
  tariff: Tariff,
  territory: string,
  code: string,
  on: Day,
): LineLookup | undefined {
  const held = scheduleOn(tariff, territory, code, on)
  if (!held) return undefined
  const { record, sighting, schedule } = held
  return {
    territory,
    on,
    code,
    schedule: {
      hs: record.hs,
      dates: {
        ...(record.from ? { from: record.from } : {}),
        ...(record.to ? { to: record.to } : {}),
        ...(record.seen ? { seen: record.seen } : {}),
      },
      ...(sighting ? { asLastSeen: sighting } : {}),
      citation: record.citation,
      ...(record.note ? { note: record.note } : {}),
    },
    lines: schedule.find(code).map((line) => readLine(line, schedule, record.default)),
  }
}

type HeldSchedule = {
  record: TerritoryRules['schedules'][number]
  sighting?: Sighting
  schedule: Schedule
}

/** The schedule that holds the chapter of a code on a day. */
export function scheduleOn(
  tariff: Tariff,
  territory: string,
  code: string,
  on: Day,
): HeldSchedule | undefined {
  const chapter = code.slice(0, 2)
  const holding = tariff
    .rules(territory)
    .schedules.filter(
      ({ chapters }) =>
        !chapters || compileCodes(chapters.split(',').map((each) => each.trim())).has(chapter),
    )
  const version = versionOn(holding, on)
  if (!version) return undefined
  const { record, sighting } = version
  const schedule = tariff.schedule(record.path, `${territory}/${record.file}`)
  return { record, ...(sighting ? { sighting } : {}), schedule }
}

function readLine(
  { code, cells }: ScheduleLine,
  { columns }: Schedule,
  defaults: Readonly<Record<string, string>> = {},
): LineLookup['lines'][number] {
  const read: LineLookup['lines'][number] = { code, unit: '', flags: [], cells: {} }
  for (const [at, column] of columns.entries()) {
    const text = cells[at] || (defaults[column] ?? '')
    if (at === 0 || text === '') continue
    if (column === 'unit') read.unit = text
    else if (column === 'flags') read.flags = text.split(' ')
    else read.cells[column] = text
  }
  return read
}

/** The lines around a code: its heading's, for a reader who is one line off. */
export function neighboursOf(
  tariff: Tariff,
  territory: string,
  code: string,
  on: Day,
): readonly ScheduleLine[] {
  const held = scheduleOn(tariff, territory, code, on)
  if (!held) return []
  const heading = held.schedule.find(code.slice(0, 4))
  return heading.length > 0 ? heading : held.schedule.find(code.slice(0, 2))
}
