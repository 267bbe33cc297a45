import type { Day } from '../../basis/day.ts'

/** Whose list: the Security Council's, the Union's, the two of the United States. */
export const listCodes = ['un', 'eu', 'ofac', 'bis'] as const
export type ListCode = (typeof listCodes)[number]

export type ListedKind = 'person' | 'organisation' | 'vessel' | 'aircraft'

/** `weak`: the publisher says that the alias alone tells little. `former`: no longer in use. */
export type NameQuality = 'name' | 'alias' | 'weak' | 'former'

export interface ListedName {
  name: string
  quality: NameQuality
}

/** One person, organisation, vessel or aircraft as a list names it. */
export interface ListedEntry {
  list: ListCode
  /** The publisher's own number. */
  id: string
  kind: ListedKind
  /** Under what: a programme, a regulation, an order. */
  programme: string
  listedOn?: Day
  /** What else helps to tell people of one name apart, as published; for the officer alone. */
  births: readonly string[]
  countries: readonly string[]
  names: readonly ListedName[]
}

/** A whole published list, read. */
export interface ReadList {
  list: ListCode
  /** SHA-256 over the files, in the order given. */
  digest: string
  /** The day the publisher gives; where files carry none, what the operator said. */
  listDate?: Day
  entries: readonly ListedEntry[]
  /** Rows that could not be read, by number and reason: never silently left out. */
  unread: readonly string[]
}
