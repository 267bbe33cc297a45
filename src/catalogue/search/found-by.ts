// The statements behind a search: which goods are looked at, in which order, and by which index.
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../db/index.ts'
import { namedCodes, queryOf, type Filters, type WantedWord } from './query.ts'
import type { Search, Sort } from './search-offers.ts'

/** So many of the goods that fit are ranked and counted. */
export const mostLookedAt = 500

/** Goods with their place in the order: the lowest comes first. */
export function foundBy(
  search: Search,
  filters: Filters,
  wanted: readonly WantedWord[],
  mode: 'all' | 'some',
  { sort, isRare }: Way,
): RawBuilder<unknown> {
  if (wanted.length === 0 && sort === 'price' && !isRare) return cheapest(search, filters)
  const some = queryOf(wanted, {}, 'some')
  const place =
    sort === 'price'
      ? sql`p.total_minor::numeric`
      : sort === 'best' && some !== undefined
        ? scoreOf(some, queryOf(wanted, {}, 'all') ?? some, namedCodes(wanted))
        : sql`(-extract(epoch from d.published_at) * 1000)::bigint::numeric`
  const most = needsPrice(search) ? 2 * mostLookedAt : mostLookedAt
  const part = (query: string | undefined) => sql`
    (select d.home_hub, d.business_id, d.offer_id, d.subheading, d.origin, ${place} as place
     from ${holding(query, most, wanted.length > 0, isRare)} d ${priceOf(search)})`
  const all = part(queryOf(wanted, filters, 'all'))
  if (mode === 'all' || wanted.length < 2) return all
  return sql`${all} union ${part(queryOf(wanted, filters, 'some'))}`
}

/** With words whatever the index gives; without them the newest, which few goods are sorted for and many lie in order. */
function holding(
  query: string | undefined,
  most: number,
  hasWords: boolean,
  isRare: boolean,
): RawBuilder<unknown> {
  if (query === undefined) return sql`(select * from offer_documents d ${newest} limit ${most})`
  if (hasWords) return sql`offers_holding(${query}::tsquery, ${most})`
  if (isRare)
    return sql`(select * from offers_holding(${query}::tsquery, ${mostLookedAt}) d
      ${newest} limit ${most})`
  return sql`(select * from offer_documents d where d.words @@ ${query}::tsquery
    ${newest} limit ${most})`
}

/** How a list is made: in which order, and whether so few goods fit that each of them is looked at. */
export interface Way {
  sort: Sort
  isRare: boolean
}

const needsPrice = ({ destination, sort, priceFrom, priceTo }: Search): boolean =>
  destination !== undefined &&
  (sort === 'price' || priceFrom !== undefined || priceTo !== undefined)

/** Looks the price of each of the goods up by its key, however wrong the planner's guess of their number is. */
function priceOf(search: Search): RawBuilder<unknown> {
  if (!needsPrice(search)) return sql``
  return sql`
    join lateral (select p.total_minor from offer_prices p
      where p.home_hub = d.home_hub and p.business_id = d.business_id and p.offer_id = d.offer_id
        and p.destination = ${search.destination} and ${withinPrice(search)} offset 0) p on true`
}

const withinPrice = ({ priceFrom, priceTo }: Search): RawBuilder<unknown> =>
  sql.join(
    [
      sql`true`,
      ...(priceFrom === undefined ? [] : [sql`p.total_minor >= ${priceFrom}`]),
      ...(priceTo === undefined ? [] : [sql`p.total_minor <= ${priceTo}`]),
    ],
    sql` and `,
  )

/** Without words the table of prices alone gives the list, cheapest first, from its index. */
function cheapest(search: Search, { origin, category, business }: Filters): RawBuilder<unknown> {
  const conditions = [
    sql`p.destination = ${search.destination}`,
    withinPrice(search),
    ...(origin ? [sql`p.origin = ${origin}`] : []),
    ...(category ? [sql`left(p.subheading, ${category.length}) = ${category}`] : []),
    ...(business ? [sql`p.business_id = ${business}`] : []),
  ]
  return sql`
    (select p.home_hub, p.business_id, p.offer_id, p.subheading, p.origin,
       p.total_minor::numeric as place
     from offer_prices p where ${sql.join(conditions, sql` and `)}
     order by p.total_minor, p.offer_id limit ${mostLookedAt})`
}

/** Sorting so many takes less than going down an index in which they may lie far apart. */
const few = 300

/** Whether so few goods pass the filters that looking at all of them is less work than going down the prices. */
async function areRare(db: Db, filters: Filters): Promise<boolean> {
  const query = queryOf([], filters, 'all')
  if (query === undefined) return false
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from offers_holding(${query}::tsquery, ${few})`.execute(db)
  return (rows[0]?.count ?? 0) < few
}

const newest = sql`order by d.published_at desc, d.offer_id desc`

/**
 * All words before some words; then by where they stand (title, traits, description) and by how surely they name the
 * code of the goods.
 */
function scoreOf(some: string, all: string, codes: Record<string, number>): RawBuilder<unknown> {
  const named = JSON.stringify(codes)
  const code = (digits: RawBuilder<unknown>) =>
    sql`coalesce((${named}::jsonb ->> ${digits})::float, 0)`
  return sql`
    round((-ts_rank('{0.05,0.2,0.5,1}', d.words, ${some}::tsquery)
      - (d.words @@ ${all}::tsquery)::int
      - ${code(sql`d.subheading`)} / 200 - ${code(sql`left(d.subheading, 4)`)} / 400)::numeric, 6)`
}

/** By price is asked for only where a price can be: at a destination. */
export async function wayOf(db: Db, search: Search, wanted: readonly WantedWord[]): Promise<Way> {
  const usual = wanted.length > 0 ? 'best' : 'newest'
  const asked = search.sort ?? usual
  const sort = asked === 'price' && search.destination === undefined ? usual : asked
  const isRare = wanted.length === 0 && (await areRare(db, search))
  return { sort, isRare }
}
