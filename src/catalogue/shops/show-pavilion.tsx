/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { sql } from 'kysely'
import { isCountry } from '../../basis/country.ts'
import type { Db } from '../../db/index.ts'
import { actorOf, judge } from '../../parties/index.ts'
import { searchOffers } from '../search/search-offers.ts'
import { readGoods, readSellers, readSizes, type ShopSeller } from './goods.ts'
import { NotFoundPage } from './not-found-page.tsx'
import type { ShopParts } from './parts.ts'
import { findPavilion, keysOf } from './pavilion.ts'
import { PavilionPage } from './pavilion-page.tsx'
import { visitorOf } from './visitor.ts'

/** GET /pavilion/:country: what comes from there. Any country has one; without goods it says so. */
export async function showPavilion(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const asked = c.req.param('country') ?? ''
  const country = asked.toUpperCase()
  if (!isCountry(country)) return c.html(<NotFoundPage {...{ visitor, parts }} />, 404)
  // One address for one page.
  if (asked !== country) return c.redirect(`/pavilion/${country}`, 301)
  const db = parts.db.kysely
  const { destination } = visitor
  const after = c.req.query('after')
  const [pavilion, found] = await Promise.all([
    findPavilion(db, country),
    searchOffers(db, { words: '', origin: country, size: 12, after }),
  ])
  const busiest = found.facets.business.map(({ value }) => value)
  const [goods, sellers, sizes, collections] = await Promise.all([
    readGoods(parts, found.keys, destination),
    featuredSellers(db, pavilion.featured, busiest),
    readSizes(db, pavilion.picture === null ? [] : [pavilion.picture], 'large'),
    Promise.all(
      pavilion.collections.map(async (collection) => ({
        ...collection,
        goods: await readGoods(
          parts,
          await keysOf(db, collection.offers.slice(0, 12)),
          destination,
        ),
      })),
    ),
  ])
  const mayEdit = judge('pavilion.edit', actorOf(c), country) === 'allowed'
  return c.html(
    <PavilionPage
      {...{ visitor, parts, pavilion, found, goods, sellers, collections, after, mayEdit }}
      picture={pavilion.picture === null ? undefined : sizes.get(pavilion.picture)}
    />,
  )
}

/** Those the curators chose; without a choice, those with most of the goods. */
async function featuredSellers(
  db: Db,
  featured: readonly string[],
  busiest: readonly string[],
): Promise<ShopSeller[]> {
  const ids = featured.length > 0 ? featured : busiest.slice(0, 6)
  const sellers = await readSellers(db, ids)
  return ids.flatMap((id) => {
    const seller = sellers.get(id)
    return seller && seller.screening !== 'blocked' ? [seller] : []
  })
}

/** Sellers of a country, and of goods that come from there. */
export async function sellersFrom(db: Db, country: string): Promise<ShopSeller[]> {
  const { rows } = await sql<{ id: string }>`
    select id from businesses where country = ${country}
    union select distinct business_id from (
      select business_id from offer_documents where origin = ${country} limit 2000) few`.execute(db)
  const sellers = await readSellers(
    db,
    rows.map(({ id }) => id),
  )
  return [...sellers.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 100)
}
