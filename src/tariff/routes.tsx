/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { landedCostJsonSchema } from './pages/api-schemas.ts'
import { landedCost, type TariffParts } from './pages/landed-cost.ts'
import { serveMap } from './pages/map.ts'
import type { TariffEnv } from './pages/problem.ts'
import { showChanges } from './pages/show-changes.tsx'
import { showCost } from './pages/show-cost.tsx'
import { showMarkets } from './pages/show-markets.tsx'
import { showLine, showRule, showRulesIndex, showTerritory, tellLine } from './pages/show-rules.tsx'

export { problemSchema, tariffApi } from './api-description.ts'
export type { TariffParts } from './pages/landed-cost.ts'

/** What the tariff shows to people and to programs. */
export function tariffRoutes(parts: TariffParts): Hono<TariffEnv> {
  const routes = new Hono<TariffEnv>()
  let schema = ''

  routes.post('/api/v1/landed-cost', (c) => landedCost(c, parts))
  routes.get('/api/v1/tariff/:territory/:code', (c) => tellLine(c, parts))
  routes.get('/api/v1/schemas/landed-cost.json', () =>
    document((schema ||= JSON.stringify(landedCostJsonSchema()))),
  )

  routes.get('/cost', (c) => showCost(c, parts))
  routes.get('/cost/question', (c) => showCost(c, parts))
  routes.get('/cost/map.svg', serveMap)
  routes.get('/cost/changes', (c) => showChanges(c, parts))
  routes.get('/cost/markets', (c) => showMarkets(c, parts))
  routes.get('/rules', (c) => showRulesIndex(c, parts))
  routes.get('/rules/:territory', (c) => showTerritory(c, parts))
  routes.get('/rules/:territory/:rule', (c) => showRule(c, parts))
  routes.get('/tariff/:territory/:code', (c) => showLine(c, parts))
  return routes
}

function document(text: string): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' }
  return new Response(text, { headers })
}
