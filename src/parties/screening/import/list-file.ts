import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import { Refusal } from '../../../basis/refusal.ts'

/** A file as it was handed over; its name is only told back to whoever brought it. */
export interface ListFile {
  name: string
  bytes: Uint8Array
}

/** The longest list there is has some 25 MB; a bomb has more. */
const mostBytes = 120_000_000

/** The text of a file, unpacked where it is packed. */
export function textOf(file: ListFile): string {
  return new TextDecoder().decode(unpacked(file))
}

export function unpacked({ name, bytes }: ListFile): Uint8Array {
  if (bytes.length > mostBytes) throw new Refusal('list-too-large', { file: name })
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refusal(large ? 'list-too-large' : 'list-unreadable', { file: name })
  }
}

export function digestOf(files: readonly ListFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(unpacked(file))
  return hash.digest('hex')
}

/** Rows of a file without a header; blanks and the Ctrl-Z that ends a list of OFAC fall away. */
export function rowsOf(text: string, delimiter = ','): string[][] {
  const rows = parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
    max_record_size: 1_000_000,
  }) as string[][]
  return rows
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row[0] !== '' && row[0] !== '\u001a')
}

/** An XML element as fast-xml-parser gives it: names to text, elements or lists of them. */
export type Element = { readonly [name: string]: unknown }

/** A document without a type of its own: entities, and with them bombs and foreign files, need one. */
export function documentOf(file: ListFile): Element {
  const text = textOf(file)
  if (/<!DOCTYPE/i.test(text)) throw new Refusal('list-unreadable', { file: file.name })
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
  })
  try {
    return parser.parse(text) as Element
  } catch {
    throw new Refusal('list-unreadable', { file: file.name })
  }
}

export function elements(parent: unknown, name: string): Element[] {
  const found = isElement(parent) ? parent[name] : undefined
  return (Array.isArray(found) ? found : [found]).filter(isElement)
}

/** The text of a child or an attribute, without line breaks; empty where there is none. */
export function textIn(parent: unknown, name: string): string {
  const found = isElement(parent) ? parent[name] : undefined
  return typeof found === 'string' ? found.replace(/\s+/g, ' ').trim() : ''
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
