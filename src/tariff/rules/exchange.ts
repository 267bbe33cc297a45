// Exchange rates as published, and the one that a territory's law picks for a day (docs/rules-schema.md section 9).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, daysBetween, daysInMonth, isDay, weekday, type Day } from '../../basis/day.ts'
import { divide, one, parseDecimal, type Ratio } from '../../basis/ratio.ts'
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
  rate(from: string, to: string, day: Day, rule: ExchangeRuleName): RateOn | undefined
}
export type ExchangeRuleName = 'latest' | 'second-last-wednesday'

/** Rates of one currency against the euro (units per euro), by day, oldest first. */
type Series = { readonly days: Day[]; readonly rates: Ratio[]; readonly source: string }

/** Reads every csv of the folder: the ECB's own shape, or `date,base,quote,rate,source`. */
export function readExchangeRates(folder: string): ExchangeRates {
  const perEuro = new Map<string, Series>()
  const crosses: Neutral[] = []
  const names = existsSync(folder)
    ? readdirSync(folder).filter((each) => each.endsWith('.csv'))
    : []
  for (const name of names.sort()) {
    const rows = readFileSync(join(folder, name), 'utf8')
      .split(/\r?\n/)
      .filter((row) => row !== '' && !row.startsWith('#'))
    if (rows[0]?.startsWith('Date,')) readEcb(rows, name, perEuro)
    else crosses.push(...readNeutral(rows, name))
  }
  addCrosses(crosses, perEuro)
  return {
    rate(from, to, day, rule) {
      const wanted = rule === 'latest' ? day : secondLastWednesdayBefore(day)
      if (from === to) return { rate: one, date: wanted, source: 'the same currency' }
      const a = perEuroOn(perEuro, from, wanted)
      const b = perEuroOn(perEuro, to, wanted)
      if (!a || !b) return undefined
      const date = a.date < b.date ? a.date : b.date
      const age = daysBetween(date, wanted)
      return {
        rate: divide(b.rate, a.rate),
        date,
        source:
          a.source === b.source ? a.source : [a.source, b.source].filter(Boolean).join(' and '),
        ...(age > 7 ? { sighting: { seen: date, ageDays: daysBetween(date, day) } } : {}),
      }
    },
  }
}

/** UCC implementing act, article 48: the second-last Wednesday of a month serves the whole next month. */
export function secondLastWednesdayBefore(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
  const last = `${before.year}-${String(before.month).padStart(2, '0')}-${daysInMonth(before.year, before.month)}`
  const back = (weekday(last) - 3 + 7) % 7
  return addDays(last, -back - 7)
}

type Neutral = { date: Day; base: string; quote: string; rate: Ratio; source: string }

function readNeutral(rows: readonly string[], name: string): Neutral[] {
  return rows.slice(1).map((row, index) => {
    const [date = '', base = '', quote = '', rate = '', ...source] = row.split(',')
    const value = parseDecimal(rate)
    if (!isDay(date) || !value || value.n <= 0n)
      throw new RulesError([
        { file: name, line: index + 2, reason: 'wanted date,base,quote,rate,source' },
      ])
    return { date, base, quote, rate: value, source: source.join(',').replaceAll('"', '') }
  })
}

function readEcb(rows: readonly string[], name: string, perEuro: Map<string, Series>): void {
  const header = (rows[0] as string).split(',')
  const series = header.map((code, at) => {
    if (at === 0 || code.trim() === '') return undefined
    const made: Series = { days: [], rates: [], source: 'European Central Bank' }
    perEuro.set(code.trim(), made)
    return made
  })
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const cells = (rows[at] as string).split(',')
    const day = cells[0] as string
    if (!isDay(day))
      throw new RulesError([{ file: name, line: at + 1, reason: `“${day}” is not a day` }])
    for (const [column, one] of series.entries()) {
      const value = one && parseDecimal(cells[column] ?? '')
      if (!value) continue
      one.days.push(day)
      one.rates.push(value)
    }
  }
}

/** Neutral rates join through the currency of the pair that is known against the euro on that day. */
function addCrosses(crosses: Neutral[], perEuro: Map<string, Series>): void {
  const added = new Map<string, Neutral[]>()
  for (const cross of crosses) {
    const base = perEuroOn(perEuro, cross.base, cross.date)
    if (!base) continue
    const list = added.get(cross.quote) ?? []
    list.push({ ...cross, rate: { n: base.rate.n * cross.rate.n, d: base.rate.d * cross.rate.d } })
    added.set(cross.quote, list)
  }
  for (const [quote, list] of added) {
    list.sort((a, b) => (a.date < b.date ? -1 : 1))
    const held = perEuro.get(quote)
    const last = held?.days.at(-1) ?? ''
    const later = list.filter(({ date }) => date > last)
    perEuro.set(quote, {
      days: [...(held?.days ?? []), ...later.map(({ date }) => date)],
      rates: [...(held?.rates ?? []), ...later.map(({ rate }) => rate)],
      source: later.at(-1)?.source ?? held?.source ?? '',
    })
  }
}

function perEuroOn(
  perEuro: ReadonlyMap<string, Series>,
  currency: string,
  day: Day,
): { rate: Ratio; date: Day; source: string } | undefined {
  if (currency === 'EUR') return { rate: one, date: day, source: '' }
  const series = perEuro.get(currency)
  if (!series) return undefined
  let at = series.days.length - 1
  while (at >= 0 && (series.days[at] as Day) > day) at -= 1
  const rate = series.rates[at]
  return rate && { rate, date: series.days[at] as Day, source: series.source }
}
