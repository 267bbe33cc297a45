import { spawn } from 'node:child_process'
import { chmodSync, chownSync, closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canEnter } from './account.ts'
import type { Home } from './home.ts'
import { readPostmaster, removeSocketFolder, runningPostmaster, untilReady } from './postmaster.ts'
import type { Postmaster, Start } from './postmaster.ts'
import { cleanEnvironment, isAlive, kill, orphansIn, worksIn } from './process.ts'

/** The server that runs on this data folder, or else a new one, when it is ready to answer. */
export async function findOrLaunch(
  home: Home,
  start: Start,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  for (;;) {
    const running = runningPostmaster(home)
    const ready = running ? await untilReady(home, running.pid, start) : undefined
    if (ready) return { postmaster: ready, adopted: true }
    // One was just stopping while another hub launched the next.
    if (runningPostmaster(home)) continue

    const launched = await launch(home, start)
    if (launched) return { postmaster: launched, adopted: false }
  }
}

/**
 * Starts the server as a process of its own. Nothing comes back when another hub's launch was
 * quicker.
 */
async function launch(home: Home, start: Start): Promise<Postmaster | undefined> {
  await clearAway(home, start)
  const { host, port } = start.address ?? (await newPlace(home))
  const onPort = home.listen === 'port'
  const settings = {
    ...start.settings,
    unix_socket_directories: onPort ? '' : host,
    listen_addresses: onPort ? host : '',
    port: String(port),
  }
  const log = openLog(home.log)
  const logStart = statSync(home.log).size
  const child = spawn(
    home.binaries.postgres,
    [
      '-D',
      home.nameOf(home.cluster),
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    {
      cwd: home.cluster,
      env: cleanEnvironment(),
      ...home.account,
      // In a session of its own: Ctrl-C in the hub's terminal must not stop the database before the
      // hub is done.
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    },
  )
  closeSync(log)
  const failure = new Promise<never>((_, reject) => child.once('error', reject))
  child.unref()
  const ready = child.pid
    ? await Promise.race([untilReady(home, child.pid, start), failure])
    : await failure
  if (ready) return ready

  if (host !== start.address?.host) removeSocketFolder({ host })
  if (runningPostmaster(home)) return undefined
  const said = readFileSync(home.log, 'utf8').slice(logStart).trim()
  throw new Error(
    `The database did not start (the whole log is ${home.log}):\n${said.slice(-2000)}`,
  )
}

/**
 * What a killed predecessor left: processes still at work, its socket, a process id that is
 * another's now.
 */
async function clearAway(home: Home, start: Start): Promise<void> {
  for (const pid of orphansIn(home.cluster)) kill(pid, 'SIGKILL')
  for (let waited = 0; waited < 5_000 && orphansIn(home.cluster).length > 0; waited += 10)
    await start.sleep(10)

  const stale = readPostmaster(home)
  if (!stale || worksIn(stale.pid, home.cluster)) return
  if (stale.address.host !== start.address?.host) removeSocketFolder(stale.address)
  if (isAlive(stale.pid) && process.platform === 'linux')
    rmSync(join(home.cluster, 'postmaster.pid'))
}

async function newPlace(home: Home): Promise<{ host: string; port: number }> {
  if (home.listen === 'port') return { host: '127.0.0.1', port: await freePort() }
  // The whole path of a socket may have 107 bytes (103 on macOS), so it cannot lie in the data
  // folder.
  const parent = [tmpdir(), '/tmp'].find(
    (folder) => folder.length < 75 && canEnter(folder, home.account),
  )
  const folder = mkdtempSync(join(parent ?? '/tmp', 'ewtp-'))
  chmodSync(folder, 0o700)
  if (home.account) chownSync(folder, home.account.uid, home.account.gid)
  return { host: folder, port: 5432 }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/**
 * The server writes to a file, as a pipe would break when the hub is killed; one older file is
 * kept.
 */
function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > 5_000_000) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}
