import { uuidv7, type RandomBytes } from '../../basis/uuid.ts'
import type { NewOrder } from './place-orders.ts'

/** Names for an order that is about to be placed. */
export const newOrder = (
  quote: { readonly id: string; readonly digest: string },
  now: number,
  random: RandomBytes,
): NewOrder => ({
  quote: quote.id,
  digest: quote.digest,
  order: uuidv7(now, random),
  tracking: Buffer.from(random(16)).toString('base64url'),
  entry: uuidv7(now, random),
})
