import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Database } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Clock } from './clock.ts'
import { runBackground, type Background } from './background.ts'
import { packageFolder, type HubConfig, type StripeSettings } from './config.ts'
import { railPartsOf } from './capabilities.ts'
import { silentLog } from './log.ts'
import type { Net } from './net.ts'
import type { Random } from './random.ts'
import { openScreening, type OpenScreening, type PartiesParts } from '../parties/index.ts'
import { openCheckoutThread, type CheckoutThread, type OrderParts } from '../orders/index.ts'
import {
  askOfDealer,
  type BankSettings,
  type RailParts,
  type RateParts,
} from '../payments/index.ts'
import { createDoorPrices, type DoorPrices } from '../catalogue/index.ts'
import { findLanes } from '../logistics/index.ts'
import { createNomenclature, type Nomenclature } from '../nomenclature/index.ts'
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
  /** The plain words on the shelf; read when first asked for. */
  nomenclature?: () => Nomenclature
  /** Hands a mail to the mail server; without one, mails stay for the operator's mailbox page. */
  sendMail?: PartiesParts['sendMail']
  /** Who can be signed in as with one click; only in demo mode. */
  demoSignIns?: PartiesParts['demoSignIns']
  /** The account with a provider outside; without one the sandbox alone moves money. */
  stripe?: StripeSettings
  /** Accounts with a bank that takes payouts by file; without them the sandbox has a bank of its own. */
  bank?: BankSettings
  /** Other hubs that this one trades with; without it there are none. */
  otherHub?: OrderParts['otherHub']
  /** In a busy hour checkouts are placed on a thread of their own. */
  threads?: boolean
}

type Optional = 'sendMail' | 'demoSignIns' | 'stripe' | 'bank' | 'otherHub'

/**
 * A hub is a value: everything it knows or touches is in here, so that many can live in one
 * process.
 */
export interface Hub
  extends Required<Omit<HubParts, Optional | 'threads'>>, Pick<HubParts, Optional> {
  /** Prices at the door of offers, remembered for a minute. */
  readonly doors: DoorPrices
  readonly checkoutThread: CheckoutThread | undefined
  /** The lists of denied parties in memory. */
  readonly screening: OpenScreening
  /** Starts the work beside answering; a hub that is only asked needs none. */
  work(): void
  /** Somebody has just changed something that this work waits for. */
  wake(): void
  /** `env` is what the HTTP server adds to a request, such as the caller's address. */
  fetch(request: Request, env?: object): Response | Promise<Response>
  /** Whether `stop` was called: readiness says no from then on. */
  stopping(): boolean
  /** Ends what the hub itself runs and closes its database connections. */
  stop(): Promise<void>
}

export function createHub(parts: HubParts): Hub {
  let stopping = false
  let background: Background | undefined
  let rails: RailParts | undefined
  const dealer = (): RateParts => ({
    today: () => parts.clock.today(),
    tariff: () => hub.tariff(),
    rails: (rails ??= railPartsOf(hub)),
    exchange: parts.config.exchange,
  })
  const hub: Hub = {
    log: silentLog(),
    tariff: shippedTariff(),
    nomenclature: shippedNomenclature(),
    ...parts,
    doors: createDoorPrices({
      tariff: () => hub.tariff(),
      lanes: (question, tx) => findLanes(tx ?? parts.db.kysely, question),
      change: (gets, from, to) => askOfDealer(dealer(), gets, from, to),
      now: () => parts.clock.now(),
      schemes: parts.config.schemes,
      report: (err, message) => hub.log.error({ err }, message),
    }),
    screening: openScreening({ pause: () => parts.clock.sleep(0) }),
    checkoutThread: parts.threads
      ? openCheckoutThread({
          ...{ db: parts.db, hub: parts.config },
          file: new URL('checkout-worker.ts', import.meta.url),
          report: (err, message) => hub.log.error({ err }, message),
        })
      : undefined,
    work: () => {
      background ??= runBackground(hub)
    },
    wake: () => background?.wake(),
    fetch: (request, env) => app.fetch(request, env),
    stopping: () => stopping,
    async stop() {
      if (stopping) return
      stopping = true
      await background?.stop()
      await hub.checkoutThread?.stop()
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

function shippedNomenclature(): () => Nomenclature {
  let nomenclature: Nomenclature | undefined
  return () => (nomenclature ??= createNomenclature())
}
