import { gunzipSync } from 'node:zlib'
import { importAustralia } from './australia.ts'
import { badFile } from './bad-file.ts'
import { importCanada } from './canada.ts'
import { importEaeu } from './eaeu.ts'
import { importEthiopia } from './ethiopia.ts'
import { importJapan } from './japan.ts'
import { importNeutral } from './neutral.ts'
import { importNorway } from './norway.ts'
import { understoodLines, type NotUnderstood, type Schedule } from './schedule.ts'
import { importUkEu } from './uk-eu.ts'
import { importUsHts } from './us-hts.ts'
import { importVietNam } from './viet-nam.ts'
import { writeSchedule } from './write-schedule.ts'

export type SourceFile = { readonly name: string; readonly bytes: Uint8Array }

export type ImportReport = {
  readonly format: Format
  readonly lines: number
  /** Lines with a rate of their own, and those of them whose main rate is in the grammar. */
  readonly rated: number
  readonly understood: number
  readonly columns: readonly string[]
  readonly notUnderstood: readonly NotUnderstood[]
}

/**
 * Reads one schedule from its official files (plain or gzip) and gives the neutral csv. All or
 * nothing: a broken file is refused with the place (`tariff-file-broken`).
 */
export function importSchedule(
  format: Format,
  files: readonly SourceFile[],
): { readonly csv: string; readonly report: ImportReport } {
  const { least, most, read } = readers[format]
  if (files.length < least || files.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`
    throw badFile(
      { file: files.map(({ name }) => name).join(' ') },
      `${format} takes ${wanted} files`,
    )
  }
  const schedule = read(files.map((file) => ({ file: file.name, text: textOf(file) })))
  const { columns, rows, notUnderstood, rated } = schedule
  const understood = understoodLines(schedule)
  const report = { format, lines: rows.length, rated, understood, columns, notUnderstood }
  return { csv: writeSchedule(schedule), report }
}

type Source = { readonly file: string; readonly text: string }
type Reader = {
  readonly least: number
  readonly most: number
  readonly read: (sources: readonly Source[]) => Schedule
}

const single = (read: (text: string, file: string) => Schedule): Reader => ({
  least: 1,
  most: 1,
  read: ([source]) => read(source!.text, source!.file),
})

const readers = {
  'us-hts': { least: 1, most: 100, read: importUsHts },
  'eu-cet': single((text, file) => importUkEu(text, file, 'EU')),
  'gb-ukgt': single((text, file) => importUkEu(text, file, 'GB')),
  japan: single(importJapan),
  /** Schedule 3, then the schedules of agreements. */
  australia: {
    least: 1,
    most: 2,
    read: ([general, agreements]: readonly Source[]) => importAustralia(general!, agreements),
  },
  ethiopia: single(importEthiopia),
  'viet-nam': single(importVietNam),
  eaeu: single(importEaeu),
  norway: single(importNorway),
  canada: single(importCanada),
  neutral: single(importNeutral),
} satisfies Record<string, Reader>

export type Format = keyof typeof readers
export const formats = Object.keys(readers) as readonly Format[]
export const isFormat = (name: string): name is Format => Object.hasOwn(readers, name)

/**
 * The text of a file, of gzip as of plain bytes; bytes that are not in the encoding are refused.
 */
export function textOf(
  { name, bytes }: SourceFile,
  encoding: 'utf-8' | 'latin1' = 'utf-8',
): string {
  try {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    return new TextDecoder(encoding, { fatal: true }).decode(isGzip ? gunzipSync(bytes) : bytes)
  } catch (error) {
    throw badFile({ file: name }, error instanceof Error ? error.message : 'not readable')
  }
}
