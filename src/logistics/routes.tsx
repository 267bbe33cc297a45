/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { allow, publicRoute } from '../parties/index.ts'
import { sendExample, showImport, takeFile } from './pages/handle-import.tsx'
import { showLanes, tellLanes } from './pages/handle-lanes.tsx'
import type { LogisticsEnv, LogisticsParts } from './pages/parts.ts'

export { logisticsApi } from './api-description.ts'
export type { LogisticsParts } from './pages/parts.ts'

/** About 200,000 rows; the command line takes as many. */
const wholeFile = bodyLimit({ maxSize: 32 * 1024 * 1024 })

/** Carriers' lanes and prices for people and programs, and the way in for new ones. */
export function logisticsRoutes(parts: LogisticsParts): Hono<LogisticsEnv> {
  const routes = new Hono<LogisticsEnv>()
  routes.get('/lanes', publicRoute, (c) => showLanes(c, parts))
  routes.get('/api/v1/lanes', publicRoute, (c) => tellLanes(c, parts))
  routes.get('/lanes/example.csv', publicRoute, sendExample)
  routes.get('/lanes/import', allow('lanes.edit'), (c) => showImport(c, parts))
  routes.post('/lanes/import', allow('lanes.edit'), wholeFile, (c) => takeFile(c, parts))
  return routes
}
