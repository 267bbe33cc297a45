import { isCurrency } from '../../basis/currency.ts'
import { isDay } from '../../basis/day.ts'
import type { FieldError, Language, MessageKey } from '../../ui/index.ts'
import type { Basket } from '../basket.ts'
import type { Tariff } from '../create-tariff.ts'
import { parseBasket } from '../parse-basket.ts'
import { basketOf, isBlank, type Ask } from './ask.ts'
import { unknownCodes } from './landed-cost.ts'

export type Checked = { basket: Basket } | { errors: FieldError[] }

/** The question as a basket, or what is wrong with it: in the reader's words, each at its field. */
export function checkAsk(ask: Ask, tariff: Tariff, { t }: Language): Checked {
  const errors: FieldError[] = []
  const wrong = (field: string, message: MessageKey, values?: Record<string, string | number>) => {
    if (!errors.some((error) => error.field === field))
      errors.push({ field, message: t(message, values) })
  }
  if (!isDay(ask.on)) wrong('on', 'tariff.error.on')
  if (ask.to.length === 0) wrong('to', 'tariff.error.to')
  for (const code of ask.to)
    if (!tariff.destinations.includes(code))
      wrong('to', 'tariff.error.destination', { code: code.slice(0, 20) })
  if (!isCurrency(ask.currency)) wrong('currency', 'tariff.error.currency')
  const numbers = ask.lines.flatMap((line, at) => (isBlank(line) ? [] : [at + 1]))
  if (numbers.length === 0) wrong('goods-1', 'tariff.error.goods')
  else {
    const parsed = parseBasket(basketOf(ask))
    const places = 'faults' in parsed ? parsed.faults : unknownCodes(parsed.basket, tariff)
    const isKnown = 'faults' in parsed
    for (const { at } of places) {
      const { field, message, n } = fieldOf(at, numbers)
      wrong(field, isKnown ? message : 'tariff.error.unknownCode', n === undefined ? {} : { n })
    }
    if (errors.length === 0 && 'basket' in parsed) return parsed
  }
  return { errors: errors.sort((a, b) => placeInForm(a.field) - placeInForm(b.field)) }
}

const formOrder = [
  ...['from', 'currency', 'transport', 'freight', 'freight-currency', 'consignee', 'on', 'to'],
  ...['insurance', 'incoterm'],
]
const lineOrder = ['goods', 'code', 'price', 'quantity', 'mass', 'origin', 'measure']

/** Errors stand in the order of their fields: the goods line by line, then the journey. */
function placeInForm(field: string): number {
  const match = /^([a-z]+)-(\d+)/.exec(field)
  if (!match) return 1_000_000 + formOrder.indexOf(field)
  return Number(match[2]) * 10 + lineOrder.indexOf(match[1] as string)
}

const lineFields: Readonly<Record<string, readonly [field: string, message: MessageKey]>> = {
  description: ['goods', 'tariff.error.description'],
  code: ['code', 'tariff.error.code'],
  codeOf: ['code', 'tariff.error.codeOf'],
  origin: ['origin', 'tariff.error.origin'],
  quantity: ['quantity', 'tariff.error.quantity'],
  'unitPrice.amount': ['price', 'tariff.error.price'],
  netMassKg: ['mass', 'tariff.error.mass'],
}

const fields: Readonly<Record<string, readonly [field: string, message: MessageKey]>> = {
  from: ['from', 'tariff.error.from'],
  'freight.amount': ['freight', 'tariff.error.freight'],
  'freight.currency': ['freight-currency', 'tariff.error.currency'],
  'insurance.amount': ['insurance', 'tariff.error.freight'],
  transport: ['transport', 'tariff.error.choice'],
  consignee: ['consignee', 'tariff.error.choice'],
  incoterm: ['incoterm', 'tariff.error.choice'],
}

type FieldAt = { field: string; message: MessageKey; n?: number }

/** From the place in a basket to the field of the form. */
function fieldOf(at: string, numbers: readonly number[]): FieldAt {
  const match = /^lines\[(\d+)\]\.(.+)$/.exec(at)
  if (!match) {
    const [field, message] = fields[at] ?? (['currency', 'tariff.error.choice'] as const)
    return { field, message }
  }
  const n = numbers[Number(match[1])] ?? 1
  const what = match[2] as string
  const measure = /^measures\.(.+)$/.exec(what)?.[1]
  if (measure) return { field: `measure-${n}-${measure}`, message: 'tariff.error.measure', n }
  const [field, message] = lineFields[what] ?? (['price', 'tariff.error.line'] as const)
  return { field: what.startsWith('unitPrice.c') ? 'currency' : `${field}-${n}`, message, n }
}
