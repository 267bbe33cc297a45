import type { Context } from 'hono'
import { signedInActor } from '../../parties/index.ts'
import { follow, type Followers } from '../../ui/index.ts'
import type { PaymentParts } from '../parts.ts'

/** Says `ended` to a page as soon as what it waits for is over, for <wait-for>. */
export function followUntil(
  c: Context,
  { sleep }: Pick<PaymentParts, 'sleep'>,
  followers: Followers,
  isOver: () => Promise<boolean>,
): Response {
  const { personId } = signedInActor(c)
  const options = { followers, personId, most: 6, everyMs: 500, sleep }
  return follow(c, options, async () => ({ ended: await isOver() }))
}
