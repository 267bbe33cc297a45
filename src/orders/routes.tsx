/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { mostPictureBytes } from '../catalogue/index.ts'
import { allow, publicRoute } from '../parties/index.ts'
import type { Followers } from '../ui/index.ts'
import * as address from './pages/handle-address.tsx'
import * as basket from './pages/handle-basket.tsx'
import * as checkout from './pages/handle-checkout.tsx'
import { showDesk } from './pages/handle-desk.tsx'
import { showMine, showPlaced, showSold } from './pages/handle-lists.tsx'
import * as order from './pages/handle-order.tsx'
import { sendReceipt } from './pages/handle-receipt.tsx'
import { refuseLarge, sayAboutOrder, showEvidence } from './pages/handle-statement.tsx'
import { showMoney } from './pages/money-page.tsx'
import { buyerSide, deskSide, sellerSide, type SideOf } from './pages/side.ts'
import { showTracking } from './pages/track.tsx'
import type { OrderDesk } from './parts.ts'
import { openFonts } from './receipts/index.ts'

export { orderApiRoutes } from './api.ts'
export { orderApi } from './api-description.ts'
export { openDesk } from './desk.ts'
export { forgetBaskets } from './baskets/keep-basket.ts'
export { leaveBasket } from './pages/handle-basket.tsx'

/** The basket, checkout, and orders as buyers, sellers, the offices of the hub and whoever has a tracking link see them. */
export function orderRoutes(desk: OrderDesk): Hono {
  const routes = new Hono()
  routes.get('/basket', publicRoute, (c) => basket.showBasket(c, desk))
  routes.post('/basket/lines', publicRoute, (c) => basket.addToBasket(c, desk))
  routes.post('/basket/lines/change', publicRoute, (c) => basket.changeLine(c, desk))
  routes.post('/basket/empty', publicRoute, (c) => basket.emptyBasket(c, desk))

  const own = allow('account.use')
  routes.get('/checkout', own, (c) => address.showAddress(c, desk))
  routes.post('/checkout/address', own, (c) => address.saveAddress(c, desk))
  routes.get('/checkout/review', own, (c) => checkout.showReview(c, desk))
  routes.post('/checkout/request', own, (c) => checkout.askForMissing(c, desk))
  routes.post('/checkout', own, (c) => checkout.placeFromReview(c, desk))

  routes.get('/track/:secret', publicRoute, (c) => showTracking(c, desk))

  routes.get('/orders', own, (c) => showMine(c, desk))
  routes.get('/orders/placed', own, (c) => showPlaced(c, desk))
  const ofBusiness = '/business/:business/orders'
  routes.get(ofBusiness, allow('order.view'), (c) => showSold(c, desk))
  routes.get(`${ofBusiness}/money`, allow('money.view'), (c) => showMoney(c, desk))
  routes.get('/desk/orders', allow('order.handle'), (c) => showDesk(c, desk))
  mountSide(routes, desk, { base: '/orders/:order', sideOf: buyerSide, view: own, manage: own })
  mountSide(routes, desk, {
    ...{ base: `${ofBusiness}/:order`, sideOf: sellerSide },
    ...{ view: allow('order.view'), manage: allow('order.manage') },
  })
  const office = allow('order.handle')
  mountSide(routes, desk, {
    ...{ base: '/desk/orders/:order', sideOf: deskSide, view: office, manage: office },
  })
  return routes
}

type MountedSide = {
  readonly base: string
  readonly sideOf: SideOf
  readonly view: ReturnType<typeof allow>
  readonly manage: ReturnType<typeof allow>
}

/** The pages of one order for one side of it. */
function mountSide(
  routes: Hono,
  desk: OrderDesk,
  { base, sideOf, view, manage }: MountedSide,
): void {
  const followers: Followers = new Map()
  let fonts: ReturnType<typeof openFonts> | undefined
  const open = () => (fonts ??= openFonts())
  const onePicture = bodyLimit({
    maxSize: mostPictureBytes + 64 * 1024,
    onError: (c) => refuseLarge(c, desk, sideOf),
  })
  routes.get(base, view, (c) => order.showOrder(c, desk, sideOf))
  routes.get(`${base}/live`, view, (c) => order.followOrder(c, desk, sideOf, followers))
  routes.post(`${base}/moves`, manage, (c) => order.moveOrder(c, desk, sideOf))
  routes.post(`${base}/statements`, manage, onePicture, (c) => sayAboutOrder(c, desk, sideOf))
  routes.get(`${base}/statements/:statement/picture`, view, (c) => showEvidence(c, desk, sideOf))
  routes.post(`${base}/claims`, manage, (c) => order.payClaim(c, desk, sideOf))
  for (const paper of ['receipt', 'credit-note'] as const)
    for (const form of ['page', 'pdf', 'xml'] as const)
      routes.get(`${base}/${paper}${form === 'page' ? '' : `.${form}`}`, view, (c) =>
        sendReceipt(c, desk, sideOf, { paper, form, fonts: open }),
      )
}
