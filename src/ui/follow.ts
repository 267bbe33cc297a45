import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'

/** How many pages each person follows at this moment, in this process. */
export type Followers = Map<string, number>

export interface FollowOptions {
  followers: Followers
  personId: string
  /** Pages of one person that are told at once; one more shows the new state when it is loaded again. */
  most: number
  everyMs: number
  sleep(milliseconds: number): Promise<void>
}

/** For so long a page is told; its browser asks again by itself. */
const longestMs = 120_000

/** Tells a page by server-sent events how something goes on, until it has ended or the page is left. */
export function follow(
  c: Context,
  { followers, personId, most, everyMs, sleep }: FollowOptions,
  look: () => Promise<{ ended: boolean }>,
): Response {
  // Nobody reads what follows the head of an answer, so nothing would ever end it.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
  const followed = followers.get(personId) ?? 0
  if (followed >= most) return c.body(null, 429)
  followers.set(personId, followed + 1)
  // A proxy would hold it back to gather more.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    try {
      for (let told = 0; told < longestMs && !stream.aborted; told += everyMs) {
        const data = await look()
        await stream.writeSSE({ data: JSON.stringify(data) })
        if (data.ended) return
        await sleep(everyMs)
      }
    } finally {
      const left = (followers.get(personId) ?? 1) - 1
      if (left > 0) followers.set(personId, left)
      else followers.delete(personId)
    }
  })
}
