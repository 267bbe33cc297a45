import { lengthUnits, massUnits, type Field, type Mapping, type Settings } from './fields.ts'
import type { ItemFault, PictureAddress } from './item.ts'
import {
  readGrams,
  readMillimetres,
  readPrice,
  readStock,
  readSubheading,
  readYes,
} from './read-values.ts'
import type { Price, Read } from './read-values.ts'
import type { TableRow } from './read-table.ts'
import { groupingOf, type Source } from './sources.ts'

export type RowReader = {
  readonly source: Source
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly settings: Settings
  readonly countryOf: (text: string) => Read<string>
}

/** What one row says, and what of it cannot be read. */
export type ReadRow = {
  /** Its place among the rows. */
  readonly at: number
  /** Places of rows that say the same word for word. */
  readonly again: readonly number[]
  readonly faults: readonly ItemFault[]
  readonly price: Price | undefined
  readonly stock: number | undefined
  readonly massG: number | undefined
  readonly netMassG: number | undefined
  readonly lengthMm: number | undefined
  readonly widthMm: number | undefined
  readonly heightMm: number | undefined
  readonly subheading: string | undefined
  readonly origin: string | undefined
  readonly onSale: boolean
  readonly pictures: readonly PictureAddress[]
  text(field: Field): string
  /** Named by the first row of the goods where this one leaves the name out. */
  options(head: ReadRow): { name: string; values: readonly string[] }[]
  /** What a row that is bought must say of its price. */
  priceFaults(currency: string): readonly ItemFault[]
  withFault(field: Field, code: string): ReadRow
}

export function readRow(
  reader: RowReader,
  row: TableRow,
  at: number,
  again: readonly number[],
): ReadRow {
  const { mapping, settings, columns } = reader
  const text = (field: Field): string => (row.cells[mapping[field]?.[0] ?? -1] ?? '').trim()
  const faults: ItemFault[] = []
  const fault = (field: Field, code: string): ItemFault => ({
    row: at,
    field,
    code,
    value: text(field).slice(0, 100),
  })
  const read = <T>(field: Field, value: Read<T>): T | undefined => {
    if (value === 'unreadable') faults.push(fault(field, `${field}-unreadable`))
    return value === 'unreadable' ? undefined : value
  }
  const sign = settings.decimalSign
  const grams = (field: 'mass' | 'netMass'): number | undefined =>
    read(
      field,
      readGrams(text(field), unitOf(massUnits, columns, mapping[field]) ?? settings.massUnit, sign),
    )
  const length = (field: 'length' | 'width' | 'height'): number | undefined =>
    read(
      field,
      readMillimetres(
        text(field),
        unitOf(lengthUnits, columns, mapping[field]) ?? settings.lengthUnit,
        sign,
      ),
    )

  const named = text('currency').toUpperCase()
  const price = withCurrency(read('price', readPrice(text('price'), sign)), named)
  if (notGoods(reader.source, text('kind'))) faults.push(fault('kind', 'kind-not-goods'))
  const base: ReadRow = {
    at,
    again,
    faults,
    price,
    stock: read('stock', readStock(text('stock'))),
    massG: grams('mass'),
    netMassG: grams('netMass'),
    lengthMm: length('length'),
    widthMm: length('width'),
    heightMm: length('height'),
    subheading: read('subheading', readSubheading(text('subheading'))),
    origin: read('origin', reader.countryOf(text('origin'))),
    onSale: text('status') === '' || readYes(text('status')),
    pictures: picturesOf(row, mapping, text('pictureText')),
    text,
    options: (head) => optionsOf(reader, text, head),
    priceFaults: (currency) => [
      ...(text('price') === '' ? [fault('price', 'price-missing')] : []),
      ...(price && !price.currency && currency === '' ? [fault('price', 'currency-missing')] : []),
    ],
    withFault: (field, code) => ({ ...base, faults: [...base.faults, fault(field, code)] }),
  }
  return base
}

/** A unit in the name of a column counts for that column: `Weight (lbs)`, `net_mass_g`, `lengthMm`. */
function unitOf<U extends string>(
  units: readonly U[],
  columns: readonly string[],
  places: readonly number[] | undefined,
): U | undefined {
  const heading = columns[places?.[0] ?? -1] ?? ''
  const name = /[( _]([a-z]+)\)?$/i.exec(heading)?.[1] ?? /[a-z](G|Kg|Mm|Cm)$/.exec(heading)?.[1]
  const small = name?.toLowerCase()
  const unit = small === 'lbs' ? 'lb' : small === 'grams' ? 'g' : small
  return units.find((each) => each === unit)
}

/** Whether a column of weights leaves the unit to the seller. */
export const isMassUnitOpen = (columns: readonly string[], mapping: Mapping): boolean =>
  [mapping.mass, mapping.netMass].some(
    (places) => places !== undefined && unitOf(massUnits, columns, places) === undefined,
  )

const withCurrency = (price: Price | undefined, named: string): Price | undefined =>
  price && !price.currency && named !== '' ? { ...price, currency: named } : price

/** Gift cards, links to other shops and bundles are nothing that crosses a border. */
function notGoods(source: Source, kind: string): boolean {
  if (source === 'woocommerce') return /\b(grouped|external|virtual|downloadable)\b/i.test(kind)
  return source.startsWith('shopify') && readYes(kind)
}

const mostAddress = 2_000

/** Only addresses of the web; several in one cell stand apart by commas. */
function picturesOf(
  { cells }: TableRow,
  { pictures = [] }: Mapping,
  alt: string,
): PictureAddress[] {
  return pictures
    .flatMap((at) => (cells[at] ?? '').split(/,\s*(?=https?:)/i))
    .map((address) => address.trim())
    .filter((address) => address.length <= mostAddress && /^https?:\/\/[^\s<>"]+$/i.test(address))
    .map((address) => ({ address, alt: alt.slice(0, 500) }))
}

const pairs = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const

function optionsOf(
  { source, columns, mapping }: RowReader,
  text: (field: Field) => string,
  head: ReadRow,
): { name: string; values: readonly string[] }[] {
  // What WooCommerce lists for simple goods describes them and is nothing to choose.
  if (groupingOf(source) === 'parents' && text('parent') === '') return []
  return pairs.flatMap(([nameField, valueField]) => {
    const written = text(valueField)
    const heading = mapping[nameField] === undefined ? columns[mapping[valueField]?.[0] ?? -1] : ''
    const name = text(nameField) || head.text(nameField) || (heading ?? '').replace(/^g:/, '')
    if (written === '' || name === '') return []
    // What Shopify writes for goods without options.
    if (name === 'Title' && written === 'Default Title') return []
    const values = groupingOf(source) === 'lists' ? written.split(',') : [written]
    return [{ name, values: values.map((value) => value.trim()).filter((value) => value !== '') }]
  })
}
