// What many answers say alike is kept once, by its digest, and an answer keeps its own figures only: so it is a quarter as long
// and is put together again byte for byte, without the rules. It holds for any JSON, whatever its members are called. Pure.
import { createHash } from 'node:crypto'

/** Texts by digest, each as JSON: a string, a list, or an object with 0 in the place of whatever holds a figure. */
export type Texts = ReadonlyMap<string, string>

/** What is no longer than this stays where it is: a digest in its place would take as much room. */
const short = 40

/**
 * Puts `{"$": digest}` where something long without figures was; an object with figures becomes its digest beside them,
 * `{"$": digest, "amount": "4.10"}`. Other keys that begin with `$` get one more, so that nothing is mistaken for a mark.
 */
export function takeTexts(answer: unknown): { answer: unknown; texts: Texts } {
  const texts = new Map<string, string>()
  const mark = (value: unknown): { $: string } => {
    const body = JSON.stringify(value)
    const $ = digestOf(body)
    texts.set($, body)
    return { $ }
  }
  const take = (value: unknown): unknown => {
    if (!hasFigures(value) && isLong(value)) return mark(value)
    if (Array.isArray(value)) return value.map(take)
    if (!isObject(value)) return value
    const own = Object.fromEntries(figuresOf(value))
    const isOwn = (key: string): boolean => Object.hasOwn(own, key)
    if (isLong(mapped(value, (key, each) => [key, isOwn(key) ? undefined : each])))
      return {
        ...mark(mapped(value, (key, each) => [key, isOwn(key) ? 0 : each])),
        ...mapped(own, (key, each) => [escaped(key), take(each)]),
      }
    return mapped(value, (key, each) => [escaped(key), take(each)])
  }
  return { answer: take(answer), texts }
}

/** The answer as it was. A text that is not there is a fault. */
export function putTexts(answer: unknown, texts: Texts): unknown {
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put)
    if (!isObject(value)) return value
    if (!Object.hasOwn(value, '$')) return mapped(value, (key, each) => [unescaped(key), put(each)])
    const body = texts.get(String(value['$']))
    if (body === undefined) throw new RangeError(`text ${String(value['$'])} is not kept`)
    const text: unknown = JSON.parse(body)
    if (!isObject(text)) return text
    return mapped(text, (key, each) => {
      const own = escaped(key)
      return [key, Object.hasOwn(value, own) ? put(value[own]) : each]
    })
  }
  return put(answer)
}

/** The digests of the texts that an answer rests on. */
export function textsOf(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap(textsOf)
  if (!isObject(answer)) return []
  const { $, ...own } = answer
  return [...(typeof $ === 'string' ? [$] : []), ...Object.values(own).flatMap(textsOf)]
}

/** What looks like a figure and is the same for many baskets: numbers of lines, tariff codes, what law rounds to. */
const names = new Set(['id', 'line', 'code', 'unit'])

/** Whether an amount or another plain decimal is in it. */
function hasFigures(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value)
  if (Array.isArray(value)) return value.some(hasFigures)
  return isObject(value) && figuresOf(value).length > 0
}

/** The members of an object that hold figures. */
const figuresOf = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value).filter(([key, each]) => !names.has(key) && hasFigures(each))

const isLong = (value: unknown): boolean => String(JSON.stringify(value)).length > short

/** 22 digits of base64url hold 132 bits: nobody makes two texts with one digest, also not who writes words of goods. */
const digestOf = (body: string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22)

const escaped = (key: string): string => (key.startsWith('$') ? `$${key}` : key)
const unescaped = (key: string): string => (key.startsWith('$$') ? key.slice(1) : key)

const mapped = (
  value: Record<string, unknown>,
  entry: (key: string, each: unknown) => [string, unknown],
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => entry(key, each)))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
