// Section 5 of docs/rules-schema.md: which schedule holds a code on a day, and which of its lines stand for it.
import { daysBetween } from '../../basis/day.ts'
import type { HsEdition } from '../../basis/hs.ts'
import { compileCodes } from './condition.ts'
import { editionOn } from './editions.ts'
import type { CompileSources } from './law.ts'
import type { Cell } from './rate.ts'
import type { TerritoryRules } from './read-rules.ts'
import type { Schedule, ScheduleLine } from './schedule.ts'
import { versionOn, type Sighting } from './versions.ts'

/** One column of the line found: the same in all candidate lines, or not. */
export type CellRead =
  | { readonly agrees: true; readonly cell: Cell | undefined; readonly sighting?: Sighting }
  | { readonly agrees: false }

export type Found = {
  readonly lookup: 'found' | 'no-line' | 'code-changed'
  readonly lines: readonly ScheduleLine[]
  readonly schedule?: Schedule
  readonly record?: TerritoryRules['schedules'][number]
  readonly sighting?: Sighting
  readonly next?: Schedule
  readonly digits: string
}

/** Section 5 of the contract: the schedule of the chapter on the day, the edition, then the line or lines. */
export function findLines(
  code: string,
  hs: HsEdition,
  day: string,
  rules: TerritoryRules,
  sources: CompileSources,
): Found {
  const chosen = chooseSchedule(code.slice(0, 2), day, rules, sources)
  if (!chosen) {
    const current = sources.editions.carry(code, hs, editionOn(day))
    return current === undefined
      ? { lookup: 'code-changed', lines: [], digits: code }
      : { lookup: 'no-line', lines: [], digits: current }
  }
  if (chosen.record.hs === hs) return { ...chosen, ...linesOf(chosen.schedule, code), digits: code }
  const carried = sources.editions.carry(code, hs, chosen.record.hs)
  if (carried === undefined) return { lookup: 'code-changed', lines: [], digits: code }
  const target =
    carried.slice(0, 2) === code.slice(0, 2)
      ? chosen
      : chooseSchedule(carried.slice(0, 2), day, rules, sources)
  if (!target) return { lookup: 'no-line', lines: [], digits: carried }
  // National digits of another edition count only where a line of this schedule has them.
  const exists = target.schedule.find(carried).some(({ code: line }) => line.startsWith(carried))
  const digits = carried.length > 6 && !exists ? carried.slice(0, 6) : carried
  return { ...target, ...linesOf(target.schedule, digits), digits }
}

function linesOf(schedule: Schedule, code: string): Pick<Found, 'lookup' | 'lines'> {
  const lines = schedule.find(code)
  return { lookup: lines.length > 0 ? 'found' : 'no-line', lines }
}

type Chosen = {
  schedule: Schedule
  record: TerritoryRules['schedules'][number]
  sighting?: Sighting
  next?: Schedule
}

function chooseSchedule(
  chapter: string,
  day: string,
  rules: TerritoryRules,
  sources: CompileSources,
): Chosen | undefined {
  const holding = rules.schedules.filter(
    ({ chapters }) =>
      !chapters || compileCodes(chapters.split(',').map((each) => each.trim())).has(chapter),
  )
  const own = holding.filter(({ over }) => over)
  const version = versionOn(own.length > 0 ? own : holding, day)
  if (!version) return undefined
  const open = (record: TerritoryRules['schedules'][number]): Schedule =>
    sources.schedule(record.path, `${rules.territory}/${record.file}`)
  const next = version.sighting && nextSeen(own.length > 0 ? own : holding, day)
  return {
    schedule: open(version.record),
    record: version.record,
    ...(version.sighting ? { sighting: version.sighting } : {}),
    ...(next && next !== version.record ? { next: open(next) } : {}),
  }
}

function nextSeen(
  schedules: TerritoryRules['schedules'],
  day: string,
): TerritoryRules['schedules'][number] | undefined {
  const later = schedules.flatMap((record) =>
    (record.seen ?? []).filter((seen) => seen > day).map((seen) => ({ seen, record })),
  )
  return later.sort((a, b) => daysBetween(b.seen, a.seen))[0]?.record
}

const agreed = (cell: Cell | undefined): CellRead => ({ agrees: true, cell })

/** The column's cell, where all candidate lines say the same; firm when the sightings on both sides agree. */
export function readColumn(found: Found, column: string): CellRead {
  const { schedule, lines, record } = found
  const first = lines[0]
  if (!schedule || !first) return agreed(undefined)
  const fallback = record?.default?.[column]
  const textOf = (from: Schedule, line: ScheduleLine): string =>
    from.cell(line, column, fallback)?.text ?? ''
  const text = textOf(schedule, first)
  if (lines.some((line) => textOf(schedule, line) !== text)) return { agrees: false }
  const cell = schedule.cell(first, column, fallback)
  const { next, sighting } = found
  const firm =
    !sighting ||
    (next !== undefined &&
      sighting.ageDays >= 0 &&
      lines.every((line) => {
        const [same] = next.find(line.code)
        return same?.code === line.code && textOf(next, same) === text
      }))
  return firm ? { agrees: true, cell } : { agrees: true, cell, sighting }
}

export function withoutExcepted(read: CellRead, origin: string): CellRead {
  if (!read.agrees || !read.cell || 'unknown' in read.cell || !read.cell.except.includes(origin))
    return read
  return { ...read, cell: undefined }
}

/** Whether the schedule says that a trade remedy may apply to the lines. */
export function remedyFlag({ lines, schedule }: Found): 'yes' | 'no' | 'differs' {
  const at = schedule?.columns.indexOf('flags') ?? -1
  if (at < 0 || lines.length === 0) return 'no'
  const flagged = lines.filter((line) => line.cells[at]?.split(' ').includes('remedy')).length
  if (flagged === 0) return 'no'
  return flagged === lines.length ? 'yes' : 'differs'
}
