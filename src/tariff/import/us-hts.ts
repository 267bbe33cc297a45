// The US Harmonized Tariff Schedule as hts.usitc.gov exports it, in csv (whole schedule) or json
// (a chapter, with footnotes). Rows are indented as in print; rows without a number only group.
// The duty stands on the eight-digit line; ten-digit rows are statistical and inherit. Where a
// line has only one statistical row the export prints the rate there, so the last two digits are
// dropped again unless ten-digit rows of one line differ. Chapters 98 and 99 classify no goods:
// see us-chapter-99.ts.

import { badFile } from './bad-file.ts'
import { readCsv } from './read-csv.ts'
import { isObject, listOf, objectOf, readJson, textOf } from './read-json.ts'
import { usRate } from './rate-text/us.ts'
import { english, unitOf } from './rate-text/units.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'
import { specialCells, usProgrammes } from './us-special.ts'

export type HtsRow = {
  readonly at: { readonly line?: number; readonly item?: string }
  readonly number: string
  readonly description: string
  readonly units: readonly string[]
  readonly general: string
  readonly special: string
  readonly other: string
  readonly footnotes: readonly { readonly columns: readonly string[]; readonly value: string }[]
}

/** One whole export, or the exports of several chapters. */
export function importUsHts(sources: readonly { text: string; file: string }[]): Schedule {
  const lines = sources.flatMap(({ text, file }) =>
    linesOf(
      readHts(text, file).filter(({ number }) => number < '98'),
      file,
    ),
  )
  return schedule(lines, {
    file: sources.map(({ file }) => file).join(' '),
    columns: ['mfn', 'column2', ...usProgrammes, 'special'],
    preferences: [...usProgrammes, 'special'],
  })
}

/** All rows of an export, csv or json by its first character. */
export const readHts = (text: string, file: string): HtsRow[] =>
  /^[\uFEFF\s]*\[/.test(text) ? jsonRows(text, file) : csvRows(text, file)

function csvRows(text: string, file: string): HtsRow[] {
  const columns = {
    number: 'HTS Number',
    description: 'Description',
    units: 'Unit of Quantity',
    general: 'General Rate of Duty',
    special: 'Special Rate of Duty',
    other: 'Column 2 Rate of Duty',
  }
  return readCsv(text, file, Object.values(columns)).map(({ line, field }) => ({
    at: { line },
    number: digitsOf(field(columns.number), { file, line }),
    description: field(columns.description),
    units: field(columns.units) === '' ? [] : unitNames(field(columns.units), file, line),
    general: field(columns.general).trim(),
    special: field(columns.special).trim(),
    other: field(columns.other).trim(),
    footnotes: [],
  }))
}

function unitNames(cell: string, file: string, line: number): string[] {
  try {
    return listOf(readJson(cell, file), file, 'units').map(String)
  } catch {
    throw badFile({ file, line, column: 'Unit of Quantity' }, 'a list of units was expected')
  }
}

function jsonRows(text: string, file: string): HtsRow[] {
  return listOf(readJson(text, file), file, 'the file').map((value, index) => {
    const item = `element ${index + 1}`
    const row = objectOf(value, file, item)
    const from = (key: string): string => textOf(row, key, file, item).trim()
    return {
      at: { item },
      number: digitsOf(from('htsno'), { file, item }),
      description: from('description'),
      units: listOf(row['units'] ?? [], file, item).map(String),
      general: from('general'),
      special: from('special'),
      other: from('other'),
      footnotes: listOf(row['footnotes'] ?? [], file, item)
        .filter(isObject)
        .map((note) => ({
          columns: listOf(note['columns'] ?? [], file, item).map(String),
          value: textOf(note, 'value', file, item),
        })),
    }
  })
}

function digitsOf(number: string, place: { file: string; line?: number; item?: string }): string {
  const digits = number.trim().replaceAll('.', '')
  if (/^(?:\d{4}|\d{6}|\d{8}|\d{10})?$/.test(digits)) return digits
  throw badFile({ ...place, column: 'HTS Number' }, `not an HTS number: ${number}`)
}

function linesOf(rows: readonly HtsRow[], file: string): Line[] {
  const groups = new Map<string, HtsRow[]>()
  for (const row of rows) {
    if (row.number.length >= 8) {
      const line = row.number.slice(0, 8)
      groups.set(line, [...(groups.get(line) ?? []), row])
    } else if (isRated(row)) {
      throw badFile({ file, ...row.at }, 'a rate on a row without a tariff line number')
    }
  }
  const lines: Line[] = []
  for (const [code, group] of groups) {
    const unit = unitsOf(group)
    const own = group.find(({ number }) => number.length === 8)
    const rated = group.filter(isRated).map((row) => inheriting(row, own))
    const texts = new Set(rated.map(ratesOf))
    if (texts.size === 1) lines.push({ code, unit, cells: cellsOf(rated[0]!) })
    else {
      for (const row of rated) lines.push({ code: row.number, unit, cells: cellsOf(row) })
    }
  }
  return lines
}

const isRated = ({ general, special, other }: HtsRow): boolean =>
  Boolean(general || special || other)

const ratesOf = (row: HtsRow): string => [row.general, row.special, row.other].join('|')

/** A statistical row that repeats only some of its line's rates has the others all the same. */
const inheriting = (row: HtsRow, line: HtsRow | undefined): HtsRow => ({
  ...row,
  general: row.general || (line?.general ?? ''),
  special: row.special || (line?.special ?? ''),
  other: row.other || (line?.other ?? ''),
})

const cellsOf = ({ general, special, other }: HtsRow): Cell[] => [
  { column: 'mfn', official: general, rate: usRate(general) },
  { column: 'column2', official: other, rate: usRate(other) },
  ...specialCells(special),
]

/**
 * The reporting units that all statistical rows of a line share, the line's own row often having
 * none.
 */
function unitsOf(group: readonly HtsRow[]): string {
  const named = group
    .map(({ units }) => units.map((name) => unitOf(english, name.replace(/<[^>]*>/g, ''))))
    .filter((units) => units.length > 0)
  const texts = new Set(named.map((units) => units.filter(Boolean).join(' ')))
  return texts.size === 1 ? ([...texts][0] ?? '') : ''
}
