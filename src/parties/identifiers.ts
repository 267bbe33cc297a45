import { refused, type Refused } from '../basis/refusal.ts'
import { vatChecks } from './vat-numbers.ts'
import * as sums from './check-digits.ts'

/** A register's number for a business: which countries have it, how it is written, how it is checked. */
export interface IdentifierScheme {
  scheme: string
  /** What people call it; a name of the register, the same in every language. */
  label: string
  example: string
  /** Of the number without blanks, dots and dashes, in capitals. */
  isValid(number: string): boolean
}

const europe =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const lei: IdentifierScheme = {
  scheme: 'lei',
  label: 'LEI',
  example: '5493001KJTIIGC8Y1R12',
  isValid: (number) => /^[0-9A-Z]{18}\d{2}$/.test(number) && sums.mod97(number) === 1,
}

const eori = (country: string): IdentifierScheme => ({
  scheme: 'eori',
  label: 'EORI',
  example: country === 'GB' ? 'GB205672212000' : `${country}1234567890`,
  isValid: (number) =>
    country === 'GB'
      ? /^(GB|XI)\d{12}(\d{3})?$/.test(number)
      : new RegExp(`^${country}[0-9A-Z]{1,15}$`).test(number),
})

const national: Readonly<Record<string, readonly IdentifierScheme[]>> = {
  AU: [of('abn', 'ABN', '51824753556', sums.isAbn)],
  CA: [of('bn', 'BN', '123026635RC0001', sums.isBusinessNumber)],
  CN: [of('uscc', 'USCC', '91110000600037341L', sums.isUscc)],
  IN: [of('gstin', 'GSTIN', '27AAPFU0939F1ZV', sums.isGstin)],
  JP: [of('corporate-number', 'Corporate Number', '5835678256246', sums.isCorporateNumber)],
  MY: [of('ssm', 'SSM', '201901000005', isSsm)],
  RW: [of('tin-rw', 'TIN', '102512345', (number) => /^1\d{8}$/.test(number))],
  SG: [of('uen', 'UEN', '197401143C', sums.isUen)],
  TH: [of('tin-th', 'TIN', '0994000617721', sums.isThaiTaxNumber)],
  US: [of('ein', 'EIN', '12-3456789', (number) => /^\d{9}$/.test(number))],
}

function of(
  scheme: string,
  label: string,
  example: string,
  isValid: (number: string) => boolean,
): IdentifierScheme {
  return { scheme, label, example, isValid }
}

/** Since 2019 year, kind of firm, six digits; before that up to seven digits and a letter. No check digit. */
function isSsm(number: string): boolean {
  return /^(19|20)\d{2}0[1-6]\d{6}$/.test(number) || /^\d{1,7}[A-Z]$/.test(number)
}

/** The schemes that a business of a country may have, the most usual first. */
export function schemesFor(country: string): IdentifierScheme[] {
  const vat = vatChecks[country]
  const inEurope = europe.includes(country) || country === 'GB'
  return [
    ...(national[country] ?? []),
    ...(vat ? [of(`vat-${country.toLowerCase()}`, 'VAT', vat.example, vat.isValid)] : []),
    ...(inEurope ? [eori(country)] : []),
    lei,
  ]
}

/** The number as it is kept, without what people put between its digits, or why it is none. */
export function checkIdentifier(country: string, scheme: string, text: string): string | Refused {
  const number = text.toUpperCase().replaceAll(/[\s.\-/]/g, '')
  const known = schemesFor(country).find((each) => each.scheme === scheme)
  if (!known) return refused('identifier-unknown', { scheme, country })
  if (known.isValid(number)) return number
  return refused('identifier-not-valid', { label: known.label, example: known.example })
}
