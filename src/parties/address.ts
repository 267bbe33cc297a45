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
  /** Where the country puts a blank, a dash or letters of its own into what may be typed without. */
  tidy?: readonly [RegExp, string]
  /** Of the region, where codes are written. */
  region?: RegExp
  /** The lines below the street lines, with the parts in braces, in the Latin script. */
  template: readonly string[]
}

const five = { postcode: /^\d{5}$/ }

/** The postcode before the town, and no more: the way of most of Europe. */
const european = (
  postcode: RegExp,
  example: string,
  tidy?: AddressFormat['tidy'],
): AddressFormat => ({
  required: ['lines', 'town', 'postcode'],
  optional: [],
  ...{ postcode, example },
  ...(tidy ? { tidy } : {}),
  template: ['{postcode} {town}'],
})
const threeAndTwo = /^\d{3} \d{2}$/
const afterThree = [/^(\d{3})(\d{2})$/, '$1 $2'] as const

/**
 * Templates of UPU S42, for the countries of the first network and for those whose duty and tax are known here, as goods go
 * there; every other one uses the general form.
 */
const formats: Readonly<Record<string, AddressFormat>> = {
  AT: european(/^\d{4}$/, '1010'),
  AU: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    postcode: /^\d{4}$/,
    example: '3000',
    region: /^(ACT|NSW|NT|QLD|SA|TAS|VIC|WA)$/,
    template: ['{town} {region} {postcode}'],
  },
  BE: european(/^\d{4}$/, '1000'),
  BG: european(/^\d{4}$/, '1000'),
  CA: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    postcode: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d$/,
    example: 'V6B 1A1',
    tidy: [/^(...)(.+)$/, '$1 $2'],
    region: /^(AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)$/,
    template: ['{town} {region}  {postcode}'],
  },
  CH: european(/^\d{4}$/, '3030'),
  CN: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    postcode: /^\d{6}$/,
    example: '310000',
    template: ['{district}', '{postcode} {town}', '{region}'],
  },
  CY: european(/^\d{4}$/, '2008'),
  CZ: european(threeAndTwo, '100 00', afterThree),
  DE: european(five.postcode, '10115'),
  DK: european(/^\d{4}$/, '1566'),
  EE: european(five.postcode, '10111'),
  ES: {
    required: ['lines', 'town', 'postcode'],
    optional: ['region'],
    ...five,
    example: '28039',
    template: ['{postcode} {town}', '{region}'],
  },
  FI: european(five.postcode, '00550'),
  FR: european(five.postcode, '33380'),
  GB: {
    required: ['lines', 'town', 'postcode'],
    optional: ['district'],
    postcode: /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/,
    example: 'EC1Y 8SY',
    tidy: [/^(.+)(...)$/, '$1 $2'],
    template: ['{district}', '{town}', '{postcode}'],
  },
  GR: european(threeAndTwo, '104 32', afterThree),
  HK: {
    required: ['lines', 'district'],
    optional: ['town'],
    template: ['{district}', '{town}'],
  },
  HR: european(five.postcode, '10000'),
  IE: {
    required: ['lines', 'town'],
    optional: ['region', 'postcode'],
    postcode: /^([AC-FHKNPRTV-Y]\d\d|D6W) [0-9AC-FHKNPRTV-Y]{4}$/,
    example: 'D02 X285',
    tidy: [/^(...)(.+)$/, '$1 $2'],
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
    tidy: [/^(\d{3})(\d+)$/, '$1-$2'],
    template: ['{district}', '{town}, {region}', '{postcode}'],
  },
  LT: european(/^LT-\d{5}$/, 'LT-01100', [/^(?:LT)?(\d{5})$/, 'LT-$1']),
  LU: european(/^\d{4}$/, '4750'),
  LV: european(/^LV-\d{4}$/, 'LV-1073', [/^(?:LV)?(\d{4})$/, 'LV-$1']),
  MT: {
    required: ['lines', 'town', 'postcode'],
    optional: [],
    postcode: /^[A-Z]{3} \d{4}$/,
    example: 'VLT 1117',
    tidy: [/^([A-Z]{3})(\d{4})$/, '$1 $2'],
    template: ['{town} {postcode}'],
  },
  MY: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: ['district'],
    ...five,
    example: '50050',
    template: ['{district}', '{postcode} {town}', '{region}'],
  },
  NL: european(/^\d{4} [A-Z]{2}$/, '1012 NX', [/^(\d{4})([A-Z]{2})$/, '$1 $2']),
  NO: european(/^\d{4}$/, '0107'),
  NZ: {
    required: ['lines', 'town', 'postcode'],
    optional: ['district'],
    postcode: /^\d{4}$/,
    example: '6001',
    template: ['{district}', '{town} {postcode}'],
  },
  PL: european(/^\d{2}-\d{3}$/, '00-940', [/^(\d{2})(\d{3})$/, '$1-$2']),
  PT: european(/^\d{4}-\d{3}$/, '1250-096', [/^(\d{4})(\d{3})$/, '$1-$2']),
  RO: european(/^\d{6}$/, '060274'),
  RW: {
    required: ['lines', 'town'],
    optional: ['district'],
    template: ['{district}', '{town}'],
  },
  SE: european(threeAndTwo, '114 55', afterThree),
  SG: {
    required: ['lines', 'town', 'postcode'],
    optional: [],
    postcode: /^\d{6}$/,
    example: '546080',
    template: ['{town} {postcode}'],
  },
  SI: european(/^\d{4}$/, '1000'),
  SK: european(threeAndTwo, '010 01', afterThree),
  TH: {
    required: ['lines', 'district', 'region', 'postcode'],
    optional: ['town'],
    ...five,
    example: '10200',
    template: ['{town}', '{district}', '{region} {postcode}'],
  },
  US: {
    required: ['lines', 'town', 'region', 'postcode'],
    optional: [],
    postcode: /^\d{5}(-\d{4})?$/,
    example: '95014',
    tidy: [/^(\d{5})(\d{4})$/, '$1-$2'],
    region:
      /^(AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|AA|AE|AP|AS|GU|MP|VI)$/,
    template: ['{town} {region} {postcode}'],
  },
  VN: {
    required: ['lines', 'town'],
    optional: ['district', 'postcode'],
    ...five,
    example: '10000',
    template: ['{district}', '{town} {postcode}'],
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
  const format = formats[country]
  if (!format) return text.trim().toUpperCase()
  const bare = text.toUpperCase().replaceAll(/[\s-]/g, '')
  return format.tidy ? bare.replace(...format.tidy) : bare
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
