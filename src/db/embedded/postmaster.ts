import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { passwordIn, superuser } from './cluster.ts'
import type { Home } from './home.ts'
import { kill, run, worksIn, type Sleep } from './process.ts'

/** Where the server can be reached; `host` is the folder of its socket, or 127.0.0.1. */
export interface Address {
  host: string
  port: number
  user: string
  password?: string
}

/** The first process of a running PostgreSQL, as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number
  address: Address
  status: string
}

export interface Start {
  sleep: Sleep
  onProgress: (message: string) => void
  /** Server settings for this run only, stronger than postgresql.conf. */
  settings: Readonly<Record<string, string>>
  /** A restart keeps the address, so that nobody who holds it need be told. */
  address?: Address
}

/**
 * Fast shutdown: open transactions are rolled back, everything committed is on disk, nothing to
 * recover later.
 */
export async function stopPostmaster(home: Home, sleep: Sleep): Promise<void> {
  const running = runningPostmaster(home)
  if (!running) return
  if (process.platform === 'win32') {
    await run(home.binaries.pgCtl, ['stop', '-m', 'fast', '-D', home.cluster], home.cluster)
  } else {
    kill(running.pid, 'SIGINT')
  }
  for (let waited = 0; worksIn(running.pid, home.cluster); waited += 10) {
    if (waited === 20_000) kill(running.pid, 'SIGQUIT') // loses nothing committed, costs a recovery
    await sleep(10)
  }
  removeSocketFolder(running.address)
}

export function runningPostmaster(home: Home): Postmaster | undefined {
  const found = readPostmaster(home)
  return found && worksIn(found.pid, home.cluster) ? found : undefined
}

/** What the file says, true or stale. */
export function readPostmaster(home: Home): Postmaster | undefined {
  const text = readText(join(home.cluster, 'postmaster.pid'))
  const [pid, , , port, socketFolder, listen, , status] = text
    .split('\n')
    .map((line) => line.trim())
  if (!pid) return undefined
  const password = socketFolder ? '' : readText(passwordIn(home.cluster))
  const address = {
    host: socketFolder || listen || '127.0.0.1',
    port: Number(port),
    user: superuser,
  }
  return {
    pid: Number(pid),
    address: password ? { ...address, password } : address,
    status: status ?? 'starting',
  }
}

/** Nothing when the process goes away instead of becoming ready. */
export async function untilReady(
  home: Home,
  pid: number,
  start: Start,
): Promise<Postmaster | undefined> {
  for (let waited = 0; worksIn(pid, home.cluster); waited += 10) {
    const found = readPostmaster(home)
    if (found?.pid === pid && found.status === 'ready') return found
    if (waited === 3_000) start.onProgress('the database is recovering from an unclean stop')
    await start.sleep(10)
  }
  return undefined
}

/** Only a folder that a launch made, and only what a server puts there. */
export function removeSocketFolder({ host }: Pick<Address, 'host'>): void {
  if (!/^ewtp-\w{6}$/.test(basename(host)) || !existsSync(host)) return
  for (const name of readdirSync(host)) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(host, name), { force: true })
  }
  if (readdirSync(host).length === 0) rmdirSync(host)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
