// The UK government's comparison of the UK Global Tariff with the EU Common External Tariff as
// both stood on 1 January 2021: one csv, two schedules. Spreadsheets have eaten leading zeros:
// seven digits were eight, nine were ten. `suspension` marks lines on which an autonomous
// suspension could apply.

import { badFile } from './bad-file.ts'
import { readCsv } from './read-csv.ts'
import { ukEuRate } from './rate-text/uk-eu.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'

const columns = {
  commodity: 'commodity',
  EU: 'cet_duty_rate',
  GB: 'ukgt_duty_rate',
  remedy: 'trade_remedy_applies',
  cetStays: 'cet_applies_until_trade_remedy_transition_reviews_concluded',
  suspension: 'suspension_applies',
  quota: 'atq_applies',
}

export function importUkEu(text: string, file: string, territory: 'EU' | 'GB'): Schedule {
  const lines = readCsv(text, file, Object.values(columns)).map(({ line, field }): Line => {
    const yes = (column: keyof typeof columns): boolean => {
      const value = field(columns[column])
      if (value === 'True' || value === 'False') return value === 'True'
      throw badFile({ file, line, column: columns[column] }, 'True or False was expected')
    }
    const flags = (['remedy', 'quota', 'suspension'] as const).filter(yes)
    const rate = field(columns[territory])
    if (rate === '') throw badFile({ file, line, column: columns[territory] }, 'no rate')
    const mfn =
      territory === 'GB' && yes('cetStays') ? transitional(rate, field(columns.EU)) : plain(rate)
    return { code: padded(field(columns.commodity), { file, line }), flags, cells: [mfn] }
  })
  return schedule(lines, { file, columns: ['mfn'], preferences: [] })
}

const plain = (official: string): Cell => ({ column: 'mfn', official, rate: ukEuRate(official) })

/**
 * Where a trade remedy was under review the UK went on charging the EU's rate, and this file does
 * not say until when: with two different figures neither is known to hold.
 */
function transitional(ukgt: string, cet: string): Cell {
  if (ukEuRate(ukgt) === ukEuRate(cet)) return plain(ukgt)
  const official = `${cet} until the trade remedy review is concluded, then ${ukgt}`
  return { column: 'mfn', official, rate: undefined }
}

function padded(code: string, place: { file: string; line: number }): string {
  if (!/^\d{7,10}$/.test(code)) throw badFile({ ...place, column: 'commodity' }, `no code: ${code}`)
  return code.padStart(code.length <= 8 ? 8 : 10, '0')
}
