import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { PaymentParts } from '../parts.ts'

/** Pages that wait at this moment, in this process. */
export type Followers = { waiting: number }

/** How often a page is told, and for how long; a browser asks again by itself. */
const tellEveryMs = 500
const tellTimes = 240
/** One more is turned away: it shows the new state when it is loaded again. */
const mostFollowers = 500

/** Server-sent events that say `ended` as soon as something is over, for <wait-for>. */
export function follow(
  c: Context,
  { sleep }: Pick<PaymentParts, 'sleep'>,
  followers: Followers,
  isOver: () => Promise<boolean>,
): Response {
  if (followers.waiting >= mostFollowers) return c.body(null, 429)
  followers.waiting += 1
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
      followers.waiting -= 1
    }
  })
}
