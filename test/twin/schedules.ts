import { scheduleFileOf } from './load.ts'
import { Undecided } from './rates.ts'
import type { Basket, BasketLine, Law, ScheduleEntry, ScheduleRow, TwinRules } from './types.ts'
import { whichVersionHolds } from './versions.ts'
import type { Holding } from './versions.ts'

/** Section 5: schedules and finding the line. */

export interface FoundLine {
  /** The basket's digits that count, in the edition of the schedule. */
  code: string
  chapter: string
  codeChanged: boolean
  schedule: Holding<ScheduleEntry> | undefined
  candidates: ScheduleRow[]
}

export function findTheLine(
  rules: TwinRules,
  law: Law,
  basket: Basket,
  line: BasketLine,
  on: string,
): FoundLine {
  const given = digitsThatCount(law, line)
  const edition = Number(basket.hs ?? editionInForce(on))
  const firstSchedule = scheduleOfChapter(law, given.slice(0, 2), on)
  const target = Number(firstSchedule?.record.hs ?? editionInForce(on))
  const moved = correlate(rules, given, edition, target)
  if (!moved) {
    const chapter = given.slice(0, 2)
    return { code: given, chapter, codeChanged: true, schedule: firstSchedule, candidates: [] }
  }
  const chapter = moved.code.slice(0, 2)
  const schedule = scheduleOfChapter(law, chapter, on)
  const rows = schedule ? rowsOf(rules, schedule.record, chapter) : []
  // Unlisted in the correlation: the national digits count only if the line exists.
  const exists = edition === target || rows.some((row) => row.code!.startsWith(moved.code))
  const code = exists ? moved.code : moved.code.slice(0, 6)
  return { code, chapter, codeChanged: false, schedule, candidates: linesFor(rows, code) }
}

/** Beyond six digits only the destination's own (or its union's) count. */
function digitsThatCount(law: Law, line: BasketLine): string {
  const digits = line.code.replaceAll(/\D/g, '')
  const own = line.codeOf === undefined || [law.territory, ...law.unions].includes(line.codeOf)
  return own ? digits : digits.slice(0, 6)
}

const editions = [2012, 2017, 2022, 2028]

function editionInForce(on: string): number {
  return editions.findLast((edition) => `${edition}-01-01` <= on) ?? 2012
}

/** Step 1: the code in another edition; undefined is `code-changed`. */
function correlate(
  rules: TwinRules,
  code: string,
  from: number,
  to: number,
): { code: string } | undefined {
  if (from === to) return { code }
  const forward = from < to
  const next = forward
    ? editions.find((edition) => edition > from)
    : editions.findLast((edition) => edition < from)
  const file = rules.correlations.find(
    ({ older, newer }) => older === (forward ? from : next) && newer === (forward ? next : from),
  )
  if (!file || next === undefined) return undefined
  const pairs = file.pairs.map((pair) =>
    forward ? { old: pair.from, new: pair.to } : { old: pair.to, new: pair.from },
  )
  if (code.length < 6) return correlate(rules, code, next, to)
  const six = code.slice(0, 6)
  const targets = pairs.filter((pair) => pair.old === six)
  if (targets.length === 0) return correlate(rules, code, next, to)
  const sources = pairs.filter((pair) => pair.new === targets[0]!.new)
  if (targets.length !== 1 || sources.length !== 1 || targets[0]!.new === '') return undefined
  return correlate(rules, targets[0]!.new, next, to)
}

/** The schedules that hold a chapter are versions of one rule. */
function scheduleOfChapter(law: Law, chapter: string, on: string) {
  const holding = law.schedules.filter(({ chapters }) => hasChapter(chapters, chapter))
  return whichVersionHolds(holding, on)
}

/** `01-24, 61` */
export function hasChapter(chapters: string, chapter: string): boolean {
  return chapters.split(',').some((part) => {
    const [first = '', last = first] = part.trim().split('-')
    return first <= chapter && chapter <= last
  })
}

function rowsOf(rules: TwinRules, entry: ScheduleEntry, chapter: string): ScheduleRow[] {
  return scheduleFileOf(rules, entry.folder, entry.file).chapters.get(chapter) ?? []
}

/** Step 2 and 12.19: the equal line or the longest prefix, and all that begin with the code. */
function linesFor(rows: ScheduleRow[], code: string): ScheduleRow[] {
  if (code === '') return []
  const above = rows.filter((row) => code.startsWith(row.code!))
  const nearest = above.reduce<ScheduleRow | undefined>(
    (a, b) => (a === undefined || b.code!.length > a.code!.length ? b : a),
    undefined,
  )
  const below = rows.filter((row) => row.code!.length > code.length && row.code!.startsWith(code))
  return nearest ? [nearest, ...below] : below
}

/** What the schedule says in a column, when all lines that come into question say the same. */
export function cellOf(found: FoundLine, column: string): string {
  if (found.codeChanged) throw new Undecided('code-changed')
  if (!found.schedule || found.candidates.length === 0) throw new Undecided('no-line')
  const entry = found.schedule.record
  const texts = new Set(found.candidates.map((row) => textOf(entry, row, column)))
  if (texts.size > 1) throw new Undecided('which-line')
  return [...texts][0]!
}

/** Cell by cell: the same text before and after the day is firm. */
export function isCellFirm(rules: TwinRules, found: FoundLine, column: string): boolean {
  const { schedule } = found
  if (!schedule || schedule.firm) return true
  const { next } = schedule
  if (!next) return false
  const rows = rowsOf(rules, next, found.chapter)
  return found.candidates.every((row) => {
    const same = rows.find(({ code }) => code === row.code)
    return same !== undefined && textOf(next, same, column) === textOf(schedule.record, row, column)
  })
}

export function isFlagged(found: FoundLine, flag: string): boolean {
  const flags = new Set(
    found.candidates.map((row) => (row.flags ?? '').split(/\s+/).includes(flag)),
  )
  if (flags.size > 1) throw new Undecided('which-line')
  return flags.has(true)
}

function textOf(entry: ScheduleEntry, row: ScheduleRow, column: string): string {
  const text = (row[column] ?? '').trim()
  return text === '' ? String(entry.default?.[column] ?? '') : text
}
