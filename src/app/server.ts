import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { serveAssets } from './assets.ts'
import { mountCapabilities } from './capabilities.ts'
import { gzip } from './compress.ts'
import type { Hub } from './create-hub.ts'
import { healthz, readyz } from './health.ts'
import { problem, problemOf } from './problems.ts'
import { traced, type HubEnv } from './trace.ts'

export type HubApp = Hono<HubEnv>

const bodyBytes = 1024 * 1024

/**
 * The whole HTTP face of a hub: what every request passes first, then each capability's own routes.
 */
export function createApp(hub: Hub): HubApp {
  const app = new Hono<HubEnv>()
  app.use(traced(hub))
  app.use(protectedByHeaders)
  app.use(...gzip)
  app.use(
    bodyLimit({
      maxSize: bodyBytes,
      onError: (c) => problem(c, 413, 'body-too-large', { bodyBytes }),
    }),
  )

  app.get('/healthz', healthz)
  app.get('/readyz', readyz(hub))
  app.get('/assets/*', serveAssets())
  mountCapabilities(app, hub)

  app.notFound((c) => problem(c, 404, 'not-found'))
  app.onError((error, c) => problemOf(c, error))
  return app
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
