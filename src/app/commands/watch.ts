import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageFolder } from '../config.ts'

/**
 * The same command without --watch, under Node's own watcher, which restarts it when something in
 * src changes.
 */
export function watch(): Promise<void> {
  const args = process.argv.slice(2).filter((arg) => arg !== '--watch')
  const command = ['--watch-path', join(packageFolder, 'src'), '--watch-preserve-output']
  const child = spawn(process.execPath, [...command, join(packageFolder, 'bin/ewtp.js'), ...args], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => resolve())
  })
}
