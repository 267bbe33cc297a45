import { CsvError, parse } from 'csv-parse/sync'
import { refused, type Refused } from '../../basis/refusal.ts'
import { most, withoutEnd, type Table } from './read-table.ts'
import { unescapeFormula } from '../../basis/csv.ts'

/**
 * Comma, semicolon, tab or bar between the cells, whichever the first line has most of; quotes by
 * RFC 4180. Rows may be short, as spreadsheets leave out what is empty at the end.
 */
export function readCsvTable(text: string): Table | Refused {
  const delimiter = delimiterOf(text)
  const broad = columnsOver(text, delimiter)
  if (broad) return refused('too-many-columns', { found: broad, most: most.columns })
  const records = parseRecords(text, delimiter)
  if (!Array.isArray(records)) return records
  const [head, ...rest] = records
  if (!head) return refused('file-empty')
  const columns = uniqueNames(head.record)
  const long = rest.find(({ record }) => record.slice(columns.length).some((cell) => cell !== ''))
  if (long)
    return refused('row-too-long', {
      line: long.line,
      cells: long.record.length,
      columns: columns.length,
    })
  const rows = rest.map(({ record, line }) => ({
    line,
    cells: withoutEnd(record).map(unescapeFormula),
  }))
  return { format: delimiter === '\t' ? 'tsv' : 'csv', columns, rows }
}

const delimiters = [',', ';', '\t', '|'] as const

function delimiterOf(text: string): string {
  const counts = delimiters.map((sign) => [sign, countOutsideQuotes(text, sign)] as const)
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/** In the first line; stops where nobody could mean it. */
function countOutsideQuotes(text: string, sign: string): number {
  let quoted = false
  let count = 0
  for (let at = 0; at < text.length && count <= most.columns; at += 1) {
    const here = text[at]
    if (here === '"') quoted = !quoted
    else if (!quoted && here === sign) count += 1
    else if (!quoted && here === '\n') break
  }
  return count
}

const columnsOver = (text: string, delimiter: string): number | undefined => {
  const count = countOutsideQuotes(text, delimiter) + 1
  return count > most.columns ? count : undefined
}

type CsvRecord = { readonly record: string[]; readonly line: number }

function parseRecords(text: string, delimiter: string): CsvRecord[] | Refused {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      max_record_size: most.cell * 4,
      relax_column_count: true,
      relax_quotes: delimiter === '\t',
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: most.rows + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    if (records.length > most.rows + 1)
      return refused('too-many-rows', { found: records.length - 1, most: most.rows })
    // The parser counts the line a record ends on; the reader wants the one it starts on.
    return records.map(({ record, info }) => ({ record, line: info.lines - breaksIn(record) }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: unknown }).lines)
    return refused('csv-broken', { line: Number.isFinite(line) ? line : 0, code: error.code })
  }
}

const breaksIn = (record: readonly string[]): number =>
  record.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)

/** Columns without a name, or with one that was there before, get their number. */
function uniqueNames(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, at) => {
    const bare = name.trim().slice(0, 200)
    const own = bare === '' || seen.has(bare) ? `${bare} #${at + 1}`.trim() : bare
    seen.add(own)
    return own
  })
}
