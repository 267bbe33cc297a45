/** Everything that can be wrong with a lane file; messages/<locale>/logistics.json has a sentence for each. */
export const faultReasons = [
  // one cell
  'missing',
  'not-a-number',
  'too-large',
  'not-above-zero',
  'not-one-of',
  'not-a-day',
  'not-a-code',
  'too-long',
  'not-a-currency',
  'not-an-amount',
  'not-a-country',
  'not-an-address',
  'ends-before-it-begins',
  'not-goods',
  'not-a-week',
  'not-a-time',
  'not-a-time-zone',
  'days-out-of-order',
  'too-many-countries',
  'costs-nothing',
  'not-a-percentage',
  'not-a-postcode',
  'formula',
  'control-character',
  // the row or the file as such
  'column-missing',
  'column-unknown',
  'column-twice',
  'wrong-length',
  'too-many-rows',
  'too-many-lanes',
  'empty-file',
  'row-too-long',
  'broken-csv',
  'not-unicode',
  // against other rows and against what the hub holds
  'version-differs',
  'end-not-possible',
  'overlaps-in-file',
  'overlaps-kept',
  'step-twice',
  'unknown-service',
  'other-currency',
  'zone-without-rates',
] as const
export type FaultReason = (typeof faultReasons)[number]

/** Why a cell is not taken, with the figures that its sentence names. */
export type CellFault = {
  readonly column: string
  readonly reason: FaultReason
  readonly facts?: Readonly<Record<string, string | number>>
}

/** `line` is the number of the line in the file, the header being 1. */
export type RowFault = CellFault & { readonly line: number }
