import { gather } from '../db/index.ts'
import { exchangeMoney } from './exchange/exchange-money.ts'
import type { Gatherers, PaymentParts } from './parts.ts'
import { payRequests } from './pay.ts'
import { takePayments } from './till/take-payment.ts'

/** What is made from the other parts, so that the hub need not know how. */
export const completeParts = (hub: Omit<PaymentParts, Gatherers>): PaymentParts => ({
  ...hub,
  pay: gather({ run: (commands) => payRequests(hub, commands, hub.now()) }),
  change: gather({ run: (commands) => exchangeMoney(hub, commands, hub.now()) }),
  take: gather({ run: (commands) => takePayments(hub, commands, hub.now()) }),
})
