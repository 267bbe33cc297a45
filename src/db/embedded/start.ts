import type { Client } from 'pg'
import type { RandomBytes } from '../../basis/uuid.ts'
import { prepareCluster } from './cluster.ts'
import { openHome, type Home } from './home.ts'
import { FolderInUse, holdHubLock } from './hub-lock.ts'
import { findOrLaunch } from './launch.ts'
import { runningPostmaster, stopPostmaster, type Address, type Start } from './postmaster.ts'
import type { Sleep } from './process.ts'

export interface EmbeddedOptions {
  /** The hub's data folder; the database lies in `postgres` inside it. */
  folder: string
  sleep: Sleep
  random: RandomBytes
  onProgress?: (message: string) => void
  /** Told once when the folder is lost to another hub: this one must stop. */
  onLost?: (error: Error) => void
  settings?: Readonly<Record<string, string>>
  listen?: 'socket' | 'port'
}

export interface Embedded {
  address: Address & { database: string }
  /** Whether the server was running already. */
  adopted: boolean
  pid(): number | undefined
  stop(): Promise<void>
}

const databaseName = 'ewtp'

/**
 * Starts or adopts the database in the folder, takes the folder for this hub, and keeps the server
 * alive.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { sleep, random, settings = {}, onProgress = () => {} } = options
  const home = openHome(options.folder, options.listen)
  await prepareCluster(home, { random, onProgress, durable: settings['fsync'] !== 'off' })

  const start: Start = { sleep, onProgress, settings }
  const { postmaster, adopted, lock } = await startAndLock(home, start)
  const { address } = postmaster
  const keeper = keepAlive(home, { ...start, address }, lock, options.onLost ?? (() => {}))
  try {
    await createDatabase(lock)
  } catch (error) {
    await keeper.stop()
    throw error
  }
  return {
    address: { ...address, database: databaseName },
    adopted,
    pid: () => runningPostmaster(home)?.pid,
    stop: keeper.stop,
  }
}

/** Between finding a server and asking it, its hub may stop or kill it: then look again. */
async function startAndLock(home: Home, start: Start) {
  for (let waited = 0; ; waited += 50) {
    const { postmaster, adopted } = await findOrLaunch(home, start)
    try {
      const lock = await holdHubLock(home.data, postmaster.address, start.sleep)
      return { postmaster, adopted, lock }
    } catch (error) {
      if (error instanceof FolderInUse || waited > 10_000) throw error
      await start.sleep(50)
    }
  }
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [
    databaseName,
  ])
  if (rowCount === 0) await client.query(`create database ${databaseName}`)
}

/** The lock's own connection tells when the server dies, be it our child or an adopted one. */
function keepAlive(home: Home, start: Start, first: Client, onLost: (error: Error) => void) {
  const ending = new AbortController()
  let recovery = Promise.resolve()
  let lost = false
  const watch = (lock: Client) => {
    lock.once('end', () => {
      if (!ending.signal.aborted) recovery = recover()
    })
  }

  async function recover(): Promise<void> {
    start.onProgress('the connection to the database was lost; looking after it')
    while (!ending.signal.aborted) {
      try {
        const { postmaster, lock } = await startAndLock(home, start)
        const { host, port } = postmaster.address
        if (host === start.address?.host && port === start.address.port) {
          start.onProgress('the database is back')
          return watch(lock)
        }
        // Another hub came and went; its address is not ours.
        await stopPostmaster(home, start.sleep)
      } catch (error) {
        lost = error instanceof FolderInUse
        if (lost) return onLost(error as FolderInUse)
        start.onProgress(`the database does not start: ${(error as Error).message}`)
        await start.sleep(500)
      }
    }
  }

  /** Leaves the server running when it is another hub's by now. */
  async function stop(): Promise<void> {
    ending.abort()
    if (!lost) await stopPostmaster(home, start.sleep)
    await recovery
    if (!lost) await stopPostmaster(home, start.sleep)
  }

  watch(first)
  return { stop }
}
