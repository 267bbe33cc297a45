import { isCountry } from '../../../basis/country.ts'
import { isCurrency } from '../../../basis/currency.ts'
import { locales, type FieldError, type Language } from '../../../ui/index.ts'
import { fields, lengthUnits, massUnits, type Mapping } from '../fields.ts'
import type { Decision } from '../imports.ts'
import type { ProductImport } from '../find-imports.ts'
import { sources } from '../sources.ts'

/** What the form of the columns says; whatever it does not know of stays as it was. */
export function readDecision(
  form: URLSearchParams,
  found: ProductImport,
  { t }: Language,
): { decision: Decision; errors: FieldError[] } {
  const oneOf = <T extends string>(name: string, all: readonly T[], otherwise: T): T =>
    all.find((each) => each === form.get(name)) ?? otherwise
  const { settings } = found
  const mapping: Mapping = Object.fromEntries(
    fields.flatMap((field) => {
      const columns = (form.get(`column.${field}`) ?? '')
        .split(' ')
        .filter((text) => /^\d{1,3}$/.test(text))
        .map(Number)
        .filter((at) => at < found.columns.length)
        .slice(0, 20)
      return columns.length > 0 ? [[field, columns]] : []
    }),
  )
  const currency = form.get('currency') ?? ''
  const origin = form.get('origin') ?? ''
  const decision: Decision = {
    source: oneOf('source', sources, found.source),
    mapping,
    settings: {
      locale: oneOf('locale', locales, settings.locale),
      currency: isCurrency(currency) ? currency : '',
      origin: isCountry(origin) ? origin : '',
      decimalSign: oneOf('decimalSign', ['.', ','], settings.decimalSign),
      massUnit: oneOf('massUnit', massUnits, settings.massUnit),
      lengthUnit: oneOf('lengthUnit', lengthUnits, settings.lengthUnit),
      publish: form.get('publish') !== null,
    },
  }
  // A feed names the currency in the price itself; where it does not, the row says so.
  const names = mapping.currency !== undefined || decision.source === 'google'
  return {
    decision,
    errors: [
      ...(names || decision.settings.currency !== ''
        ? []
        : [{ field: 'currency', message: t('import.columns.currencyMissing') }]),
      ...(mapping.title
        ? []
        : [{ field: 'column.title', message: t('import.columns.titleMissing') }]),
      ...(mapping.price
        ? []
        : [{ field: 'column.price', message: t('import.columns.priceMissing') }]),
    ],
  }
}
