import { badFile } from './bad-file.ts'

/**
 * What every importer gives: the figures of one schedule in the neutral grammar, sorted by code.
 */
export type Schedule = {
  readonly columns: readonly string[]
  readonly rows: readonly ScheduleRow[]
  /**
   * Cells whose official text lies outside the grammar; they stand in the rows as `?` and the
   * text.
   */
  readonly notUnderstood: readonly NotUnderstood[]
  /** Lines that carry a rate of their own in the schedule's main column. */
  readonly rated: number
}

export type ScheduleRow = {
  readonly code: string
  readonly unit: string
  readonly flags: readonly string[]
  readonly cells: ReadonlyMap<string, string>
}

export type NotUnderstood = {
  readonly code: string
  readonly column: string
  readonly text: string
  /** The text only points to another place of the law; such a line carries no rate of its own. */
  readonly elsewhere?: true
}

/** A line as an importer reads it, before the common rules of this file. */
export type Line = {
  readonly code: string
  readonly unit?: string
  readonly flags?: readonly string[]
  readonly cells: readonly Cell[]
}

/** `rate` is the neutral text; undefined when the official text lies outside the grammar. */
export type Cell = {
  readonly column: string
  readonly official: string
  readonly rate: string | undefined
  readonly elsewhere?: true
}

export type Layout = {
  readonly file: string
  /** Order of the columns; one that stays empty in every line is left out. */
  readonly columns: readonly string[]
  /** Preferences: worthless, and so left out, on lines that are free for everybody. */
  readonly preferences: readonly string[]
}

/** Brings lines into the shape of a schedule. A code that stands twice is a fault of the file. */
export function schedule(lines: readonly Line[], layout: Layout): Schedule {
  const preferences = new Set(layout.preferences)
  const notUnderstood: NotUnderstood[] = []
  const rows: ScheduleRow[] = []
  for (const line of inOrder(lines, layout.file)) {
    const cells = new Map<string, string>()
    for (const cell of cellsKept(line, preferences)) {
      const text = oneLine(cell.official)
      cells.set(cell.column, cell.rate ?? `?${text}`)
      if (cell.rate !== undefined) continue
      const place = { code: line.code, column: cell.column, text }
      notUnderstood.push(cell.elsewhere ? { ...place, elsewhere: true } : place)
    }
    if (cells.size === 0) continue
    rows.push({ code: line.code, unit: line.unit ?? '', flags: line.flags ?? [], cells })
  }
  const columns = layout.columns.filter((column) => rows.some(({ cells }) => cells.has(column)))
  return { columns, rows, notUnderstood, rated: ratedLines(columns, rows, notUnderstood) }
}

function inOrder(lines: readonly Line[], file: string): Line[] {
  const sorted = lines.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  for (const [index, { code }] of sorted.entries()) {
    if (code === sorted[index + 1]?.code)
      throw badFile({ file, item: code }, 'the code stands twice')
    if (!isTariffCode(code)) {
      throw badFile({ file, item: code }, 'a code has 4 to 12 digits, an even number')
    }
  }
  return sorted
}

/** Cells that say something. A preference on goods that are free for everybody does not. */
function cellsKept({ cells }: Line, preferences: ReadonlySet<string>): Cell[] {
  const isFree = cells.some(({ column, rate }) => column === 'mfn' && rate === '0')
  return cells.filter(({ column, official, rate }) => {
    const isEmpty = rate === '' || (rate === undefined && official === '')
    return !isEmpty && !(isFree && preferences.has(column))
  })
}

function ratedLines(
  columns: readonly string[],
  rows: readonly ScheduleRow[],
  notUnderstood: readonly NotUnderstood[],
): number {
  if (!columns.includes('mfn')) return rows.length
  const elsewhere = notUnderstood.filter((cell) => cell.column === 'mfn' && cell.elsewhere)
  return rows.filter(({ cells }) => cells.has('mfn')).length - elsewhere.length
}

/** Rated lines whose main rate was understood: the MFN duty, or all columns where there is none. */
export function understoodLines({ notUnderstood, rated, columns }: Schedule): number {
  const counted = notUnderstood.filter(
    ({ column, elsewhere }) => !elsewhere && (column === 'mfn' || !columns.includes('mfn')),
  )
  return rated - new Set(counted.map(({ code }) => code)).size
}

/** Digits only, even in number, as docs/rules-schema.md asks for section 5. */
export const isTariffCode = (code: string): boolean => /^(?:\d{2}){2,6}$/.test(code)

/** Official text on one line; zero-width and non-breaking blanks are typesetting, not text. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .trim()
