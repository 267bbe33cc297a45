// Conditions of the rules in sentences, so that a reader who knows the law can check what we made of it.
import type { Language } from '../../ui/index.ts'
import type { BasketCondition, LineCondition, ValueTest } from '../rules/records.ts'
import { wordFor } from './words.ts'

/** Each condition that must hold, as a clause of its own. */
export function basketClauses(when: BasketCondition | undefined, language: Language): string[] {
  if (!when) return []
  const { t } = language
  const clauses: string[] = []
  if (when.consignee) clauses.push(t(`tariff.consignee.${when.consignee}`))
  if (when.transport) {
    const list = language.list(when.transport.map((each) => t(`tariff.transport.${each}`)))
    clauses.push(t('tariff.cond.transport', { list }))
  }
  if (when.from) clauses.push(t('tariff.cond.from', { list: placesText(when.from, language) }))
  if (when.from_not)
    clauses.push(t('tariff.cond.fromNot', { list: placesText(when.from_not, language) }))
  if (when.value) clauses.push(valueText(when.value, language))
  const inner = [
    [when.every_line, 'tariff.cond.everyLine'],
    [when.any_line, 'tariff.cond.anyLine'],
    [when.no_line, 'tariff.cond.noLine'],
  ] as const
  for (const [line, key] of inner)
    if (line) clauses.push(t(key, { text: lineClauses(line, language).join('; ') }))
  if (when.holds)
    clauses.push(t('tariff.cond.holds', { scheme: wordFor(language, 'scheme', when.holds) }))
  if (when.holds_not)
    clauses.push(t('tariff.cond.holdsNot', { scheme: wordFor(language, 'scheme', when.holds_not) }))
  if (when.yearly)
    clauses.push(t('tariff.cond.yearly', { limit: amountText(when.yearly.limit, language) }))
  return clauses
}

export function lineClauses(line: LineCondition | undefined, language: Language): string[] {
  if (!line) return []
  const { t } = language
  const clauses: string[] = []
  if (line.codes) clauses.push(t('tariff.cond.codes', { list: codesText(line.codes) }))
  if (line.codes_not) clauses.push(t('tariff.cond.codesNot', { list: codesText(line.codes_not) }))
  if (line.origin)
    clauses.push(t('tariff.cond.origin', { list: placesText(line.origin, language) }))
  if (line.origin_not)
    clauses.push(t('tariff.cond.originNot', { list: placesText(line.origin_not, language) }))
  if (line.value) clauses.push(valueText(line.value, language))
  if (line.fact) clauses.push(wordFor(language, 'fact', line.fact))
  if (line.fact_not)
    clauses.push(t('tariff.cond.factNot', { fact: wordFor(language, 'fact', line.fact_not) }))
  return clauses
}

const bounds = ['max', 'min', 'below', 'above'] as const

function valueText(value: ValueTest, language: Language): string {
  const { t } = language
  const limits = bounds.flatMap((bound) => {
    const limit = value[bound]
    return limit ? [t(`tariff.cond.${bound}`, { limit: amountText(limit, language) })] : []
  })
  return t('tariff.cond.value', {
    of: wordFor(language, 'basePart', value.of),
    per: wordFor(language, 'per', value.per),
    limits: limits.join(', '),
  })
}

/** `150.00 EUR` in the reader's way of writing. */
export function amountText(amount: string, language: Language): string {
  const [figure = '0', currency = 'EUR'] = amount.split(' ')
  return language.money(figure, currency)
}

/** Long lists are cut: the whole is in the rule's own file. */
const mostNamed = 40

export const codesText = (codes: readonly string[]): string =>
  codes.slice(0, mostNamed).join(', ') + (codes.length > mostNamed ? ' …' : '')

/** Countries by name, groups of countries by their id. */
export function placesText(places: readonly string[], language: Language): string {
  const names = places.map((place) =>
    place.startsWith('@')
      ? language.t('tariff.cond.group', { group: place.slice(1) })
      : language.country(place),
  )
  const cut = names.slice(0, mostNamed)
  return language.list(cut) + (names.length > mostNamed ? ' …' : '')
}
