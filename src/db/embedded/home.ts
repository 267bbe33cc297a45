import { chmodSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { accountFor, canEnter, type Account } from './account.ts'
import { findBinaries, type Binaries } from './binaries.ts'

/** Where everything of one embedded database lies and who it runs as. */
export interface Home {
  data: string
  /** PostgreSQL's own folder inside the data folder. */
  cluster: string
  log: string
  account: Account | undefined
  binaries: Binaries
  /** What the programs are told with -D; they are always started inside the folder itself. */
  nameOf(folder: string): string
  /**
   * Windows has unix sockets but Node cannot reach them there: a port on 127.0.0.1 and a password
   * instead.
   */
  listen: 'socket' | 'port'
}

export function openHome(folder: string, listen?: 'socket' | 'port'): Home {
  const created = mkdirSync(folder, { recursive: true })
  const data = realpathSync(folder)
  const cluster = join(data, 'postgres')
  const account = accountFor(cluster)
  // Others may walk through to what is theirs inside, but not look around.
  if (created) chmodSync(data, account ? 0o711 : 0o700)

  const enterable = canEnter(data, account)
  if (!enterable && process.platform !== 'linux') {
    throw new Error(
      `The database's user (${account?.uid}) cannot enter ${data}: choose another folder`,
    )
  }
  return {
    data,
    cluster,
    log: join(data, 'postgres.log'),
    account,
    binaries: findBinaries(data, account),
    // Started inside a folder, a process may use it although it could not walk down to it
    // (/root/... for example).
    nameOf: (inside) => (enterable ? inside : '/proc/self/cwd'),
    listen: listen ?? (process.platform === 'win32' ? 'port' : 'socket'),
  }
}
