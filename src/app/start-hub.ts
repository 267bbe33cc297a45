import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { uuidv7 } from '../basis/uuid.ts'
import {
  migrate,
  settleEventEpoch,
  openDatabase,
  startEmbedded,
  timestamptz,
  transact,
  type Database,
  type Embedded,
} from '../db/index.ts'
import { Refusal } from '../basis/refusal.ts'
import { openKeys } from '../keys/index.ts'
import { realClock, type Clock } from './clock.ts'
import { packageVersion, surroundingsFrom, usualApiLimits, type HubConfig } from './config.ts'
import type { Hub } from './create-hub.ts'
import { demoSignIns, isDemo } from './demo/demo-sign-ins.ts'
import { closedNet, netTo } from './net.ts'
import { realRandom, type Random } from './random.ts'
import { mailBySmtp } from './send-mail.ts'
import './schema.ts'

export interface StoreOptions {
  /** Keys and, unless `databaseUrl` is given, the database. */
  dataFolder: string
  databaseUrl?: string | undefined
  clock?: Clock
  random?: Random
  onProgress?: (message: string) => void
  /** The folder was lost to another hub: stop at once. */
  onLost?: (error: Error) => void
}

export interface Store {
  db: Database
  clock: Clock
  random: Random
  stop(): Promise<void>
}

export interface HubOptions extends StoreOptions {
  name?: string | undefined
  territory?: string | undefined
  /** Offer sign-in by one click as the people of the demo world; a hub that has one does so anyway. */
  demo?: boolean
  log: Logger
}

export interface StartedHub {
  hub: Hub
  /** The hub first, then the database it runs on. */
  stop(): Promise<void>
}

/** A real hub on this machine: database, migrations, keys, then the hub value over them. */
export async function startHub(options: HubOptions): Promise<StartedHub> {
  // The hub's code is read while PostgreSQL starts.
  const code = import('./create-hub.ts')
  const store = await openStore(options)
  const { db, clock, random } = store
  try {
    const { createHub } = await code
    const config = await identify(db, options, clock, random)
    const keys = await openKeys(db, join(resolve(options.dataFolder), 'keys'), clock.now())
    const log = options.log
    const { mail, stripe, bank, ...told } = surroundingsFrom(process.env)
    if (bank) await refuseMixedMoney(db, 'EWTP_BANK_ACCOUNTS')
    if (stripe && !stripe.secretKey.includes('_test_'))
      await refuseMixedMoney(db, 'EWTP_STRIPE_SECRET_KEY')
    const demo = options.demo || (await isDemo(db.kysely, config.id))
    const hub = createHub({
      ...{ db, clock, random, keys, log, threads: true },
      net: stripe ? netTo(['https://api.stripe.com']) : closedNet(),
      config: { ...config, apiLimits: usualApiLimits, ...told },
      ...(stripe ? { stripe } : {}),
      ...(bank ? { bank } : {}),
      ...(mail ? { sendMail: mailBySmtp(mail) } : {}),
      ...(demo
        ? { demoSignIns: (locale: string) => demoSignIns(db.kysely, config.id, locale) }
        : {}),
    })
    hub.work()
    const stop = async () => {
      await hub.stop()
      await store.stop()
    }
    return { hub, stop }
  } catch (error) {
    await store.stop()
    throw error
  }
}

/** Money of the sandbox and real money in one set of books could not be told apart. */
async function refuseMixedMoney(db: Database, setting: string): Promise<void> {
  const { rows } = await db.pool.query(
    `select from accounts where account like 'rail:sandbox%' and balance_minor <> 0 limit 1`,
  )
  if (rows.length > 0)
    throw new Refusal('sandbox-money', {
      [setting]: 'moves real money: it needs a hub of its own, with an empty database',
    })
}

/**
 * The migrated database alone, for a command that needs no hub. `stop` closes it and stops an
 * embedded server.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock = realClock(), random = realRandom() } = options
  const embedded = options.databaseUrl ? undefined : await embed(options, clock, random)
  const where = embedded ? { embedded } : { url: options.databaseUrl ?? '' }
  let db: Database | undefined
  const stop = async () => {
    await db?.close()
    await embedded?.stop()
  }
  try {
    db = await openDatabase({ ...where, sleep: clock.sleep, fraction: random.fraction })
    await migrate(db, clock.now())
    const { begun } = await settleEventEpoch(db, clock.now())
    if (begun) options.onProgress?.(`A new epoch of the event log begins: ${begun}`)
    return { db, clock, random, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function embed(options: StoreOptions, clock: Clock, random: Random): Promise<Embedded> {
  const { onProgress = () => {}, onLost = () => {} } = options
  const folder = resolve(options.dataFolder)
  return startEmbedded({ folder, sleep: clock.sleep, random: random.bytes, onProgress, onLost })
}

/** The first start gives the hub its id for ever; name and territory may be told again later. */
async function identify(
  db: Database,
  options: HubOptions,
  clock: Clock,
  random: Random,
): Promise<HubConfig> {
  const { name, territory } = options
  const told = { ...(name ? { name } : {}), ...(territory ? { territory } : {}) }
  const row = await transact(db, async (tx) => {
    const first = { id: uuidv7(clock.now(), random.bytes), name: 'eWTP hub', territory: null }
    await tx
      .insertInto('hub')
      .values({ ...first, ...told, created_at: timestamptz(clock.now()) })
      .onConflict((conflict) => conflict.column('only_row').doNothing())
      .execute()
    if (name || territory) await tx.updateTable('hub').set(told).execute()
    return tx.selectFrom('hub').select(['id', 'name', 'territory']).executeTakeFirstOrThrow()
  })
  return { ...row, version: packageVersion() }
}
