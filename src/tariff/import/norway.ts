// Norway's preferential duties by country or group of countries, flattened to a csv. The ordinary
// duty is not in the file, so the schedule has no `mfn` column and its zeros may not be left out.
// Columns bear the file's own codes: EU, EEA, EFTA, GSP, GSP+, GSP-LDC, GB and single partners.

import { badFile } from './bad-file.ts'
import { amount, free, percent } from './rate-text/neutral.ts'
import { readCsv, type CsvLine } from './read-csv.ts'
import { schedule, type Cell, type Schedule } from './schedule.ts'

export function importNorway(text: string, file: string): Schedule {
  const needed = ['code', 'classifier', 'value', 'value_type', 'raw', 'land_codes']
  const found = new Map<string, Cell[]>()
  for (const row of readCsv(text, file, needed)) {
    const { line, field } = row
    const code = field('code')
    if (!/^\d{8}$/.test(code)) throw badFile({ file, line, column: 'code' }, `no code: ${code}`)
    const { official, rate } = rateOf(row)
    const cells = found.get(code) ?? []
    for (const column of field('land_codes').split(' ').filter(Boolean)) {
      if (cells.some((cell) => cell.column === column)) {
        throw badFile({ file, line, column }, `${code} has two rates for this group`)
      }
      cells.push({ column, official, rate })
    }
    found.set(code, cells)
  }
  const lines = [...found].map(([code, cells]) => ({ code, cells }))
  const columns = [...new Set(lines.flatMap(({ cells }) => cells.map(({ column }) => column)))]
  return schedule(lines, { file, columns: columns.sort(), preferences: [] })
}

/**
 * FREE is nought, NA no preference; otherwise a figure in per cent or in kroner for each kilogram.
 * Norway calls a duty VARIABLE when it goes by the recipe; the figure beside it is a filler.
 */
function rateOf({ field }: CsvLine): { official: string; rate: string | undefined } {
  if (field('raw').includes('VARIABLE')) return { official: 'VARIABLE', rate: undefined }
  const official = `${field('classifier')} ${field('value')} ${field('value_type')}`
  if (field('classifier') === 'FREE') return { official, rate: free }
  if (field('classifier') === 'NA') return { official, rate: '' }
  if (field('value_type') === '%') return { official, rate: percent(field('value')) }
  if (field('value_type') !== 'pr.kg') return { official, rate: undefined }
  return { official, rate: amount(field('value'), 'NOK', ['KGM']) }
}
