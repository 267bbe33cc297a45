import { CsvError, parse } from 'csv-parse/sync'
import { badFile } from './bad-file.ts'

/** One data line of a csv; `line` is its number in the file, the header being 1. */
export type CsvLine = { readonly line: number; readonly field: (column: string) => string }

/**
 * Reads a csv with a header. Fails with the place when a quote does not close, a line is longer or
 * shorter than the header, or a named column is missing.
 */
export function readCsv(text: string, file: string, needed: readonly string[]): CsvLine[] {
  const [head, ...records] = parseRecords(text, file)
  if (!head) throw badFile({ file, line: 1 }, 'the file is empty')
  const at = new Map(head.record.map((name, index) => [name.trim(), index]))
  for (const column of needed) {
    if (!at.has(column)) throw badFile({ file, line: 1, column }, 'the header lacks this column')
  }
  return records.map(({ record, line }) => {
    if (record.length !== head.record.length) {
      const reason = `${record.length} fields where the header has ${head.record.length}`
      throw badFile({ file, line }, reason)
    }
    return { line, field: (column) => record[at.get(column) ?? -1] ?? '' }
  })
}

/** The names in the header, in order. */
export const csvHeader = (text: string, file: string): string[] =>
  parseRecords(text, file)[0]?.record ?? []

function parseRecords(text: string, file: string): { record: string[]; line: number }[] {
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    // The parser counts the line a record ends on; the reader wants the one it starts on.
    return rows.map(({ record, info }) => ({ record, line: info.lines - breaksIn(record) }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: unknown }).lines)
    throw badFile(Number.isFinite(line) ? { file, line } : { file }, error.message)
  }
}

const breaksIn = (record: readonly string[]): number =>
  record.reduce((sum, field) => sum + (field.match(/\n/g)?.length ?? 0), 0)
