import type { Handler } from 'hono'
import type { Hub } from './create-hub.ts'
import type { HubEnv } from './trace.ts'

/** The process lives. Whether it can work is asked at /readyz. */
export const healthz: Handler<HubEnv> = (c) => c.json({ status: 'ok' })

const patience = 800

/** 200 only while the database answers; a load balancer should send nobody here otherwise. */
export function readyz(hub: Hub): Handler<HubEnv> {
  return async (c) => {
    if (hub.stopping()) return c.json({ status: 'stopping' }, 503)
    const enough = new AbortController()
    const answers = hub.db.ping().then(
      () => true,
      () => false,
    )
    const tooLate = hub.clock.sleep(patience, enough.signal).then(() => false)
    const ready = await Promise.race([answers, tooLate])
    enough.abort()
    return ready
      ? c.json({ status: 'ready' })
      : c.json({ status: 'unready', database: 'silent' }, 503)
  }
}
