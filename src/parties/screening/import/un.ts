import type { ListedEntry, ListedKind, ListedName, ReadList } from '../listed.ts'
import { isDay } from '../../../basis/day.ts'
import { digestOf, documentOf, elements, textIn, type Element, type ListFile } from './list-file.ts'
import { eachOnce, namesInText } from './names-in-text.ts'

/** The consolidated list of the United Nations Security Council, XML. */
export function readUnList(files: readonly ListFile[]): ReadList {
  const [file] = files
  const document = file ? documentOf(file) : {}
  const [root] = elements(document, 'CONSOLIDATED_LIST')
  const unread: string[] = []
  const read = (kind: ListedKind, group: string, name: string): ListedEntry[] =>
    elements(elements(root, group)[0], name).flatMap((element, at) => {
      const entry = readEntry(kind, element)
      if (entry) return [entry]
      unread.push(`${name} ${at + 1}: no number or no name`)
      return []
    })
  const entries = [
    ...read('person', 'INDIVIDUALS', 'INDIVIDUAL'),
    ...read('organisation', 'ENTITIES', 'ENTITY'),
  ]
  const listDate = textIn(root, 'dateGenerated').slice(0, 10)
  return {
    ...{ list: 'un', digest: digestOf(files), entries, unread },
    ...(isDay(listDate) ? { listDate } : {}),
  }
}

function readEntry(kind: ListedKind, element: Element): ListedEntry | undefined {
  const id = textIn(element, 'REFERENCE_NUMBER') || textIn(element, 'DATAID')
  const prefix = kind === 'person' ? 'INDIVIDUAL' : 'ENTITY'
  const name = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME']
    .map((part) => textIn(element, part))
    .filter(Boolean)
    .join(' ')
  const aliases = elements(element, `${prefix}_ALIAS`).flatMap((alias): ListedName[] => {
    const quality = textIn(alias, 'QUALITY').toLowerCase()
    return namesInText(textIn(alias, 'ALIAS_NAME'), quality === 'low' ? 'weak' : past(quality))
  })
  const names = eachOnce([
    ...namesInText(name, 'name'),
    ...namesInText(textIn(element, 'NAME_ORIGINAL_SCRIPT'), 'alias'),
    ...aliases,
  ])
  if (id === '' || names.length === 0) return undefined
  const listedOn = textIn(element, 'LISTED_ON').slice(0, 10)
  return {
    ...{ list: 'un', id, kind, programme: textIn(element, 'UN_LIST_TYPE'), names },
    ...(isDay(listedOn) ? { listedOn } : {}),
    births: once(
      elements(element, 'INDIVIDUAL_DATE_OF_BIRTH').map(
        (birth) => textIn(birth, 'DATE') || textIn(birth, 'YEAR'),
      ),
    ),
    countries: once([
      ...values(element, 'NATIONALITY'),
      ...elements(element, `${prefix}_ADDRESS`).map((address) => textIn(address, 'COUNTRY')),
    ]),
  }
}

const past = (quality: string) => (quality === 'f.k.a.' ? 'former' : 'alias')

/** `<NATIONALITY><VALUE>A</VALUE><VALUE>B</VALUE></NATIONALITY>` */
function values(element: Element, name: string): string[] {
  return elements(element, name).flatMap(({ VALUE }) => [VALUE].flat().map(String))
}

const once = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((text) => text.trim()))].filter(
    (text) => text !== '' && text !== 'undefined',
  )
