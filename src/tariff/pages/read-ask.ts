// The question as it stands in an address, whoever wrote it: a form, a link, or a reader by hand.
import type { Day } from '../../basis/day.ts'
import { emptyLine, type Ask, type AskLine } from './ask.ts'

export type AskDefaults = { from: string; currency: string; on: Day; to: readonly string[] }

/** More lines than an address can carry. */
const mostAskLines = 40

const lineKey =
  /^(goods|code|code-of|origin|quantity|price|mass|proof|measure|fact)-(\d{1,3})(?:-(.+))?$/

export function readAsk(address: URLSearchParams, defaults: AskDefaults): Ask {
  const query = withAnswers(address)
  const word = (name: string): string => clean(query.get(name) ?? '')
  const schemes = query.getAll('scheme').map(clean).filter(Boolean)
  const to = [...new Set(query.getAll('to').flatMap((each) => each.split(/[\s,]+/)))].filter(
    Boolean,
  )
  const currency = word('currency') || defaults.currency
  return {
    from: word('from') || defaults.from,
    on: word('on') || defaults.on,
    transport: word('transport') || 'courier',
    consignee: word('consignee') || 'consumer',
    incoterm: word('incoterm') || 'DDP',
    currency,
    freight: decimal(word('freight')),
    freightCurrency: word('freight-currency') || currency,
    insurance: decimal(word('insurance')),
    schemes: schemes.length === 0 ? undefined : schemes.filter((each) => each !== 'none'),
    facts: factsOf(query),
    // A form in which nothing was ticked still says `asked`; an address that says nothing means the usual ones.
    to: to.length > 0 || query.has('asked') ? to : defaults.to,
    strict: query.get('strict') === 'yes',
    lines: readLines(query),
  }
}

/** A small form beside a question says `also-mass-1`, so that its field and the large form's differ in name. */
function withAnswers(address: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(address)
  for (const [key, value] of address)
    if (key.startsWith('also-')) {
      query.delete(key)
      if (value !== '') query.set(key.slice('also-'.length), value)
    }
  return query
}

function readLines(query: URLSearchParams): AskLine[] {
  const numbers = new Set<number>()
  for (const key of query.keys()) {
    const match = lineKey.exec(key)
    if (match) numbers.add(Number(match[2]))
  }
  const removed = Number(query.get('remove') ?? 0)
  const lines = [...numbers]
    .sort((a, b) => a - b)
    .filter((number) => number !== removed)
    .slice(0, mostAskLines)
    .map((number) => readLine(query, number))
  if (query.has('add') && lines.length < mostAskLines) lines.push(emptyLine)
  return lines
}

function readLine(query: URLSearchParams, number: number): AskLine {
  const word = (name: string): string => clean(query.get(`${name}-${number}`) ?? '')
  const under = (name: string): Record<string, string> => {
    const found: Record<string, string> = {}
    for (const [key, value] of query) {
      const match = lineKey.exec(key)
      if (match?.[1] === name && Number(match[2]) === number && match[3] && clean(value))
        found[match[3]] = name === 'measure' ? decimal(clean(value)) : clean(value)
    }
    return found
  }
  return {
    goods: word('goods'),
    code: word('code'),
    codeOf: word('code-of'),
    origin: word('origin'),
    quantity: decimal(word('quantity')) || '1',
    price: decimal(word('price')),
    mass: decimal(word('mass')),
    measures: under('measure'),
    facts: under('fact'),
    proofs: query.getAll(`proof-${number}`).map(clean).filter(Boolean),
  }
}

function factsOf(query: URLSearchParams): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const [key, value] of query)
    if (key.startsWith('fact-') && !lineKey.test(key) && clean(value))
      facts[key.slice('fact-'.length)] = decimal(clean(value))
  return facts
}

/** Full-width figures, as Chinese keyboards write them, become plain ones. */
const clean = (text: string): string => text.normalize('NFKC').trim().slice(0, 500)

/** `2,50` can only be a decimal; `2,500` could be two things and is left to be refused. */
const decimal = (text: string): string =>
  /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text.replaceAll(/(?<=\d)[ '](?=\d{3})/g, '')
