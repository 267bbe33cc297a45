import { badFile } from './bad-file.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

/**
 * Reads json; on failure says the line and column, which the engine's own message often leaves
 * out.
 */
export function readJson(text: string, file: string): Json {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return JSON.parse(source) as Json
  } catch (error) {
    const before = source.slice(0, firstFault(source)).split('\n')
    const place = { file, line: before.length, column: String((before.at(-1)?.length ?? 0) + 1) }
    throw badFile(place, error instanceof Error ? error.message : 'not json')
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function listOf(value: Json | undefined, file: string, item: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw badFile({ file, item }, 'a list was expected')
}

export function objectOf(value: Json | undefined, file: string, item: string): JsonObject {
  if (isObject(value)) return value
  throw badFile({ file, item }, 'an object was expected')
}

/** A text field; null and absence count as empty, anything else that is no text is refused. */
export function textOf(from: JsonObject, key: string, file: string, item: string): string {
  const value = from[key]
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  throw badFile({ file, item, column: key }, 'a text was expected')
}

const blank = /[ \t\r\n]*/y
const string = String.raw`"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`
const scalar = new RegExp(`${string}|${number}|true|false|null`, 'uy')

/** The offset of the first character that cannot continue a json text. */
function firstFault(source: string): number {
  const open: ('{' | '[')[] = []
  let at = 0
  let expects: 'value' | 'key' | 'colon' | 'more' = 'value'
  for (;;) {
    at = skip(blank, source, at) ?? at
    const next = source[at]
    if (expects === 'value' && (next === '{' || next === '[')) {
      open.push(next)
      at += 1
      const closes = source[skip(blank, source, at) ?? at] === (next === '{' ? '}' : ']')
      expects = closes ? 'more' : next === '{' ? 'key' : 'value'
    } else if (expects === 'value' || (expects === 'key' && next === '"')) {
      const end = skip(scalar, source, at)
      if (end === undefined) return at
      at = end
      expects = expects === 'key' ? 'colon' : 'more'
    } else if (expects === 'colon' && next === ':') {
      at += 1
      expects = 'value'
    } else if (expects === 'more' && next === ',' && open.length > 0) {
      at += 1
      expects = open.at(-1) === '{' ? 'key' : 'value'
    } else if (expects === 'more' && next === (open.at(-1) === '{' ? '}' : ']') && open.pop()) {
      at += 1
    } else return at
  }
}

function skip(pattern: RegExp, source: string, from: number): number | undefined {
  pattern.lastIndex = from
  return pattern.test(source) ? pattern.lastIndex : undefined
}
