import { isCountry } from '../../../basis/country.ts'
import { isCurrency } from '../../../basis/currency.ts'

/**
 * Whether a text is a cell of the neutral grammar (docs/rules-schema.md section 4). Written apart
 * from the engine's own parser on purpose: the importers' output is checked against this one.
 */
export function isCell(cell: string): boolean {
  if (cell === '') return true
  if (cell.startsWith('?')) return cell.length > 1 && !/[\r\n]/.test(cell)
  const tokens = tokensOf(cell)
  if (!tokens) return false
  const reader = { tokens, at: 0 }
  if (!rate(reader)) return false
  if (reader.at === tokens.length) return true
  if (!takes(reader, 'except') || reader.at === tokens.length) return false
  return tokens.slice(reader.at).every(isCountry)
}

type Reader = { readonly tokens: readonly string[]; at: number }

const token =
  /\s*(max\(|min\(|topup\(|season\(|quota\(|\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9.-]*|[%+/,;:()-])/y

function tokensOf(text: string): string[] | undefined {
  const found: string[] = []
  token.lastIndex = 0
  for (let end = text.trimEnd().length; token.lastIndex < end;) {
    const match = token.exec(text)
    if (!match?.[1]) return undefined
    found.push(match[1])
  }
  return found
}

function takes(reader: Reader, wanted: string): boolean {
  if (reader.tokens[reader.at] !== wanted) return false
  reader.at += 1
  return true
}

function rate(reader: Reader): boolean {
  do {
    if (!term(reader)) return false
  } while (takes(reader, '+'))
  return true
}

function term(reader: Reader): boolean {
  if (takes(reader, 'max(') || takes(reader, 'min(')) return list(reader, ',', rate)
  if (takes(reader, 'topup(')) return decimal(reader) && takes(reader, '%') && takes(reader, ')')
  if (takes(reader, 'season(')) {
    return list(reader, ';', (inner) => window(inner) && takes(inner, ':') && rate(inner))
  }
  if (takes(reader, 'quota(')) {
    return rate(reader) && takes(reader, ';') && rate(reader) && takes(reader, ')')
  }
  const isZero = reader.tokens[reader.at] === '0'
  if (!decimal(reader)) return false
  if (takes(reader, '%')) return takes(reader, 'of') ? name(reader) : true
  if (!isCurrency(reader.tokens[reader.at] ?? '')) return isZero
  reader.at += 1
  while (takes(reader, '/')) {
    decimal(reader)
    if (!unit(reader)) return false
  }
  return true
}

function list(reader: Reader, between: string, part: (reader: Reader) => boolean): boolean {
  do {
    if (!part(reader)) return false
  } while (takes(reader, between))
  return takes(reader, ')')
}

function matches(reader: Reader, pattern: RegExp): boolean {
  if (!pattern.test(reader.tokens[reader.at] ?? '')) return false
  reader.at += 1
  return true
}

const decimal = (reader: Reader): boolean => matches(reader, /^\d+(?:\.\d+)?$/)
const name = (reader: Reader): boolean => matches(reader, /^[a-z][a-z0-9.-]*$/)
const unit = (reader: Reader): boolean => matches(reader, /^[A-Z0-9]{2,3}$/)
const day = /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/
const window = (reader: Reader): boolean =>
  matches(reader, day) && takes(reader, '-') && matches(reader, day)
