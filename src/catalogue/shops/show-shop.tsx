/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { searchOffers } from '../search/search-offers.ts'
import { findSeller, readGoods } from './goods.ts'
import { NotFoundPage } from './not-found-page.tsx'
import type { ShopParts } from './parts.ts'
import { ShopPage } from './shop-page.tsx'
import { textOf } from './show-product.tsx'
import { visitorOf } from './visitor.ts'

/** GET /shop/:slug: everything one seller sells, newest first. */
export async function showShop(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const db = parts.db.kysely
  const seller = await findSeller(db, textOf(c, 'slug'))
  if (!seller) return c.html(<NotFoundPage {...{ visitor, parts }} />, 404)
  const after = c.req.query('after')
  const found = await searchOffers(db, { words: '', business: seller.id, size: 24, after })
  const goods = await readGoods(parts, found.keys, visitor.destination)
  return c.html(<ShopPage {...{ visitor, parts, seller, goods, found, after }} />)
}
