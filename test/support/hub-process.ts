import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { realClock } from '../../src/app/clock.ts'

const command = fileURLToPath(new URL('../../bin/ewtp.js', import.meta.url))

export interface HubProcess {
  pid: number
  /** Everything it has written so far, both streams. */
  output(): string
  kill(signal: NodeJS.Signals): void
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  /** The address it printed; fails when it ends before that. */
  ready: Promise<string>
}

export interface HubProcessOptions {
  command?: string
  cwd?: string
  /** Another Node than the one that runs the tests. */
  node?: string
  env?: Record<string, string>
}

/**
 * A real hub in a process of its own, on a free port; killed at the end of the test if it still
 * runs.
 */
export function serveHub(
  data: string,
  args: string[] = [],
  options: HubProcessOptions = {},
): HubProcess {
  return ewtp(['serve', '--port', '0', '--data', data, ...args], options)
}

export function ewtp(args: string[], options: HubProcessOptions = {}): HubProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env }
  if (!options.env?.['DATABASE_URL']) delete env['DATABASE_URL']
  const child = spawn(options.node ?? process.execPath, [options.command ?? command, ...args], {
    cwd: options.cwd ?? '/',
    env,
  })
  let output = ''
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'))
  })
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      const address = /is up: (\S+)/.exec(output)?.[1]
      if (address) resolve(address)
    })
    void ended.then((how) =>
      reject(new Error(`The hub ended (${how}) before it was up:\n${output}`)),
    )
  })
  ready.catch(() => {}) // a test may wait for the end alone
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => child.kill(signal),
    ended,
    ready,
  }
}

/**
 * A data folder for one test, to be made by the hub; whatever server is left in it dies with the
 * test.
 */
export function dataFolder({ inside = '', mode = 0o755 } = {}): string {
  const parent = mkdtempSync(join(tmpdir(), 'ewtp-hub-'))
  chmodSync(parent, mode)
  const data = join(parent, inside, 'data')
  onTestFinished(async () => {
    const pid = postmasterPid(data)
    const socket = socketFolder(data)
    if (pid && serverProcesses(data).includes(pid)) process.kill(pid, 'SIGQUIT')
    await until(() => serverProcesses(data).length === 0)
    if (/ewtp-\w{6}$/.test(socket)) rmSync(socket, { recursive: true, force: true })
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 })
  })
  return data
}

/**
 * The same with a database in it, as an earlier run of a hub leaves it: a copy of one that is made
 * once per worker.
 */
export async function usedDataFolder(): Promise<string> {
  const model = join(tmpdir(), `ewtp-hub-model-${process.pid}-${threadId}`)
  if (!existsSync(model)) {
    const { startEmbedded } = await import('../../src/db/index.ts')
    const { sleep } = realClock()
    await (await startEmbedded({ folder: model, sleep, random: randomBytes })).stop()
  }
  const data = dataFolder()
  cpSync(model, data, { recursive: true })
  return data
}

export function postmasterPid(data: string): number | undefined {
  const file = join(data, 'postgres/postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/** Kills the server of the database that runs in the folder, at once and without a word. */
export async function killPostmaster(data: string): Promise<void> {
  // After an earlier kill its file still names the dead one, until the next one is up.
  await until(() => serverProcesses(data).includes(postmasterPid(data) ?? 0))
  process.kill(postmasterPid(data) ?? 0, 'SIGKILL')
}

/** The socket folder that the running server uses. */
export function socketFolder(data: string): string {
  const file = join(data, 'postgres/postmaster.pid')
  return existsSync(file) ? (readFileSync(file, 'utf8').split('\n')[4] ?? '') : ''
}

/** Every process that works inside the database's folder (Linux). */
export function serverProcesses(data: string): number[] {
  const cluster = join(data, 'postgres')
  if (!existsSync(cluster)) return []
  const folder = realpathSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, folder))
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

/** Asks again and again until the answer is yes; gives the milliseconds that took. */
export async function until(
  answer: () => boolean | Promise<boolean>,
  patience = 10_000,
): Promise<number> {
  const begun = performance.now()
  while (!(await answer())) {
    if (performance.now() - begun > patience) throw new Error(`Still not so after ${patience} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return performance.now() - begun
}
