// Reads single cells of a lane file: exact, and nothing is guessed.
import { isCountry } from '../basis/country.ts'
import { isCurrency } from '../basis/currency.ts'
import { isDay } from '../basis/day.ts'
import { parseAmount } from '../basis/money.ts'
import { parseDecimal } from '../basis/ratio.ts'
import type { CellFault, FaultReason } from './fault.ts'

export type Cells = ReturnType<typeof cellsOf>

/** Each reader gives the value, or notes the fault and gives something that is never stored. */
export function cellsOf(raw: (column: string) => string, faults: CellFault[]) {
  const no = (column: string, reason: FaultReason, facts?: CellFault['facts']): void =>
    void faults.push({ column, reason, ...(facts ? { facts } : {}) })
  const text = (column: string): string => raw(column).trim()
  const needed = (column: string): string => {
    const found = text(column)
    if (found === '') no(column, 'missing')
    return found
  }
  const maybe = <T>(column: string, read: (column: string) => T): T | null =>
    text(column) === '' ? null : read(column)
  const scaled = (column: string, factor: bigint, most: number): number => {
    const value = parseDecimal(needed(column))
    const n = value && value.n * factor
    if (text(column) === '') return 1
    if (!value || n === undefined || n % value.d !== 0n || n < 0n)
      no(column, 'not-a-number', { text: text(column) })
    else if (n / value.d > BigInt(most)) no(column, 'too-large', { text: text(column) })
    else return Number(n / value.d)
    return 1
  }
  const above = (column: string, factor: bigint, most: number): number => {
    const value = scaled(column, factor, most)
    if (value === 0) no(column, 'not-above-zero')
    return value
  }
  const oneOf = <T extends string>(column: string, known: readonly T[]): T => {
    const found = needed(column)
    if (found !== '' && !known.some((each) => each === found))
      no(column, 'not-one-of', { text: found, known: known.join(', ') })
    return found as T
  }
  const day = (column: string): string => {
    const found = needed(column)
    if (found !== '' && !isDay(found)) no(column, 'not-a-day', { text: found })
    return found
  }
  const code = (column: string): string => {
    const found = needed(column)
    if (found !== '' && (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(found) || found.length > 40))
      no(column, 'not-a-code', { text: found })
    return found
  }
  const words = (column: string): string => {
    const found = needed(column)
    if (found.length > 200) no(column, 'too-long', { most: 200 })
    return found
  }
  const currency = (column: string): string => {
    const found = needed(column)
    if (found !== '' && !isCurrency(found)) no(column, 'not-a-currency', { text: found })
    return found
  }
  const amount = (column: string, of: string): bigint => {
    const found = needed(column)
    if (found === '' || !isCurrency(of)) return 0n
    const minor = parseAmount(found, of)
    if (minor === undefined || minor < 0n)
      no(column, 'not-an-amount', { text: found, currency: of })
    else if (minor > 10n ** 15n) no(column, 'too-large', { text: found })
    else return minor
    return 0n
  }
  const list = (column: string): string[] => [
    ...new Set(
      text(column)
        .split(/[\s;]+/)
        .filter((each) => each !== ''),
    ),
  ]
  const countries = (column: string): string[] => {
    const found = list(column)
    if (found.length === 0) no(column, 'missing')
    for (const each of found) if (!isCountry(each)) no(column, 'not-a-country', { text: each })
    return found
  }
  const link = (column: string): string => {
    const found = text(column)
    if (found.length > 500 || !/^https?:\/\//.test(found) || !URL.canParse(found))
      no(column, 'not-an-address', { text: found.slice(0, 80) })
    return found
  }
  const yes = (column: string): boolean => oneOf(column, ['yes', 'no']) === 'yes'
  const kilograms = (column: string): number => above(column, 1000n, 100_000_000)
  const centimetres = (column: string): number => above(column, 10n, 100_000)
  return {
    no,
    text,
    needed,
    maybe,
    scaled,
    above,
    oneOf,
    day,
    code,
    words,
    currency,
    amount,
    list,
    countries,
    link,
    yes,
    kilograms,
    centimetres,
  }
}
