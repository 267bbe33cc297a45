import { Hono } from 'hono'
import { gather } from '../../db/index.ts'
import { allow } from '../../parties/index.ts'
import { completeParts } from '../complete-parts.ts'
import type { Gatherers, PaymentParts } from '../parts.ts'
import { payApi } from './pay-api.ts'
import { askRequests, cancelRequests } from './request-commands.ts'
import * as requests from './requests-api.ts'
import * as wallets from './wallets-api.ts'

/** Money of a business for its own programs. */
export function paymentApiRoutes(hub: Omit<PaymentParts, Gatherers>): Hono {
  const parts = completeParts(hub)
  const ask = gather({
    run: (commands: Parameters<typeof askRequests>[1]) => askRequests(hub, commands, hub.now()),
  })
  const cancel = gather({
    run: (commands: Parameters<typeof cancelRequests>[1]) =>
      cancelRequests(hub, commands, hub.now()),
  })
  const routes = new Hono()
  const money = '/api/v1/businesses/:business/money'
  const [view, move] = [allow('money.view'), allow('money.move')]
  routes.get(`${money}/wallets`, view, (c) => wallets.listWalletsApi(c, parts))
  routes.get(`${money}/wallets/:currency/movements`, view, (c) =>
    wallets.listMovementsApi(c, parts),
  )
  routes.post(`${money}/requests`, move, (c) => requests.askApi(c, ask))
  routes.get(`${money}/requests/:code`, view, (c) => requests.showRequestApi(c, parts))
  routes.post(`${money}/requests/:code/cancellation`, move, (c) => requests.cancelApi(c, cancel))
  routes.post(`${money}/payments`, move, (c) => payApi(c, parts))
  return routes
}
