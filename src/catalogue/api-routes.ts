import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../basis/refusal.ts'
import { allow, publicRoute } from '../parties/index.ts'
import { saveOffersApi } from './api-batch.ts'
import { saveImportApi, showImportApi, startImportApi, undoImportApi } from './api-imports.ts'
import { searchOffersApi, showOfferApi } from './api-search.ts'
import { completeParts, type CatalogueParts } from './parts.ts'
import { mostFileBytes } from './product-files/decode-file.ts'
import type { ProductFileParts } from './product-files/routes.tsx'
import type { ShopParts } from './shops/parts.ts'

export { catalogueApi } from './api-description.ts'

/** Bytes of a form that are not its file. */
const formAround = 64 * 1024

/** Goods on sale for every program; offers in a batch and product files for the programs of a seller. */
export function catalogueApiRoutes(
  shop: ShopParts,
  goods: Omit<CatalogueParts, 'judge'>,
  files: ProductFileParts,
): Hono {
  const routes = new Hono()
  const parts = completeParts(goods)
  routes.get('/api/v1/offers', publicRoute, (c) => searchOffersApi(c, shop))
  routes.get('/api/v1/offers/:offer', publicRoute, (c) => showOfferApi(c, shop))

  const business = '/api/v1/businesses/:business'
  routes.post(`${business}/offers`, allow('offer.edit'), (c) => saveOffersApi(c, parts))

  const bring = allow('offer.import')
  const oneFile = bodyLimit({
    maxSize: mostFileBytes + formAround,
    onError: () => {
      throw new Refusal('body-too-large', { bodyBytes: mostFileBytes })
    },
  })
  const file = `${business}/imports/:import`
  routes.post(`${business}/imports`, bring, oneFile, (c) => startImportApi(c, files))
  routes.get(file, bring, (c) => showImportApi(c, files))
  routes.post(`${file}/saving`, bring, (c) => saveImportApi(c, files))
  routes.post(`${file}/undoing`, bring, (c) => undoImportApi(c, files))
  return routes
}
