// A page of goods: cut from all that fit where they are few, else by going on in an index from where the last page ended.
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { OfferKey } from '../find-offers.ts'
import { allFacets, facetsOf, otherFacets, type Counted, type Facets } from './facets.ts'
import {
  age,
  allOf,
  endOfWalk,
  hasLimits,
  sampleOf,
  walk,
  walkRanked,
  wayOf,
  type Question,
} from './found-by.ts'
import { addressOf, addressWithin, readAfter, type After, type Position } from './position.ts'

export interface Looked {
  keys: OfferKey[]
  next: string | undefined
  count: number
  isMore: boolean
  facets: Facets
}

export async function lookAt(db: Db, question: Question): Promise<Looked> {
  const { way, least } = await wayOf(db, question)
  return way === 'walk' ? lookAtSome(db, question, least) : lookAtAll(db, question, way)
}

type Row = { home_hub: string; business_id: string; offer_id: string; place: string }
interface Page {
  rows: Row[]
  next: string | undefined
}

async function lookAtAll(db: Db, question: Question, way: 'words' | 'prices'): Promise<Looked> {
  const { search } = question
  const { within } = readAfter(search.after)
  const [answer, others] = await Promise.all([
    sql<{ page: Row[] | null; facets: Counted[] | null; count: number }>`
      with found as materialized (${allOf(question, way)})
      select (select json_agg(page) from (${pageOf(question, within)}) page) as page,
        (select json_agg(facets) from (${facetsOf()}) facets) as facets,
        (select count(*)::int from found) as count`.execute(db),
    otherFacets(db, question),
  ])
  const { page, facets, count = 0 } = answer.rows[0] ?? {}
  const rows = page ?? []
  const last = rows[search.size - 1]
  return {
    keys: rows.slice(0, search.size).map(keyOf),
    next: rows.length > search.size && last ? addressOf(positionOf(last)) : undefined,
    ...{ count, isMore: false, facets: allFacets(search, facets ?? [], others) },
  }
}

/** One more than a page, in order, from `found`. */
function pageOf({ search, sort }: Question, within: Position | undefined): RawBuilder<unknown> {
  const { place = '', offer = '' } = within ?? {}
  const then = sort === 'newest' ? sql`offer_id < ${offer}::uuid` : sql`offer_id > ${offer}::uuid`
  const beyond = within
    ? sql`found.place > ${place}::numeric or (found.place = ${place}::numeric and ${then})`
    : sql`true`
  return sql`
    select home_hub, business_id, offer_id, place::text as place from found where ${beyond}
    ${inOrder({ sort })} limit ${search.size + 1}`
}

const inOrder = ({ sort }: Pick<Question, 'sort'>): RawBuilder<unknown> =>
  sort === 'newest' ? sql`order by found.place, offer_id desc` : sql`order by found.place, offer_id`

async function lookAtSome(db: Db, question: Question, least: number): Promise<Looked> {
  const { search } = question
  const [{ rows, next }, sample, others] = await Promise.all([
    walkToPage(db, question),
    sql<{ facets: Counted[] | null; count: number }>`
      with found as materialized (${sampleOf(question, search, 'walk')})
      select (select json_agg(facets) from (${facetsOf()}) facets) as facets,
        (select count(*)::int from found) as count`.execute(db),
    otherFacets(db, question),
  ])
  const { facets, count = 0 } = sample.rows[0] ?? {}
  const isAll = search.after === undefined && next === undefined
  const seen = Math.max(count, rows.length, hasLimits(search) ? 0 : least)
  return {
    ...{ keys: rows.map(keyOf), next, facets: allFacets(search, facets ?? [], others) },
    ...{ count: isAll ? rows.length : seen, isMore: !isAll },
  }
}

/** Goes on until there is something to show, or no goods are left. */
async function walkToPage(db: Db, question: Question): Promise<Page> {
  const step = question.sort === 'best' ? rankPart : walkOn
  let page = await step(db, question, readAfter(question.search.after))
  while (page.rows.length === 0 && page.next !== undefined)
    page = await step(db, question, readAfter(page.next))
  return page
}

async function walkOn(db: Db, question: Question, { within: from }: After): Promise<Page> {
  const { size } = question.search
  const { rows } = await sql<Row>`
    select home_hub, business_id, offer_id, place::text as place
    from (${walk(question, from, size + 1)}) found ${inOrder(question)}`.execute(db)
  const last = rows[size - 1]
  const end = rows.length > size && last ? positionOf(last) : await endOfWalk(db, question, from)
  return { rows: rows.slice(0, size), next: end && addressOf(end) }
}

/** So many are ranked among each other. */
const mostRanked = 500

async function rankPart(db: Db, question: Question, { from, within }: After): Promise<Page> {
  const { size } = question.search
  const { rows: answers } = await sql<{ page: Row[] | null; ranked: number; end: Position | null }>`
    with found as materialized (${walkRanked(question, from, mostRanked)})
    select (select json_agg(page) from (${pageOf(question, within)}) page) as page,
      (select count(*)::int from found where walked) as ranked,
      (select json_build_object('place', ${age}::text, 'offer', d.offer_id) from found d
       where walked order by d.published_at, d.offer_id limit 1) as end`.execute(db)
  const { page, ranked = 0, end } = answers[0] ?? {}
  const rows = page ?? []
  const last = rows[size - 1]
  if (rows.length > size && last)
    return { rows: rows.slice(0, size), next: addressWithin({ from, within: positionOf(last) }) }
  const then = ranked >= mostRanked && end ? end : await endOfWalk(db, question, from)
  return { rows, next: then && addressWithin({ from: then }) }
}

const positionOf = ({ place, offer_id }: Row): Position => ({ place, offer: offer_id })

const keyOf = ({ home_hub, business_id, offer_id }: Row): OfferKey => ({
  homeHub: home_hub,
  businessId: business_id,
  offerId: offer_id,
})
