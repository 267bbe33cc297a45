// Rows become offers: which rows belong together, what each says, and what is wrong with it, row by row. Pure.
import type { OfferDraft, VariantDraft } from '../offer.ts'
import { isSlug } from '../slug.ts'
import type { Field, Mapping, Settings } from './fields.ts'
import type { Item, ItemFault, ItemNote } from './item.ts'
import { plainText } from './plain-text.ts'
import { readRow, type ReadRow, type RowReader } from './read-row.ts'
import { groupingOf, type Source } from './sources.ts'
import type { TableRow } from './read-table.ts'

export type ItemsInput = {
  readonly source: Source
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  readonly mapping: Mapping
  readonly settings: Settings
  readonly countryOf: RowReader['countryOf']
}

/**
 * Every row is in exactly one item, in the order of their first rows; one that repeats another word
 * for word counts once.
 */
export function makeItems(input: ItemsInput): Item[] {
  const repeats = new Map<string, number[]>()
  for (const [at, { cells }] of input.rows.entries()) {
    const text = JSON.stringify(cells)
    const before = repeats.get(text)
    if (before) before.push(at)
    else repeats.set(text, [at])
  }
  const rows = [...repeats.values()].map(([at = 0, ...again]) =>
    readRow(input, input.rows[at] as TableRow, at, again),
  )
  const grouping = groupingOf(input.source)
  const groups = grouping === 'parents' ? underParents(rows) : underKeys(rows)
  return withoutTwins(groups.map((group) => makeItem(input, group)))
}

/** A seller's number names one thing; the second that has it is refused. */
function withoutTwins(items: readonly Item[]): Item[] {
  const seen = new Set<string>()
  return items.map((item) => {
    const numbers = (item.draft?.variants ?? []).flatMap(({ sku }) => sku ?? [])
    const twin = numbers.find((number) => seen.has(number))
    for (const number of numbers) seen.add(number)
    if (twin === undefined) return item
    const fault = { row: item.rows[0] ?? 0, field: 'sku', code: 'sku-twice', value: twin }
    return { ...item, draft: undefined, faults: [...item.faults, fault] }
  })
}

/** Rows of one key; a row without a key is an offer of its own, or belongs to the one above when it has no title. */
function underKeys(rows: readonly ReadRow[]): ReadRow[][] {
  const groups = new Map<string, ReadRow[]>()
  let above: ReadRow[] | undefined
  for (const row of rows) {
    const key = row.text('key')
    const continues = key === '' && row.text('title') === '' && above
    const group = continues || groups.get(key === '' ? `row ${row.at}` : `key ${key}`)
    if (group) group.push(row)
    else groups.set(key === '' ? `row ${row.at}` : `key ${key}`, [row])
    above = group || groups.get(key === '' ? `row ${row.at}` : `key ${key}`)
  }
  return [...groups.values()]
}

/** A variation names its parent by number (`id:44`) or by the seller's own number. */
function underParents(rows: readonly ReadRow[]): ReadRow[][] {
  const groups: ReadRow[][] = []
  const byName = new Map<string, ReadRow[]>()
  for (const row of rows.filter((each) => each.text('parent') === '')) {
    const group = [row]
    groups.push(group)
    // The first of two with one name is the parent.
    for (const name of [`id:${row.text('key')}`, row.text('sku')])
      if (name !== '' && name !== 'id:' && !byName.has(name)) byName.set(name, group)
  }
  for (const row of rows.filter((each) => each.text('parent') !== '')) {
    const parent = byName.get(row.text('parent'))
    if (parent) parent.push(row)
    else groups.push([row.withFault('parent', 'parent-missing')])
  }
  return groups.toSorted(([a], [b]) => (a?.at ?? 0) - (b?.at ?? 0))
}

function makeItem(input: ItemsInput, group: readonly ReadRow[]): Item {
  const { source, settings } = input
  const head = group[0] as ReadRow
  const first = (field: Field): string =>
    group.map((row) => row.text(field)).find((text) => text !== '') ?? ''
  const title = wordsOf(source)(first('title')).replaceAll(/\s+/g, ' ')
  const selling = sellingRows(source, group)
  const faults: ItemFault[] = [
    ...group.flatMap((row) => row.faults),
    ...(title === '' ? head.withFault('title', 'title-missing').faults.slice(-1) : []),
    ...selling.flatMap((row) => row.priceFaults(settings.currency)),
  ]
  const currency = selling.map((row) => row.price?.currency).find(Boolean) ?? settings.currency
  const mixed = selling.find((row) => row.price?.currency && row.price.currency !== currency)
  if (mixed) faults.push(...mixed.withFault('price', 'currency-mixed').faults.slice(-1))
  if (selling.length > mostVariants) faults.push({ row: head.at, ...tooMany })
  const key = first('key') || first('sku')
  const origin = group.map((row) => row.origin).find(Boolean)
  const draft: OfferDraft = {
    ...slugOf(source, first('key')),
    mainLocale: settings.locale,
    texts: textsOf(input, group, title),
    ...whenSaid('subheading', group.map(({ subheading }) => subheading).find(Boolean)),
    ...whenSaid('origin', origin ?? (settings.origin || undefined)),
    ...whenSaid('brand', first('brand') || undefined),
    ...whenSaid('materials', first('materials') || undefined),
    currency,
    variants: selling.flatMap((row) => variantsOf(source, row, head)),
    ...(settings.publish && head.onSale ? { status: 'published' as const } : {}),
  }
  return {
    rows: group.flatMap(({ at, again }) => [at, ...again]).toSorted((a, b) => a - b),
    key: key.slice(0, 200),
    title: title.slice(0, 200),
    draft: faults.length > 0 ? undefined : draft,
    faults: faults.slice(0, mostFaults),
    notes: notesOf(group, selling, origin === undefined && Boolean(settings.origin)),
    pictures: group.flatMap(({ pictures }) => pictures).slice(0, 50),
  }
}

/** More than any offer has, and few enough to be worked on. */
const mostVariants = 200
const tooMany = { field: 'variants', code: 'too-many', value: '' }

/** Of one item; who has mended these knows the others. */
const mostFaults = 100

/** A name that may stand in an address here is kept; others get one from their title. */
const slugOf = (source: Source, key: string): { slug?: string } =>
  (source === 'own' || source === 'shopify' || source === 'shopify-2025') && isSlug(key)
    ? { slug: key }
    : {}

const whenSaid = <K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]?: T })

/** Rows that are bought: not those that only bring a picture, nor a parent that has its variations below. */
function sellingRows(source: Source, group: readonly ReadRow[]): readonly ReadRow[] {
  if (groupingOf(source) === 'parents' && group.length > 1) return group.slice(1)
  const selling = group.filter(
    (row) => row.text('price') !== '' || row.text('sku') !== '' || row.text('option1Value') !== '',
  )
  return selling.length > 0 ? selling : group.slice(0, 1)
}

function variantsOf(source: Source, row: ReadRow, head: ReadRow): VariantDraft[] {
  const base = {
    price: row.price?.amount ?? '',
    ...whenSaid('stock', row.stock === undefined ? undefined : Math.max(0, row.stock)),
    ...whenSaid('grossMassG', row.massG ?? head.massG),
    ...whenSaid('netMassG', row.netMassG ?? head.netMassG),
    ...whenSaid('lengthMm', row.lengthMm ?? head.lengthMm),
    ...whenSaid('widthMm', row.widthMm ?? head.widthMm),
    ...whenSaid('heightMm', row.heightMm ?? head.heightMm),
  }
  const options = row.options(head)
  if (groupingOf(source) !== 'lists')
    return [
      {
        ...base,
        sku: row.text('sku') || null,
        options: options.map(({ name, values }) => ({ name, value: values[0] ?? '' })),
      },
    ]

  const combined = combinations(options)
  const numbers = row
    .text('sku')
    .split(',')
    .map((text) => text.trim())
  return combined.map((each, at) => ({
    ...base,
    // The quantity there is that of all together.
    stock: combined.length === 1 ? base.stock : undefined,
    sku:
      (numbers.length === combined.length
        ? numbers[at]
        : combined.length === 1
          ? row.text('sku')
          : '') || null,
    options: each,
  }))
}

type NamedValues = { readonly name: string; readonly values: readonly string[] }

/** Every value of the first with every value of the second; one with no options for none. */
const combinations = (options: readonly NamedValues[]): { name: string; value: string }[][] =>
  options.reduce<{ name: string; value: string }[][]>(
    (sofar, { name, values }) =>
      sofar.flatMap((each) => values.map((value) => [...each, { name, value }])).slice(0, 200),
    [[]],
  )

/** Our own tables hold text, those of shops HTML. */
const wordsOf = (source: Source): ((text: string) => string) =>
  source === 'own' ? (text) => text.replaceAll('\r\n', '\n').trim() : plainText

/** The file's own language, and those that columns such as `title:fr` name. */
function textsOf(
  { source, columns, rows, settings }: ItemsInput,
  group: readonly ReadRow[],
  title: string,
): NonNullable<OfferDraft['texts']> {
  const words = wordsOf(source)
  const description = words(group.map((row) => row.text('description')).find(Boolean) ?? '')
  const cell = (at: number): string =>
    group.map((row) => rows[row.at]?.cells[at] ?? '').find((text) => text.trim() !== '') ?? ''
  const others = columns.flatMap((name, at) => {
    const locale = /^title:([A-Za-z0-9-]{2,12})$/.exec(name.trim())?.[1]
    if (locale === undefined || locale === settings.locale) return []
    const place = columns.findIndex((each) => each.trim() === `description:${locale}`)
    const text = { locale, title: words(cell(at)).replaceAll(/\s+/g, ' ') }
    return text.title === ''
      ? []
      : [{ ...text, ...(place < 0 ? {} : { description: words(cell(place)) }) }]
  })
  return [{ locale: settings.locale, title, description }, ...others]
}

function notesOf(
  group: readonly ReadRow[],
  selling: readonly ReadRow[],
  originTaken: boolean,
): ItemNote[] {
  const [head] = group
  const notes: ItemNote[] = [
    { code: 'origin-taken', count: originTaken ? group.length : 0 },
    {
      code: 'mass-missing',
      count: selling.some((row) => weightOf(row) === undefined && weightOf(head) === undefined)
        ? 1
        : 0,
    },
    { code: 'pictures-not-fetched', count: group.flatMap((row) => row.pictures).length },
    {
      code: 'stock-below-zero',
      count: group.filter(({ stock }) => stock !== undefined && stock < 0).length,
    },
    { code: 'row-repeated', count: group.flatMap(({ again }) => again).length },
  ]
  return notes.filter(({ count }) => count > 0)
}

/** What carriers weigh: packed if known, else bare. */
const weightOf = (row: ReadRow | undefined): number | undefined => row?.massG ?? row?.netMassG
