import { gather } from '../db/index.ts'
import { placeOrders } from './checkout/place-orders.ts'
import { moveOrders } from './life/move-orders.ts'
import type { OrderDesk, OrderParts } from './parts.ts'

/** One for a hub: what is asked for at the same time is done in one transaction. */
export const openDesk = (parts: OrderParts): OrderDesk => ({
  ...parts,
  place: gather({
    // Half of what 256 buyers ask for at once: while the thread works at one half, the other is read and answered here.
    most: 128,
    run: (commands) => {
      const now = parts.now()
      return (
        parts.checkoutThread?.place(commands, now, parts.limits) ??
        placeOrders(parts, commands, now)
      )
    },
  }),
  move: gather({ run: (commands) => moveOrders(parts, commands, parts.now()) }),
})
