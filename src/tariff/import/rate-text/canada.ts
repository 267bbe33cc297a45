import { amount, free, highest, lowest, percent, sum } from './neutral.ts'
import { english, unitOf } from './units.ts'

/**
 * A rate of Canada's tariff as the CBSA publishes it: `Free`, `8 %`, `2.82 ¢/kg`, `0.86 ¢each`,
 * `238 % but not less than $1.25/kg`, also `or more than`. Quantities are the line's own units.
 */
export function canadaRate(official: string): string | undefined {
  const text = official.replace(/\s+/g, ' ').trim()
  if (/^free$/i.test(text)) return free
  const bounds = /^(.+?),? but not (less|more) than (.+?)(?:,? (?:or|nor) more than (.+))?$/.exec(
    text,
  )
  if (!bounds) return terms(text)
  const [, rate = '', sense, limit = '', ceiling] = bounds
  const rates = [terms(rate), terms(limit)]
  const bounded = sense === 'less' ? highest(rates) : lowest(rates)
  return ceiling === undefined ? bounded : lowest([bounded, terms(ceiling)])
}

const terms = (text: string): string | undefined => sum(text.split(/ ?\+ ?| plus /).map(term))

function term(text: string): string | undefined {
  const share = /^([\d.]+) ?%$/.exec(text)
  if (share) return percent(share[1] ?? '')
  const money = /^(\$ ?)?([\d.,]+)( ?¢)? ?(each|\/ ?(.+))$/.exec(text)
  if (!money || Boolean(money[1]) === Boolean(money[3])) return undefined
  const per = money[4] === 'each' ? 'C62' : unitOf(english, money[5] ?? '')
  return per && amount(money[2] ?? '', 'CAD', [per], Boolean(money[3]))
}
