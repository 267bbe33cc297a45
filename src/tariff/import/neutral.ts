// The neutral csv of docs/rules-schema.md section 5, for any tariff that has no importer of its
// own, and for reading back what ships in rules/. Everything is checked; the first fault is named
// with its line and column.

import { badFile } from './bad-file.ts'
import { csvHeader, readCsv } from './read-csv.ts'
import { isCell } from './rate-text/is-cell.ts'
import { isTariffCode, schedule, type Cell, type Schedule } from './schedule.ts'

const fixed = ['code', 'unit', 'flags']
const flagNames = new Set(['remedy', 'quota', 'end-use', 'suspension'])

export function importNeutral(text: string, file: string): Schedule {
  const header = csvHeader(text, file)
  const columns = header.slice(fixed.length)
  checkHeader(header, file)
  const seen = new Map<string, number>()
  const lines = readCsv(text, file, fixed).map(({ line, field }) => {
    const fail = (column: string, reason: string): Error => badFile({ file, line, column }, reason)
    const code = field('code')
    if (!isTariffCode(code)) throw fail('code', `4 to 12 digits, an even number, not “${code}”`)
    const before = seen.get(code)
    if (before !== undefined) throw fail('code', `${code} stands on line ${before} already`)
    seen.set(code, line)
    const unit = field('unit')
    if (!/^(?:[A-Z0-9]{2,3}(?: |$))*$/.test(unit)) throw fail('unit', `no Rec 20 code: “${unit}”`)
    const flags = field('flags').split(' ').filter(Boolean)
    const strange = flags.find((flag) => !flagNames.has(flag))
    if (strange) throw fail('flags', `no such flag: ${strange}`)
    const cells = columns.map((column): Cell => {
      const cell = field(column)
      if (!isCell(cell)) throw fail(column, `not a rate: “${cell}”`)
      const official = cell.startsWith('?') ? cell.slice(1) : cell
      return { column, official, rate: cell.startsWith('?') ? undefined : cell }
    })
    return { code, unit, flags, cells }
  })
  return schedule(lines, { file, columns, preferences: [] })
}

function checkHeader(header: readonly string[], file: string): void {
  for (const [at, name] of fixed.entries()) {
    if (header[at] === name) continue
    const reason = `the header begins ${fixed.join(',')}; column ${at + 1} is “${header[at] ?? ''}”`
    throw badFile({ file, line: 1, column: name }, reason)
  }
  const rates = header.slice(fixed.length)
  for (const column of rates) {
    const isTwice = rates.filter((name) => name === column).length > 1
    if (isTwice) throw badFile({ file, line: 1, column }, 'the column stands twice')
    if (!/^[A-Za-z][\w*+-]*$/.test(column)) {
      throw badFile({ file, line: 1, column }, 'a column name is a word of letters and digits')
    }
  }
  if (rates.length === 0) throw badFile({ file, line: 1 }, 'no column of rates')
}
