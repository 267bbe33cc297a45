import type { Hub } from './create-hub.ts'
import type { HubApp } from './server.ts'

/**
 * The one place where capabilities meet HTTP: each brings its routes, here they get what they need
 * of the hub.
 */
export function mountCapabilities(app: HubApp, hub: Hub): void {
  app.get('/', (c) => c.text(`The hub ${hub.config.name} is up.\n`))
}
