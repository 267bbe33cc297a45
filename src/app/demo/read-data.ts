// The demo world's goods as people wrote them: one file per country of origin in data/, tab-separated.
import { readFileSync } from 'node:fs'

/** Cells by the name of their column; what is left out at the end of a row is empty. */
export type Row = Readonly<Record<string, string>>

export const countries = ['MY', 'CA', 'CN', 'TH', 'RW', 'IE', 'IT', 'JP', 'IN', 'AU'] as const

/** Languages that every title is written in. */
export const titleLocales = ['en', 'zh-Hans', 'ms', 'th', 'fr'] as const

/** The language of an origin in which its goods are described besides English. */
export const ownLocales: Readonly<Record<string, string>> = {
  MY: 'ms',
  CA: 'fr',
  CN: 'zh-Hans',
  TH: 'th',
  RW: 'fr',
  IT: 'it',
  JP: 'ja',
  IN: 'hi',
}

export type DemoData = {
  readonly sellers: readonly Row[]
  readonly goods: readonly (Row & { readonly country: string })[]
  /** Versions of goods (patterns, tastes, sizes) by the name of their set. */
  readonly versions: ReadonlyMap<string, readonly Row[]>
  readonly pavilions: readonly Row[]
  /** Which line of a territory's tariff the goods of a seller are, where what is told of them settles it. */
  readonly nationalCodes: readonly Row[]
}

export function readDemoData(): DemoData {
  return {
    sellers: readRows('sellers'),
    goods: countries.flatMap((country) =>
      readRows(country).map((row): Row & { country: string } => ({ ...row, country })),
    ),
    versions: Map.groupBy(readRows('versions'), (row) => row['set'] ?? ''),
    pavilions: readRows('pavilions'),
    nationalCodes: readRows('national-codes'),
  }
}

/** The cell of a column that every row of the file has. */
export function cell(row: Row, column: string): string {
  const value = row[column]
  if (!value) throw new Error(`No ${column} in ${JSON.stringify(row).slice(0, 200)}`)
  return value
}

function readRows(name: string): Row[] {
  const text = readFileSync(new URL(`./data/${name}.tsv`, import.meta.url), 'utf8')
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}
