// Figures as people and shops write them, read exactly or not at all. Pure.
import { countries } from '../../basis/country.ts'
import { isCurrency } from '../../basis/currency.ts'
import { parseTariffCode } from '../../basis/hs.ts'
import { decimal, multiply, parseDecimal, type Ratio } from '../../basis/ratio.ts'
import { round } from '../../basis/rounding.ts'
import type { LengthUnit, MassUnit } from './fields.ts'

/** Undefined: it says nothing. `unreadable`: it says something else. */
export type Read<T> = T | undefined | 'unreadable'

/** A decimal with a point, out of `1,234.50` or `1.234,50` by the sign that the file uses. */
export function readDecimal(text: string, sign: '.' | ','): Read<string> {
  const bare = text.replaceAll(/[\s\u00a0\u202f']/g, '')
  if (bare === '') return undefined
  const other = sign === '.' ? ',' : '.'
  const grouped = new RegExp(`^\\d{1,3}(\\${other}\\d{3})+(\\${sign}\\d{1,6})?$`)
  const plain = new RegExp(`^\\d{0,15}(\\${sign}\\d{1,6})?$`)
  if (bare.length > 24 || (!grouped.test(bare) && !plain.test(bare))) return 'unreadable'
  const [whole = '', part] = bare.replaceAll(other, '').split(sign)
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  return part === undefined ? digits : `${digits}.${part}`
}

export type Price = { readonly amount: string; readonly currency: string | undefined }

const symbols: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '฿': 'THB', '₹': 'INR' }

/** `15.00 USD`, `€12`, `RM 5`: signs that several currencies share are taken as the file's own. */
export function readPrice(text: string, sign: '.' | ','): Read<Price> {
  const match =
    /^\s*([A-Za-z]{2,3}|\p{Sc})?\s*([\d.,'\s\u00a0\u202f]*?)\s*([A-Za-z]{2,3}|\p{Sc})?\s*$/u.exec(
      text.slice(0, 60),
    )
  if (text.trim() === '') return undefined
  if (!match || text.length > 60 || (match[1] && match[3])) return 'unreadable'
  const amount = readDecimal(match[2] ?? '', sign)
  if (amount === undefined || amount === 'unreadable') return 'unreadable'
  const named = match[1] ?? match[3]
  if (named === undefined) return { amount: trimZeros(amount), currency: undefined }
  const currency = symbols[named] ?? (named.length === 3 ? named.toUpperCase() : undefined)
  if (currency !== undefined && !isCurrency(currency)) return 'unreadable'
  return { amount: trimZeros(amount), currency }
}

/** `19.9900` is 19.99: what follows the second digit may be more than a currency has. */
const trimZeros = (amount: string): string => amount.replace(/(\.\d\d)0+$/, '$1')

const grams: Readonly<Record<MassUnit, Ratio>> = {
  g: decimal('1'),
  kg: decimal('1000'),
  oz: decimal('28.349523125'),
  lb: decimal('453.59237'),
}

const massNames: Readonly<Record<string, MassUnit>> = {
  ...{ g: 'g', gr: 'g', gram: 'g', grams: 'g', kg: 'kg', kgs: 'kg', kilogram: 'kg' },
  ...{ kilograms: 'kg', oz: 'oz', ounce: 'oz', ounces: 'oz', lb: 'lb', lbs: 'lb', pound: 'lb' },
  pounds: 'lb',
}

/** Whole grams, rounded up, so that nobody pays for less than they send; zero says nothing. */
export const readGrams = (text: string, unit: MassUnit, sign: '.' | ','): Read<number> =>
  readMeasure(text, sign, (name) => grams[(name === '' ? unit : massNames[name]) as MassUnit])

const millimetres: Readonly<Record<LengthUnit, Ratio>> = {
  mm: decimal('1'),
  cm: decimal('10'),
  m: decimal('1000'),
  in: decimal('25.4'),
}

const lengthNames: Readonly<Record<string, LengthUnit>> = {
  ...{ mm: 'mm', cm: 'cm', m: 'm', in: 'in', inch: 'in', inches: 'in', '"': 'in' },
}

/** Whole millimetres, rounded up; zero says nothing. */
export const readMillimetres = (text: string, unit: LengthUnit, sign: '.' | ','): Read<number> =>
  readMeasure(
    text,
    sign,
    (name) => millimetres[(name === '' ? unit : lengthNames[name]) as LengthUnit],
  )

function readMeasure(
  text: string,
  sign: '.' | ',',
  factorOf: (name: string) => Ratio | undefined,
): Read<number> {
  if (text.trim() === '') return undefined
  const match = /^([\d.,]+)\s*([a-z"]{0,9})\.?$/.exec(text.trim().toLowerCase())
  const factor = match && factorOf(match[2] ?? '')
  const figure = match && readDecimal(match[1] ?? '', sign)
  const value = figure && figure !== 'unreadable' ? parseDecimal(figure) : undefined
  if (!factor || !value) return 'unreadable'
  const whole = round(multiply(value, factor), 'up')
  if (whole > 1_000_000_000n) return 'unreadable'
  return whole === 0n ? undefined : Number(whole)
}

/** Pieces; shops also keep what they owe, below zero. */
export function readStock(text: string): Read<number> {
  const bare = text.trim()
  if (bare === '') return undefined
  if (!/^-?\d{1,9}([.,]0{1,4})?$/.test(bare)) return 'unreadable'
  return Number(/^-?\d+/.exec(bare)?.[0])
}

/** Six digits of the Harmonised System out of six to twelve, with or without points. */
export function readSubheading(text: string): Read<string> {
  if (text.trim() === '') return undefined
  const code = text.length <= 30 ? parseTariffCode(text.trim()) : undefined
  return code && code.length >= 6 ? code.slice(0, 6) : 'unreadable'
}

/** Reads an ISO code, or the name of a country in one of the languages. */
export function countryReader(locales: readonly string[]): (text: string) => Read<string> {
  const codes = new Map<string, string>()
  for (const locale of locales) {
    const names = new Intl.DisplayNames(locale, { type: 'region' })
    for (const code of countries) codes.set(plainName(names.of(code) ?? code), code)
  }
  for (const code of countries) codes.set(plainName(code), code)
  return (text) => (text.trim() === '' ? undefined : (codes.get(plainName(text)) ?? 'unreadable'))
}

const plainName = (text: string): string => text.trim().toLocaleLowerCase('en')

const yes = new Set([
  '1',
  'true',
  'yes',
  'y',
  'active',
  'published',
  'publish',
  'in stock',
  'in_stock',
])

/** Whether the file has it on sale. */
export const readYes = (text: string): boolean => yes.has(text.trim().toLowerCase())
