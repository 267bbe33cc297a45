/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { allow, publicRoute } from '../../parties/index.ts'
import { savePavilionForm, showEditor } from './edit-pavilion.tsx'
import { googleFeedOfAll, googleFeedOfShop, newFeed } from './feeds.ts'
import type { ShopParts } from './parts.ts'
import { showFront } from './show-front.tsx'
import { showPavilion } from './show-pavilion.tsx'
import { showProduct } from './show-product.tsx'
import { showSearch } from './show-search.tsx'
import { showShop } from './show-shop.tsx'
import { showSitemap } from './sitemap.ts'
import { choose } from './visitor.ts'

export type { ShopParts } from './parts.ts'
export { letPricesAge, refreshShops, repriceStale, shopReader } from './refresh-prices.ts'
export type { RefreshParts } from './refresh-prices.ts'
export { findPavilion, savePavilion } from './pavilion.ts'
export type { Pavilion, SavePavilion } from './pavilion.ts'

/** What buyers see: the front page, search, shops, products and pavilions. */
export function shopRoutes(parts: ShopParts): Hono {
  const routes = new Hono()
  routes.get('/', publicRoute, (c) => showFront(c, parts))
  routes.get('/search', publicRoute, (c) => showSearch(c, parts))
  routes.get('/choose', publicRoute, (c) => choose(c, parts))
  routes.get('/shop/:slug', publicRoute, (c) => showShop(c, parts))
  routes.get('/shop/:slug/:offer', publicRoute, (c) => showProduct(c, parts))
  routes.get('/pavilion/:country', publicRoute, (c) => showPavilion(c, parts))
  routes.get('/pavilion/:country/edit', allow('pavilion.edit'), (c) => showEditor(c, parts))
  routes.post('/pavilion/:country/edit', allow('pavilion.edit'), (c) => savePavilionForm(c, parts))
  routes.get('/sitemap.xml', publicRoute, (c) => showSitemap(c, parts))
  routes.get('/feeds/google.xml', publicRoute, (c) => googleFeedOfAll(c, parts))
  routes.get('/feeds/google/:file{[a-z0-9-]+\\.xml}', publicRoute, (c) =>
    googleFeedOfShop(c, parts),
  )
  routes.get('/feeds/new.atom', publicRoute, (c) => newFeed(c, parts))
  return routes
}
