import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const command = join(import.meta.dirname, '../../bin/ewtp.js')

/** A hub in a process of its own, on a free port of this machine. */
export interface HubProcess {
  /** Fails when the hub ends before it is up. */
  address: Promise<string>
  /** In good order, its database included. */
  stop(): Promise<void>
}

export function serveHub(data: string): HubProcess {
  const args = [command, 'serve', '--port', '0', '--data', data, '--log-level', 'warn']
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise: address, resolve, reject } = Promise.withResolvers<string>()
  let output = ''
  const listen = (chunk: Buffer): void => {
    output += chunk.toString()
    const [, found] = /is up: (\S+)/.exec(output) ?? []
    if (found) resolve(found)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<void>((end) => {
    child.on('close', () => {
      reject(new Error(`The hub ended before it was up:\n${output}`))
      end()
    })
  })
  const stop = (): Promise<void> => {
    child.kill('SIGTERM')
    return ended
  }
  return { address, stop }
}

/** A folder that is gone afterwards; the database's own account may walk into it. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-bench-'))
  chmodSync(folder, 0o755)
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
