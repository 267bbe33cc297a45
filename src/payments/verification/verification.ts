// How somebody shows the hub who they are: what is shown, what becomes of it, and for how long it counts. Pure.
// "Identifying the customer and verifying the customer's identity on the basis of documents": Directive (EU) 2015/849 article 13.
import { isCountry } from '../../basis/country.ts'
import { addDays, isDay, type Day } from '../../basis/day.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { Holder } from '../../ledger/index.ts'

/** What shows who somebody is. */
export const documentKinds = {
  person: ['passport', 'identity-card', 'residence-permit'],
  business: ['register-extract'],
} as const satisfies Readonly<Record<Holder['kind'], readonly string[]>>

export type DocumentKind = (typeof documentKinds)[Holder['kind']][number]

/**
 * `waiting` for an operator; `verified` while it counts; `declined` by an operator; `withdrawn` by who asked; `replaced` by a
 * newer one; `ended` by an operator.
 */
export type VerificationState =
  | 'waiting'
  | 'verified'
  | 'declined'
  | 'withdrawn'
  | 'replaced'
  | 'ended'

export type Verification = {
  readonly id: string
  readonly holder: Holder
  /** What the holder was called when asking. */
  readonly name: string
  readonly document: DocumentKind
  /** Who issued it, ISO 3166. */
  readonly country: string
  readonly state: VerificationState
  /** The last day on which it counts; of an extract only once it is verified. */
  readonly validUntil: Day | undefined
  readonly askedAt: number
  readonly decidedAt: number | undefined
  /** The operator's words. */
  readonly reason: string
}

/** What is said of a document. */
export type SaidDocument = {
  readonly document: string
  readonly country: string
  /** The last day on which the document is valid; an extract has none. */
  readonly validUntil: string
}

/** Of one holder in thirty days. */
export const mostAsked = 5
export const askedWithin = 30 * 24 * 60 * 60_000
/** Both sides of a card. */
export const mostSides = 2
export const leastReason = 5
export const mostReason = 2_000

/** A business is looked at anew each year: an extract says who they are on the day it was made. */
const extractCountsFor = 365

/** Refused: `document-not-known`, `country-not-known`, `valid-until-not-known`, `document-expired`. */
export function checkDocument(
  kind: Holder['kind'],
  { document, country, validUntil }: SaidDocument,
  today: Day,
): Refused | { document: DocumentKind; country: string; validUntil: Day | undefined } {
  const known = documentKinds[kind].find((each: DocumentKind) => each === document)
  if (!known) return refused('document-not-known')
  if (!isCountry(country)) return refused('country-not-known')
  if (kind === 'business') return { document: known, country, validUntil: undefined }
  if (!isDay(validUntil)) return refused('valid-until-not-known')
  if (validUntil < today) return refused('document-expired')
  return { document: known, country, validUntil }
}

/** The last day on which what is verified today counts. */
export const countsUntil = ({ validUntil }: Pick<Verification, 'validUntil'>, today: Day): Day =>
  validUntil ?? addDays(today, extractCountsFor)

/** Refused: `reason-missing` (fewer than 5 characters), `reason-too-long` (more than 2,000). */
export function checkReason(reason: string): Refused | undefined {
  if ([...reason].length < leastReason) return refused('reason-missing', { least: leastReason })
  return reason.length > mostReason ? refused('reason-too-long', { most: mostReason }) : undefined
}
