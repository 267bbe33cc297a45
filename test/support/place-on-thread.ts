import { setTimeout } from 'node:timers/promises'
import type { Answer, Command } from '../../src/db/index.ts'
import {
  openCheckoutThread,
  type CheckoutThread,
} from '../../src/orders/checkout/checkout-thread.ts'
import type { PlaceOrders, PlaceParts } from '../../src/orders/checkout/place-orders.ts'

const file = new URL('../../src/app/checkout-worker.ts', import.meta.url)
const threads = new Map<PlaceParts['db'], CheckoutThread>()

/** Places orders as the desk of a started hub does in a busy hour: on the thread of checkouts, and nowhere else. */
export async function placeOnThread(
  parts: PlaceParts,
  commands: readonly Command<PlaceOrders>[],
  now: number,
): Promise<Answer[]> {
  const { db, hub } = parts
  const report = (error: unknown): void => console.error(error)
  const thread = threads.get(db) ?? openCheckoutThread({ db, hub, file, report, many: 1 })
  threads.set(db, thread)
  for (;;) {
    const answers = thread.place(commands, now, undefined)
    if (answers) return answers
    await setTimeout(5)
  }
}
