import { amount, highest, percent, sum } from './neutral.ts'

/**
 * A duty of the Eurasian Economic Union's common tariff: `5%`, `0.06 EUR за 1 кг`, `15%, но не
 * менее 0.5 EUR за 1 кг` (at least), `4.5% плюс 0.02 EUR за 1 кг` (and). A bare figure other than
 * nought has lost its unit in the source's own parsing and is not understood.
 */
export function eaeuRate(official: string): string | undefined {
  const text = official.replaceAll('евро', 'EUR').replace(/\s+/g, ' ').trim()
  if (/^0(?:\.0+)?$/.test(text)) return '0'
  const floor = /^(.+?), но не менее (.+)$/.exec(text)
  if (floor) return highest([term(floor[1] ?? ''), term(floor[2] ?? '')])
  return sum(text.split(' плюс ').map(term))
}

const units: ReadonlyMap<string, string> = new Map([
  ['кг', 'KGM'],
  ['т', 'TNE'],
  ['л', 'LTR'],
  ['м2', 'MTK'],
  ['пар', 'NPR'],
  ['пару', 'NPR'],
  ['шт', 'C62'],
  ['1000 шт', '1000 C62'],
  ['см3, мл', 'CMQ'],
  ['см3', 'CMQ'],
])

/** `см3` is the engine's cylinder capacity. */
function term(text: string): string | undefined {
  const share = /^([\d.]+)%$/.exec(text)
  if (share) return percent(share[1] ?? '')
  const money = /^([\d.]+) (EUR|USD) за 1 (.+?)\.?$/.exec(text)
  const per = units.get(money?.[3] ?? '')
  return money && per ? amount(money[1] ?? '', money[2] ?? '', [per]) : undefined
}
