// What a column of a product file may mean here, and how the seller's figures are to be read.

/** The facts of an offer that a column can hold; options come in pairs of name and value. */
export const fields = [
  'key',
  'parent',
  'kind',
  'title',
  'description',
  'brand',
  'materials',
  'subheading',
  'origin',
  'price',
  'currency',
  'sku',
  'stock',
  'mass',
  'netMass',
  'length',
  'width',
  'height',
  'option1Name',
  'option1Value',
  'option2Name',
  'option2Value',
  'option3Name',
  'option3Value',
  'pictures',
  'pictureText',
  'status',
] as const

export type Field = (typeof fields)[number]

/** By field, the numbers of the columns that hold it; several only for `pictures`. */
export type Mapping = Partial<Record<Field, readonly number[]>>

export const massUnits = ['g', 'kg', 'oz', 'lb'] as const
export const lengthUnits = ['mm', 'cm', 'm', 'in'] as const

export type MassUnit = (typeof massUnits)[number]
export type LengthUnit = (typeof lengthUnits)[number]

export type Settings = {
  /** The language of titles and descriptions. */
  readonly locale: string
  /** For prices that do not name theirs; empty until the seller has said it. */
  readonly currency: string
  /** Country of origin for rows that name none; empty for none, left out until somebody decided. */
  readonly origin?: string | undefined
  readonly decimalSign: '.' | ','
  /** For figures that do not name theirs. */
  readonly massUnit: MassUnit
  readonly lengthUnit: LengthUnit
  /** Puts on sale what the file has on sale, as far as it is export-ready. */
  readonly publish: boolean
}
