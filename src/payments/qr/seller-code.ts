import type { DataObject } from './tlv.ts'

/**
 * What a code says that a seller shows to be paid: EMV QRCPS, Merchant-Presented Mode, version 1.1 (November 2020). The
 * ids of the standard stand behind each part. What national schemes leave out may be missing; what we do not know is
 * kept. Lists are in the order of their ids.
 */
export interface SellerCode {
  /** 01: one code for every payment, or one for this payment. Some codes do not say. */
  readonly kind?: CodeKind
  /** 02-51: where the money may go. One is enough for a payer to pay by. */
  readonly accounts: readonly Account[]
  /** 52: ISO 18245, four digits, for what the seller is known to card schemes. */
  readonly category?: string
  /** 53: ISO 4217, as letters. */
  readonly currency: string
  /** 54: minor units of the currency; without it the payer says how much. */
  readonly amountMinor?: bigint
  /** 55-57: what is added to the amount. */
  readonly tip?: Tip
  /** 58: ISO 3166-1 alpha-2. */
  readonly country: string
  /** 59 and 60: in Latin letters by the standard, at most 25 and 15; longer ones are read as well. */
  readonly name?: string
  readonly city?: string
  /** 61 */
  readonly postalCode?: string
  /** 62 */
  readonly additional?: Additional
  /** 64: the same name in another script. */
  readonly inLanguage?: InLanguage
  /** 65-79: not yet given a meaning by the standard. */
  readonly reserved: readonly DataObject[]
  /** 80-99: for anybody's own use. */
  readonly unreserved: readonly Template[]
}

export type CodeKind = 'static' | 'dynamic'

/** 02-25 belong to card schemes and hold one text; 26-51 hold a template. */
export type Account = DataObject | Template

/** A set of data objects that a unique name gives a meaning: `A000000677010111`, `br.gov.bcb.pix`. */
export interface Template {
  readonly id: string
  /** 00 of the template; in capitals or small letters it is the same name. */
  readonly owner: string
  /** 01-99 of the template. */
  readonly fields: readonly DataObject[]
}

/** The payer is asked for a tip; or so much is added; or so many hundredths of a percent (1 to 9999). */
export type Tip =
  | { readonly kind: 'asked' }
  | { readonly kind: 'fixed'; readonly minor: bigint }
  | { readonly kind: 'share'; readonly basisPoints: bigint }

/** `***` as a text asks the payer for it. */
export type Additional = { readonly [Name in AdditionalName]?: string } & {
  /** 10-49: tax number and channel of the seller, and what the standard may add. */
  readonly others: readonly DataObject[]
  /** 50-99 */
  readonly templates: readonly Template[]
}

export type AdditionalName = (typeof additionalNames)[number][1]

export const additionalNames = [
  ['01', 'bill'],
  ['02', 'mobile'],
  ['03', 'store'],
  ['04', 'loyalty'],
  ['05', 'reference'],
  ['06', 'buyerLabel'],
  ['07', 'terminal'],
  ['08', 'purpose'],
  ['09', 'asksFor'],
] as const

export interface InLanguage {
  /** 00: ISO 639 */
  readonly language: string
  /** 01 */
  readonly name: string
  /** 02 */
  readonly city?: string
  /** 03-99 */
  readonly others: readonly DataObject[]
}

/** 01 as it is written. */
export const kindNumbers = { static: '11', dynamic: '12' } as const

/** What a text says of the kind; undefined for any other text. */
export const kindOf = (number: string | undefined): CodeKind | undefined =>
  number === kindNumbers.static ? 'static' : number === kindNumbers.dynamic ? 'dynamic' : undefined

export const isTemplate = (account: Account): account is Template => 'owner' in account
