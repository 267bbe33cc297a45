import { cutText } from '../basis/clean-text.ts'
import { isCountry } from '../basis/country.ts'

/** A postal address as its parts (UPU S42); which of them a country uses, and where, its format says. */
export interface Address {
  country: string
  /** House number and street, building, unit: one entry per line. */
  lines: readonly string[]
  /** A part of the town. */
  district?: string
  town: string
  /** State, province, prefecture: the code or name that is written. */
  region?: string
  postcode?: string
}

export type AddressPart = 'lines' | 'district' | 'town' | 'region' | 'postcode'

/** How a country writes its addresses. */
export interface AddressFormat {
  required: readonly AddressPart[]
  optional: readonly AddressPart[]
  /** Of the postcode as it is written. */
  postcode?: RegExp
  example?: string
  /** Of the region, where codes are written. */
  region?: RegExp
  /** The lines below the street lines, with the parts in braces, in the Latin script. */
  template: readonly string[]
}

const five = { postcode: /^\d{5}$/ }

/** Templates of UPU S42 for the countries of the first network; every other one uses the general form. */
const formats: Readonly<Record<string, AddressFormat>> = {
  AU: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    postcode: /^\d{4}$/,
    example: '3000',
    region: /^(ACT|NSW|NT|QLD|SA|TAS|VIC|WA)$/,
    template: ['{town} {region} {postcode}'],
  },
  CA: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    postcode: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d$/,
    example: 'V6B 1A1',
    region: /^(AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)$/,
    template: ['{town} {region}  {postcode}'],
  },
  CN: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    postcode: /^\d{6}$/,
    example: '310000',
    template: ['{district}', '{postcode} {town}', '{region}'],
  },
  IE: {
    required: ['lines', 'town'],
    optional: ['region', 'postcode'],
    postcode: /^([AC-FHKNPRTV-Y]\d\d|D6W) [0-9AC-FHKNPRTV-Y]{4}$/,
    example: 'D02 X285',
    template: ['{town}', '{region}', '{postcode}'],
  },
  IN: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    postcode: /^[1-9]\d{5}$/,
    example: '110001',
    template: ['{district}', '{town} {postcode}', '{region}'],
  },
  IT: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    ...five,
    example: '00144',
    region: /^[A-Z]{2}$/,
    template: ['{postcode} {town} {region}'],
  },
  JP: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    postcode: /^\d{3}-\d{4}$/,
    example: '100-8994',
    template: ['{district}', '{town}, {region}', '{postcode}'],
  },
  MY: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    ...five,
    example: '50050',
    template: ['{district}', '{postcode} {town}', '{region}'],
  },
  RW: {
    required: ['lines', 'town'],
    optional: ['district'],
    template: ['{district}', '{town}'],
  },
  TH: {
    required: ['lines', 'district', 'region', 'postcode'],
    optional: ['town'],
    ...five,
    example: '10200',
    template: ['{town}', '{district}', '{region} {postcode}'],
  },
}

const general: AddressFormat = {
  required: ['lines', 'town'],
  optional: ['district', 'region', 'postcode'],
  template: ['{district}', '{postcode} {town}', '{region}'],
}

export const addressFormat = (country: string): AddressFormat => formats[country] ?? general

export type AddressFault = { part: AddressPart; reason: 'missing' | 'not-valid'; example?: string }

/** What was typed, per part; the street lines as one text. */
export type TypedAddress = Readonly<Record<AddressPart, string>>

/** The address in its country's form, or every part that is wrong. */
export function checkAddress(country: string, typed: TypedAddress): Address | AddressFault[] {
  const format = addressFormat(country)
  const used = [...format.required, ...format.optional]
  const get = (part: AddressPart): string =>
    used.includes(part) ? cutText(typed[part].trim(), 300) : ''
  const postcode = tidyPostcode(country, get('postcode'))
  const region = format.region ? get('region').toUpperCase() : get('region')
  const faults: AddressFault[] = format.required
    .filter((part) => get(part) === '')
    .map((part) => ({ part, reason: 'missing' }))
  if (postcode && format.postcode && !format.postcode.test(postcode))
    faults.push({ part: 'postcode', reason: 'not-valid', example: format.example ?? '' })
  if (region && format.region && !format.region.test(region))
    faults.push({ part: 'region', reason: 'not-valid', example: regionExample(format.region) })
  if (faults.length > 0 || !isCountry(country)) return faults
  const lines = get('lines')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 4)
  const rest = { district: get('district'), region, postcode }
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
  return { country, lines, town: get('town'), ...told }
}

/** `v6b1a1` becomes `V6B 1A1`: the blank or dash where the country writes one. */
function tidyPostcode(country: string, text: string): string {
  const bare = text.toUpperCase().replaceAll(/[\s-]/g, '')
  if (country === 'CA' || country === 'IE') return bare.replace(/^(...)(.+)$/, '$1 $2')
  if (country === 'JP') return bare.replace(/^(\d{3})(\d+)$/, '$1-$2')
  return country in formats ? bare : text.trim().toUpperCase()
}

/** The first of the codes, as an example. */
const regionExample = (form: RegExp): string => /\((\w+)\|/.exec(form.source)?.[1] ?? 'RM'

/** The address as it is written on a parcel, without the country. */
export function addressLines({ lines, ...parts }: Address): string[] {
  const values: Readonly<Record<string, string | undefined>> = { ...parts }
  const below = addressFormat(parts.country).template.map((line) =>
    line
      .replaceAll(/\{(\w+)\}/g, (_, part: string) => values[part] ?? '')
      .replace(/^[\s,]+|[\s,]+$/g, ''),
  )
  return [...lines, ...below.filter(Boolean)]
}
