import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { signedInActor } from '../../parties/index.ts'
import type { PaymentParts } from '../parts.ts'

/** How many pages each person follows at this moment, in this process. */
export type Followers = Map<string, number>

/** How often a page is told, and for how long; a browser asks again by itself. */
const tellEveryMs = 500
const tellTimes = 240
/** Of one person; one more shows the new state when it is loaded again. */
const mostFollowed = 6

/** Server-sent events that say `ended` as soon as something is over, for <wait-for>. */
export function follow(
  c: Context,
  { sleep }: Pick<PaymentParts, 'sleep'>,
  followers: Followers,
  isOver: () => Promise<boolean>,
): Response {
  // Nobody reads what follows the head of an answer, so nothing would ever end it.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
  const { personId } = signedInActor(c)
  const followed = followers.get(personId) ?? 0
  if (followed >= mostFollowed) return c.body(null, 429)
  followers.set(personId, followed + 1)
  // A proxy would hold it back to gather more.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    try {
      for (let times = 0; times < tellTimes && !stream.aborted; times += 1) {
        const ended = await isOver()
        await stream.writeSSE({ data: JSON.stringify({ ended }) })
        if (ended) return
        await sleep(tellEveryMs)
      }
    } finally {
      const left = (followers.get(personId) ?? 1) - 1
      if (left > 0) followers.set(personId, left)
      else followers.delete(personId)
    }
  })
}
