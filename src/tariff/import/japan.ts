// Japan's 実行関税率表 (customs tariff with statistical codes) as a tree of json nodes, one list for
// each chapter. A node's national code is its six HS digits (`stat_code`) and three more
// (`hs_code`, so named by the file); a trailing 0 makes the nine digits even, as
// docs/rules-schema.md wants. Nodes without the three digits only group, but may carry a rate that
// the nodes below them inherit, column by column. Fruit lines whose duty depends on the season
// stand once for each season.
//
// The ordinary rate follows Japanese law: the temporary rate (暫定) replaces the general one (基本);
// the WTO rate (WTO協定) applies where it is lower than that. `general` is the rate without WTO
// treatment.

import { badFile } from './bad-file.ts'
import { lowerOf } from './lower-rate.ts'
import { listOf, objectOf, readJson, textOf, type Json, type JsonObject } from './read-json.ts'
import { importWindow, isBracketed, japanPreference, japanRate, normal } from './rate-text/japan.ts'
import { season } from './rate-text/neutral.ts'
import { schedule, type Cell, type Line, type Schedule } from './schedule.ts'

const preferences: ReadonlyMap<string, string> = new Map([
  ['特恵', 'gsp'],
  ['特別特恵', 'ldc'],
  ['EPA_シンガポール', 'epa-singapore'],
  ['EPA_メキシコ', 'epa-mexico'],
  ['EPA_マレーシア', 'epa-malaysia'],
  ['EPA_チリ', 'epa-chile'],
  ['EPA_タイ', 'epa-thailand'],
  ['EPA_インドネシア', 'epa-indonesia'],
  ['EPA_ブルネイ', 'epa-brunei'],
  ['EPA_アセアン', 'epa-asean'],
  ['EPA_フィリピン', 'epa-philippines'],
  ['EPA_スイス', 'epa-switzerland'],
  ['EPA_ベトナム', 'epa-viet-nam'],
  ['EPA_インド', 'epa-india'],
  ['EPA_ペルー', 'epa-peru'],
  ['EPA_豪州', 'epa-australia'],
  ['EPA_モンゴル', 'epa-mongolia'],
  ['EPA_CPTPP', 'cptpp'],
  ['EPA_欧州連合', 'epa-eu'],
  ['EPA_英国', 'epa-uk'],
  ['EPA_RCEP_アセアン豪州NZ', 'rcep-asean-aunz'],
  ['EPA_RCEP_中国', 'rcep-china'],
  ['EPA_RCEP_韓国', 'rcep-korea'],
  ['EPA_日米貿易協定', 'us-japan'],
])
const ownParty = ['AU', 'CA', 'CL', 'MY', 'NZ', 'VN'].map((country) => `cptpp-${country}`)

export function importJapan(text: string, file: string): Schedule {
  const found = new Map<string, Seasonal[]>()
  for (const [chapter, nodes] of chaptersOf(readJson(text, file), file)) {
    for (const node of nodes) walk(node, { file, chapter, inherited: new Map(), found })
  }
  const lines = [...found].map(([code, variants]) =>
    variants.length === 1 ? variants[0]!.line : bySeason(code, variants, file),
  )
  const columns = [...preferences.values()].flatMap((name) =>
    name === 'cptpp' ? [name, ...ownParty] : [name],
  )
  return schedule(lines, { file, columns: ['mfn', 'general', ...columns], preferences: columns })
}

/** One chapter's list, or all chapters in one object with keys such as `j_01_tariff_data`. */
function chaptersOf(json: Json, file: string): [string, readonly Json[]][] {
  if (Array.isArray(json)) return [['the list', json as readonly Json[]]]
  const chapters = Object.entries(objectOf(json, file, 'the file')).filter(([key]) =>
    key.endsWith('tariff_data'),
  )
  if (chapters.length === 0) throw badFile({ file }, 'no key ends in tariff_data')
  return chapters.map(([key, value]) => [key, listOf(value, file, key)])
}

type Seasonal = { readonly window: string | undefined; readonly line: Line }
type Walk = {
  readonly file: string
  readonly chapter: string
  readonly inherited: ReadonlyMap<string, string>
  readonly found: Map<string, Seasonal[]>
}

function walk(value: Json, from: Walk): void {
  const node = objectOf(value, from.file, from.chapter)
  const stat = textOf(node, 'stat_code', from.file, from.chapter).replace('.', '')
  const suffix = textOf(node, 'hs_code', from.file, from.chapter)
  const item = `${from.chapter} ${stat}${suffix}`
  if (!(suffix ? /^\d{6}$/ : /^\d*$/).test(stat) || !/^(?:\d{3})?$/.test(suffix)) {
    throw badFile({ file: from.file, item }, 'not a code of six and three digits')
  }
  const inherited = new Map(from.inherited)
  for (const [column, rate] of Object.entries(objectOf(node['rate'], from.file, item))) {
    if (typeof rate !== 'string') throw badFile({ file: from.file, item, column }, 'no rate text')
    if (rate.trim()) inherited.set(column, rate.trim())
  }
  if (suffix) {
    const code = `${stat}${suffix}0`
    const window = importWindow(textOf(node, 'desc', from.file, item))
    const line = lineOf(code, inherited, unitsOf(node, from.file, item))
    from.found.set(code, [...(from.found.get(code) ?? []), { window, line }])
  }
  for (const child of listOf(node['children'], from.file, item)) {
    walk(child, { ...from, inherited })
  }
}

function lineOf(code: string, rates: ReadonlyMap<string, string>, unit: string): Line {
  const statutory = rates.get('暫定') ?? rates.get('基本') ?? ''
  const wto = rates.get('WTO協定') ?? ''
  const mfn = ordinary(statutory, wto)
  const cells: Cell[] = [mfn]
  cells.push({ column: 'general', official: statutory, rate: japanRate(statutory) })
  for (const [name, column] of preferences) {
    const official = rates.get(name) ?? ''
    if (official === '') continue
    const { rate, own } = japanPreference(official, mfn.rate)
    cells.push({ column, official, rate })
    for (const [country, ownRate] of own) {
      cells.push({ column: `cptpp-${country}`, official, rate: ownRate })
    }
  }
  return { code, unit, flags: statutory.includes('◎') ? ['quota'] : [], cells }
}

/**
 * `*` and `**` at the WTO rate and `※` mark goods on which a state-trading body collects a levy
 * besides the duty (wheat, rice, milk, sugar): the duty alone would understate, so neither is
 * given.
 */
function ordinary(statutory: string, wto: string): Cell {
  const official = wto && statutory !== wto ? `${statutory}; WTO ${wto}` : statutory
  const cell = (rate: string | undefined): Cell => ({ column: 'mfn', official, rate })
  if (/^[*※]/.test(normal(wto)) || normal(statutory).startsWith('※')) return cell(undefined)
  if (wto === '' || isBracketed(wto)) return cell(japanRate(statutory))
  const rates = [japanRate(statutory), japanRate(wto)]
  if (rates.includes('0')) return cell('0')
  const [national, bound] = rates
  return cell(national && bound && lowerOf(national, bound))
}

/** Joins the variants of one code, each imported in its own part of the year. */
function bySeason(code: string, variants: readonly Seasonal[], file: string): Line {
  const windows = variants.map(({ window }) => window)
  if (!windows.every((window) => window !== undefined)) {
    throw badFile({ file, item: code }, 'the code stands twice, and not for two seasons')
  }
  const columns = new Set(variants.flatMap(({ line }) => line.cells.map(({ column }) => column)))
  const cells = [...columns].map((column): Cell => {
    const each = variants.map(({ line }) => {
      const own = line.cells.find((cell) => cell.column === column)
      return own ?? line.cells.find((cell) => cell.column === 'mfn')!
    })
    const official = each.map((cell, at) => `${windows[at]} ${cell.official}`).join('; ')
    const same = each.every(({ rate }) => rate === each[0]?.rate)
    const parts = each.map(({ rate }, at) => ({ window: windows[at]!, rate }))
    return { column, official, rate: same ? each[0]?.rate : season(parts) }
  })
  return { ...variants[0]!.line, cells }
}

const statistical: ReadonlyMap<string, string> = new Map([
  ['KG', 'KGM'],
  ['NO', 'C62'],
  ['SM', 'MTK'],
  ['MT', 'TNE'],
  ['PR', 'NPR'],
  ['CM', 'MTQ'],
  ['KL', 'K6'],
  ['L', 'LTR'],
  ['DZ', 'DZN'],
  ['GR', 'GRM'],
  ['TH', 'MIL'],
  ['M', 'MTR'],
  ['CT', 'CTM'],
])

/** Units I and II. `CM` is a cubic metre here; `(I.I.)` and the like after kg are left out. */
function unitsOf(node: JsonObject, file: string, item: string): string {
  const unit = objectOf(node['unit'], file, item)
  const names = ['I', 'II'].map((key) => textOf(unit, key, file, item).split(/\s/)[0] ?? '')
  return names.flatMap((name) => statistical.get(name) ?? []).join(' ')
}
