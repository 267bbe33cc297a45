// Finds offers by words and filters. Where few goods fit, each of them is looked at; where many do, an index is followed
// a page at a time, to the end. However rare words are, no index is read for words that nothing holds.
import type { Db } from '../../db/index.ts'
import type { OfferKey } from '../find-offers.ts'
import type { Facets } from './facets.ts'
import { sortOf } from './found-by.ts'
import { lookAt } from './look-at.ts'
import type { Filters } from './query.ts'
import { wantWords } from './want-words.ts'

export type Sort = 'best' | 'newest' | 'price'

export interface Search extends Filters {
  words: string
  /** Both in minor units of the destination's currency; they need a destination. */
  priceFrom?: bigint | undefined
  priceTo?: bigint | undefined
  sort?: Sort | undefined
  /** Where the page before ended. */
  after?: string | undefined
  size: number
}

export interface Found {
  /** As many as fit a page; a page that is not full can have a next one all the same. */
  keys: OfferKey[]
  /** Address of the next page, when there is one: pages lead to every one of the goods. */
  next: string | undefined
  /** How many there are, or with `isMore` at least this many. */
  count: number
  isMore: boolean
  /** True when not all words are met by each of the goods. */
  isLoose: boolean
  unknown: string[]
  /** What was read for a word that nothing holds. */
  corrected: { word: string; meant: readonly string[] }[]
  facets: Facets
}

export async function searchOffers(db: Db, search: Search): Promise<Found> {
  const { wanted, unknown } = await wantWords(db, search.words)
  const asked = search.words.trim() !== ''
  if (asked && wanted.length === 0) return { ...nothing, unknown }
  const sort = sortOf(search, wanted)
  const strict = await lookAt(db, { search, wanted, sort, mode: 'all' })
  // A page that is not full gets goods that meet some of the words, after those that meet all.
  const loosely = wanted.length > 1 && !strict.isMore && strict.count < search.size
  const looked = loosely ? await lookAt(db, { search, wanted, sort, mode: 'some' }) : strict
  return {
    ...looked,
    unknown,
    corrected: wanted
      .filter(({ isKnown, meant }) => !isKnown && meant.length > 0)
      .map(({ word, meant }) => ({ word: word.text, meant })),
    isLoose: unknown.length > 0 || (loosely && strict.count === 0),
  }
}

const nothing: Found = {
  keys: [],
  next: undefined,
  count: 0,
  isMore: false,
  isLoose: false,
  unknown: [],
  corrected: [],
  facets: { chapter: [], origin: [], business: [] },
}
