import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { FaultReason, RowFault } from './fault.ts'
import { laneColumns, neededColumns, recordReader, type LaneRecord } from './lane-record.ts'

export type LaneFileRow =
  | { readonly line: number; readonly record: LaneRecord }
  | { readonly faults: readonly RowFault[] }

const mostRows = 200_000
const recordBytes = 20_000

/**
 * Reads a lane file piece by piece: at no time more of it is in memory than a few rows. A row that is wrong comes as its
 * faults and reading goes on; what makes the rest unreadable (a quote that never closes, bytes that are no UTF-8) comes
 * as one last fault.
 */
export async function* readLaneFile(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<LaneFileRow, void, undefined> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordBytes,
  })
  // Errors of either end come out of the loop below.
  pipeline(Readable.from(textOf(bytes)), parser, () => {})
  const read = recordReader()
  let columns: ReadonlyMap<string, number> | undefined
  let rows = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = info.lines
      if (!columns) {
        const names = record.map((name) => name.trim().toLowerCase())
        const faults = headerFaults(names, line)
        columns = new Map(names.map((name, index) => [name, index]))
        if (faults.length > 0) return yield { faults }
        continue
      }
      rows += 1
      if (rows > mostRows) return yield fileFault(line, 'too-many-rows', { most: mostRows })
      yield rowOf(columns, record, line, read)
    }
    if (rows === 0) yield fileFault(1, 'empty-file')
  } catch (error) {
    yield brokenFile(error)
  }
}

type Parsed = { record: string[]; info: { lines: number } }

async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function headerFaults(columns: readonly string[], line: number): RowFault[] {
  const unknown = columns.filter((name) => !laneColumns.includes(name))
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index)
  const missing = neededColumns.filter((name) => !columns.includes(name))
  const fault = (reason: FaultReason) => (column: string) => ({
    line,
    column: shown(column),
    reason,
  })
  return [
    ...missing.map(fault('column-missing')),
    ...unknown.slice(0, 20).map(fault('column-unknown')),
    ...twice.slice(0, 20).map(fault('column-twice')),
  ]
}

function rowOf(
  columns: ReadonlyMap<string, number>,
  record: readonly string[],
  line: number,
  read: ReturnType<typeof recordReader>,
): LaneFileRow {
  if (record.length !== columns.size)
    return fileFault(line, 'wrong-length', { found: record.length, wanted: columns.size })
  const dangerous = record.findIndex((text) => isFormula(text) || hasControls(text))
  if (dangerous >= 0) {
    const reason: FaultReason = isFormula(record[dangerous] as string)
      ? 'formula'
      : 'control-character'
    return { faults: [{ line, column: [...columns.keys()][dangerous] ?? '', reason }] }
  }
  const found = read((column) => record[columns.get(column) ?? -1] ?? '')
  return 'faults' in found
    ? { faults: found.faults.map((fault) => ({ line, ...fault })) }
    : { line, record: found }
}

/** What a spreadsheet would run when the file, or one that we write from it, is opened there. */
const isFormula = (text: string): boolean => /^\s*[=+\-@]/.test(text)
const hasControls = (text: string): boolean => /[\u0000-\u001f\u007f\u2028\u2029]/.test(text)
const shown = (text: string): string => text.replaceAll(/[^\w-]/g, '?').slice(0, 40)

const fileFault = (line: number, reason: FaultReason, facts?: RowFault['facts']): LaneFileRow => ({
  faults: [{ line, column: '', reason, ...(facts ? { facts } : {}) }],
})

function brokenFile(error: unknown): LaneFileRow {
  if (error instanceof CsvError) {
    const line = Number((error as { lines?: unknown }).lines)
    const tooLong = error.code === 'CSV_MAX_RECORD_SIZE'
    return fileFault(Number.isFinite(line) ? line : 1, tooLong ? 'row-too-long' : 'broken-csv')
  }
  if (
    error instanceof TypeError &&
    'code' in error &&
    error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  )
    return fileFault(1, 'not-unicode')
  throw error
}
