// Finds offers by words and filters. However common the words are, only so many goods are looked at; however rare, no
// index is read for words that nothing holds.
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { OfferKey } from '../find-offers.ts'
import { foundBy, mostLookedAt, wayOf, type Way } from './found-by.ts'
import type { Filters, WantedWord } from './query.ts'
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

export interface Facet {
  value: string
  count: number
}

export interface Found {
  keys: OfferKey[]
  /** Address of the next page, when there is one. */
  next: string | undefined
  /** How many there are; `mostLookedAt` means that many or more. */
  count: number
  isMore: boolean
  /** True when not all words are met by each of the goods. */
  isLoose: boolean
  unknown: string[]
  /** What was read for a word that nothing holds. */
  corrected: { word: string; meant: readonly string[] }[]
  facets: { chapter: Facet[]; origin: Facet[]; business: Facet[] }
}

export async function searchOffers(db: Db, search: Search): Promise<Found> {
  const { wanted, unknown } = await wantWords(db, search.words)
  const asked = search.words.trim() !== ''
  if (asked && wanted.length === 0) return { ...nothing, unknown }
  const strict = await lookAt(db, search, wanted, unknown.length > 0 ? 'some' : 'all')
  const isLoose = unknown.length > 0
  // A page that is not full gets goods that meet some of the words, after those that meet all.
  const loosely = !isLoose && wanted.length > 1 && strict.count < search.size
  const looked = loosely ? await lookAt(db, search, wanted, 'some') : strict
  return {
    ...looked,
    unknown,
    corrected: wanted
      .filter(({ isKnown, meant }) => !isKnown && meant.length > 0)
      .map(({ word, meant }) => ({ word: word.text, meant })),
    isLoose: isLoose || (loosely && strict.count === 0),
    isMore: looked.count >= mostLookedAt,
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

type Looked = Pick<Found, 'keys' | 'next' | 'count' | 'facets'>
type Row = { home_hub: string; business_id: string; offer_id: string; place: string }
type Counted = { facet: string; value: string; count: number }

async function lookAt(
  db: Db,
  search: Search,
  wanted: readonly WantedWord[],
  mode: 'all' | 'some',
): Promise<Looked> {
  const way = await wayOf(db, search, wanted)
  const found = foundBy(search, search, wanted, mode, way)
  const after = search.after === undefined ? undefined : placeOf(search.after)
  const page = sql`
    select home_hub, business_id, offer_id, place::text as place from found
    where ${after ? sql`(found.place, offer_id) > (${after.place}::numeric, ${after.offer}::uuid)` : sql`true`}
    order by found.place, offer_id limit ${search.size + 1}`
  const [answer, others] = await Promise.all([
    sql<{ page: Row[] | null; facets: Counted[] | null; count: number }>`
      with found as materialized (${found})
      select (select json_agg(page) from (${page}) page) as page,
        (select json_agg(facets) from (${facetsOf()}) facets) as facets,
        (select count(*)::int from found) as count`.execute(db),
    Promise.all(
      filtered(search).map(([facet, without]) =>
        sql<Counted>`
          with found as materialized (${foundBy(forFacets(search), without, wanted, mode, wayOfFacet(without))})
          ${facetsOf(facet)}`.execute(db),
      ),
    ),
  ])
  const row = answer.rows[0]
  const rows = row?.page ?? []
  const replaced = new Set(filtered(search).map(([facet]) => facet as string))
  const counted = [
    ...(row?.facets ?? []).filter(({ facet }) => !replaced.has(facet)),
    ...others.flatMap((other) => other.rows),
  ]
  const last = rows[search.size - 1]
  return {
    keys: rows.slice(0, search.size).map(keyOf),
    next: rows.length > search.size && last ? `${last.place}_${last.offer_id}` : undefined,
    count: row?.count ?? 0,
    facets: {
      chapter: facet(counted, 'chapter'),
      origin: facet(counted, 'origin'),
      business: facet(counted, 'business'),
    },
  }
}

/** What only counts needs no order; where a destination alone is left of the filters, most goods pass. */
const wayOfFacet = ({ origin, category, business }: Filters): Way => ({
  sort: 'newest',
  isRare: [origin, category, business].some((each) => each !== undefined),
})
const forFacets = (search: Search): Search => ({ ...search, sort: 'newest' })

/** A facet that is filtered by shows what else there would be: its own filter is left out. */
function filtered(search: Search): ['chapter' | 'origin' | 'business', Filters][] {
  const { origin, category, business, destination } = search
  const all = { origin, category, business, destination }
  return [
    ...(category ? [['chapter', { ...all, category: undefined }] as ['chapter', Filters]] : []),
    ...(origin ? [['origin', { ...all, origin: undefined }] as ['origin', Filters]] : []),
    ...(business ? [['business', { ...all, business: undefined }] as ['business', Filters]] : []),
  ]
}

const mostFacets = 12

function facetsOf(only?: 'chapter' | 'origin' | 'business'): RawBuilder<unknown> {
  const columns = {
    chapter: sql`left(subheading, 2)`,
    origin: sql`origin`,
    business: sql`business_id::text`,
  }
  const parts = Object.entries(columns)
    .filter(([name]) => only === undefined || name === only)
    .map(
      ([name, column]) => sql`
        (select ${name} as facet, ${column} as value, count(*)::int as count from found
         where ${column} is not null group by 2 order by 3 desc, 2 limit ${mostFacets})`,
    )
  return sql.join(parts, sql` union all `)
}

const facet = (counted: readonly Counted[], wanted: string): Facet[] =>
  counted.filter((each) => each.facet === wanted).map(({ value, count }) => ({ value, count }))

const keyOf = ({ home_hub, business_id, offer_id }: Row): OfferKey => ({
  homeHub: home_hub,
  businessId: business_id,
  offerId: offer_id,
})

/** What `next` said; anything else begins at the first page. */
function placeOf(after: string): { place: string; offer: string } | undefined {
  const [, place, offer] = /^(-?\d{1,20}(?:\.\d{1,6})?)_([0-9a-f-]{36})$/.exec(after) ?? []
  return place !== undefined && offer !== undefined && isUuid.test(offer)
    ? { place, offer }
    : undefined
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
