import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { serveAssets } from './assets.ts'
import {
  accessOf,
  fromOurPages,
  publicRoute,
  requireAccess,
  visitorOf,
  withActor,
} from '../parties/index.ts'
import { bodiesOfJson, wrongMethod } from './api-edge.ts'
import { apiLimits } from './api-limits.ts'
import { mountCapabilities, partiesPartsOf } from './capabilities.ts'
import { gzip } from './compress.ts'
import { pageOfForm } from './form-addresses.ts'
import { inFrame } from './frame.ts'
import type { Hub } from './create-hub.ts'
import { healthz, readyz } from './health.ts'
import { problemOf, trouble } from './problems.ts'
import { openRoom } from './shed.ts'
import { traced, type HubEnv } from './trace.ts'

export type HubApp = Hono<HubEnv>

const bodyBytes = 1024 * 1024

/**
 * The whole HTTP face of a hub: what every request passes first, then each capability's own routes.
 */
export function createApp(hub: Hub): HubApp {
  const app = new Hono<HubEnv>()
  const room = openRoom({ addressOf: addressOf(hub), takesFiles, receive })
  app.use(room.first)
  app.use(traced(hub))
  app.use(protectedByHeaders)
  app.use(...gzip)
  app.use(apiLimits(hub))
  app.use(room.does)
  app.use(bodiesOfJson)

  app.get('/healthz', publicRoute, healthz)
  app.get('/readyz', publicRoute, readyz(hub))
  app.get('/assets/*', publicRoute, serveAssets())

  app.use(withActor(partiesPartsOf(hub)))
  app.use(fromOurPages)
  app.use(inFrame(hub))
  app.use(wakesWork(hub))
  mountCapabilities(app, hub)
  requireAccess(app)

  const routes = accessOf(app)
  const [elsewise, leads] = [wrongMethod(routes), pageOfForm(routes)]
  app.notFound((c) => elsewise(c) ?? leads(c) ?? trouble(c, 404, 'not-found'))
  app.onError((error, c) => problemOf(c, error))
  return app
}

/** Files that are larger by nature: their routes have limits of their own. */
const takesFiles =
  /^\/(business\/[^/]+\/(import|goods\/[^/]+\/pictures|orders\/[^/]+\/statements)|(desk\/)?orders\/[^/]+\/statements|(wallet|business\/[^/]+\/money)\/verification|lanes\/import|operator\/money\/bank-file|api\/v1\/businesses\/[^/]+\/imports)$/

const limited = bodyLimit({
  maxSize: bodyBytes,
  onError: (c) => trouble(c, 413, 'body-too-large', { bodyBytes }),
})

/** A length that was told is all that Node reads; only where none was told are bytes counted. Read as handlers will ask for it. */
async function receive(c: Context<HubEnv>): Promise<Response | undefined> {
  const told = c.req.header('content-length')
  if (told === undefined || c.req.header('transfer-encoding'))
    return (await limited(c, async () => {})) ?? undefined
  if (Number(told) > bodyBytes) return trouble(c, 413, 'body-too-large', { bodyBytes })
  const isJson = c.req.header('content-type')?.startsWith('application/json')
  await (isJson ? c.req.text() : c.req.arrayBuffer())
  return undefined
}

/** From this machine itself comes whatever the operator runs in front, for everybody. */
const addressOf =
  ({ config }: Hub) =>
  (c: Context): string | undefined => {
    const { address } = visitorOf(c, { hub: config })
    return ['127.0.0.1', '0:0:0:0', 'unknown'].includes(address) ? undefined : address
  }

/** What was just written is followed at once. */
function wakesWork(hub: Hub): MiddlewareHandler {
  return async ({ req }, next) => {
    await next()
    if (req.method !== 'GET' && req.method !== 'HEAD') hub.wake()
  }
}

const self = ["'self'"]
const none = ["'none'"]

const protectedByHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: none,
    styleSrc: self,
    scriptSrc: self,
    imgSrc: ["'self'", 'data:'],
    connectSrc: self,
    formAction: self,
    baseUri: none,
    frameAncestors: none,
  },
  // With `no-referrer` browsers send `Origin: null` with a form, and a check of the origin would
  // refuse our own.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Only for the hub's own name: what else the operator serves below it is not ours to decide.
  strictTransportSecurity: 'max-age=15552000',
})
