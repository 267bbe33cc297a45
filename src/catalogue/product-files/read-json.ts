import { refused, type Refused } from '../../basis/refusal.ts'
import { tableOf, type Table } from './read-table.ts'

/**
 * A list of goods, bare or under `offers`, `products` or `items`. Goods with `variants` become a row
 * for each of them; texts by language become columns such as `title:fr`.
 */
export function readJsonTable(text: string): Table | Refused {
  let document: unknown
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return refused('json-broken', { reason: (error as Error).message.slice(0, 200) })
  }
  const goods = goodsOf(document)
  if (!goods?.every(isRecord)) return refused('json-without-goods')
  return tableOf('json', goods.flatMap(recordsOf))
}

function goodsOf(document: unknown): unknown[] | undefined {
  if (Array.isArray(document)) return document
  if (!isRecord(document)) return undefined
  return ['offers', 'products', 'items'].map((name) => document[name]).find(Array.isArray)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function recordsOf(goods: Record<string, unknown>): Map<string, string>[] {
  const { variants, texts, ...shared } = goods
  const base = [...Object.entries(shared).flatMap(cellsOf), ...textCells(texts)]
  const parts = Array.isArray(variants) ? variants.filter(isRecord) : []
  if (parts.length === 0) return [new Map(base)]
  return parts.map((part) => new Map([...base, ...Object.entries(part).flatMap(cellsOf)]))
}

/** `[{ "locale": "fr", "title": "Foulard" }]` becomes `title:fr`. */
const textCells = (texts: unknown): [string, string][] =>
  (Array.isArray(texts) ? texts : []).filter(isRecord).flatMap((text) =>
    ['title', 'description'].flatMap((name): [string, string][] => {
      const value = text[name]
      return typeof value === 'string' ? [[`${name}:${String(text['locale'])}`, value]] : []
    }),
  )

function cellsOf([name, value]: [string, unknown]): [string, string][] {
  const plain = plainText(value)
  if (plain !== undefined) return [[name, plain]]
  if (Array.isArray(value) && value.every(isRecord) && name === 'options')
    return value.flatMap((option, at): [string, string][] => [
      [`option${at + 1}_name`, plainText(option['name']) ?? ''],
      [`option${at + 1}_value`, plainText(option['value']) ?? ''],
    ])
  if (!Array.isArray(value)) return []
  const texts = value.map((each) => plainText(isRecord(each) ? each['address'] : each))
  return [[name, texts.filter((each) => each !== undefined).join(',')]]
}

/** Numbers as JSON writes them: it has no other. */
const plainText = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value.replaceAll('\0', '')
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined
