import { inflateSync } from 'node:zlib'

// A reader of PDF that is not the writer: enough of ISO 32000-1 to find each text with its place, as a search does.

export type PlacedText = { page: number; x: number; y: number; text: string }
export type ReadPdf = {
  pages: number
  texts: readonly PlacedText[]
  /** How often each kind of the tree's elements stands in it. */
  tags: Readonly<Record<string, number>>
  /** The dictionary of the whole document. */
  catalog: string
  links: readonly string[]
}

/** Throws where marks or states of a page are not closed in order. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1')
  if (!file.startsWith('%PDF-1.7')) throw new Error('no PDF 1.7')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of file.matchAll(/\n(\d+) 0 obj\n(.*?)\nendobj/gs))
    objects.set(id, body)
  const all = [...objects.values()]
  const pages = all.filter((body) => /\/Type \/Page\n/.test(body))
  return {
    pages: pages.length,
    texts: pages.flatMap((page, index) =>
      textsOf(page, objects).map((each) => ({ ...each, page: index + 1 })),
    ),
    tags: countTags(all),
    catalog: all.find((body) => /\/Type \/Catalog/.test(body)) ?? '',
    links: all.flatMap((body) => /\/URI \((.*?)\)\n/.exec(body)?.[1] ?? []),
  }
}

function countTags(all: readonly string[]): Record<string, number> {
  const tags: Record<string, number> = {}
  for (const body of all) {
    const tag = /^<<\n\/S \/(\w+)\n/.exec(body)?.[1]
    if (tag) tags[tag] = (tags[tag] ?? 0) + 1
  }
  return tags
}

const refOf = (body: string, key: string): string =>
  new RegExp(String.raw`/${key} (\d+) 0 R`).exec(body)?.[1] ?? ''

function streamOf(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const content = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return (/\/FlateDecode/.test(body) ? inflateSync(content) : content).toString('latin1')
}

function textsOf(page: string, objects: ReadonlyMap<string, string>): Omit<PlacedText, 'page'>[] {
  const resources = objects.get(refOf(page, 'Resources')) ?? ''
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => {
      const font = objects.get(id) ?? ''
      return [name, lettersOf(streamOf(objects.get(refOf(font, 'ToUnicode')) ?? ''))] as const
    }),
  )
  return readContent(streamOf(objects.get(refOf(page, 'Contents')) ?? ''), fonts)
}

const operators =
  /\/Span <<\s*\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)\s*>> BDC|^(q|Q|BT|ET|EMC)$|^.* (B[DM]C)$|^\/(F\d+) \S+ Tf$|^1 0 0 1 (\S+) (\S+) Tm$|^\[(.*)\] TJ$/gm

/** Texts of one mark that stand on one height are one text; what a span says is said once, where it begins. */
function readContent(
  content: string,
  fonts: ReadonlyMap<string, ReadonlyMap<number, string>>,
): Omit<PlacedText, 'page'>[] {
  const texts: Omit<PlacedText, 'page'>[] = []
  const open: string[] = []
  let [font, x, y] = ['', 0, 0]
  let said: string | undefined
  let isNew = true
  for (const [, actual, word, mark, face, left, up, shown] of content.matchAll(operators)) {
    if (word === 'q' || word === 'BT') open.push(word)
    if (word === 'ET' && open.pop() !== 'BT') throw new Error('ET without BT')
    // A state may end inside of a span, and a span inside of a state.
    if (word === 'Q') open.splice(open.lastIndexOf('q') >>> 0, 1)
    if (word === 'EMC') open.splice(open.lastIndexOf('mark') >>> 0, 1)
    if (mark !== undefined || actual !== undefined) open.push('mark')
    if (mark !== undefined || actual !== undefined || word === 'EMC') {
      said = actual === undefined ? undefined : literal(actual)
      isNew = true
    }
    font = face ?? font
    if (left !== undefined) [x, y] = [Number(left), Number(up)]
    if (shown === undefined) continue
    const drawn = said ?? lettersIn(shown, fonts.get(font))
    const last = texts.at(-1)
    if (isNew || !last || (said === undefined && last.y !== y)) texts.push({ x, y, text: drawn })
    else if (said === undefined) last.text += drawn
    isNew = false
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`)
  return texts
}

const lettersIn = (shown: string, letters: ReadonlyMap<number, string> | undefined): string =>
  [...shown.matchAll(/<([0-9a-f]*)>/g)]
    .flatMap(([, codes = '']) => codes.match(/.{4}/g) ?? [])
    .map((code) => letters?.get(Number.parseInt(code, 16)) ?? '\uFFFD')
    .join('')

/** What a font's map of Unicode (9.10.3) says of each of its codes. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, start = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
    const first = Number.parseInt(start, 16)
    for (const [index, each] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = (each[1] ?? '').replaceAll(' ', '').match(/.{4}/g) ?? []
      const codes = units.map((unit) => Number.parseInt(unit, 16))
      letters.set(first + index, String.fromCharCode(...codes))
    }
  }
  return letters
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A string in brackets, in UTF-16 when it says so. */
function literal(text: string): string {
  const raw = text.replaceAll(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign)
  if (!raw.startsWith('\u00FE\u00FF')) return raw
  return Buffer.from(raw.slice(2), 'latin1').swap16().toString('utf16le')
}
