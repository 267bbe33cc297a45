// How many requests programs may make: by their key, else by the network they come from. Told with every answer in the
// fields of draft-ietf-httpapi-ratelimit-headers. Why so stands in docs/decisions/0017-api-limits.md.
import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { actorOf, visitorOf } from '../parties/index.ts'
import { countInBlocks, type Counted, type Counter } from './count-in-blocks.ts'
import type { Hub } from './create-hub.ts'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

/** Keys that nobody has, tried from one network. */
const wrongKeys = 60

/** Product files are for programs as well. */
const limitedPath = /^\/(api|feeds\/google)[/.]/

interface Policy {
  name: string
  quota: number
  counter: Counter
}

/** Stands before everything that costs; who asks is known after it. */
export function apiLimits(hub: Hub): MiddlewareHandler<HubEnv> {
  const { apiLimits: limits } = hub.config
  if (!limits) return (_c, next) => next()
  const byAddress = policyOf(hub, 'address', limits.perAddress)
  const byKey = policyOf(hub, 'key', limits.perKey)
  const byWrongKey = policyOf(hub, 'wrong-keys', wrongKeys)
  return async (c, next) => {
    if (!limitedPath.test(c.req.path)) return next()
    const now = hub.clock.now()
    const { address } = visitorOf(c, { hub: hub.config })
    const key = keyOf(c)
    // A key that was good here does not suffer from what others of its network try.
    const guesses =
      key && !byKey.counter.isTrusted(key) ? byWrongKey.counter.look(address, now) : undefined
    if (guesses && !guesses.allowed) return refuse(c, byWrongKey, guesses)
    const policy = key ? byKey : byAddress
    const counted = policy.quota === 0 ? undefined : await policy.counter.take(key ?? address, now)
    if (counted && !counted.allowed) return refuse(c, policy, counted)
    await next()
    if (key && actorOf(c)) byKey.counter.trust(key)
    else if (key) await byWrongKey.counter.take(address, now)
    if (counted) tell(c.res, policy, counted)
    return undefined
  }
}

function policyOf({ db, log }: Hub, name: string, quota: number): Policy {
  const limit = { name: `api/${name}`, tries: quota, each: 60_000 / quota }
  return { name, quota, counter: countInBlocks({ db: db.kysely, log, limit }) }
}

/** Not the key itself: what is kept in memory should open nothing. */
function keyOf(c: Context): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return bearer && c.req.path.startsWith('/api/')
    ? createHash('sha256').update(bearer).digest('base64url')
    : undefined
}

function refuse(c: Context<HubEnv>, policy: Policy, counted: Counted): Response {
  const { seconds } = counted
  const answer = problem(c, 429, 'too-many-requests', { policy: policy.name, wait: seconds })
  answer.headers.set('retry-after', String(seconds))
  tell(answer, policy, counted)
  return answer
}

function tell({ headers }: Response, { name, quota }: Policy, { left, seconds }: Counted): void {
  headers.set('ratelimit-policy', `"${name}";q=${quota};w=60`)
  headers.set('ratelimit', `"${name}";r=${left};t=${seconds}`)
}
