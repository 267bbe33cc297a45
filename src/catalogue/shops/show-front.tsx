/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import { searchOffers } from '../search/search-offers.ts'
import { FrontPage, type PavilionCount } from './front-page.tsx'
import { readGoods } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { visitorOf } from './visitor.ts'

const newest = 8

/** GET /: what is new and reaches the visitor; where nothing does yet, what is new at all. */
export async function showFront(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const db = parts.db.kysely
  const { destination } = visitor
  const [pavilions, near] = await Promise.all([
    countByOrigin(db),
    searchOffers(db, { words: '', destination, size: newest, sort: 'newest' }),
  ])
  const reach = near.keys.length > 0
  const { keys } = reach ? near : await searchOffers(db, { words: '', size: newest })
  const goods = await readGoods(parts, keys, destination)
  return c.html(
    <FrontPage visitor={visitor} parts={parts} goods={goods} reach={reach} pavilions={pavilions} />,
  )
}

/** More goods of one origin than this are not counted. */
const mostCounted = 1_000

/**
 * Countries that goods come from, most goods first. Goes from origin to origin along the index, so that it takes as long
 * with a million goods as with a thousand.
 */
export async function countByOrigin(db: Db): Promise<PavilionCount[]> {
  const { rows } = await sql<Omit<PavilionCount, 'isMore'>>`
    with recursive origins as (
      (select origin from offer_documents where origin is not null order by origin limit 1)
      union all
      select (select d.origin from offer_documents d where d.origin > o.origin order by d.origin limit 1)
      from origins o where o.origin is not null
    )
    select o.origin as country, (select count(*)::int from (
        select from offer_documents d where d.origin = o.origin limit ${mostCounted}) few) as count
    from origins o where o.origin is not null order by 2 desc, 1`.execute(db)
  return rows.map((row) => ({ ...row, isMore: row.count >= mostCounted }))
}
