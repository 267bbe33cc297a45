// Every format becomes the same: named columns and rows of cells. Pure; what is no table of goods is refused.
import { refused, type Refused } from '../../basis/refusal.ts'
import { readCsvTable } from './read-csv.ts'
import { readJsonTable } from './read-json.ts'
import { readXmlTable } from './read-xml.ts'

export type Format = 'csv' | 'tsv' | 'xml' | 'json'

export type TableRow = {
  /** Where it begins in the file, the first line being 1; of XML and JSON, the number of the goods. */
  readonly line: number
  /** Without those that are empty at the end. */
  readonly cells: readonly string[]
}

export type Table = {
  readonly format: Format
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

export const most = { columns: 200, rows: 50_000, cells: 1_000_000, cell: 200_000 } as const

/** Tells the format by how the text begins. */
export function readTable(text: string): Table | Refused {
  const start = text
    .slice(0, 1_000)
    .replace(/^\ufeff/, '')
    .trimStart()
  const table = start.startsWith('<')
    ? readXmlTable(text)
    : /^[[{]/.test(start)
      ? readJsonTable(text)
      : readCsvTable(text)
  if ('refused' in table) return table
  if (table.columns.length > most.columns)
    return refused('too-many-columns', { found: table.columns.length, most: most.columns })
  if (table.rows.length > most.rows)
    return refused('too-many-rows', { found: table.rows.length, most: most.rows })
  if (table.rows.length === 0) return refused('file-without-rows')
  return tooManyCells(table.columns.length, table.rows.length) ?? table
}

/** Also empty ones count: a row of nothing under many names is short in the file and long on a page. */
function tooManyCells(columns: number, rows: number): Refused | undefined {
  const found = columns * rows
  return found > most.cells ? refused('too-many-cells', { found, most: most.cells }) : undefined
}

/** Up to the last that is not empty. */
export const withoutEnd = (cells: readonly string[]): string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)

/** Objects of one kind as a table: a column for every name that occurs, in the order of first sight. */
export function tableOf(
  format: Format,
  records: Iterable<ReadonlyMap<string, string>>,
): Table | Refused {
  const columns = new Map<string, number>()
  const rows: { line: number; cells: string[] }[] = []
  for (const record of records) {
    if (rows.length === most.rows)
      return refused('too-many-rows', { found: most.rows + 1, most: most.rows })
    const cells: string[] = []
    for (const [name, value] of record) {
      if (!columns.has(name)) columns.set(name, columns.size)
      if (columns.size > most.columns)
        return refused('too-many-columns', { found: columns.size, most: most.columns })
      cells[columns.get(name) as number] = value.slice(0, most.cell)
    }
    rows.push({ line: rows.length + 1, cells })
  }
  return (
    tooManyCells(columns.size, rows.length) ?? {
      format,
      columns: [...columns.keys()],
      rows: rows.map(({ line, cells }) => ({
        line,
        cells: withoutEnd(Array.from(cells, (cell: string | undefined) => cell ?? '')),
      })),
    }
  )
}
