// Viet Nam's import tariff (AHTN 2022, eight digits) as a csv of a private compilation: the
// standard rate for origins without MFN treatment, the MFN rate and a column for each agreement.
// Chapter 98 repeats goods under conditions of use and is left out; lines of other chapters that
// only point to it keep the text. A code of seven digits has lost its leading zero where the zero
// fits the rows before.

import { badFile } from './bad-file.ts'
import { vietNamCptpp, vietNamRate } from './rate-text/viet-nam.ts'
import { readCsv, type CsvLine } from './read-csv.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'

const agreements = (
  'ACFTA,ATIGA,AJCEP,VJEPA,AKFTA,AANZFTA,AIFTA,VKFTA,VCFTA,VN-EAEU,CPTPP,AHKFTA,EVFTA,UKVFTA,VIFTA,' +
  'RCEPT A,RCEPT B,RCEPT C,RCEPT D,RCEPT E,RCEPT F'
).split(',')
const columnOf = (agreement: string): string => agreement.toLowerCase().replace('rcept ', 'rcep-')

export function importVietNam(text: string, file: string): Schedule {
  const heads = ['Standard import duty rate', 'MFN rate', ...agreements.map(head)]
  const lines = new Map<string, Line>()
  let chapter = ''
  for (const row of readCsv(text, file, ['HSCode', ...heads])) {
    const code = codeOf(row, chapter, file)
    chapter = code.slice(0, 2) || chapter
    if (code.length !== 8 || chapter === '98' || heads.every((name) => !row.field(name).trim()))
      continue
    const line = { code, cells: cellsOf(row) }
    const before = lines.get(code)
    if (before && JSON.stringify(before) !== JSON.stringify(line)) {
      throw badFile({ file, line: row.line }, `${code} stands twice with different rates`)
    }
    lines.set(code, line)
  }
  const preferences = [...agreements.map(columnOf), 'cptpp-mexico']
  const columns = ['mfn', 'standard', ...preferences]
  return schedule([...lines.values()], { file, columns, preferences })
}

const head = (agreement: string): string => `Import duty rate per ${agreement}`

function codeOf({ line, field }: CsvLine, chapter: string, file: string): string {
  const code = field('HSCode').trim()
  if (/^(?:\d{4}|\d{6}|\d{8})?$/.test(code)) return code
  if (/^\d{7}$/.test(code)) return `0${code}`.startsWith(chapter) ? `0${code}` : ''
  throw badFile({ file, line, column: 'HSCode' }, `no code: ${code}`)
}

function cellsOf({ field }: CsvLine): Cell[] {
  const cells = [
    cell('mfn', field('MFN rate')),
    cell('standard', field('Standard import duty rate')),
  ]
  for (const agreement of agreements) {
    const official = field(head(agreement))
    if (agreement !== 'CPTPP') cells.push(cell(columnOf(agreement), official))
    else {
      const { others, mexico } = vietNamCptpp(official)
      cells.push({ column: 'cptpp', official, rate: others })
      if (mexico) cells.push({ column: 'cptpp-mexico', official, rate: mexico })
    }
  }
  return cells
}

/** `Theo hướng dẫn tại … Chương 98` and `150% thuế MFN` point to figures that stand elsewhere. */
function cell(column: string, text: string): Cell {
  const official = text.trim()
  const rate = vietNamRate(official)
  return /Chương 98|thuế MFN/.test(official)
    ? { column, official, rate: undefined, elsewhere: true }
    : { column, official, rate }
}
