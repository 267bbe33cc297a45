import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RandomBytes } from '../../basis/uuid.ts'
import type { Home } from './home.ts'
import { isAlive, kill, processesIn, run } from './process.ts'

export const superuser = 'ewtp'

export interface Preparation {
  random: RandomBytes
  onProgress: (message: string) => void
  /** False only for throwaway databases in tests. */
  durable: boolean
}

/**
 * Written into postgresql.conf once, so that an operator may change them: a hub of 2 cores and 1-2
 * GB.
 */
const settings = {
  max_connections: '60',
  work_mem: '8MB',
  random_page_cost: '1.1', // solid-state disks
  jit: 'off', // the binaries have none
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Files of the log that are kept for the next busy hour: a commit waits for one that has to be made first.
  min_wal_size: '256MB',
  max_wal_size: '1GB',
  // Failed statements are the hub's to log, as their text may hold what people entered.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  unix_socket_permissions: '0700',
}

/** Makes PostgreSQL's data folder if there is none. */
export async function prepareCluster(home: Home, preparation: Preparation): Promise<void> {
  if (existsSync(join(home.cluster, 'PG_VERSION'))) return own(home)
  if (existsSync(home.cluster) && readdirSync(home.cluster).length > 0) {
    throw new Error(
      `${home.cluster} holds files but no database: move them away or use another data folder`,
    )
  }
  preparation.onProgress('preparing the database, once')
  removeHalfMade(home)

  // Made under another name and renamed when whole: a killed first start leaves nothing that looks
  // like data, and of two first starts at once only one can rename.
  const half = `${home.cluster}.new-${process.pid}`
  mkdirSync(half, { mode: 0o700 })
  give(home, half)
  await initialise(home, half, preparation)
  try {
    renameSync(half, home.cluster)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(join(home.cluster, 'PG_VERSION'))) throw error
  }
}

/** Where the password is when the server listens on a port. */
export const passwordIn = (cluster: string): string => join(cluster, 'password')

async function initialise(home: Home, folder: string, preparation: Preparation): Promise<void> {
  const args = ['-D', home.nameOf(folder), `--username=${superuser}`]
  // A quarter of the usual size: making one held up commits for 50 to 70 ms, on the disk where it was measured.
  args.push('--wal-segsize=4')
  // Built into PostgreSQL and knowing all of Unicode: the machine's locales and the old ICU inside
  // stay out of it.
  args.push(
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  )
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  if (!preparation.durable) args.push('--no-sync')

  // On a socket in a private folder the file system decides who may come; on a port it takes a
  // password.
  const password = `${folder}.password`
  if (home.listen === 'socket') {
    args.push('--auth-local=trust', '--auth-host=reject')
  } else {
    writeFileSync(password, Buffer.from(preparation.random(24)).toString('hex'), { mode: 0o600 })
    give(home, password)
    args.push('--auth=scram-sha-256', `--pwfile=${password}`)
  }
  await run(home.binaries.initdb, args, folder, home.account)
  if (home.listen === 'port') renameSync(password, passwordIn(folder))
}

/**
 * Checks that the data fits the programs, and mends what copying the folder does to its owner and
 * its mode.
 */
function own(home: Home): void {
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== home.binaries.version.split('.')[0]) {
    throw new Error(
      `The data in ${home.cluster} is of PostgreSQL ${version}, ` +
        `the built-in programs are ${home.binaries.version}`,
    )
  }
  const { mode, uid } = statSync(home.cluster)
  if ((mode & 0o027) !== 0) chmodSync(home.cluster, 0o700)
  if (!home.account || uid !== 0) return
  give(home, home.cluster)
  for (const path of readdirSync(home.cluster, { recursive: true }))
    give(home, join(home.cluster, String(path)))
}

function give(home: Home, path: string): void {
  if (home.account) lchownSync(path, home.account.uid, home.account.gid)
}

/** The killed hub's own `initdb` may still be at it. */
function removeHalfMade(home: Home): void {
  const prefix = `${basename(home.cluster)}.new-`
  const folder = dirname(home.cluster)
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const maker = Number.parseInt(name.slice(prefix.length), 10)
    if (maker !== process.pid && isAlive(maker)) continue
    const half = join(folder, name)
    for (const pid of processesIn(half)) kill(pid, 'SIGKILL')
    rmSync(half, { recursive: true, force: true, maxRetries: 5 })
  }
}
