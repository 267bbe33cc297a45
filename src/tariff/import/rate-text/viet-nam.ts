import { isCountry } from '../../../basis/country.ts'
import { percent, quota } from './neutral.ts'

/**
 * A rate of Viet Nam's import tariff, bare figures in per cent with a point or a decimal comma:
 * `7,5`; `40 (NHN: 80)` inside and outside the quota; `0 (-KH, ID)` not for those origins. `0/5`
 * gives one figure for each part of a line that the agreement's older nomenclature splits:
 * understood only when all are the same. `*`, no preference, is an empty cell. GIC takes in goods
 * from the Gaeseong industrial complex besides those of the origins; it takes nothing from them.
 */
export function vietNamRate(official: string): string | undefined {
  const text = official.trim()
  if (text === '*' || text === '') return ''
  const quotas = /^([\d.,]+) ?\(NHN: ?([\d.,]+)\)$/.exec(text)
  if (quotas) return quota(figure(quotas[1] ?? ''), figure(quotas[2] ?? ''))
  const limited = /^([\d.,]+) ?\(-([A-Z, ]+)\)(?:\(GIC\))?$/.exec(text)
  if (limited) return except(figure(limited[1] ?? ''), (limited[2] ?? '').trim().split(/[, ]+/))
  const parts = text.split('/')
  return parts.every((part) => part === parts[0]) ? figure(parts[0] ?? '') : undefined
}

/** `2,7; M: 5,4` of the CPTPP column: the rate for Mexico stands apart. */
export function vietNamCptpp(official: string): { others?: string; mexico?: string } {
  const [others = '', mexico, ...more] = official.split(/; ?M: ?/)
  const rates = [vietNamRate(others), mexico === undefined ? '' : vietNamRate(mexico)]
  if (more.length > 0 || rates.includes(undefined)) return {}
  const [own = '', theirs = ''] = rates
  return { others: mexico === undefined ? own : `${own} except MX`, mexico: theirs }
}

const figure = (text: string): string | undefined =>
  /^\d+(?:[.,]\d+)?$/.test(text) ? percent(text.replace(',', '.')) : undefined

function except(rate: string | undefined, codes: readonly string[]): string | undefined {
  return rate && codes.every(isCountry) ? `${rate} except ${codes.join(' ')}` : undefined
}
