// The neutral rate grammar of docs/rules-schema.md section 4: text to a tree. Working it out is evaluate-rate.ts.
import { isCountry } from '../../basis/country.ts'
import { isCurrency } from '../../basis/currency.ts'
import { decimal, ratio, type Ratio } from '../../basis/ratio.ts'

export type Per = { readonly quantity: Ratio; readonly unit: string }
export type Window = { readonly from: string; readonly to: string; readonly rate: Rate }
export type Rate =
  | { readonly op: 'ad-valorem'; readonly rate: Ratio; readonly fact?: string }
  | {
      readonly op: 'specific'
      readonly amount: Ratio
      readonly currency: string
      readonly per: readonly Per[]
    }
  | { readonly op: 'sum' | 'max' | 'min'; readonly of: readonly Rate[] }
  | { readonly op: 'topup'; readonly rate: Ratio }
  | { readonly op: 'season'; readonly windows: readonly Window[] }
  | { readonly op: 'quota'; readonly within: Rate; readonly beyond: Rate }

/** A cell of a schedule: a rate with its text, or the official text that the grammar does not hold. */
export type Cell =
  | { readonly text: string; readonly rate: Rate; readonly except: readonly string[] }
  | { readonly text: string; readonly unknown: string }

export class RateError extends Error {}

/** Reads one cell; undefined when it is empty. Throws RateError with the place when it is malformed. */
export function parseCell(text: string): Cell | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (trimmed.startsWith('?')) return { text: trimmed, unknown: trimmed.slice(1).trim() }
  const tokens = tokenize(trimmed)
  const rate = readRate(tokens)
  const except: string[] = []
  if (tokens.peek() === 'except') {
    tokens.take()
    do except.push(readCountry(tokens))
    while (tokens.peek() !== undefined)
  }
  tokens.end()
  return { text: trimmed, rate, except }
}

/** Reads a rate without exceptions, as yaml records give it. */
export function parseRate(text: string): Rate {
  const cell = parseCell(text)
  if (!cell || 'unknown' in cell || cell.except.length > 0)
    throw new RateError(`not a rate: “${text}”`)
  return cell.rate
}

export const isZero = (rate: Rate): boolean => rate.op === 'ad-valorem' && rate.rate.n === 0n

type Tokens = {
  peek(): string | undefined
  take(): string
  expect(token: string): void
  end(): void
  /** `back`: the token already taken is the wrong one. */
  fail(wanted: string, back?: 1): never
}

const token = /\s*(\d+(?:\.\d+)?|[A-Za-z][\w.-]*|[%+/(),:;-])/y

function tokenize(text: string): Tokens {
  const found: { text: string; at: number }[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match) {
      if (text.slice(at).trim() === '') break
      throw new RateError(`cannot read “${text.slice(at, at + 12)}” in “${text}”`)
    }
    found.push({ text: match[1] as string, at })
  }
  let index = 0
  const fail = (wanted: string, back = 0): never => {
    const here = found[index - back]
    throw new RateError(
      `wanted ${wanted} ${here ? `before “${text.slice(here.at).trim()}”` : 'at the end'} of “${text}”`,
    )
  }
  return {
    peek: () => found[index]?.text,
    take: () => found[index++]?.text ?? fail('more'),
    expect: (wanted) => {
      if (found[index]?.text !== wanted) fail(`“${wanted}”`)
      index += 1
    },
    end: () => {
      if (index < found.length) fail('nothing more')
    },
    fail,
  }
}

function readRate(tokens: Tokens): Rate {
  const terms = [readTerm(tokens)]
  while (tokens.peek() === '+') {
    tokens.take()
    terms.push(readTerm(tokens))
  }
  return terms.length === 1 ? (terms[0] as Rate) : { op: 'sum', of: terms }
}

function readTerm(tokens: Tokens): Rate {
  const next = tokens.peek()
  if (next === undefined) return tokens.fail('a rate')
  if (next === 'max' || next === 'min') return readChoice(tokens, next)
  if (next === 'topup') return readTopup(tokens)
  if (next === 'season') return readSeason(tokens)
  if (next === 'quota') return readQuota(tokens)
  return readFigure(tokens)
}

/** A percentage, a fraction, a plain 0 or an amount with its units. */
function readFigure(tokens: Tokens): Rate {
  const figure = readDecimal(tokens)
  const next = tokens.peek()
  if (next === '%') {
    tokens.take()
    const rate = ratio(figure.n, figure.d * 100n)
    if (tokens.peek() !== 'of') return { op: 'ad-valorem', rate }
    tokens.take()
    const fact = tokens.peek() ?? ''
    if (!/^[A-Za-z]/.test(fact)) tokens.fail('the name of a fact')
    return { op: 'ad-valorem', rate, fact: tokens.take() }
  }
  if (next !== undefined && isCurrency(next)) {
    tokens.take()
    return { op: 'specific', amount: figure, currency: next, per: readPer(tokens) }
  }
  if (next === '/') {
    tokens.take()
    const under = readDecimal(tokens)
    if (under.n === 0n) tokens.fail('a number other than 0')
    return { op: 'ad-valorem', rate: ratio(figure.n * under.d, figure.d * under.n) }
  }
  if (figure.n === 0n) return { op: 'ad-valorem', rate: figure }
  return tokens.fail('% or a currency')
}

function readPer(tokens: Tokens): Per[] {
  const per: Per[] = []
  while (tokens.peek() === '/') {
    tokens.take()
    const quantity = /^\d/.test(tokens.peek() ?? '') ? readDecimal(tokens) : ratio(1n)
    if (quantity.n === 0n) tokens.fail('a number other than 0')
    const unit = tokens.take()
    if (!/^[A-Z0-9]{2,3}$/.test(unit)) tokens.fail('a Rec 20 unit', 1)
    per.push({ quantity, unit })
  }
  return per
}

function readChoice(tokens: Tokens, op: 'max' | 'min'): Rate {
  tokens.take()
  tokens.expect('(')
  const of = [readRate(tokens)]
  while (tokens.peek() === ',') {
    tokens.take()
    of.push(readRate(tokens))
  }
  tokens.expect(')')
  return { op, of }
}

function readTopup(tokens: Tokens): Rate {
  tokens.take()
  tokens.expect('(')
  const figure = readDecimal(tokens)
  tokens.expect('%')
  tokens.expect(')')
  return { op: 'topup', rate: ratio(figure.n, figure.d * 100n) }
}

function readSeason(tokens: Tokens): Rate {
  tokens.take()
  tokens.expect('(')
  const windows = [readWindow(tokens)]
  while (tokens.peek() === ';') {
    tokens.take()
    windows.push(readWindow(tokens))
  }
  tokens.expect(')')
  return { op: 'season', windows }
}

function readWindow(tokens: Tokens): Window {
  const from = readMonthDay(tokens)
  tokens.expect('-')
  const to = readMonthDay(tokens)
  tokens.expect(':')
  return { from, to, rate: readRate(tokens) }
}

function readMonthDay(tokens: Tokens): string {
  const text = tokens.take()
  return /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(text) ? text : tokens.fail('MMDD', 1)
}

function readQuota(tokens: Tokens): Rate {
  tokens.take()
  tokens.expect('(')
  const within = readRate(tokens)
  tokens.expect(';')
  const beyond = readRate(tokens)
  tokens.expect(')')
  return { op: 'quota', within, beyond }
}

function readDecimal(tokens: Tokens): Ratio {
  const text = tokens.peek()
  if (text === undefined || !/^\d/.test(text)) return tokens.fail('a number')
  tokens.take()
  return decimal(text)
}

function readCountry(tokens: Tokens): string {
  const code = tokens.peek()
  return code !== undefined && isCountry(code) ? tokens.take() : tokens.fail('a country code')
}
