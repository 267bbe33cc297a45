import { join } from 'node:path'
import { createTariff, tariffRoutes, type Tariff } from '../tariff/index.ts'
import { packageFolder } from './config.ts'
import type { Hub } from './create-hub.ts'
import type { HubApp } from './server.ts'

/**
 * The one place where capabilities meet HTTP: each brings its routes, here they get what they need
 * of the hub.
 */
export function mountCapabilities(app: HubApp, hub: Hub): void {
  let tariff: Tariff | undefined
  const tariffParts = {
    tariff: () => (tariff ??= createTariff({ rulesFolder: join(packageFolder, 'rules') })),
    today: () => hub.clock.today(),
    hub: hub.config,
    report: (err: unknown, message: string) => hub.log.error({ err }, message),
  }
  app.route('/', tariffRoutes(tariffParts))
}
