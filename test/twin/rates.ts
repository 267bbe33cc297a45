import { add, compare, divide, fraction, multiply, nil, one, read, subtract } from './fraction.ts'
import type { Fraction } from './fraction.ts'

/** Section 4: the grammar of rates, and what a rate comes to. */

export interface Rate {
  terms: Term[]
  /** The countries after `except`. */
  except: string[]
}

export type Term =
  | { is: 'percent'; of: string | undefined; percent: Fraction }
  | { is: 'amount'; amount: string; currency: string; per: { count: Fraction; unit: string }[] }
  | { is: 'max' | 'min'; rates: Rate[] }
  | { is: 'topup'; percent: Fraction }
  | { is: 'season'; windows: { from: string; to: string; rate: Rate }[] }
  | { is: 'quota'; inside: Rate; outside: Rate }

/** Why a figure does not stand: a code, and whether an answer from the trader would help. */
export class Undecided extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** What a rate may ask of the line (or the lines together) it is used on. */
export interface Asked {
  on: string
  basis: Fraction
  /** The line's ordinary duty, for `topup`. */
  ordinaryDuty?: Fraction
  holdsQuotaProof: boolean
  quantityOf(units: string[]): Fraction
  factAmount(name: string): Fraction
  convert(amount: Fraction, currency: string): Fraction
}

export function amountOf(rate: Rate, asked: Asked): Fraction {
  return rate.terms.map((term) => amountOfTerm(term, asked)).reduce(add, nil)
}

function amountOfTerm(term: Term, asked: Asked): Fraction {
  switch (term.is) {
    case 'percent':
      return multiply(term.percent, term.of ? asked.factAmount(term.of) : asked.basis)
    case 'amount':
      return specificAmount(term, asked)
    case 'max':
      return term.rates
        .map((rate) => amountOf(rate, asked))
        .reduce((a, b) => (compare(b, a) > 0 ? b : a))
    case 'min':
      return term.rates
        .map((rate) => amountOf(rate, asked))
        .reduce((a, b) => (compare(b, a) < 0 ? b : a))
    case 'topup': {
      if (!asked.ordinaryDuty) throw new Error('topup outside a measure')
      const missing = subtract(multiply(term.percent, asked.basis), asked.ordinaryDuty)
      return missing.top > 0n ? missing : nil
    }
    case 'season':
      return amountOf(rateOfSeason(term, asked), asked)
    case 'quota':
      return amountOf(asked.holdsQuotaProof ? term.inside : term.outside, asked)
  }
}

function specificAmount(term: Term & { is: 'amount' }, asked: Asked): Fraction {
  const money = asked.convert(read(term.amount), term.currency)
  if (term.per.length === 0) return money
  const counts = term.per.map(({ count }) => count).reduce(multiply, one)
  return divide(multiply(money, asked.quantityOf(term.per.map(({ unit }) => unit))), counts)
}

function rateOfSeason(term: Term & { is: 'season' }, { on }: Asked): Rate {
  const day = on.slice(5, 7) + on.slice(8, 10)
  const holds = ({ from, to }: { from: string; to: string }) =>
    from <= to ? from <= day && day <= to : from <= day || day <= to
  const window = term.windows.find(holds)
  if (!window) throw new Undecided('out-of-season')
  return window.rate
}

export function isPurePercent(rate: Rate): boolean {
  return rate.terms.every((term) => term.is === 'percent' && !term.of)
}

const parsed = new Map<string, Rate>()

/** Reads the text of a cell or of a yaml `rate`; the empty text is not a rate and must not come here. */
export function parseRate(text: string): Rate {
  const known = parsed.get(text)
  if (known) return known
  if (text.startsWith('?')) throw new Undecided('not-in-grammar')
  const tokens = text.match(/\d+(\.\d+)?|[A-Za-z_][\w.-]*|\S/g) ?? []
  const rate = readRate(tokens)
  if (tokens.length > 0) throw new Error(`not a rate: '${text}' (at ${tokens.join(' ')})`)
  parsed.set(text, rate)
  return rate
}

function readRate(tokens: string[]): Rate {
  const terms = [readTerm(tokens)]
  while (tokens[0] === '+') {
    tokens.shift()
    terms.push(readTerm(tokens))
  }
  const except: string[] = []
  if (tokens[0] === 'except') {
    tokens.shift()
    while (/^[A-Z]{2}$/.test(tokens[0] ?? '')) except.push(tokens.shift()!)
  }
  return { terms, except }
}

function readTerm(tokens: string[]): Term {
  const token = tokens.shift()
  if (token === 'max' || token === 'min')
    return { is: token, rates: readList(tokens, ',', readRate) }
  if (token === 'topup') {
    const [percent] = readList(tokens, ',', readPercent)
    return { is: 'topup', percent: percent! }
  }
  if (token === 'season') return { is: 'season', windows: readList(tokens, ';', readWindow) }
  if (token === 'quota') {
    const [inside, outside] = readList(tokens, ';', readRate)
    return { is: 'quota', inside: inside!, outside: outside! }
  }
  if (token === undefined || !/^\d/.test(token)) throw new Error(`not a term: '${token}'`)
  if (tokens[0] === '%') return readPercentTerm(token, tokens)
  if (tokens[0] === '/') {
    tokens.shift()
    return { is: 'percent', of: undefined, percent: divide(read(token), read(tokens.shift()!)) }
  }
  if (/^[A-Z]{3}$/.test(tokens[0] ?? '')) return readAmount(token, tokens)
  if (/^0(\.0+)?$/.test(token)) return { is: 'percent', of: undefined, percent: nil }
  throw new Error(`not a term: '${token} ${tokens.join(' ')}'`)
}

function readPercentTerm(number: string, tokens: string[]): Term {
  tokens.shift()
  const percent = divide(read(number), fraction(100n))
  if (tokens[0] !== 'of') return { is: 'percent', of: undefined, percent }
  tokens.shift()
  return { is: 'percent', of: tokens.shift()!, percent }
}

function readAmount(amount: string, tokens: string[]): Term {
  const currency = tokens.shift()!
  const per: { count: Fraction; unit: string }[] = []
  while (tokens[0] === '/') {
    tokens.shift()
    const count = /^\d/.test(tokens[0] ?? '') ? read(tokens.shift()!) : one
    per.push({ count, unit: tokens.shift()! })
  }
  return { is: 'amount', amount, currency, per }
}

function readPercent(tokens: string[]): Fraction {
  const number = read(tokens.shift()!)
  if (tokens.shift() !== '%') throw new Error('a percent is wanted')
  return divide(number, fraction(100n))
}

function readWindow(tokens: string[]): { from: string; to: string; rate: Rate } {
  const from = tokens.shift()!
  tokens.shift()
  const to = tokens.shift()!
  if (tokens.shift() !== ':') throw new Error('a window ends with a colon')
  return { from, to, rate: readRate(tokens) }
}

function readList<T>(tokens: string[], separator: string, item: (tokens: string[]) => T): T[] {
  if (tokens.shift() !== '(') throw new Error('an opening bracket is wanted')
  const items = [item(tokens)]
  while (tokens[0] === separator) {
    tokens.shift()
    items.push(item(tokens))
  }
  if (tokens.shift() !== ')') throw new Error('a closing bracket is wanted')
  return items
}
