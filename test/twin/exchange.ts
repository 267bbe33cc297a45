import { divide, fraction, multiply, one, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { Undecided } from './rates.ts'
import type { Exchange, Leg, TwinRules } from './types.ts'
import type { Holding } from './versions.ts'

/** Section 9: exchange rates. */

/** How many minor units of `into` an amount of `currency` in major units is worth, exactly. */
export function convertExactly(
  rules: TwinRules,
  exchange: Holding<Exchange> | undefined,
  on: string,
  amount: Fraction,
  currency: string,
  into: string,
): { minor: Fraction; firm: boolean } {
  const minorUnits = fraction(10n ** BigInt(digitsOf(into)))
  if (currency === into) return { minor: multiply(amount, minorUnits), firm: true }
  if (!exchange) throw new Undecided('no-exchange-rate')
  const { source, rule } = exchange.record
  const day = dayAsked(rule, on)
  const own = source === 'ecb' ? undefined : legsOf(rules, currency, into, day, source)
  const legs = own ?? legsOf(rules, currency, into, day)
  if (!legs) throw new Undecided('no-exchange-rate')
  const rate = divide(legs.to.rate, legs.from.rate)
  return {
    minor: multiply(multiply(amount, rate), minorUnits),
    firm: exchange.firm && isFresh([legs.from, legs.to], day),
  }
}

/** More than 7 days (31 where a leg is of a monthly source) older than the day asked: as last seen. */
function isFresh(legs: Leg[], day: string): boolean {
  const most = legs.some(({ source }) => source.includes('monthly')) ? 31 : 7
  return legs.every(({ date }) => daysBetween(date, day) <= most)
}

function legsOf(rules: TwinRules, from: string, to: string, day: string, source?: string) {
  const [a, b] = [legOf(rules, from, day, source), legOf(rules, to, day, source)]
  return a && b ? { from: a, to: b } : undefined
}

/** The last rate on or before the day: of one source alone, or of the pool. */
function legOf(rules: TwinRules, currency: string, day: string, source?: string): Leg | undefined {
  if (currency === 'EUR') return { rate: one, date: day, source: '' }
  const ofEcb = source === undefined ? (rules.ecbRates.get(currency) ?? []) : []
  const known = ofEcb.findLast(({ date }) => date <= day)
  let leg: Leg | undefined = known && { rate: read(known.rate), date: known.date, source: 'ecb' }
  let last = ofEcb.at(-1)?.date ?? ''
  for (const { date, rate, source: from } of rules.neutralRates.get(currency) ?? []) {
    if (source !== undefined && from !== source) continue
    if (date > day || date <= last) continue
    leg = { rate, date, source: from }
    last = date
  }
  return leg
}

function dayAsked(rule: Exchange['rule'], on: string): string {
  if (rule === 'latest') return on
  const day = new Date(`${on.slice(0, 7)}-01T00:00:00Z`)
  const wednesdays: string[] = []
  while (wednesdays.length < 2) {
    day.setUTCDate(day.getUTCDate() - 1)
    if (day.getUTCDay() === 3) wednesdays.push(day.toISOString().slice(0, 10))
  }
  return wednesdays[1]!
}

function daysBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 86_400_000
}

const withoutMinorUnits =
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')
const withThousandths = 'BHD IQD JOD KWD LYD OMR TND'.split(' ')

/** How many decimals the minor unit has (ISO 4217). */
export function digitsOf(currency: string): number {
  return withoutMinorUnits.includes(currency) ? 0 : withThousandths.includes(currency) ? 3 : 2
}

export function asDecimal(minor: bigint, currency: string): string {
  const digits = digitsOf(currency)
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const sign = minor < 0n ? '-' : ''
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`
}

/** `150.00 EUR` as amount and currency. */
export function readLimit(text: string): { amount: Fraction; currency: string } {
  const [amount = '', currency = ''] = text.trim().split(/\s+/)
  return { amount: read(amount), currency }
}
