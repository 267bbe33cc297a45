import { amount, free, lowest, percent, sum } from './neutral.ts'

/**
 * A rate of Australia's Working Tariff. Duties equal to the excise on spirits, tobacco and fuel are
 * per litre of alcohol (LPA), kilogram of tobacco or soluble solids (KNS), stick or litre. Not
 * understood: beer, charged only on the alcohol above 1.15 %, and `$1.220/kg, less 5%`.
 */
export function australiaRate(official: string): string | undefined {
  const text = official
    .replace(/\s*\/\s*/g, '/')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === 'Free') return free
  const lower = /^(.+), or, if lower, (.+)$/.exec(text)
  if (lower) return lowest([term(lower[1] ?? ''), term(lower[2] ?? '')])
  const blend = text.split(' plus ')
  if (blend.length > 1) return ofBlend(blend)
  return sum(text.split(', and ').map(term))
}

const units: ReadonlyMap<string, string> = new Map([
  ['L', 'LTR'],
  ['kg', 'KGM'],
  ['L of alcohol', 'LPA'],
  ['kg of tobacco content', 'KNS'],
  ['kg TSS', 'KNS'],
  ['stick', 'C62'],
])

function term(text: string): string | undefined {
  const share = /^([\d.]+)%$/.exec(text)
  if (share) return percent(share[1] ?? '')
  const each = /^\$([\d.,]+) each$/.exec(text)
  if (each) return amount(each[1] ?? '', 'AUD', ['C62'])
  const money = /^\$ ?([\d.,]+)\/(.+)$/.exec(text)
  const per = units.get(money?.[2] ?? '')
  return money && per ? amount(money[1] ?? '', 'AUD', [per]) : undefined
}

/**
 * Fuel blends are charged per litre of each part; where all parts bear one rate it is the rate per
 * litre.
 */
function ofBlend(parts: readonly string[]): string | undefined {
  const rates = parts.map(
    (part) => /^(\$[\d.]+\/L) of [a-z ]+(?:\(if any\))?(?: in the blend)?$/.exec(part.trim())?.[1],
  )
  const [first] = rates
  const complete = parts.at(-1)?.endsWith(' in the blend')
  return complete && first && rates.every((rate) => rate === first) ? term(first) : undefined
}
