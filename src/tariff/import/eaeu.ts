// The common customs tariff of the Eurasian Economic Union as a csv of code and Russian rate text.
// The file was parsed from print: where a code stands twice with different rates one of them
// belongs to another code, and nothing says which, so neither is used.

import { badFile } from './bad-file.ts'
import { eaeuRate } from './rate-text/eaeu.ts'
import { readCsv } from './read-csv.ts'
import { schedule, type Schedule } from './schedule.ts'

export function importEaeu(text: string, file: string): Schedule {
  const found = new Map<string, string[]>()
  for (const { line, field } of readCsv(text, file, ['code', 'duty_rate_text'])) {
    const code = field('code')
    if (!/^\d{10}$/.test(code)) throw badFile({ file, line, column: 'code' }, `no code: ${code}`)
    found.set(code, [...(found.get(code) ?? []), field('duty_rate_text')])
  }
  const lines = [...found].map(([code, texts]) => {
    const rates = new Set(texts.map(eaeuRate))
    const official = texts.join(' or ')
    const rate = rates.size === 1 ? eaeuRate(texts[0] ?? '') : undefined
    return { code, cells: [{ column: 'mfn', official, rate }] }
  })
  return schedule(lines, { file, columns: ['mfn'], preferences: [] })
}
