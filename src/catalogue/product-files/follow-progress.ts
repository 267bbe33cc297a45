import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { signedInActor } from '../../parties/index.ts'
import { readerOf } from '../pages/shell.tsx'
import { findImport, type ProductImport } from './find-imports.ts'
import { isAtWork, progressWords } from './pages/import-pages.tsx'
import type { ProductFileParts } from './routes.tsx'

/** How often a page is told, and for how long; a browser asks again by itself. */
const tellEveryMs = 300
const tellTimes = 400
/** Pages of one person that are told at once; one more looks again by its link. */
const mostFollowed = 4

/** `followers` counts the pages that each person follows. */
export function followProgress(
  c: Context,
  { db, sleep }: ProductFileParts,
  found: ProductImport,
  followers: Map<string, number>,
): Response {
  // Nobody reads what follows the head of an answer, so nothing would ever end it.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
  const { language } = readerOf(c)
  const { personId } = signedInActor(c)
  const followed = followers.get(personId) ?? 0
  if (followed >= mostFollowed) return c.body(null, 429)
  followers.set(personId, followed + 1)
  // A proxy would hold it back to gather more.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    try {
      for (let times = 0; times < tellTimes && !stream.aborted; times += 1) {
        const now = await findImport(db.kysely, found)
        const ended = !now || !isAtWork(now)
        const told = now ?? found
        const text = progressWords(language, told)
        const data = { done: told.position, total: told.itemCount, text, ended }
        await stream.writeSSE({ data: JSON.stringify(data) })
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
