// The statements behind a search: which goods are looked at, in which order, and by which index.
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { Position } from './position.ts'
import { namedCodes, queryOf, type Filters, type WantedWord } from './query.ts'
import type { Search, Sort } from './search-offers.ts'

type Sql = RawBuilder<unknown>

/** Where no more goods fit than this, each of them is looked at: ranked, sorted and counted. */
export const mostLookedAt = 1_500

/** What is asked, once its words are known. */
export interface Question {
  search: Search
  wanted: readonly WantedWord[]
  /** Whether goods hold all of the words, or some. */
  mode: 'all' | 'some'
  sort: Sort
}

/**
 * `words`: the index of words leads to all that fit, `prices`: the index of prices does. `walk`: more fit than are looked
 * at, and an index is followed in its order, a page at a time.
 */
export type Way = 'words' | 'prices' | 'walk'

/** By price is asked for only where a price can be: at a destination. */
export function sortOf({ sort, destination }: Search, wanted: readonly WantedWord[]): Sort {
  const usual = wanted.length > 0 ? 'best' : 'newest'
  if (sort === 'best' || (sort === 'price' && destination === undefined)) return usual
  return sort ?? usual
}

/** `least`: how many goods fit for sure, not looking at prices. */
export interface Ahead {
  way: Way
  least: number
}

/**
 * On a hub of many goods, what every tenth of the newest holds is walked at once: the index of words would have to read
 * all of its places first, only to find that they are many.
 */
export async function wayOf(db: Db, { search, wanted, mode }: Question): Promise<Ahead> {
  const most = mostLookedAt + 1
  const query = queryOf(wanted, search, mode)
  const priced = hasLimits(search)
    ? sql`(select count(*)::int
        from (select from offer_prices p where ${withinPrice(search)} limit ${most}) p)`
    : sql`${most}::int`
  const { rows } = await sql<{ common: number; fit: number | null; priced: number }>`
    with newest as (select count(*)::int as common from ${newestOf(200)} d where ${holds(query)}),
      hub as (select reltuples >= ${10 * most} as is_large from pg_class
        where oid = 'offer_documents'::regclass)
    select common, ${priced} as priced,
      case when is_large and common >= 20 then null
        else (select count(*)::int from ${held(query, most)} d) end as fit
    from newest, hub`.execute(db)
  const [{ common, fit, priced: within } = { common: 0, fit: 0, priced: 0 }] = rows
  if (fit !== null && fit <= mostLookedAt) return { way: 'words', least: fit }
  const way = within <= mostLookedAt ? 'prices' : 'walk'
  return { way, least: fit === null ? common : mostLookedAt }
}

/** Every one of the goods that fit, with its place in the order. */
export function allOf(question: Question, way: 'words' | 'prices'): Sql {
  const { search, wanted, mode } = question
  const query = queryOf(wanted, search, mode)
  const from =
    way === 'words'
      ? sql`${held(query, mostLookedAt)} d ${priceOf(search)}`
      : sql`(select * from offer_prices p where ${withinPrice(search)}) p ${documentOf(query)}`
  return sql`select ${columns}, ${placeOf(question)} as place from ${from}`
}

/** Some of many goods, for what a filter could be set to: the newest, or what the index of words gives first. */
export function sampleOf({ search, wanted, mode }: Question, filters: Filters, way?: Way): Sql {
  const { origin, category, business } = filters
  const isNarrow =
    wanted.length > 0 || [origin, category, business].some((each) => each !== undefined)
  const query = queryOf(wanted, filters, mode)
  const from =
    isNarrow && way !== 'walk'
      ? held(query, mostSampled)
      : sql`(select * from ${newestOf(8 * mostSampled)} d where ${holds(query)} limit ${mostSampled})`
  const limits = hasLimits(search) ? priceOf(search) : sql``
  return sql`select ${columns} from ${from} d ${limits}`
}

const mostSampled = 500

/** Goods that are gone through for one page, at most; a look at a price takes longer than one at words. */
const mostWalked = ({ search, sort }: Question): number =>
  sort === 'price' || needsPrice(search) ? 4_000 : 10_000

/** The next of those that fit, in the order of the index of instants or of prices. */
export function walk(question: Question, from: Position | undefined, most: number): Sql {
  const { search, wanted, mode, sort } = question
  const query = queryOf(wanted, search, mode)
  const step = stepsFrom(question, from, mostWalked(question))
  if (sort === 'price')
    return sql`select ${columns}, ${cost} as place from (${step}) p ${documentOf(query)}
      order by p.total_minor, p.offer_id limit ${most}`
  return sql`select ${columns}, ${age} as place from (${step}) d ${priceOf(search)}
    where ${holds(query)} ${newest} limit ${most}`
}

/** The same, where the goods of a part are then ranked. What holds all of the words comes with the first part. */
export function walkRanked(question: Question, from: Position | undefined, most: number): Sql {
  const { search, wanted, mode } = question
  const all = queryOf(wanted, search, 'all')
  const step = stepsFrom(question, from, mostWalked(question))
  const isLoose = mode === 'some'
  const ranked = sql`
    (select ${columns}, ${placeOf(question)} as place, true as walked from (${step}) d ${priceOf(search)}
     where ${holds(queryOf(wanted, search, mode))} and ${isLoose ? sql`not ${holds(all)}` : sql`true`}
     ${newest} limit ${most})`
  if (!isLoose || from) return ranked
  const strict = allOf({ ...question, mode: 'all' }, 'words')
  return sql`${ranked} union all (select strict.*, false from (${strict}) strict)`
}

/** Where the walk stopped, when it did not come to the end. */
export async function endOfWalk(
  db: Db,
  question: Question,
  from: Position | undefined,
): Promise<Position | undefined> {
  const { sort } = question
  const step = stepsFrom(question, from, 1, mostWalked(question) - 1)
  const place = sort === 'price' ? cost : age
  const { rows } = await sql<Position>`
    select ${place}::text as place, offer_id as offer
    from (${step}) ${sort === 'price' ? sql`p` : sql`d`}`.execute(db)
  return rows[0]
}

function stepsFrom(question: Question, from: Position | undefined, most: number, passed = 0): Sql {
  const { search, sort } = question
  if (sort === 'price') {
    const beyond = from
      ? sql`(p.total_minor, p.offer_id) > (${from.place}::numeric::bigint, ${from.offer}::uuid)`
      : sql`true`
    return sql`select * from offer_prices p where ${withinPrice(search)} and ${beyond}
      order by p.total_minor, p.offer_id limit ${most} offset ${passed}`
  }
  const beyond = from
    ? sql`(d.published_at, d.offer_id) < (${instantOf(from)}, ${from.offer}::uuid)`
    : sql`true`
  return sql`select * from offer_documents d where ${beyond} ${newest} limit ${most} offset ${passed}`
}

const columns = sql`d.home_hub, d.business_id, d.offer_id, d.subheading, d.origin, d.published_at`
const newest = sql`order by d.published_at desc, d.offer_id desc`
const newestOf = (most: number): Sql =>
  sql`(select * from offer_documents d ${newest} limit ${most})`
/** Microseconds, negative, so that the lowest place is the newest. */
export const age = sql`(-extract(epoch from d.published_at) * 1000000)::bigint::numeric`
const cost = sql`p.total_minor::numeric`

const instantOf = ({ place }: Position): Sql =>
  sql`timestamptz 'epoch' - ${place}::float8 * interval '1 microsecond'`

/** The index of words is used for them, however common the planner believes them to be. */
const held = (query: string | undefined, most: number): Sql =>
  query === undefined
    ? sql`(select * from offer_documents d limit ${most})`
    : sql`offers_holding(${query}::tsquery, ${most})`

const holds = (query: string | undefined): Sql =>
  query === undefined ? sql`true` : sql`d.words @@ ${query}::tsquery`

function placeOf({ wanted, sort }: Question): Sql {
  if (sort === 'price') return cost
  const some = queryOf(wanted, {}, 'some')
  if (sort === 'newest' || some === undefined) return age
  return scoreOf(some, queryOf(wanted, {}, 'all') ?? some, namedCodes(wanted))
}

export const hasLimits = ({ destination, priceFrom, priceTo }: Search): boolean =>
  destination !== undefined && (priceFrom !== undefined || priceTo !== undefined)

const needsPrice = (search: Search): boolean =>
  hasLimits(search) || (search.destination !== undefined && search.sort === 'price')

/** Looks the price of each of the goods up by its key, however wrong the planner's guess of their number is. */
function priceOf(search: Search): Sql {
  if (!needsPrice(search)) return sql``
  return sql`
    join lateral (select p.total_minor from offer_prices p
      where ${sameOffer} and ${withinPrice(search)} offset 0) p on true`
}

/** The other way round: the goods of each price. */
const documentOf = (query: string | undefined): Sql => sql`
  join lateral (select * from offer_documents d where ${sameOffer} and ${holds(query)} offset 0) d on true`

const sameOffer = sql`p.home_hub = d.home_hub and p.business_id = d.business_id and p.offer_id = d.offer_id`

const withinPrice = ({ destination, priceFrom, priceTo }: Search): Sql =>
  sql.join(
    [
      sql`p.destination = ${destination}`,
      ...(priceFrom === undefined ? [] : [sql`p.total_minor >= ${priceFrom}`]),
      ...(priceTo === undefined ? [] : [sql`p.total_minor <= ${priceTo}`]),
    ],
    sql` and `,
  )

/**
 * All words before some words; then by where they stand (title, traits, description) and by how surely they name the
 * code of the goods.
 */
function scoreOf(some: string, all: string, codes: Record<string, number>): Sql {
  const named = JSON.stringify(codes)
  const code = (digits: Sql) => sql`coalesce((${named}::jsonb ->> ${digits})::float, 0)`
  return sql`
    round((-ts_rank('{0.05,0.2,0.5,1}', d.words, ${some}::tsquery)
      - (d.words @@ ${all}::tsquery)::int
      - ${code(sql`d.subheading`)} / 200 - ${code(sql`left(d.subheading, 4)`)} / 400)::numeric, 6)`
}
