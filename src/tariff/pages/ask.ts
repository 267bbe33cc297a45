// What a reader asks, as the address of the page says it: the address is the whole state, so it can be kept and shared.
import { isDay, type Day } from '../../basis/day.ts'
import type { BasketJson } from '../parse-basket.ts'

export type AskLine = {
  goods: string
  code: string
  /** Whose national code it is, when it has more than six digits. */
  codeOf: string
  origin: string
  quantity: string
  price: string
  mass: string
  measures: Readonly<Record<string, string>>
  facts: Readonly<Record<string, string>>
  proofs: readonly string[]
}

export type Ask = {
  from: string
  on: Day
  transport: string
  consignee: string
  incoterm: string
  currency: string
  freight: string
  freightCurrency: string
  insurance: string
  /** Undefined: not stated. Empty: none. */
  schemes: readonly string[] | undefined
  facts: Readonly<Record<string, string>>
  to: readonly string[]
  strict: boolean
  lines: readonly AskLine[]
}

export const emptyLine: AskLine = {
  goods: '',
  code: '',
  codeOf: '',
  origin: '',
  quantity: '1',
  price: '',
  mass: '',
  measures: {},
  facts: {},
  proofs: [],
}

/** A line that nobody has begun is no line. */
export const isBlank = ({ goods, code, price }: AskLine): boolean => !goods && !code && !price

/** The address that asks exactly this: nothing empty, always in the same order. */
export function queryOf(ask: Ask): URLSearchParams {
  const query = new URLSearchParams()
  const put = (name: string, value: string, usual = ''): void => {
    if (value && value !== usual) query.append(name, value)
  }
  put('from', ask.from)
  put('on', ask.on)
  put('transport', ask.transport, 'courier')
  put('consignee', ask.consignee, 'consumer')
  put('incoterm', ask.incoterm, 'DDP')
  put('currency', ask.currency)
  put('freight', ask.freight)
  put('freight-currency', ask.freightCurrency, ask.currency)
  put('insurance', ask.insurance)
  for (const scheme of ask.schemes ?? []) put('scheme', scheme)
  if (ask.schemes?.length === 0) put('scheme', 'none')
  for (const [name, value] of Object.entries(ask.facts)) put(`fact-${name}`, value)
  for (const [at, line] of ask.lines.entries()) if (!isBlank(line)) putLine(line, at + 1, put)
  for (const to of ask.to) put('to', to)
  if (ask.strict) put('strict', 'yes')
  return query
}

function putLine(
  line: AskLine,
  number: number,
  put: (name: string, value: string, usual?: string) => void,
): void {
  put(`goods-${number}`, line.goods)
  put(`code-${number}`, line.code)
  put(`code-of-${number}`, line.codeOf)
  put(`origin-${number}`, line.origin)
  put(`quantity-${number}`, line.quantity, '1')
  put(`price-${number}`, line.price)
  put(`mass-${number}`, line.mass)
  for (const [key, value] of Object.entries(line.measures)) put(`measure-${number}-${key}`, value)
  for (const [key, value] of Object.entries(line.facts)) put(`fact-${number}-${key}`, value)
  for (const proof of line.proofs) put(`proof-${number}`, proof)
}

export type HrefOptions = { path?: string; hash?: string; more?: Readonly<Record<string, string>> }

/** Where the same question, or one a little different, is answered. */
export function hrefOf(
  ask: Ask,
  { path = '/cost', hash = '', more = {} }: HrefOptions = {},
): string {
  const query = queryOf(ask)
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return `${path}?${query}${hash && `#${hash}`}`
}

/** The question with one of its lines changed; lines are known to the answer by their number. */
export function withLine(ask: Ask, id: string, change: (line: AskLine) => Partial<AskLine>): Ask {
  const lines = ask.lines.map((line, at) =>
    String(at + 1) === id ? { ...line, ...change(line) } : line,
  )
  return { ...ask, lines }
}

/** The basket of the API; lines without content are left out, and each keeps its number as its id. */
export function basketOf(ask: Ask): BasketJson {
  const { currency } = ask
  return {
    from: ask.from,
    ...(isDay(ask.on) ? { on: ask.on } : {}),
    transport: ask.transport as BasketJson['transport'],
    consignee: ask.consignee as BasketJson['consignee'],
    incoterm: ask.incoterm as BasketJson['incoterm'],
    ...(ask.freight ? { freight: { amount: ask.freight, currency: ask.freightCurrency } } : {}),
    ...(ask.insurance ? { insurance: { amount: ask.insurance, currency } } : {}),
    ...(ask.schemes ? { schemes: [...ask.schemes] } : {}),
    facts: { ...ask.facts },
    lines: ask.lines.flatMap((line, at) => (isBlank(line) ? [] : [basketLine(line, at + 1, ask)])),
  }
}

function basketLine(line: AskLine, number: number, { from, currency }: Ask) {
  const facts = Object.entries(line.facts).map(
    ([name, value]) => [name, value === 'yes' ? true : value] as const,
  )
  return {
    id: String(number),
    description: line.goods,
    code: line.code,
    ...(line.codeOf ? { codeOf: line.codeOf } : {}),
    origin: line.origin || from,
    quantity: line.quantity,
    unitPrice: { amount: line.price, currency },
    ...(line.mass ? { netMassKg: line.mass } : {}),
    measures: { ...line.measures },
    facts: Object.fromEntries(facts),
    proofs: [...line.proofs],
  }
}
