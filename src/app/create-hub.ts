import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Database } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Clock } from './clock.ts'
import { packageFolder, type HubConfig } from './config.ts'
import { silentLog } from './log.ts'
import type { Net } from './net.ts'
import type { Random } from './random.ts'
import { createTariff, type Tariff } from '../tariff/index.ts'
import { createApp } from './server.ts'

export interface HubParts {
  db: Database
  clock: Clock
  random: Random
  net: Net
  keys: Keys
  config: HubConfig
  log?: Logger
  /** The rules on the shelf; read when first asked for. */
  tariff?: () => Tariff
}

/**
 * A hub is a value: everything it knows or touches is in here, so that many can live in one
 * process.
 */
export interface Hub extends Required<HubParts> {
  /** `env` is what the HTTP server adds to a request, such as the caller's address. */
  fetch(request: Request, env?: object): Response | Promise<Response>
  /** Whether `stop` was called: readiness says no from then on. */
  stopping(): boolean
  /** Ends what the hub itself runs and closes its database connections. */
  stop(): Promise<void>
}

export function createHub(parts: HubParts): Hub {
  let stopping = false
  const hub: Hub = {
    log: silentLog(),
    tariff: shippedTariff(),
    ...parts,
    fetch: (request, env) => app.fetch(request, env),
    stopping: () => stopping,
    async stop() {
      if (stopping) return
      stopping = true
      await parts.db.close()
    },
  }
  const app = createApp(hub)
  return hub
}

function shippedTariff(): () => Tariff {
  let tariff: Tariff | undefined
  return () => (tariff ??= createTariff({ rulesFolder: join(packageFolder, 'rules') }))
}
