// The parts of a UBL document that an invoice and a credit note share.
import type { Language } from '../../ui/index.ts'
import { decimal, multiply, ratio, subtract } from '../../basis/ratio.ts'
import { schemeName } from './describe-receipt.ts'
import type { Receipt, ReceiptCharge, ReceiptChargeKind, ReceiptParty } from './receipt.ts'
import { isTaxScheme, percentOf, type Category, type TaxView } from './value-added-tax.ts'
import { element, group } from './xml.ts'

/** An amount of the document's currency as an element. */
export type Amount = (name: string, minor: bigint) => string

/**
 * A party. Its numbers stand with the name of their register, for which ISO 6523 has no code; the one of a tax office has
 * a place of its own where a tax is charged, and may not have it elsewhere (BR-O-02 to 04).
 */
export function partyXml(
  { name, address, country, identifiers }: ReceiptParty,
  role: 'seller' | 'buyer',
  hasTax: boolean,
): string {
  const tax = hasTax ? identifiers.find(({ scheme }) => isTaxScheme(scheme)) : undefined
  // UBL-SR-16: a buyer has one.
  const shown = role === 'buyer' ? identifiers.slice(0, 1) : identifiers
  const [street = '', more = '', ...rest] = address.filter((line) => line !== '')
  return group(
    'cac:Party',
    ...shown.map(({ scheme, value }) =>
      group('cac:PartyIdentification', element('cbc:ID', `${schemeName(scheme)} ${value}`)),
    ),
    group(
      'cac:PostalAddress',
      street !== '' && element('cbc:StreetName', street),
      more !== '' && element('cbc:AdditionalStreetName', more),
      rest.length > 0 && group('cac:AddressLine', element('cbc:Line', rest.join(', '))),
      group('cac:Country', element('cbc:IdentificationCode', country)),
    ),
    tax && taxNumberXml(tax, role),
    group('cac:PartyLegalEntity', element('cbc:RegistrationName', name)),
  )
}

/** BR-CO-09: a VAT number begins with its country; any other is a registration of another scheme, of sellers only. */
function taxNumberXml(
  { scheme, value }: ReceiptParty['identifiers'][number],
  role: 'seller' | 'buyer',
): string | undefined {
  const [, country] = /^vat-([a-z]{2})$/.exec(scheme) ?? []
  if (country === undefined && role === 'buyer') return undefined
  const prefix = country === undefined || /^[A-Z]{2}/.test(value) ? '' : country.toUpperCase()
  return group(
    'cac:PartyTaxScheme',
    element('cbc:CompanyID', `${prefix}${value}`),
    group('cac:TaxScheme', element('cbc:ID', country === undefined ? schemeName(scheme) : 'VAT')),
  )
}

/** BG-24: where the law of the charges can be read, each source once. */
export function referencesXml({ charges }: Receipt): string[] {
  const sources = new Map(
    charges.flatMap(({ citation }) => (citation ? [[citation.url, citation.title] as const] : [])),
  )
  return [...sources].map(([url, title], index) =>
    group(
      'cac:AdditionalDocumentReference',
      element('cbc:ID', `source-${index + 1}`),
      element('cbc:DocumentDescription', title),
      group('cac:Attachment', group('cac:ExternalReference', element('cbc:URI', url))),
    ),
  )
}

/** UNCL 7161 has a code for freight and none for duty, taxes of customs or insurance: those are mutually defined. */
const reasonCodes: Readonly<Record<ReceiptChargeKind, string>> = {
  freight: 'FC',
  insurance: 'ZZZ',
  duty: 'ZZZ',
  excise: 'ZZZ',
  tax: 'ZZZ',
  fee: 'ADR',
}

/** A charge of the document; what a rounding takes off is an allowance, for which only a reason is given. */
export function allowanceXml(
  charge: ReceiptCharge,
  { lines }: Receipt,
  view: TaxView,
  language: Language,
  amount: Amount,
): string {
  const { kind, name, rate, line, amountMinor, basisMinor } = charge
  const { t } = language
  const isCharge = amountMinor >= 0n
  const goods = lines.find(({ id }) => id === line)?.description
  const reason = [
    `${t(`receipts.kind.${kind}`)}: ${name}${rate === '' ? '' : ` ${rate}`}`,
    goods && t('receipts.ofLine', { goods }),
  ]
  const percent = isCharge && isShare(charge) ? percentOf(rate) : undefined
  return group(
    'cac:AllowanceCharge',
    element('cbc:ChargeIndicator', String(isCharge)),
    isCharge && element('cbc:AllowanceChargeReasonCode', reasonCodes[kind]),
    element('cbc:AllowanceChargeReason', reason.filter(Boolean).join(', ')),
    percent !== undefined && element('cbc:MultiplierFactorNumeric', percent),
    amount('cbc:Amount', isCharge ? amountMinor : -amountMinor),
    percent !== undefined && amount('cbc:BaseAmount', basisMinor),
    taxCategoryXml('cac:TaxCategory', view.categoryOf(charge)),
  )
}

/** Whether the amount is the rate of its basis, rounded; another rounding or a cap has to be left unsaid. */
function isShare({ rate, basisMinor, amountMinor }: ReceiptCharge): boolean {
  const percent = percentOf(rate)
  if (percent === undefined || basisMinor < 0n) return false
  const exact = multiply(ratio(basisMinor, 100n), decimal(percent))
  const { n, d } = subtract(exact, ratio(amountMinor))
  return n <= d && -n <= d
}

/** With a language the reason is said why there is no tax, as a breakdown must (BR-E-10, BR-O-10) and a line may not. */
export function taxCategoryXml(
  name: string,
  { id, percent }: Category,
  language?: Language,
): string {
  const reasons = { E: 'receipts.ubl.notInTax', O: 'receipts.ubl.noTax' } as const
  return group(
    name,
    element('cbc:ID', id),
    percent !== undefined && element('cbc:Percent', percent),
    language &&
      (id === 'E' || id === 'O') &&
      element('cbc:TaxExemptionReason', language.t(reasons[id])),
    group('cac:TaxScheme', element('cbc:ID', 'VAT')),
  )
}
