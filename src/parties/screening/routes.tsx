/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import type { PartiesEnv } from '../actor.ts'
import { allow } from '../allow.tsx'
import { decideHere, showDesk, showSubject } from './pages/handle-screening.tsx'
import type { ScreeningParts } from './parts.ts'

export type { ScreeningParts } from './parts.ts'

/** The desk at which officers decide on names that resemble listed ones. */
export function screeningRoutes(parts: ScreeningParts): Hono<PartiesEnv> {
  const routes = new Hono<PartiesEnv>()
  const mayDecide = allow('screening.decide')
  routes.get('/officer/screening', mayDecide, (c) => showDesk(c, parts))
  routes.get('/officer/screening/:kind/:subject', mayDecide, (c) => showSubject(c, parts))
  routes.post('/officer/screening/:kind/:subject', mayDecide, (c) => decideHere(c, parts))
  return routes
}
