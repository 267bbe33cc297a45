declare module './messages.ts' {
  interface Catalogue {
    tariff: 'tariff.quote'
  }
}
import { languageFor } from './index.ts'
languageFor('en').t('tariff.quote')
// @ts-expect-error unknown key
languageFor('en').t('tariff.other')
