// Canada's Customs Tariff in the table the CBSA publishes: a csv with a column for each tariff
// treatment (MFN, UST, MXT, ... , General Tariff). Eight-digit rows carry the rates, ten-digit
// rows the unit. Nothing of it ships with the platform: the operator loads the official table.

import { badFile } from './bad-file.ts'
import { canadaRate } from './rate-text/canada.ts'
import { english, unitOf } from './rate-text/units.ts'
import { csvHeader, readCsv, type CsvLine } from './read-csv.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'

export function importCanada(text: string, file: string): Schedule {
  const header = csvHeader(text, file).map((name) => name.trim())
  const first = header.indexOf('MFN')
  const last = header.indexOf('General Tariff')
  const treatments = first === -1 ? [] : header.slice(first + 1, last === -1 ? undefined : last)
  const lines = new Map<string, Line>()
  const units = new Map<string, Set<string>>()
  for (const row of readCsv(text, file, ['TARIFF', 'UOM', 'MFN', 'General Tariff'])) {
    const code = row.field('TARIFF').replaceAll('.', '').trim()
    const place = { file, line: row.line, column: 'TARIFF' }
    if (!/^(?:\d{4}|\d{6}|\d{8}|\d{10})$/.test(code)) throw badFile(place, `no code: ${code}`)
    const line = code.slice(0, 8)
    const unit = unitOf(english, row.field('UOM'))
    if (unit) units.set(line, (units.get(line) ?? new Set()).add(unit))
    if (code.length !== 8) continue
    if (lines.has(code)) throw badFile(place, `${code} stands twice`)
    lines.set(code, { code, cells: cellsOf(row, treatments) })
  }
  const withUnits = [...lines.values()].map((line) => {
    const own = [...(units.get(line.code) ?? [])]
    return { ...line, unit: own.length === 1 ? (own[0] ?? '') : '' }
  })
  const columns = ['mfn', 'general', ...treatments]
  return schedule(withUnits, { file, columns, preferences: treatments })
}

function cellsOf({ field }: CsvLine, treatments: readonly string[]): Cell[] {
  const named = [
    ['mfn', 'MFN'],
    ['general', 'General Tariff'],
    ...treatments.map((name) => [name, name]),
  ]
  return named.map(([column = '', name = '']) => {
    const text = field(name).trim()
    // `N/A`: the treatment gives this line nothing.
    const official = /^n\/?a$/i.test(text) ? '' : text
    return { column, official, rate: official === '' ? '' : canadaRate(official) }
  })
}
