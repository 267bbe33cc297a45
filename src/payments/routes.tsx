/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { gather } from '../db/index.ts'
import { allow, publicRoute } from '../parties/index.ts'
import { payRequests } from './pay.ts'
import * as pay from './pages/handle-pay.tsx'
import * as rails from './pages/handle-rails.tsx'
import * as wallet from './pages/handle-wallet.tsx'
import type { Followers } from '../ui/index.ts'
import type { PaymentEnv, PaymentParts } from './parts.ts'

export type { PaymentParts } from './parts.ts'

/** Wallets of people and businesses, and paying by link, QR code or short code. */
export function paymentRoutes(hub: Omit<PaymentParts, 'pay'>): Hono<PaymentEnv> {
  const run = (commands: Parameters<typeof payRequests>[1]) => payRequests(hub, commands, hub.now())
  const parts: PaymentParts = { ...hub, pay: gather({ run }) }
  const followers: Followers = new Map()
  const routes = new Hono<PaymentEnv>()
  for (const [base, view, move] of [
    ['/wallet', allow('account.use'), allow('account.use')],
    ['/business/:business/money', allow('money.view'), allow('money.move')],
  ] as const) {
    routes.get(base, view, (c) => wallet.showWallet(c, parts))
    routes.get(`${base}/statement`, view, (c) => wallet.sendStatement(c, parts))
    routes.post(`${base}/requests`, move, (c) => wallet.ask(c, parts))
    routes.get(`${base}/transfers/live`, view, (c) => wallet.followTransfers(c, parts, followers))
    routes.post(`${base}/transfers`, move, (c) => rails.moveMoney(c, parts))
    routes.get(`${base}/requests/:code`, view, (c) => wallet.showRequest(c, parts))
    routes.get(`${base}/requests/:code/live`, view, (c) =>
      wallet.followRequest(c, parts, followers),
    )
    routes.post(`${base}/requests/:code/cancel`, move, (c) => wallet.cancel(c, parts))
  }
  routes.get('/pay', publicRoute, (c) => pay.showCode(c))
  routes.post('/pay', publicRoute, (c) => pay.takeCode(c))
  routes.get('/pay/:code', publicRoute, (c) => pay.showPay(c, parts))
  routes.post('/pay/:code', allow('account.use'), (c) => pay.pay(c, parts))
  routes.get('/pay/:code/paid', allow('account.use'), (c) => pay.showPaid(c, parts))
  const small = bodyLimit({ maxSize: 256 * 1024 })
  routes.post('/rails/:rail/callback', publicRoute, small, (c) =>
    rails.takeCallback(c, parts.rails),
  )
  return routes
}
