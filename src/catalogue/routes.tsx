/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { allow, publicRoute } from '../parties/index.ts'
import { getOfferApi, listOffersApi, putOfferApi } from './pages/offers-api.ts'
import { addProofs, changeMarkets, chooseNationalCode, showMarkets } from './pages/show-markets.tsx'
import {
  changeStatus,
  saveOfferForm,
  showGoods,
  showNewOffer,
  showOffer,
} from './pages/show-offers.tsx'
import { addPicture, orderPictures, showPictures } from './pages/show-pictures.tsx'
import { completeParts, type CatalogueParts } from './parts.ts'
import { mostBytes } from './pictures/check-picture.ts'
import { servePicture } from './pictures/serve-picture.ts'

export { catalogueApi, catalogueApiRoutes } from './api-routes.ts'
export type { CatalogueParts } from './parts.ts'
export { productFileRoutes, type ProductFileParts } from './product-files/routes.tsx'
export { runImportWorker } from './product-files/import-worker.ts'
export {
  findPavilion,
  refreshShops,
  repriceStale,
  savePavilion,
  shopReader,
  shopRoutes,
} from './shops/routes.tsx'
export { fileReader } from './product-files/file-reader.ts'
export { forgetOldImports } from './product-files/work-on-import.ts'
export { forgetUnusedPictures } from './pictures/forget-pictures.ts'
export type { RefreshParts, ShopParts } from './shops/routes.tsx'

/** Bytes of a form that are not its file. */
const formAround = 64 * 1024

/** The seller's desk for goods, the pictures of goods for everybody, and the same goods for programs. */
export function catalogueRoutes(given: Omit<CatalogueParts, 'judge'>): Hono {
  const routes = new Hono()
  const parts = completeParts(given)
  const view = allow('offer.view')
  const edit = allow('offer.edit')

  routes.get('/pictures/:digest/:form', publicRoute, (c) => servePicture(c, parts.db.kysely))

  const goods = '/business/:business/goods'
  routes.get(goods, view, (c) => showGoods(c, parts))
  routes.post(goods, edit, (c) => saveOfferForm(c, parts))
  routes.get(`${goods}/new`, edit, (c) => showNewOffer(c, parts))
  routes.get(`${goods}/:offer`, view, (c) => showOffer(c, parts))
  routes.post(`${goods}/:offer`, edit, (c) => saveOfferForm(c, parts))
  routes.post(`${goods}/:offer/publication`, edit, (c) => changeStatus(c, parts, 'published'))
  routes.post(`${goods}/:offer/withdrawal`, edit, (c) => changeStatus(c, parts, 'withdrawn'))
  routes.get(`${goods}/:offer/pictures`, view, (c) => showPictures(c, parts))
  const onePicture = bodyLimit({
    maxSize: mostBytes + formAround,
    onError: (c) => showPictures(c, parts, 'picture-too-large'),
  })
  routes.post(`${goods}/:offer/pictures`, edit, onePicture, (c) => addPicture(c, parts))
  routes.post(`${goods}/:offer/pictures/order`, edit, (c) => orderPictures(c, parts))
  routes.get(`${goods}/:offer/markets`, view, (c) => showMarkets(c, parts))
  routes.post(`${goods}/:offer/markets`, edit, (c) => changeMarkets(c, parts))
  routes.post(`${goods}/:offer/proofs`, edit, (c) => addProofs(c, parts))
  routes.post(`${goods}/:offer/national-code`, edit, (c) => chooseNationalCode(c, parts))

  const offers = '/api/v1/businesses/:business/offers'
  routes.get(offers, view, (c) => listOffersApi(c, parts))
  routes.get(`${offers}/:offer`, view, (c) => getOfferApi(c, parts))
  routes.put(`${offers}/:offer`, edit, (c) => putOfferApi(c, parts))
  return routes
}
