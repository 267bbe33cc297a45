// A schedule held for look-up: the csv text stays as it is, cut into cells only for lines that are asked for.
import { readFileSync } from 'node:fs'
import { parseCell, type Cell, type Rate } from './rate.ts'
import { RulesError } from './read-yaml.ts'

export type ScheduleLine = { readonly code: string; readonly cells: readonly string[] }

export type Schedule = {
  readonly columns: readonly string[]
  readonly size: number
  /** The line equal to the code or the longest one that is a prefix of it, and all lines that begin with the code. */
  find(code: string): readonly ScheduleLine[]
  /** A cell of a line, or the fallback text where it is empty; undefined where both give the line nothing. */
  cell(line: ScheduleLine, column: string, fallback?: string): Cell | undefined
  lines(): IterableIterator<ScheduleLine>
}

/** Reads `code,unit,flags,<column>…` (docs/rules-schema.md section 5). Throws RulesError with file and line. */
export function readSchedule(path: string, name: string): Schedule {
  const text = readFileSync(path, 'utf8')
  const rows = text.split('\n')
  const columns = splitRow(rows[0]?.replace(/^\uFEFF/, '').trimEnd() ?? '')
  if (columns[0] !== 'code')
    throw new RulesError([{ file: name, line: 1, reason: 'the header must begin with code' }])
  const byCode = new Map<string, string>()
  for (const [index, row] of rows.entries()) {
    if (index === 0 || row === '') continue
    const comma = row.indexOf(',')
    const code = comma < 0 ? row.trimEnd() : row.slice(0, comma)
    if (!/^\d{2,12}$/.test(code) || code.length % 2 !== 0)
      throw new RulesError([{ file: name, line: index + 1, reason: `“${code}” is not a code` }])
    if (byCode.has(code))
      throw new RulesError([{ file: name, line: index + 1, reason: `${code} stands twice` }])
    byCode.set(code, row.trimEnd())
  }
  const lineNumber = (code: string): number =>
    text
      .split('\n')
      .findIndex((row) => row.startsWith(code) && !/^\d/.test(row.slice(code.length))) + 1
  return scheduleOf(columns, byCode, name, lineNumber)
}

function scheduleOf(
  columns: readonly string[],
  byCode: ReadonlyMap<string, string>,
  name: string,
  lineNumber: (code: string) => number,
): Schedule {
  const sorted = [...byCode.keys()].sort()
  const parsed = new Map<string, ScheduleLine>()
  const cellsByText = new Map<string, Cell | undefined>()
  const lineOf = (code: string): ScheduleLine => {
    const known = parsed.get(code)
    if (known) return known
    const line = { code, cells: splitRow(byCode.get(code) ?? code) }
    if (line.cells.length !== columns.length)
      throw new RulesError([
        {
          file: name,
          line: lineNumber(code),
          reason: `${code} has ${line.cells.length} cells, the header ${columns.length}`,
        },
      ])
    parsed.set(code, line)
    return line
  }
  const refused = (code: string, reason: string): RulesError =>
    new RulesError([{ file: name, line: lineNumber(code), reason: `${code}: ${reason}` }])
  const read = (text: string, code: string): Cell | undefined => {
    try {
      return parseCell(text)
    } catch (error) {
      throw refused(code, (error as Error).message)
    }
  }
  return {
    columns,
    size: byCode.size,
    find(code) {
      const found: ScheduleLine[] = []
      for (let length = code.length; length >= 2 && found.length === 0; length -= 2)
        if (byCode.has(code.slice(0, length))) found.push(lineOf(code.slice(0, length)))
      for (let at = firstAtLeast(sorted, code); sorted[at]?.startsWith(code); at += 1)
        if (sorted[at] !== code) found.push(lineOf(sorted[at] as string))
      return found
    },
    cell(line, column, fallback = '') {
      const at = columns.indexOf(column)
      const text = (at < 0 ? '' : line.cells[at]) || fallback
      if (text === '') return undefined
      if (!cellsByText.has(text)) cellsByText.set(text, read(text, line.code))
      const cell = cellsByText.get(text)
      if (column === 'mfn' && cell && 'rate' in cell && hasTopup(cell.rate))
        throw refused(line.code, 'topup rests on the MFN duty and cannot be it')
      return cell
    },
    *lines() {
      for (const code of sorted) yield lineOf(code)
    },
  }
}

const hasTopup = (rate: Rate): boolean =>
  rate.op === 'topup' || ('of' in rate && rate.of.some(hasTopup))

/** Splits one csv row; a cell with a comma stands in double quotes, a quote inside is doubled. */
function splitRow(row: string): string[] {
  if (!row.includes('"')) return row.split(',')
  const cells: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y
  while (cell.lastIndex <= row.length) {
    const match = cell.exec(row)
    if (!match) break
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'))
    if (match[3] === '') break
  }
  return cells
}

function firstAtLeast(sorted: readonly string[], code: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as string) < code) low = middle + 1
    else high = middle
  }
  return low
}
