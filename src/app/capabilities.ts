import { tariffRoutes } from '../tariff/routes.tsx'
import type { Hub } from './create-hub.ts'
import type { HubApp } from './server.ts'

/**
 * The one place where capabilities meet HTTP: each brings its routes, here they get what they need
 * of the hub.
 */
export function mountCapabilities(app: HubApp, hub: Hub): void {
  const tariffParts = {
    tariff: () => hub.tariff(),
    today: () => hub.clock.today(),
    hub: hub.config,
    report: (err: unknown, message: string) => hub.log.error({ err }, message),
  }
  app.route('/', tariffRoutes(tariffParts))
}
