import type { MiddlewareHandler } from 'hono'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

/** Most requests at work at once, by what they do. */
export interface Room {
  /** Looking: GET and HEAD. */
  looking: number
  /** Doing: everything else, checkout and payments among it. What looks gives way to what does. */
  doing: number
}

const usual: Room = { looking: 256, doing: 512 }

/**
 * Past a bounded number of requests the next one is told at once to come again, rather than slow down for everybody
 * (ARCHITECTURE 9). Stands before everything that costs. Whether the hub is well is always answered.
 */
export function shedding(room: Room = usual): MiddlewareHandler<HubEnv> {
  let looking = 0
  let doing = 0
  return async (c, next) => {
    const { method, path } = c.req
    if (path === '/healthz' || path === '/readyz') return next()
    const looks = method === 'GET' || method === 'HEAD'
    const full = looks ? looking >= room.looking || doing >= room.doing : doing >= room.doing
    if (full) {
      const answer = problem(c, 503, 'busy')
      answer.headers.set('retry-after', '1')
      return answer
    }
    if (looks) looking += 1
    else doing += 1
    try {
      await next()
    } finally {
      if (looks) looking -= 1
      else doing -= 1
    }
    return undefined
  }
}
