import type { Language } from '../../ui/index.ts'

/** A country's name, or that of a customs union, which has no country code. */
export function territoryName(code: string, language: Language): string {
  const { t } = language
  if (code === 'EU') return t('tariff.union.EU')
  if (code === 'EAEU') return t('tariff.union.EAEU')
  if (code === 'EAC') return t('tariff.union.EAC')
  return /^[A-Z]{2}$/.test(code) ? language.country(code) : code
}
