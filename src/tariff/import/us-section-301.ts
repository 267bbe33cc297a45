// Section 301 duties on goods of China: which eight-digit lines stand under which heading of 9903.88 and
// 9903.91 (lists 1 to 4B, and the lists of the four-year review), as compiled in a csv of line, list and
// heading; and the same links as the json export of the tariff gives them in footnotes.

import { badFile } from './bad-file.ts'
import { readCsv } from './read-csv.ts'
import type { Heading } from './us-chapter-99.ts'
import { readHts } from './us-hts.ts'
import { writeCsv } from './write-schedule.ts'

export type ProductList = {
  readonly heading: string
  readonly list: string
  readonly codes: readonly string[]
}

export function importProductLists(text: string, file: string): ProductList[] {
  const found = new Map<string, { list: string; codes: Set<string> }>()
  for (const { line, field } of readCsv(text, file, ['hts8', 'list', 'ch99_code'])) {
    const [code, list, heading] = [field('hts8'), field('list'), field('ch99_code')]
    if (!/^\d{8}$/.test(code)) throw badFile({ file, line, column: 'hts8' }, `no line: ${code}`)
    if (!/^9903\.\d\d\.\d\d$/.test(heading)) {
      throw badFile({ file, line, column: 'ch99_code' }, `no heading of 9903: ${heading}`)
    }
    const entry = found.get(heading) ?? { list, codes: new Set() }
    entry.codes.add(code)
    found.set(heading, entry)
  }
  return [...found]
    .map(([heading, { list, codes }]) => ({ heading, list, codes: [...codes].sort() }))
    .sort((a, b) => (a.heading < b.heading ? -1 : 1))
}

/** One csv of codes for each heading, and an index of them with the rate chapter 99 gives. */
export function writeProductLists(
  lists: readonly ProductList[],
  headings: readonly Heading[],
): Map<string, string> {
  const files = new Map<string, string>()
  const index = [['file', 'heading', 'rate', 'list', 'from', 'to', 'state']]
  for (const { heading, list, codes } of lists) {
    const file = `301-${heading}.csv`
    const law = headings.find((each) => each.heading === heading)
    files.set(file, writeCsv([['code'], ...codes.map((code) => [code])]))
    index.push([file, heading, law?.rate ?? '', list, law?.from ?? '', law?.to ?? '', law?.state ?? ''])
  }
  files.set('index.csv', writeCsv(index))
  return files
}

export type Link = { readonly code: string; readonly heading: string; readonly column: string }

/** `See 9903.88.15.` at a line of chapters 1 to 97: the headings of 9903 each footnote names. */
export function footnoteLinks(text: string, file: string): Link[] {
  const links = new Map<string, Link>()
  for (const { number, footnotes } of readHts(text, file)) {
    if (number.length < 8 || number >= '98') continue
    for (const { columns, value } of footnotes) {
      for (const [heading] of value.matchAll(/\b9903\.\d\d\.\d\d\b/g)) {
        const code = number.slice(0, 8)
        links.set(`${code} ${heading}`, { code, heading, column: columns.join(' ') })
      }
    }
  }
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link)
}

export const writeLinks = (links: readonly Link[]): string =>
  writeCsv([
    ['code', 'heading', 'column'],
    ...links.map(({ code, heading, column }) => [code, heading, column]),
  ])

