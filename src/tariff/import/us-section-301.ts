// Section 301 duties on goods of China: which tariff lines stand under which heading of 9903.88
// (lists 1 to 4B, US note 20) and 9903.91 (the four-year review, US note 31). The lists are read
// from the notes themselves, in the text of the official pdf of chapter 99: compilations at hand
// put whole eight-digit lines under a heading that the law gives only some statistical numbers of,
// and mix the lists.

import { badFile } from './bad-file.ts'
import { dotted, type Heading } from './us-chapter-99.ts'
import { readHts } from './us-hts.ts'
import { writeCsv } from './write-schedule.ts'

export type ProductList = {
  readonly heading: string
  /** Eight digits for a whole line, ten where only these statistical numbers of it are meant. */
  readonly codes: readonly string[]
  /** Lines given as "all but these numbers", of which a number is no longer in the tariff. */
  readonly unsettled: readonly string[]
}

const heading = String.raw`Heading (9903\.(?:88|91)\.\d\d) applies to`
const introduced = String.raw`For the purposes of heading (9903\.88\.04), products of China`
const begins = new RegExp(String.raw`^ *\([a-z]+\) (?:${heading}|${introduced})`)

/**
 * A subdivision ends where the next begins; `(i) all products` and `(ii) the following` are inside
 * it.
 */
const ends = /^ *\([a-z]{1,3}\) (?!all products|the following)/

/**
 * `statistical` is the tariff whose ten-digit numbers fill in the lines of which the note names
 * only those left out.
 */
export function importProductLists(
  notes: { text: string; file: string },
  statistical: { text: string; file: string },
): ProductList[] {
  const numbers = readHts(statistical.text, statistical.file).map(({ number }) => number)
  const found = new Map<string, ProductList>()
  const lines = notes.text.split('\n')
  for (const [at, line] of lines.entries()) {
    const match = begins.exec(line)
    const named = match?.[1] ?? match?.[2]
    if (!named) continue
    const place = { file: notes.file, line: at + 1 }
    if (found.has(named)) throw badFile(place, `${named} has its list twice`)
    const length = lines.slice(at + 1).findIndex((later) => ends.test(later))
    const section = lines.slice(at, length === -1 ? undefined : at + 1 + length)
    found.set(named, { heading: named, ...codesOf(section.join('\n'), numbers) })
  }
  if (found.size === 0) throw badFile({ file: notes.file }, 'no list of products of China')
  return [...found.values()].sort((a, b) => (a.heading < b.heading ? -1 : 1))
}

function codesOf(section: string, numbers: readonly string[]): Omit<ProductList, 'heading'> {
  const codes = new Set<string>()
  const unsettled = new Set<string>()
  for (const paragraph of section.split(/\n\s*\n/)) {
    const named = [...paragraph.matchAll(/(?<![\d.])\d{4}\.\d\d\.\d\d(?:\d\d)?(?![\d.]*\d)/g)]
      .map(([code]) => code.replaceAll('.', ''))
      .filter((code) => code < '98')
    const left = named.filter((code) => code.length === 10)
    if (!/\bexcept\s+(?:for\s+)?(?:such|respirators)\b/.test(paragraph) || left.length === 0) {
      for (const code of left.length > 0 && /described\s+in\b/.test(paragraph) ? left : named)
        codes.add(code)
      continue
    }
    for (const line of named.filter((code) => code.length === 8)) {
      const all = numbers.filter((code) => code.length === 10 && code.startsWith(line))
      if (!left.every((code) => all.includes(code))) unsettled.add(line)
      else for (const code of all) if (!left.includes(code)) codes.add(code)
    }
  }
  return { codes: [...codes].sort(), unsettled: [...unsettled].sort() }
}

const listNames: ReadonlyMap<string, string> = new Map([
  ['9903.88.01', '1'],
  ['9903.88.02', '2'],
  ['9903.88.03', '3'],
  ['9903.88.04', '3 addition'],
  ['9903.88.15', '4A'],
  ['9903.88.16', '4B'],
])

/** One csv of codes for each heading, and an index of them with the rate chapter 99 gives. */
export function writeProductLists(
  lists: readonly ProductList[],
  headings: readonly Heading[],
): Map<string, string> {
  const files = new Map<string, string>()
  const index = [['file', 'heading', 'rate', 'list', 'from', 'to', 'state', 'unsettled']]
  for (const { heading, codes, unsettled } of lists) {
    const file = `301-${heading}.csv`
    const law = headings.find((each) => each.heading === heading)
    // 9903.91.13 and the like take goods out again: they name no goods that pay more.
    if (law?.kind !== 'additional') continue
    const dates = [law.from, law.to, law.state]
    const list = listNames.get(heading) ?? 'four-year review'
    files.set(file, writeCsv([['code'], ...codes.map((code) => [code])]))
    index.push([file, heading, law.rate, list, ...dates, unsettled.join(' ')])
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
      for (const [written] of value.matchAll(/\b9903\.\d\d\.\d\d\b/g)) {
        const code = number.slice(0, 8)
        const heading = dotted(written.replaceAll('.', ''))
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
