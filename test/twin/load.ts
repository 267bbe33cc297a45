import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { divide, multiply, one, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import type {
  CodeFile,
  Group,
  Law,
  Regime,
  Relief,
  ScheduleFile,
  ScheduleRow,
  TwinRules,
  Waiver,
} from './types.ts'

/** Section 1: the folders, read straight from disk. Laws and csv files are read when first asked for. */
export function loadTwinRules(folder: string, overlay?: string): TwinRules {
  const rules: TwinRules = {
    folder,
    overlay,
    territories: [],
    unions: [],
    groups: [],
    ecbRates: new Map(),
    neutralRates: new Map(),
    correlations: [],
    laws: new Map(),
    scheduleFiles: new Map(),
    codeFiles: new Map(),
  }
  const names = namesIn(rules, '.').filter((name) => pathOf(rules, `${name}/territory.yaml`))
  const parents = names.map((name) => readYaml(rules, `${name}/territory.yaml`).extends)
  rules.unions = ['EU', 'EAEU', 'EAC', ...parents.filter((name) => typeof name === 'string')]
  rules.territories = names.filter((name) => !rules.unions.includes(name))
  for (const name of namesIn(rules, '.').filter((file) => /^groups.*\.yaml$/.test(file))) {
    rules.groups.push(...((readYaml(rules, name).groups ?? []) as Group[]))
  }
  readExchangeRates(rules)
  readCorrelations(rules)
  return rules
}

export function lawOf(rules: TwinRules, territory: string): Law {
  const known = rules.laws.get(territory)
  if (known) return known
  const law = readLaw(rules, territory)
  rules.laws.set(territory, law)
  return law
}

/** The union's records come before the member's own, list by list. */
function readLaw(rules: TwinRules, territory: string): Law {
  const main = readYaml(rules, `${territory}/territory.yaml`)
  const union = main.extends === undefined ? undefined : lawOf(rules, String(main.extends))
  const own = <T>(file: string, list: string): T[] =>
    (readYaml(rules, `${territory}/${file}.yaml`)[list] ?? []) as T[]
  const both = <T>(file: string, list: keyof Law): T[] => [
    ...((union?.[list] ?? []) as T[]),
    ...own<T & object>(file, list).map((record) => ({ ...record, folder: territory })),
  ]
  const regimes: Regime[] = both('schemes', 'regimes')
  const zones: Regime[] = own('zones', 'regimes')
  return {
    territory,
    unions: union ? [union.territory, ...union.unions] : [],
    currency: (main.currency ?? union?.currency) as Law['currency'],
    localTaxes: (main.local_taxes ?? union?.localTaxes ?? false) === true,
    valuation: both('territory', 'valuation'),
    exchange: both('territory', 'exchange'),
    schedules: both('territory', 'schedules'),
    mfn_exceptions: both('territory', 'mfn_exceptions'),
    covers: both('territory', 'covers'),
    regimes: [
      ...regimes.filter(({ zone }) => !zone),
      ...regimes.filter(({ zone }) => zone),
      ...zones,
    ],
    reliefs: [...both<Relief>('schemes', 'reliefs'), ...own<Relief>('zones', 'reliefs')],
    waivers: [...both<Waiver>('schemes', 'waivers'), ...own<Waiver>('zones', 'waivers')],
    taxes: both('taxes', 'taxes'),
    fees: both('fees', 'fees'),
    agreements: both('agreements', 'agreements'),
    measures: both('measures', 'measures'),
    rounding: both('rounding', 'rounding'),
  }
}

/** Section 5: first row the header, a row the cells by column name; kept by chapter. */
export function scheduleFileOf(rules: TwinRules, folder: string, file: string): ScheduleFile {
  const path = `${folder}/${file}`
  const known = rules.scheduleFiles.get(path)
  if (known) return known
  const [columns = [], ...rows] = readCsv(rules, path)
  const chapters = new Map<string, ScheduleRow[]>()
  for (const cells of rows) {
    const row: ScheduleRow = rowOf(columns, cells)
    const chapter = row.code!.slice(0, 2)
    if (!chapters.has(chapter)) chapters.set(chapter, [])
    chapters.get(chapter)!.push(row)
  }
  const schedule = { columns, chapters }
  rules.scheduleFiles.set(path, schedule)
  return schedule
}

/** A list of prefixes, and the shorter codes that may become one of them. */
export function codeFileOf(rules: TwinRules, folder: string, file: string): CodeFile {
  const path = `${folder}/${file}`
  const known = rules.codeFiles.get(path)
  if (known) return known
  const [columns = [], ...rows] = readCsv(rules, path)
  const prefixes = rows.map((cells) => cells[columns.indexOf('code')]!)
  const shorter = prefixes.flatMap((prefix) =>
    Array.from(prefix, (_, length) => prefix.slice(0, length)),
  )
  const codes = { prefixes: new Set(prefixes), shorter: new Set(shorter) }
  rules.codeFiles.set(path, codes)
  return codes
}

/** Section 9: the ECB's own shape by currency, oldest first; then neutral rows. */
function readExchangeRates(rules: TwinRules): void {
  const neutral: NeutralRow[] = []
  for (const name of namesIn(rules, 'fx').filter((file) => file.endsWith('.csv'))) {
    const [header = [], ...rows] = readCsv(rules, `fx/${name}`)
    for (const cells of rows) {
      if (header[0] === 'Date') readEcbDay(rules, header, cells)
      else neutral.push(rowOf(header, cells) as unknown as NeutralRow)
    }
  }
  for (const series of rules.ecbRates.values()) series.sort((a, b) => (a.date < b.date ? -1 : 1))
  readNeutralRates(rules, neutral)
}

/** How many `quote` one `base` buys. */
interface NeutralRow {
  date: string
  base: string
  quote: string
  rate: string
  source: string
}

/** 12.18: a row becomes units per euro, of its quote or, against the euro, of its base. */
function readNeutralRates(rules: TwinRules, rows: NeutralRow[]): void {
  // By date; on one day pairs with the euro before crosses, then in the order of the file.
  const hasEuro = ({ base, quote }: NeutralRow) => Number(base === 'EUR' || quote === 'EUR')
  const ordered = rows.toSorted((a, b) =>
    a.date === b.date ? hasEuro(b) - hasEuro(a) : a.date < b.date ? -1 : 1,
  )
  for (const row of ordered) {
    const currency = row.quote === 'EUR' ? row.base : row.quote
    const rate = unitsPerEuro(rules, rows, row)
    if (!rate) continue
    if (!rules.neutralRates.has(currency)) rules.neutralRates.set(currency, [])
    rules.neutralRates.get(currency)!.push({ rate, date: row.date, source: row.source })
  }
}

/** Through the same day's, base's and source's rate of the euro; else the ECB's of at most 7 days before. */
function unitsPerEuro(rules: TwinRules, rows: NeutralRow[], row: NeutralRow): Fraction | undefined {
  const rate = read(row.rate)
  if (row.quote === 'EUR') return divide(one, rate)
  if (row.base === 'EUR') return rate
  const ofEuro = rows.find(
    ({ date, base, quote, source }) =>
      quote === 'EUR' && date === row.date && base === row.base && source === row.source,
  )
  if (ofEuro) return divide(rate, read(ofEuro.rate))
  const ofBase = rules.ecbRates.get(row.base)?.findLast(({ date }) => date <= row.date)
  if (!ofBase || daysBetween(ofBase.date, row.date) > 7) return undefined
  return multiply(rate, read(ofBase.rate))
}

function daysBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 86_400_000
}

function readEcbDay(rules: TwinRules, header: string[], [date = '', ...cells]: string[]): void {
  for (const [index, rate] of cells.entries()) {
    const currency = header[index + 1]
    if (!currency || !rate || rate === 'N/A') continue
    if (!rules.ecbRates.has(currency)) rules.ecbRates.set(currency, [])
    rules.ecbRates.get(currency)!.push({ date, rate })
  }
}

function readCorrelations(rules: TwinRules): void {
  for (const name of namesIn(rules, 'hs').filter((file) => /^\d{4}-\d{4}\.csv$/.test(file))) {
    const [older, newer] = name.slice(0, 9).split('-').map(Number)
    const [header = [], ...rows] = readCsv(rules, `hs/${name}`)
    const pairs = rows.map((cells) => rowOf(header, cells) as { from: string; to: string })
    rules.correlations.push({ older: older!, newer: newer!, pairs })
  }
}

function rowOf(header: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(header.map((column, index) => [column, cells[index] ?? '']))
}

function namesIn(rules: TwinRules, folder: string): string[] {
  const places = [
    join(rules.folder, folder),
    ...(rules.overlay ? [join(rules.overlay, folder)] : []),
  ]
  const names = places.filter((place) => existsSync(place)).flatMap((place) => readdirSync(place))
  return [...new Set(names)].toSorted()
}

/** A file of the overlay stands in the place of the file with the same path. */
function pathOf(rules: TwinRules, file: string): string | undefined {
  const places = [...(rules.overlay ? [join(rules.overlay, file)] : []), join(rules.folder, file)]
  return places.find((place) => existsSync(place) && statSync(place).isFile())
}

export function readYaml(rules: TwinRules, file: string): Record<string, unknown> {
  const path = pathOf(rules, file)
  return path ? ((parse(readFileSync(path, 'utf8')) ?? {}) as Record<string, unknown>) : {}
}

function readCsv(rules: TwinRules, file: string): string[][] {
  const path = pathOf(rules, file)
  if (!path) throw new Error(`missing file: ${file}`)
  const lines = readFileSync(path, 'utf8').split(/\r?\n/)
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(cellsOf)
}

function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim())
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []
  return cells.map((cell) =>
    cell.replace(/,$/, '').replace(/^"|"$/g, '').replaceAll('""', '"').trim(),
  )
}
