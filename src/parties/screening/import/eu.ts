import { parse } from 'csv-parse/sync'
import { Refusal } from '../../../basis/refusal.ts'
import { isDay, type Day } from '../../../basis/day.ts'
import type { ListedEntry, ListedKind, ListedName, ReadList } from '../listed.ts'
import { digestOf, documentOf, elements, textIn, textOf, unpacked } from './list-file.ts'
import type { Element, ListFile } from './list-file.ts'
import { eachOnce, namesInText } from './names-in-text.ts'
import { filesInTar, isTar } from './tar.ts'

/**
 * Restrictive measures of the European Union: the Commission's consolidated list of financial
 * sanctions (XML, `export` with `sanctionEntity`), or tables of the annexes as the Official Journal
 * prints them, one csv per regulation, loose or in one archive.
 */
export function readEuList(files: readonly ListFile[]): ReadList {
  const digest = digestOf(files)
  const [file] = files
  if (file && /^\s*(\uFEFF)?</.test(textOf(file).slice(0, 100))) return { ...readXml(file), digest }
  const tables = files.flatMap((each) => {
    const bytes = unpacked(each)
    return isTar(bytes) ? filesInTar(bytes, each.name) : [each]
  })
  const unread: string[] = []
  const entries = tables
    .filter(({ name }) => /\.csv(\.gz)?$/.test(name))
    .flatMap((table) => readTable(table, unread))
  if (entries.length === 0) throw new Refusal('list-unreadable', { file: file?.name ?? '' })
  return { list: 'eu', digest, entries, unread }
}

type TableRow = { readonly [column: string]: string }

function readTable(file: ListFile, unread: string[]): ListedEntry[] {
  const text = textOf(file)
  if (!text.slice(0, 400).includes('recordId'))
    throw new Refusal('list-unreadable', { file: file.name })
  const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true }) as TableRow[]
  const used = new Set<string>()
  return rows.flatMap((row, at) => {
    const main = namesInText(row['name'] ?? '', 'name')
    const whole: ListedName = { name: row['name'] ?? '', quality: 'name' }
    const names = eachOnce([
      ...(main.length === 0 && whole.name !== '' ? [whole] : main),
      ...namesInText(row['alias'] ?? '', 'alias'),
      ...namesInText(row['weakAlias'] ?? '', 'weak'),
      ...namesInText(row['previousName'] ?? '', 'former'),
    ])
    if (names.length === 0) {
      unread.push(`${file.name} row ${at + 1}: no name`)
      return []
    }
    // Not every annex numbers its rows, and some use a number twice.
    const place = `${row['celex']}/${row['annex'] || '-'}`
    const numbered = `${place}/${row['recordId'] || `row-${at + 1}`}`
    const id = used.has(numbered) ? `${numbered}/row-${at + 1}` : numbered
    used.add(id)
    const listedOn = dayOf(row['startDate'] ?? '')
    return [
      {
        ...{ list: 'eu' as const, id },
        ...{ kind: kindOf(row['schema'] ?? ''), programme: row['programKey'] ?? '', names },
        ...(listedOn ? { listedOn } : {}),
        births: parts(row['birthDate']),
        countries: parts([row['country'], row['nationality'], row['jurisdiction']].join(';')),
      },
    ]
  })
}

function readXml(file: ListFile): Omit<ReadList, 'digest'> {
  const [root] = elements(documentOf(file), 'export')
  const unread: string[] = []
  const entries = elements(root, 'sanctionEntity').flatMap((element, at): ListedEntry[] => {
    const names = eachOnce(elements(element, 'nameAlias').flatMap(nameOf))
    const id = textIn(element, 'euReferenceNumber') || textIn(element, 'logicalId')
    if (names.length > 0 && id !== '') return [readEntity(element, id, names)]
    unread.push(`sanctionEntity ${at + 1}: no number or no name`)
    return []
  })
  if (entries.length === 0) throw new Refusal('list-unreadable', { file: file.name })
  const listDate = textIn(root, 'generationDate').slice(0, 10)
  return { list: 'eu', entries, unread, ...(isDay(listDate) ? { listDate } : {}) }
}

function readEntity(element: Element, id: string, names: ListedName[]): ListedEntry {
  const [regulation] = elements(element, 'regulation')
  const listedOn = textIn(regulation, 'publicationDate').slice(0, 10)
  return {
    ...{ list: 'eu', id, names },
    kind:
      textIn(elements(element, 'subjectType')[0], 'code') === 'person' ? 'person' : 'organisation',
    programme: textIn(regulation, 'programme'),
    ...(isDay(listedOn) ? { listedOn } : {}),
    births: elements(element, 'birthdate')
      .map((birth) => textIn(birth, 'birthdate') || textIn(birth, 'year'))
      .filter(Boolean),
    countries: elements(element, 'citizenship')
      .map((each) => textIn(each, 'countryDescription'))
      .filter(Boolean),
  }
}

function nameOf(alias: Element, at: number): ListedName[] {
  const name =
    textIn(alias, 'wholeName') ||
    [textIn(alias, 'firstName'), textIn(alias, 'middleName'), textIn(alias, 'lastName')].join(' ')
  if (name.trim() === '') return []
  if (textIn(alias, 'strong') === 'false') return [{ name: name.trim(), quality: 'weak' }]
  return [{ name: name.trim(), quality: at === 0 ? 'name' : 'alias' }]
}

const kinds: Readonly<Record<string, ListedKind>> = {
  Person: 'person',
  Vessel: 'vessel',
  Airplane: 'aircraft',
}

const kindOf = (schema: string): ListedKind => kinds[schema] ?? 'organisation'

const parts = (text = ''): string[] => [
  ...new Set(
    text
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]

/** `5.4.2022` as the Journal writes it. */
function dayOf(text: string): Day | undefined {
  const [, day = '', month = '', year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim()) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(iso) ? iso : undefined
}
