import type { OfferDraft } from '../offer.ts'

/** What is wrong with one row: which field, what, and the value as it was written. */
export type ItemFault = {
  readonly row: number
  readonly field: string
  readonly code: string
  readonly value: string
}

/** What happened to a row without stopping it. */
export type ItemNote = { readonly code: NoteCode; readonly count: number }

export type NoteCode =
  /** The country that the seller named for rows without one. */
  | 'origin-taken'
  /** Counted by products, the others by rows. */
  | 'mass-missing'
  | 'pictures-not-fetched'
  | 'stock-below-zero'
  | 'row-repeated'

export type PictureAddress = { readonly address: string; readonly alt: string }

/** One offer out of a product file. */
export type Item = {
  /** The rows it was made of, by their place in the file, from 0. */
  readonly rows: readonly number[]
  /** What names it where it comes from; empty for none. */
  readonly key: string
  readonly title: string
  /** Without it a row could not be read. */
  readonly draft: OfferDraft | undefined
  readonly faults: readonly ItemFault[]
  readonly notes: readonly ItemNote[]
  readonly pictures: readonly PictureAddress[]
}
