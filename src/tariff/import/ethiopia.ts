// The Ethiopian customs tariff as a csv of its 2017 workbook: duty, excise, VAT, surtax and
// withholding stand side by side on each eight-digit line, all in per cent of their own bases
// (rules/ET/taxes.yaml). The two columns of the second schedule (reduced duty for some importers)
// and export duty are left out: the file does not say whom they are for.

import { badFile } from './bad-file.ts'
import { percent } from './rate-text/neutral.ts'
import { readCsv } from './read-csv.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'

const rates: ReadonlyMap<string, string> = new Map([
  ['Duty Tax Rate', 'mfn'],
  ['Excise Tax Rate', 'excise'],
  ['VAT Rate', 'vat'],
  ['Sur Tax Rate', 'surtax'],
  ['With Hold Rate', 'withholding'],
])

/** Units that leave no doubt; `STM`, `PKT`, `BX` and `KT` do. */
const units: ReadonlyMap<string, string> = new Map([
  ['UN', 'C62'],
  ['2UN', 'NPR'],
  ['NPR', 'NPR'],
  ['KGM', 'KGM'],
  ['LTR', 'LTR'],
  ['M', 'MTR'],
  ['M2', 'MTK'],
  ['MTK', 'MTK'],
  ['M3', 'MTQ'],
  ['MTQ', 'MTQ'],
  ['KWH', 'KWH'],
])

export function importEthiopia(text: string, file: string): Schedule {
  const needed = ['HS Code', 'Suppl. Unit', ...rates.keys()]
  const lines = readCsv(text, file, needed).map(({ line, field }): Line => {
    const code = field('HS Code')
    if (!/^\d{8}$/.test(code)) throw badFile({ file, line, column: 'HS Code' }, `no code: ${code}`)
    const cells = [...rates].map(([name, column]): Cell => {
      const official = field(name).trim()
      if (official === '') throw badFile({ file, line, column: name }, 'no rate')
      return { column, official, rate: percent(official) }
    })
    return { code, unit: units.get(field('Suppl. Unit').trim()) ?? '', cells }
  })
  return schedule(lines, { file, columns: [...rates.values()], preferences: [] })
}
