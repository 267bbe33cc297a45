// Australia's Working Tariff as scraped to json: schedule 3 (general rates) and schedules 4 to 16,
// one for each agreement, which list exceptions only. Columns of the official table run together
// in one text, `5% DCS4% CAFree DCT5% From1July2018 2.5% From1July2019 Free`: the general rate,
// rates of preference countries by letters, then later stages of all of them.
//
// The head of the official schedule says what the letters leave out: unless indicated, rates for
// NZ, PG, FI (Forum Islands), DC and LDC are free, and so are those of each agreement unless its
// schedule says otherwise; where no DCT rate is shown the DCS rate applies. Cells are written out,
// but only on lines whose general rate is not free. The letters SG are left over from before
// Singapore's agreement had a schedule of its own (4A, column `safta`), and lack lines that this
// has: they are not read.

import { badFile } from './bad-file.ts'
import { australiaRate } from './rate-text/australia.ts'
import { english, unitOf } from './rate-text/units.ts'
import { listOf, objectOf, readJson, textOf, type Json } from './read-json.ts'
import { oneLine, schedule, type Cell, type Line, type Schedule } from './schedule.ts'

const freeUnlessIndicated = ['nz', 'pg', 'fi', 'dc', 'ldc']
const letters = [...freeUnlessIndicated, 'dcs', 'dct', 'ca', 'my']

export function importAustralia(
  general: { text: string; file: string },
  agreements?: { text: string; file: string },
): Schedule {
  const exceptions = agreements ? exceptionsOf(agreements.text, agreements.file) : new Map()
  const lines = new Map<string, Line>()
  for (const { code, unit, official, item } of classifications(general.text, general.file)) {
    if (official === '') continue
    const cells = [...generalCells(official), ...agreementCells(code, exceptions)]
    const before = lines.get(code)
    // A line is repeated before its statistical rows; only another rate would be a contradiction.
    if (before && JSON.stringify(before.cells) !== JSON.stringify(cells)) {
      throw badFile({ file: general.file, item }, 'the code stands twice with different rates')
    }
    lines.set(code, { code, unit: before?.unit || unit, cells })
  }
  const names = [...letters, ...exceptions.keys()]
  const layout = { file: general.file, columns: ['mfn', ...names], preferences: names }
  return schedule([...lines.values()], layout)
}

type Classification = {
  readonly code: string
  readonly unit: string
  readonly official: string
  readonly item: string
}

function* classifications(text: string, file: string): Generator<Classification> {
  for (const section of listOf(readJson(text, file), file, 'the file')) {
    for (const chapter of below(section, 'chapters', file)) {
      for (const heading of below(chapter, 'headings', file)) {
        for (const value of below(heading, 'classifications', file)) {
          const node = objectOf(value, file, 'classifications')
          const item = oneLine(textOf(node, 'referenceNumber', file, 'classifications'))
          const rate = oneLine(textOf(node, 'dutyRate', file, item))
          const unit = unitOf(english, oneLine(textOf(node, 'unit', file, item))) ?? ''
          // `View TCOs for 8462.59` is a link that was scraped into the column.
          const official = rate.startsWith('View TCOs') ? '' : rate
          if (official && !/^\d{4}\.\d\d\.\d\d\D*$/.test(item)) {
            throw badFile({ file, item }, 'a rate on a number that is no tariff line')
          }
          yield { code: item.replace(/\D/g, ''), unit, official, item }
        }
      }
    }
  }
}

const below = (value: Json, key: string, file: string): readonly Json[] =>
  listOf(objectOf(value, file, key)[key], file, key)

const stage = /From ?\d{1,2} ?[A-Z][a-z]+ ?\d{4}/
const label =
  /\b((?:(?:NZ|PG|FI|DC|LDC|SG)(?: ?\/ ?(?=[A-Z]))?)+|DCS|DCT|DTC|CA|MY)[;:]? ?(?=Free|\d|\$)/g

/** All stages of the file lie in the past (2015 to 2019), so the last one is in force. */
function generalCells(text: string): Cell[] {
  const current = text.split(stage).at(-1)?.trim() ?? ''
  const pieces = current.split(label)
  const official = pieces[0]?.trim() ?? ''
  const mfn: Cell = { column: 'mfn', official, rate: australiaRate(official) }
  const indicated = new Map<string, string>()
  for (let at = 1; at + 1 < pieces.length; at += 2) {
    for (const name of (pieces[at] ?? '').replaceAll(' ', '').split('/')) {
      indicated.set(name === 'DTC' ? 'dct' : name.toLowerCase(), pieces[at + 1]?.trim() ?? '')
    }
  }
  const dcs = indicated.get('dcs')
  if (dcs !== undefined && !indicated.has('dct')) indicated.set('dct', dcs)
  const cells = letters.flatMap((column): Cell[] => {
    const rate = indicated.get(column)
    if (rate !== undefined) return [{ column, official: rate, rate: australiaRate(rate) }]
    return freeUnlessIndicated.includes(column) ? [{ column, official: 'Free', rate: '0' }] : []
  })
  return [mfn, ...cells]
}

type Exceptions = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Agreement -> code -> rate text. Schedule 4 is concessions by item, not an agreement. */
function exceptionsOf(text: string, file: string): Exceptions {
  const found = new Map<string, Map<string, string>>()
  for (const [item, rows] of Object.entries(objectOf(readJson(text, file), file, 'the file'))) {
    for (const value of listOf(rows, file, item)) {
      const row = objectOf(value, file, item)
      const name = textOf(row, 'ftaName', file, item).toLowerCase()
      if (name === 'concessional') continue
      const code = textOf(row, 'hsCode', file, item).replace(/\D/g, '')
      const listed = found.get(name) ?? new Map<string, string>()
      const before = `${textOf(row, 'description', file, item)} `.replace(/^[\d.*]+/, '')
      listed.set(code, entities(`${before}${textOf(row, 'dutyRate', file, item)}`))
      found.set(name, listed)
    }
  }
  return found
}

const entities = (text: string): string =>
  oneLine(text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))))

const agreementCells = (code: string, exceptions: Exceptions): Cell[] =>
  [...exceptions].map(([column, listed]) => {
    const official = listed.get(code)
    if (official === undefined) return { column, official: 'Free', rate: '0' }
    return { column, official, rate: exceptionRate(official) }
  })

/**
 * The scrape kept one row of each exception, and of staged reductions the first: a percentage
 * `From 30 December 2018` is not what is due now. Duties equal to excise have no stages and stand.
 */
const exceptionRate = (official: string): string | undefined =>
  /From|Rate No|^[\d.]+%$/.test(official) ? undefined : australiaRate(official)
