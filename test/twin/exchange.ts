import { divide, fraction, multiply, one, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { Undecided } from './rates.ts'
import type { Exchange, NeutralRate, TwinRules } from './types.ts'
import type { Holding } from './versions.ts'

/** Section 9: exchange rates. */

interface Dated {
  rate: Fraction
  date: string
}

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
  const asked = dayAsked(exchange.record.rule, on)
  const from = unitsPerEuro(rules, currency, asked)
  const to = unitsPerEuro(rules, into, asked)
  if (!from || !to) throw new Undecided('no-exchange-rate')
  const oldest = from.date < to.date ? from.date : to.date
  return {
    minor: multiply(multiply(amount, divide(to.rate, from.rate)), minorUnits),
    firm: exchange.firm && daysBetween(oldest, asked) <= 7,
  }
}

/** The last rate on or before the day: the ECB's, or after its last one for the currency a neutral row. */
function unitsPerEuro(rules: TwinRules, currency: string, day: string): Dated | undefined {
  if (currency === 'EUR') return { rate: one, date: day }
  const series = rules.ecbRates.get(currency) ?? []
  const lastOfEcb = series.at(-1)?.date ?? ''
  const neutral = lastNeutral(rules, currency, day, lastOfEcb)
  if (neutral) return neutral
  const quotation = series.findLast(({ date }) => date <= day)
  return quotation && { rate: read(quotation.rate), date: quotation.date }
}

function lastNeutral(rules: TwinRules, currency: string, day: string, after: string) {
  const others =
    currency === 'GBP' ? ['EUR'] : currency === 'USD' ? ['EUR', 'GBP'] : ['EUR', 'USD', 'GBP']
  const other = ({ base, quote }: NeutralRate) =>
    base === currency ? quote : quote === currency ? base : ''
  const rows = rules.neutralRates.filter(
    (row) => row.date <= day && row.date > after && others.includes(other(row)),
  )
  const latest = rows.at(-1)?.date
  for (const name of others) {
    const row = rows.find((each) => each.date === latest && other(each) === name)
    const step = row && unitsPerEuro(rules, name, row.date)
    if (!step) continue
    const rate = read(row.rate)
    return {
      rate: row.quote === currency ? multiply(step.rate, rate) : divide(step.rate, rate),
      date: step.date < row.date ? step.date : row.date,
    }
  }
  return undefined
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
