// Exchange rates as published, and the one that a territory's law picks for a day (docs/rules-schema.md section 9).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, daysBetween, daysInMonth, isDay, weekday, type Day } from '../../basis/day.ts'
import {
  decimal,
  divide,
  isDecimal,
  multiply,
  one,
  parseDecimal,
  type Ratio,
} from '../../basis/ratio.ts'
import { RulesError } from './read-yaml.ts'
import type { Sighting } from './versions.ts'

export type RateOn = {
  /** Units of `to` for one unit of `from`. */
  readonly rate: Ratio
  readonly date: Day
  readonly source: string
  readonly sighting?: Sighting
}

export type ExchangeRates = {
  /** The rate the rule picks for the day; undefined when none is held. */
  rate(from: string, to: string, day: Day, rule: ExchangeRule): RateOn | undefined
}
export type ExchangeRule = {
  readonly source: string
  readonly rule: 'latest' | 'second-last-wednesday'
}

/** Rates of one currency against the euro (units per euro), by day, oldest first; a text is read when it is asked for. */
type Series = {
  readonly days: Day[]
  readonly rates: (Ratio | string)[]
  readonly sources: string[]
}
/** By currency; the euro itself is 1. */
type Pool = Map<string, Series>

/** Reads every csv of the folders: the ECB's own shape, or `date,base,quote,rate,source`. */
export function readExchangeRates(...folders: readonly string[]): ExchangeRates {
  const pool: Pool = new Map()
  const rows: Neutral[] = []
  const files = folders.flatMap((folder) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((each) => each.endsWith('.csv'))
      .sort()
      .map((name) => ({ name, path: join(folder, name) })),
  )
  for (const { name, path } of files) {
    const text = readFileSync(path, 'utf8')
    const lines = text
      .split(/\r?\n/)
      .map((row, index): Row => ({ row, line: index + 1 }))
      .filter(({ row }) => row !== '' && !row.startsWith('#'))
    if (lines[0]?.row.startsWith('Date,')) readEcb(lines, name, pool)
    else rows.push(...readNeutral(lines, name))
  }
  const bySource = new Map<string, Pool>()
  for (const row of againstEuro(rows, pool)) {
    addAfter(pool, row)
    const own = bySource.get(row.source) ?? new Map<string, Series>()
    bySource.set(row.source, own)
    addAfter(own, row)
  }
  return {
    rate(from, to, day, { source, rule }) {
      const wanted = rule === 'latest' ? day : secondLastWednesdayBefore(day)
      if (from === to) return { rate: one, date: wanted, source: 'the same currency' }
      const own = bySource.get(source)
      return (own && crossOn(own, from, to, wanted, day)) ?? crossOn(pool, from, to, wanted, day)
    },
  }
}

/** Both legs at their own last date on or before the wanted one; the older leg gives the age. */
function crossOn(pool: Pool, from: string, to: string, wanted: Day, day: Day): RateOn | undefined {
  const a = perEuroOn(pool, from, wanted)
  const b = perEuroOn(pool, to, wanted)
  if (!a || !b) return undefined
  const date = a.date < b.date ? a.date : b.date
  // A published month holds until the next is published; any other rate grows old within days.
  const fresh = daysBetween(date, wanted) <= (monthly.test(a.source + b.source) ? 31 : 7)
  const sources = [...new Set([a.source, b.source])].filter((each) => each !== '')
  return {
    rate: divide(b.rate, a.rate),
    date,
    source: sources.join(' and '),
    ...(fresh ? {} : { sighting: { seen: date, ageDays: daysBetween(date, day) } }),
  }
}

const monthly = /monthly/

/** UCC implementing act, article 48: the second-last Wednesday of a month serves the whole next month. */
export function secondLastWednesdayBefore(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
  const last = `${before.year}-${String(before.month).padStart(2, '0')}-${daysInMonth(before.year, before.month)}`
  const back = (weekday(last) - 3 + 7) % 7
  return addDays(last, -back - 7)
}

type Neutral = { date: Day; base: string; quote: string; rate: Ratio; source: string }

/** A row with the number of its line in the file. */
type Row = { readonly row: string; readonly line: number }

function readNeutral(rows: readonly Row[], name: string): Neutral[] {
  return rows.slice(1).map(({ row, line }) => {
    const [date = '', base = '', quote = '', rate = '', ...source] = row.split(',')
    const value = parseDecimal(rate)
    if (!isDay(date) || !value || value.n <= 0n)
      throw new RulesError([{ file: name, line, reason: 'wanted date,base,quote,rate,source' }])
    return { date, base, quote, rate: value, source: source.join(',').replaceAll('"', '') }
  })
}

function readEcb(rows: readonly Row[], name: string, pool: Pool): void {
  const header = (rows[0] as Row).row.split(',')
  const series = header.map((code, at) => {
    if (at === 0 || code.trim() === '') return undefined
    const made: Series = { days: [], rates: [], sources: [] }
    pool.set(code.trim(), made)
    return made
  })
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const { row, line } = rows[at] as Row
    const cells = row.split(',')
    const day = cells[0] as string
    if (!isDay(day)) throw new RulesError([{ file: name, line, reason: `“${day}” is not a day` }])
    for (const [column, each] of series.entries()) {
      const rate = cells[column]
      if (!each || !rate || !isDecimal(rate)) continue
      each.days.push(day)
      each.rates.push(rate)
      each.sources.push('European Central Bank')
    }
  }
}

type PerEuro = { date: Day; currency: string; rate: Ratio; source: string; direct: boolean }

/**
 * Neutral rows as units per euro: by the euro's own row of the same source, base and date, else by the ECB's rate of
 * the base when it is at most 7 days older; a row that nothing fresh leads to the euro is left out.
 */
function againstEuro(rows: readonly Neutral[], ecb: Pool): PerEuro[] {
  const euros = new Map<string, Ratio>()
  for (const { date, base, quote, rate, source } of rows)
    if (quote === 'EUR') euros.set(`${date} ${base} ${source}`, rate)
  const frozen = new Map([...ecb].map(([code, series]) => [code, { ...series }] as const))
  const found: PerEuro[] = []
  for (const { date, base, quote, rate, source } of rows) {
    const euro = euros.get(`${date} ${base} ${source}`)
    if (euro) {
      if (quote !== 'EUR')
        found.push({ date, currency: quote, rate: divide(rate, euro), source, direct: false })
      else found.push({ date, currency: base, rate: divide(one, rate), source, direct: true })
      continue
    }
    const leg = perEuroOn(frozen, base, date)
    if (leg && daysBetween(leg.date, date) <= 7)
      found.push({
        date,
        currency: quote,
        rate: multiply(leg.rate, rate),
        source,
        direct: base === 'EUR',
      })
  }
  return found.sort(byDate)
}

/** By date; on one day a pair with the euro goes before a cross. */
const byDate = (a: PerEuro, b: PerEuro): number =>
  a.date === b.date ? Number(b.direct) - Number(a.direct) : a.date < b.date ? -1 : 1

/** Adds a rate to its currency's series when it is later than all the series holds. */
function addAfter(pool: Pool, { date, currency, rate, source }: PerEuro): void {
  const series = pool.get(currency) ?? { days: [], rates: [], sources: [] }
  pool.set(currency, series)
  if (date <= (series.days.at(-1) ?? '')) return
  series.days.push(date)
  series.rates.push(rate)
  series.sources.push(source)
}

function perEuroOn(
  pool: ReadonlyMap<string, Series>,
  currency: string,
  day: Day,
): { rate: Ratio; date: Day; source: string } | undefined {
  if (currency === 'EUR') return { rate: one, date: day, source: '' }
  const series = pool.get(currency)
  if (!series) return undefined
  let at = series.days.length - 1
  while (at >= 0 && (series.days[at] as Day) > day) at -= 1
  const rate = series.rates[at]
  if (rate === undefined) return undefined
  return {
    rate: typeof rate === 'string' ? decimal(rate) : rate,
    date: series.days[at] as Day,
    source: series.sources[at] as string,
  }
}
