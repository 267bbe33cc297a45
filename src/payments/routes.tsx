/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { allow, publicRoute } from '../parties/index.ts'
import { completeParts } from './complete-parts.ts'
import * as bank from './desk/handle-bank-desk.tsx'
import * as desk from './desk/handle-money-desk.tsx'
import * as identities from './desk/handle-verification-desk.tsx'
import * as transfers from './desk/handle-transfer-desk.tsx'
import * as exchange from './pages/handle-exchange.tsx'
import * as pay from './pages/handle-pay.tsx'
import * as rails from './pages/handle-rails.tsx'
import * as payerCode from './pages/handle-payer-code.tsx'
import * as till from './pages/handle-till.tsx'
import * as wallet from './pages/handle-wallet.tsx'
import * as verification from './verification/handle-verification.tsx'
import type { Followers } from '../ui/index.ts'
import type { Gatherers, PaymentEnv, PaymentParts } from './parts.ts'

export type { PaymentParts } from './parts.ts'
export { paymentApi } from './api/description.ts'
export { paymentApiRoutes } from './api/routes.ts'

/** Wallets of people and businesses; paying by link, QR code or short code, or by the code that a payer shows; changing money. */
export function paymentRoutes(hub: Omit<PaymentParts, Gatherers>): Hono<PaymentEnv> {
  const parts = completeParts(hub)
  const followers: Followers = new Map()
  const routes = new Hono<PaymentEnv>()
  const twoPictures = bodyLimit({
    maxSize: verification.mostFormBytes,
    onError: (c) => verification.refuseLargeForm(c, parts),
  })
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
    routes.get(`${base}/exchange`, move, (c) => exchange.showForm(c, parts))
    routes.post(`${base}/exchange`, move, (c) => exchange.quote(c, parts))
    routes.get(`${base}/exchange/:quote`, move, (c) => exchange.showQuote(c, parts))
    routes.post(`${base}/exchange/:quote`, move, (c) => exchange.change(c, parts))
    routes.get(`${base}/code`, move, (c) => payerCode.showCode(c, parts))
    routes.post(`${base}/code`, move, (c) => payerCode.makeCode(c, parts))
    routes.get(`${base}/code/live`, move, (c) => payerCode.followCode(c, parts, followers))
    routes.get(`${base}/verification`, move, (c) => verification.showVerification(c, parts))
    routes.post(`${base}/verification`, move, twoPictures, (c) =>
      verification.showDocument(c, parts),
    )
    routes.post(`${base}/verification/withdraw`, move, (c) => verification.withdraw(c, parts))
    routes.get(`${base}/till`, move, (c) => till.showTill(c, parts))
    routes.post(`${base}/till`, move, (c) => till.take(c, parts))
  }
  routes.get('/pay', publicRoute, (c) => pay.showCode(c))
  routes.post('/pay', publicRoute, (c) => pay.takeCode(c))
  routes.get('/pay/:code', publicRoute, (c) => pay.showPay(c, parts))
  routes.post('/pay/:code', allow('account.use'), (c) => pay.pay(c, parts))
  routes.get('/pay/:code/paid', allow('account.use'), (c) => pay.showPaid(c, parts))
  const operate = allow('hub.operate')
  const oneFile = bodyLimit({
    maxSize: desk.mostFileBytes + 64 * 1024,
    onError: (c) => desk.refuseLargeFile(c, parts),
  })
  routes.get('/operator/money', operate, (c) => desk.showMoneyDesk(c, parts))
  routes.post('/operator/money/bank-file', operate, oneFile, (c) => desk.compareBankFile(c, parts))
  routes.get('/operator/money/bank', operate, (c) => bank.showBankDesk(c, parts))
  routes.post('/operator/money/bank/files', operate, (c) => bank.makeFile(c, parts))
  routes.post('/operator/money/bank/words', operate, (c) => bank.sayWord(c, parts))
  routes.get('/operator/money/bank/files/:file', operate, (c) => bank.showFile(c, parts))
  routes.get('/operator/money/bank/files/:file/download', operate, (c) =>
    bank.downloadFile(c, parts),
  )
  routes.get('/operator/money/bank/files/:file/statement', operate, (c) =>
    bank.downloadStatement(c, parts),
  )
  const odd = '/operator/money/transfers/:transfer'
  routes.get(odd, operate, (c) => transfers.showTransfer(c, parts))
  routes.post(odd, operate, (c) => transfers.settle(c, parts))
  routes.post(`${odd}/ask`, operate, (c) => transfers.askAgain(c, parts))
  const one = '/operator/verifications/:verification'
  routes.get('/operator/verifications', operate, (c) => identities.showVerifications(c, parts))
  routes.get(one, operate, (c) => identities.lookAtVerification(c, parts))
  routes.post(one, operate, (c) => identities.decide(c, parts))
  routes.get(`${one}/:side`, operate, (c) => identities.showSide(c, parts))
  const small = bodyLimit({ maxSize: 256 * 1024 })
  routes.post('/rails/:rail/callback', publicRoute, small, (c) =>
    rails.takeCallback(c, parts.rails),
  )
  return routes
}
