// What every export says of an offer, and how its figures are written. Pure.
import { formatMinor } from '../../basis/money.ts'
import type { Offer, Variant } from '../offer.ts'
import type { PictureAddress } from './item.ts'

export type ExportedOffer = {
  readonly offer: Offer
  readonly pictures: readonly PictureAddress[]
  /** Addresses of pictures that show one variant, by its id. */
  readonly shown: ReadonlyMap<string, string>
  /** The page of the offer at this hub. */
  readonly link: string
}

/** A table of cells: the header, and the rows of one offer. */
export type TableForm = {
  readonly columns: readonly string[]
  readonly rows: (exported: ExportedOffer) => readonly (readonly string[])[]
}

export const mainText = ({ texts, mainLocale }: Offer) =>
  texts.find(({ locale }) => locale === mainLocale) ?? { title: '', description: '' }

export const priceOf = ({ currency }: Offer, { priceMinor }: Variant): string =>
  formatMinor(priceMinor, currency)

/** Thousandths or tenths as a decimal: 80 g are 0.08 kg. */
export function shifted(whole: number | null, digits: number): string {
  if (whole === null) return ''
  const text = String(whole).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '')
}

export const number = (value: number | null): string => (value === null ? '' : String(value))

/** Rows as objects by column; what is not said stays empty. */
export const tableForm = (
  columns: readonly string[],
  records: (exported: ExportedOffer) => readonly Readonly<Record<string, string>>[],
): TableForm => ({
  columns,
  rows: (exported) =>
    records(exported).map((record) => columns.map((column) => record[column] ?? '')),
})
