/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { searchOffers, type Found, type Search } from '../search/search-offers.ts'
import { limitOf, readSearch, type SearchAsk } from './ask.ts'
import { findSeller, readGoods, readSellers, type ShopSeller } from './goods.ts'
import type { ShopParts } from './parts.ts'
import { SearchPage } from './search-page.tsx'
import { visitorOf, type Visitor } from './visitor.ts'

const pageSize = 24

/** GET /search: goods by words and filters; those that reach the visitor, or all of them when asked. */
export async function showSearch(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const ask = readSearch(visitor.url.searchParams)
  const db = parts.db.kysely
  const shop = ask.shop === undefined ? undefined : await findSeller(db, ask.shop)
  const search = searchOf(ask, visitor, shop)
  const found = await searchOffers(db, search)
  // Nothing reaches the visitor: say how much there is elsewhere.
  const elsewhere =
    found.count === 0 && !ask.anywhere && search.destination !== undefined
      ? (await searchOffers(db, { ...search, ...unpriced, destination: undefined })).count
      : 0
  const [goods, sellers] = await Promise.all([
    readGoods(parts, found.keys, visitor.destination),
    readSellers(
      db,
      found.facets.business.map(({ value }) => value),
    ),
  ])
  return c.html(
    <SearchPage
      {...{ visitor, parts, ask, goods, elsewhere }}
      found={namedFacets(found, sellers)}
      shop={shop}
      faults={faultsOf(ask, visitor)}
    />,
  )
}

const noBusiness = '00000000-0000-0000-0000-000000000000'
const unpriced = { priceFrom: undefined, priceTo: undefined, sort: undefined, after: undefined }

function searchOf(ask: SearchAsk, visitor: Visitor, shop: ShopSeller | undefined): Search {
  const { destination, owed } = visitor
  return {
    words: ask.q,
    origin: ask.origin,
    category: ask.category,
    // A shop that does not exist has no goods.
    business: ask.shop === undefined ? undefined : (shop?.id ?? noBusiness),
    destination: ask.anywhere ? undefined : destination,
    priceFrom: ask.anywhere ? undefined : limitOf(ask.low, owed),
    priceTo: ask.anywhere ? undefined : limitOf(ask.high, owed),
    sort: ask.sort === 'best' ? undefined : ask.sort,
    after: ask.after,
    size: pageSize,
  }
}

/** Limits that are no amounts, by their field. */
function faultsOf({ low, high }: SearchAsk, { owed }: Visitor): ('low' | 'high')[] {
  return (['low', 'high'] as const).filter((name) => {
    const text = name === 'low' ? low : high
    return text !== '' && limitOf(text, owed) === undefined
  })
}

export interface SellerFacet {
  slug: string
  name: string
  count: number
}
export type FoundWithSellers = Found & { sellers: SellerFacet[] }

function namedFacets(found: Found, sellers: ReadonlyMap<string, ShopSeller>): FoundWithSellers {
  const named = found.facets.business.flatMap(({ value, count }) => {
    const seller = sellers.get(value)
    return seller ? [{ slug: seller.slug, name: seller.name, count }] : []
  })
  return { ...found, sellers: named }
}
