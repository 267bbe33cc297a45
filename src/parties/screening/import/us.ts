import { Refusal } from '../../../basis/refusal.ts'
import { isDay } from '../../../basis/day.ts'
import type { ListedEntry, ListedKind, ListedName, ReadList } from '../listed.ts'
import { digestOf, rowsOf, textOf, type ListFile } from './list-file.ts'
import { eachOnce } from './names-in-text.ts'

/**
 * Specially Designated Nationals of the United States Treasury (OFAC): `sdn.csv`, and beside it
 * `alt.csv` with the aliases and `add.csv` with addresses; a header row may be there. What stands as
 * a.k.a. in the remarks is a weak alias, as OFAC says.
 */
export function readOfacList(files: readonly ListFile[]): ReadList {
  const [main = [], ...rest] = files.map((file) => rowsOf(textOf(file)))
  if (!main.some((row) => row.length === 12))
    throw new Refusal('list-unreadable', { file: files[0]?.name ?? '' })
  const aliases = new Map<string, string[][]>()
  const addresses = new Map<string, string[][]>()
  for (const row of rest.flat()) {
    const into = row.length === 5 ? aliases : row.length === 6 ? addresses : undefined
    into?.set(row[0] ?? '', [...(into.get(row[0] ?? '') ?? []), row])
  }
  const unread: string[] = []
  const used = new Map<string, number>()
  const entries = main.flatMap((row, at): ListedEntry[] => {
    const [id = '', name = '', , programme = ''] = row
    if (!/^\d+$/.test(id) || !isGiven(name)) {
      if (id !== 'ID') unread.push(`row ${at + 1}: no number or no name`)
      return []
    }
    const times = (used.get(id) ?? 0) + 1
    used.set(id, times)
    // A number that stands twice in a list is two entries, not one that hides the other.
    const number = times === 1 ? id : `${id}#${times}`
    const kind = kindOf(row[2] ?? '')
    const remarks = row[11] ?? ''
    const names = eachOnce([
      { name: spoken(name, kind), quality: 'name' },
      ...(times === 1 ? (aliases.get(id) ?? []) : []).map((alias): ListedName => {
        const quality = alias[2] === 'fka' ? 'former' : 'alias'
        return { name: spoken(alias[3] ?? '', kind), quality }
      }),
      ...akaIn(remarks).map((aka): ListedName => ({ name: spoken(aka, kind), quality: 'weak' })),
    ])
    return [
      {
        ...{ list: 'ofac', id: number, kind, names },
        programme: isGiven(programme) ? programme : '',
        births: [...remarks.matchAll(/\bDOB ([^;.]+)/g)].map((match) => match[1]?.trim() ?? ''),
        countries: [
          ...new Set([
            ...[...remarks.matchAll(/\b(?:nationality|citizen) ([^;.]+)/g)].map((m) => m[1] ?? ''),
            ...(addresses.get(id) ?? []).map((address) => address[4] ?? ''),
          ]),
        ].filter(isGiven),
      },
    ]
  })
  return { list: 'ofac', digest: digestOf(files), entries, unread }
}

/** The Denied Persons List of the United States Department of Commerce (BIS), tab separated. */
export function readBisList(files: readonly ListFile[]): ReadList {
  const [file] = files
  const rows = file ? rowsOf(textOf(file), '\t') : []
  const [head, ...rest] = rows
  if (head?.[0] !== 'Name' || head[6] !== 'Effective_Date')
    throw new Refusal('list-unreadable', { file: file?.name ?? '' })
  const byName = new Map<string, ListedEntry>()
  for (const row of rest) {
    const [name = '', , , , country = '', , effective = '', , , , , citation = ''] = row
    const known = byName.get(name)
    const listedOn = americanDay(effective)
    byName.set(name, {
      ...{
        list: 'bis',
        id: known?.id ?? String(byName.size + 1),
        kind: 'organisation',
        births: [],
      },
      programme: known?.programme ?? citation,
      ...(listedOn ? { listedOn } : {}),
      countries: [...new Set([...(known?.countries ?? []), country])].filter(Boolean),
      names: [{ name, quality: 'name' }],
    })
  }
  return { list: 'bis', digest: digestOf(files), entries: [...byName.values()], unread: [] }
}

const isGiven = (text: string): boolean => text !== '' && text !== '-0-'

const kindOf = (text: string): ListedKind =>
  text === 'individual'
    ? 'person'
    : text === 'vessel' || text === 'aircraft'
      ? text
      : 'organisation'

/** `ROE, Jane Mary` is spoken Jane Mary ROE; a firm keeps its comma. */
function spoken(name: string, kind: ListedKind): string {
  const [, last, rest] = (kind === 'person' && /^([^,]+),\s*(.+)$/.exec(name)) || []
  return last && rest ? `${rest} ${last}` : name
}

const akaIn = (remarks: string): string[] =>
  [...remarks.matchAll(/\b[afn]\.k\.a\. '([^']+)'/g)].map((match) => match[1] ?? '')

function americanDay(text: string): string | undefined {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  return isDay(iso) ? iso : undefined
}
