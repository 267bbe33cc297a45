import { laneColumns } from './lane-record.ts'

/** A row of a lane file by its columns (docs/how-to/lanes.md); what is left out is empty. */
export type LaneCells = Readonly<Record<string, string>>

/** The rows as a lane file, piece by piece: what `importLanes` reads. */
export async function* laneFile(rows: Iterable<LaneCells>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${laneColumns.join(',')}\n`)
  for (const row of rows) {
    const line = laneColumns.map((column) => quoted(row[column] ?? '')).join(',')
    yield encoder.encode(`${line}\n`)
  }
}

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
