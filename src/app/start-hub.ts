import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { uuidv7 } from '../basis/uuid.ts'
import {
  migrate,
  openDatabase,
  startEmbedded,
  timestamptz,
  transact,
  type Database,
} from '../db/index.ts'
import { openKeys } from '../keys/index.ts'
import { realClock, type Clock } from './clock.ts'
import { packageVersion, type HubConfig } from './config.ts'
import { createHub, type Hub } from './create-hub.ts'
import { closedNet } from './net.ts'
import { realRandom, type Random } from './random.ts'
import './schema.ts'

export interface HubOptions {
  /** Keys and, unless `databaseUrl` is given, the database. */
  dataFolder: string
  databaseUrl?: string | undefined
  name?: string | undefined
  territory?: string | undefined
  log: Logger
  clock?: Clock
  onProgress?: (message: string) => void
  /** The folder was lost to another hub: stop at once. */
  onLost?: (error: Error) => void
}

export interface StartedHub {
  hub: Hub
  /** The hub first, then the database it runs on. */
  stop(): Promise<void>
}

/** A real hub on this machine: database, migrations, keys, then the hub value over them. */
export async function startHub(options: HubOptions): Promise<StartedHub> {
  const { log, clock = realClock() } = options
  const random = realRandom()
  const opened = await openStore(options, clock, random)
  try {
    const { db } = opened
    for (const name of await migrate(db, clock.now())) log.info({ name }, 'migration applied')
    const config = await identify(db, options, clock, random)
    const keys = await openKeys(db, join(resolve(options.dataFolder), 'keys'), clock.now())
    const hub = createHub({ db, clock, random, net: closedNet(), keys, config, log })
    const stop = async () => {
      await hub.stop()
      await opened.stop()
    }
    return { hub, stop }
  } catch (error) {
    await opened.db.close()
    await opened.stop()
    throw error
  }
}

/** The database alone, for a command that needs no hub. */
export async function openStore(
  options: Pick<HubOptions, 'dataFolder' | 'databaseUrl' | 'onProgress' | 'onLost'>,
  clock: Clock,
  random: Random,
): Promise<{ db: Database; stop(): Promise<void> }> {
  const { sleep } = clock
  const { fraction } = random
  if (options.databaseUrl) {
    return {
      db: await openDatabase({ url: options.databaseUrl, sleep, fraction }),
      stop: async () => {},
    }
  }
  const { onProgress = () => {}, onLost = () => {} } = options
  const folder = resolve(options.dataFolder)
  const embedded = await startEmbedded({ folder, sleep, random: random.bytes, onProgress, onLost })
  try {
    return { db: await openDatabase({ embedded, sleep, fraction }), stop: embedded.stop }
  } catch (error) {
    await embedded.stop()
    throw error
  }
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
