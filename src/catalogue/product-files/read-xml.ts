import { XMLParser } from 'fast-xml-parser'
import { refused, type Refused } from '../../basis/refusal.ts'
import { tableOf, type Table } from './read-table.ts'

/**
 * A product feed in RSS 2.0 or Atom (Google's `g:` names lose their prefix). A document type is
 * refused, so that there are no entities to expand; what stands in a document several times is
 * joined by commas.
 */
export function readXmlTable(text: string): Table | Refused {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refused('xml-with-document-type')
  if (tooDeep(text)) return refused('xml-broken', { reason: 'depth' })
  let document: unknown
  try {
    document = new XMLParser({
      ignoreAttributes: true,
      ignoreDeclaration: true,
      ignorePiTags: true,
      parseTagValue: false,
      processEntities: true,
      htmlEntities: false,
      removeNSPrefix: true,
      trimValues: true,
    }).parse(text, true)
  } catch (error) {
    return refused('xml-broken', { reason: (error as Error).message.slice(0, 200) })
  }
  const goods = goodsOf(document)
  if (!goods) return refused('xml-without-goods')
  return tableOf('xml', goods.map(recordOf))
}

const mostDepth = 40

/** Counted before anything builds a tree of it. Tags in CDATA and in comments are text. */
function tooDeep(text: string): boolean {
  const parts = /<!\[CDATA\[|<!--|<\/?[A-Za-z][^<>]{0,2000}>/g
  let depth = 0
  for (let part = parts.exec(text); part; part = parts.exec(text)) {
    const [tag] = part
    if (tag.startsWith('<!')) {
      const end = text.indexOf(tag === '<!--' ? '-->' : ']]>', parts.lastIndex)
      // Nothing ends it: the parser would refuse it as well.
      if (end < 0) return true
      parts.lastIndex = end + 3
    } else if (tag.startsWith('</')) depth -= 1
    else if (!tag.endsWith('/>')) depth += 1
    if (depth > mostDepth) return true
  }
  return false
}

function goodsOf(document: unknown): unknown[] | undefined {
  const channel = child(child(document, 'rss'), 'channel') ?? child(document, 'channel')
  const goods =
    child(channel, 'item') ?? child(child(document, 'feed'), 'entry') ?? child(document, 'item')
  if (goods === undefined) return undefined
  return Array.isArray(goods) ? goods : [goods]
}

const child = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

function recordOf(goods: unknown): Map<string, string> {
  const entries = typeof goods === 'object' && goods !== null ? Object.entries(goods) : []
  return new Map(
    entries.flatMap(([name, value]) => {
      const texts = [value].flat().filter((each) => typeof each === 'string')
      return texts.length > 0 ? [[name, texts.join(',')] as const] : []
    }),
  )
}
