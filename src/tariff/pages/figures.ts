import type { Language } from '../../ui/index.ts'

/** An exact figure in the reader's digits; one that was cut keeps its sign of being cut. */
export function exactNumber(text: string, language: Language): string {
  return text.endsWith('…') ? `${language.number(text.slice(0, -1))}…` : language.number(text)
}

export function exactMoney(text: string, currency: string, language: Language): string {
  return text.endsWith('…')
    ? `${language.money(text.slice(0, -1), currency)}…`
    : language.money(text, currency)
}

export const isNil = (amount: string): boolean => !/[1-9]/.test(amount)

/** Every figure has an address where its rule is written out. */
export const ruleHref = (territory: string, rule: string, on: string): string =>
  `/rules/${territory}/${encodeURIComponent(rule)}?on=${on}`

export const lineHref = (territory: string, code: string, on: string): string =>
  `/tariff/${territory}/${code.replaceAll('.', '')}?on=${on}`
