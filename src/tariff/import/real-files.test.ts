import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { importSchedule, textOf, type ImportReport, type SourceFile } from './import-schedule.ts'
import { isCell } from './rate-text/is-cell.ts'
import { csvHeader, readCsv, type CsvLine } from './read-csv.ts'
import { makeMeasureFiles, shippedFrom } from './shipped.ts'

// The official files themselves, which are not part of the project: EWTP_REFERENCE_DATA names the
// folder that holds `tariffs/`. Without it each test says that it did not run.
const data = process.env['EWTP_REFERENCE_DATA']
const rules = join(import.meta.dirname, '../../../rules')

function referenceTest(name: string, run: () => void): void {
  if (!data) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)
  test.skipIf(!data)(name, run, 60_000)
}

const read = (path: string): SourceFile => ({
  name: path,
  bytes: readFileSync(join(data ?? '', 'tariffs', path)),
})

type Shipped = { readonly csv: string; readonly report: ImportReport }
const schedules = new Map<string, Shipped>()
let made = new Map<string, string>()

beforeAll(() => {
  if (!data) return
  for (const { csv, format, files } of shippedFrom) {
    schedules.set(csv, importSchedule(format, files.map(read)))
  }
  made = makeMeasureFiles(read)
  for (const [path, { csv }] of schedules) made.set(path, csv)
}, 180_000)

const least: ReadonlyArray<readonly [path: string, percent: number, rated: number]> = [
  ['US/tariff/2024-11.csv', 99, 11414],
  ['US/tariff/2026-04-ch61-62.csv', 96, 647],
  ['EU/tariff/2021-01.csv', 98, 11830],
  ['GB/tariff/2021-01.csv', 98, 11830],
  ['JP/tariff/2026-07.csv', 97, 9646],
  ['AU/tariff/2026.csv', 99, 5000],
  ['ET/tariff/2017.csv', 100, 6503],
  // 264 lines more only point to chapter 98 and carry no rate of their own.
  ['VN/tariff/2026-01.csv', 99, 11150],
  ['EAEU/tariff/2026-06.csv', 97, 13290],
  ['NO/tariff/2026-02-preferences.csv', 99, 7477],
]

for (const [path, percent, lines] of least) {
  referenceTest(`${path}: at least ${percent} % of the rated lines are understood`, () => {
    const { rated, understood, notUnderstood } = schedules.get(path)!.report
    expect(rated).toBe(lines)
    expect((understood / rated) * 100).toBeGreaterThanOrEqual(percent)
    for (const { code, column, text } of notUnderstood) {
      expect([code, column, text].every(Boolean)).toBe(true)
    }
  })
}

referenceTest('every cell that ships is in the grammar, and reads back to the same bytes', () => {
  for (const [path, { csv }] of schedules) {
    const columns = csvHeader(csv, path).slice(3)
    for (const { field } of readCsv(csv, path, columns)) {
      const wrong = columns.filter((column) => !isCell(field(column)))
      if (wrong.length > 0) expect([path, field('code'), ...wrong.map(field)]).toEqual([])
    }
    const again = importSchedule('neutral', [{ name: path, bytes: new TextEncoder().encode(csv) }])
    expect(again.csv === csv).toBe(true)
  }
})

referenceTest('what ships in rules/ is what the importers make, byte for byte', () => {
  const differing = [...made].filter(([path, csv]) => {
    const file = join(rules, path)
    return !existsSync(file) || readFileSync(file, 'utf8') !== csv
  })
  expect(differing.map(([path]) => path)).toEqual([])
})

referenceTest('all schedules together stay below 7 MB', () => {
  const bytes = [...schedules.values()].reduce((sum, { csv }) => sum + Buffer.byteLength(csv), 0)
  expect(bytes).toBeLessThan(7_000_000)
})

/** Figures that the reference data's own README or the published tariff gives. */
const spots: ReadonlyArray<readonly [path: string, code: string, cells: Record<string, string>]> = [
  ['US/tariff/2024-11.csv', '01012900', { mfn: '0', column2: '20%', AU: '' }],
  ['US/tariff/2024-11.csv', '01013000', { mfn: '6.8%', 'A+': '0', A: '', column2: '15%' }],
  ['US/tariff/2024-11.csv', '61091000', { mfn: '16.5%', column2: '90%', S: '0', KR: '0', E: '' }],
  ['US/tariff/2024-11.csv', '04029990', { mfn: '0.463 USD/KGM + 14.9%' }],
  [
    'US/tariff/2024-11.csv',
    '91021110',
    { mfn: '0.44 USD/C62 + 6% of value.case + 14% of value.strap + 5.3% of value.battery' },
  ],
  ['US/tariff/2026-04-ch61-62.csv', '61012000', { mfn: '15.9%', column2: '50%', S: '0' }],
  ['EU/tariff/2021-01.csv', '01022910', { mfn: '10.2% + 93.1 EUR/100 KGM' }],
  ['EU/tariff/2021-01.csv', '61091000', { mfn: '12%' }],
  ['GB/tariff/2021-01.csv', '01022910', { mfn: '10% + 77 GBP/100 KGM' }],
  [
    'JP/tariff/2026-07.csv',
    '0101212900',
    {
      mfn: '3400000 JPY/C62',
      cptpp: '0',
      'epa-australia': 'quota(1700000 JPY/C62; 3400000 JPY/C62)',
    },
  ],
  ['JP/tariff/2026-07.csv', '0201100000', { mfn: '38.5%', general: '38.5%' }],
  ['JP/tariff/2026-07.csv', '0805100000', { mfn: 'season(0601-1130: 16%; 1201-0531: 32%)' }],
  ['AU/tariff/2026.csv', '07095200', { mfn: '5%', dcs: '4%', dct: '5%', chafta: '0' }],
  ['ET/tariff/2017.csv', '61091000', { mfn: '35%', vat: '15%', surtax: '10%', withholding: '3%' }],
  ['VN/tariff/2026-01.csv', '61091010', { mfn: '20%' }],
  ['VN/tariff/2026-01.csv', '22030011', { mfn: '35%', acfta: '0 except KH LA MM SG' }],
  ['VN/tariff/2026-01.csv', '85171300', { mfn: '0', standard: '5%', acfta: '' }],
  ['EAEU/tariff/2026-06.csv', '3304990000', { mfn: '6.5%' }],
  ['EAEU/tariff/2026-06.csv', '8712003000', { mfn: '10%' }],
  ['EAEU/tariff/2026-06.csv', '8517130000', { mfn: '0' }],
  ['EAEU/tariff/2026-06.csv', '6109100000', { mfn: '?12' }],
  ['NO/tariff/2026-02-preferences.csv', '61091000', { EU: '0', GB: '0', CO: '10.7%', GSP: '' }],
]

const parsed = new Map<string, ReadonlyMap<string, CsvLine>>()
function lineOf(path: string, code: string): CsvLine | undefined {
  const known = parsed.get(path)
  if (known) return known.get(code)
  const lines = readCsv(schedules.get(path)!.csv, path, ['code'])
  parsed.set(path, new Map(lines.map((line) => [line.field('code'), line])))
  return lineOf(path, code)
}

for (const [path, code, cells] of spots) {
  referenceTest(`${path}: ${code} is ${JSON.stringify(cells)}`, () => {
    const line = lineOf(path, code)
    const found = Object.keys(cells).map((name) => [name, line?.field(name)])
    expect(Object.fromEntries(found)).toEqual(cells)
  })
}

referenceTest('VN 6403 is 30 % throughout', () => {
  const path = 'VN/tariff/2026-01.csv'
  const lines = readCsv(schedules.get(path)!.csv, path, ['mfn'])
  const footwear = lines.filter(({ field }) => field('code').startsWith('6403'))
  expect(new Set(footwear.map(({ field }) => field('mfn')))).toEqual(new Set(['30%']))
})

const codesOf = (path: string): Set<string> =>
  new Set(readCsv(made.get(path) ?? '', path, ['code']).map(({ field }) => field('code')))
const listed = (heading: string): Set<string> => codesOf(`US/measures/301-${heading}.csv`)

referenceTest('Section 301: no line stands on two of the lists 1 to 4A', () => {
  const headings = ['01', '02', '03', '04', '15'].map((number) => `9903.88.${number}`)
  const seen = new Map<string, string>()
  for (const heading of headings) {
    for (const code of listed(heading)) {
      expect([code, seen.get(code) ?? seen.get(code.slice(0, 8))]).toEqual([code, undefined])
      seen.set(code, heading)
    }
  }
})

referenceTest(
  'Section 301: footnotes of chapters 61 and 62 agree with list 4A of the notes',
  () => {
    const path = 'US/measures/links-2026-04-ch61-62.csv'
    const linked = readCsv(made.get(path) ?? '', path, ['code', 'heading'])
      .filter(({ field }) => field('heading') === '9903.88.15')
      .map(({ field }) => field('code'))
    const inNotes = [...listed('9903.88.15')].filter((code) => /^6[12]/.test(code))
    expect(inNotes.filter((code) => !linked.includes(code))).toEqual([])
    // Footnotes also stand at a few ensembles and lines newer than the list.
    expect(linked.filter((code) => !inNotes.includes(code)).length).toBeLessThan(20)
  },
)

referenceTest('Section 301: the compiled list differs from the notes only as known', () => {
  const file = read('us/section301-product-lists.csv.gz')
  const compiled = readCsv(textOf(file), file.name, ['hts8', 'ch99_code'])
  const extra = (heading: string): number => {
    const inNotes = new Set([...listed(heading)].map((code) => code.slice(0, 8)))
    return compiled.filter(
      ({ field }) =>
        field('ch99_code') === heading && field('hts8') < '98' && !inNotes.has(field('hts8')),
    ).length
  }
  expect(extra('9903.88.01')).toBe(0)
  expect(extra('9903.88.02')).toBe(0)
  // Mostly lines of lists 1 and 2, which would be charged twice.
  expect(extra('9903.88.03')).toBe(280)
  expect(extra('9903.91.01')).toBe(0)
})
