import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { refused, type Refused } from '../../basis/refusal.ts'

// XML from outside, within bounds: so many bytes, so deep, UTF-8, and no document type, so that there is no entity to
// expand and no foreign file to fetch.

/** An element and its place, such as `Stmt[1]/Ntry[3]/Amt`. */
export type XmlPart = { readonly place: string; readonly value: unknown }

/** Some ten thousand entries with everything that banks write into them; parsed they take many times as much. */
const mostBytes = 20_000_000

/** The standard's own messages are some fifteen deep. */
const mostDepth = 40

/**
 * The root element's content as a part, its names without prefixes. Refused by name: `xml-too-large`, `xml-not-utf-8`,
 * `xml-with-document-type`, `xml-too-deep`, and `xml-broken` with line and column.
 */
export function readXml(bytes: Uint8Array, most = mostBytes): XmlPart | Refused {
  if (bytes.length > most) return refused('xml-too-large', { bytes: bytes.length, most })
  const text = utf8(bytes)
  if (text === undefined) return refused('xml-not-utf-8')
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refused('xml-with-document-type')
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    const { line, col, msg } = valid.err
    return refused('xml-broken', { line, column: Number(col) || 1, reason: msg.slice(0, 200) })
  }
  try {
    return { place: '', value: parser().parse(text) as unknown }
  } catch (error) {
    const reason = (error as Error).message.slice(0, 200)
    return /nested/i.test(reason)
      ? refused('xml-too-deep', { most: mostDepth })
      : refused('xml-broken', { line: 1, column: 1, reason })
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const declared = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)/.exec(text)?.[1] ?? 'utf-8'
    return /^(utf-?8|us-ascii)$/i.test(declared) ? text : undefined
  } catch {
    return undefined
  }
}

const parser = (): XMLParser =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
    processEntities: true,
    // By this the parser reads numbers of characters as well, such as &#39;.
    htmlEntities: true,
    maxNestedTags: mostDepth,
    // Not `removeNSPrefix`: it would take the declared namespaces away, and with them the version of the message.
    transformTagName: (name) => name.slice(name.indexOf(':') + 1),
  })

/** The children of a name, in order. */
export function partsOf(parent: XmlPart | undefined, name: string): XmlPart[] {
  const found = valueIn(parent, name)
  if (found === undefined) return []
  const place = within(parent, name)
  return Array.isArray(found)
    ? found.map((value: unknown, index) => ({ place: `${place}[${index + 1}]`, value }))
    : [{ place: `${place}[1]`, value: found }]
}

/** The only child along a path; undefined where one of them is missing or stands there more than once. */
export function partAt(
  parent: XmlPart | undefined,
  ...path: readonly string[]
): XmlPart | undefined {
  let part = parent
  for (const name of path) {
    const value = valueIn(part, name)
    if (value === undefined || Array.isArray(value)) return undefined
    part = { place: within(part, name), value }
  }
  return part
}

/** The text of the only element along a path; undefined where there is none or it is empty. */
export function textAt(
  parent: XmlPart | undefined,
  ...path: readonly string[]
): string | undefined {
  const value = partAt(parent, ...path)?.value
  const text = typeof value === 'object' && value !== null ? own(value, '#text') : value
  return typeof text === 'string' && text !== '' ? text : undefined
}

export function attributeOf(part: XmlPart | undefined, name: string): string | undefined {
  const text = valueIn(part, `@${name}`)
  return typeof text === 'string' ? text : undefined
}

const within = (parent: XmlPart | undefined, name: string): string =>
  parent?.place ? `${parent.place}/${name}` : name

const valueIn = (part: XmlPart | undefined, name: string): unknown =>
  typeof part?.value === 'object' && part.value !== null ? own(part.value, name) : undefined

const own = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
