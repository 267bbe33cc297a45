import { z } from 'zod'
import { refused, type Refused } from '../../../basis/refusal.ts'
import type { RailEvent } from '../rail.ts'
import { foundIn, stripeObject } from './objects.ts'

/** https://docs.stripe.com/api/events/object */
const event = z.object({
  id: z.string().min(1),
  type: z.string(),
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
})

/** The objects that can be a transfer of ours; an endpoint may be told of many more, which are none of our business. */
const ours: ReadonlySet<string> = new Set(['payment_intent', 'refund', 'transfer', 'payout'])

/**
 * What an event says of a transfer: the object in it, as it stood then. Events come in any order and more than once. A payout
 * that Stripe makes by its own schedule names no transfer, and is left out.
 */
export function readStripeEvent(body: Uint8Array): Refused | RailEvent[] {
  try {
    const { id, data } = event.parse(JSON.parse(Buffer.from(body).toString()))
    if (!ours.has(data.object.object)) return []
    const object = stripeObject.parse(data.object)
    return object.metadata?.['transfer'] === undefined ? [] : [{ ...foundIn(object), id }]
  } catch {
    return refused('callback-not-readable')
  }
}
