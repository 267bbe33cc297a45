import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import type { Account } from './account.ts'

export type Sleep = (milliseconds: number) => Promise<void>

/** Runs a program to its end; the output is kept for the message when it fails. */
export function run(
  command: string,
  args: string[],
  cwd: string,
  account?: Account,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: cleanEnvironment(),
      ...account,
      windowsHide: true,
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${command} ended with code ${code}:\n${output.trim()}`))
    })
  })
}

/** Nothing of the caller's PG* variables or locale may reach the server. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  if (process.platform !== 'win32') return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/i.test(name))
  return { ...Object.fromEntries(kept), TZ: 'UTC' }
}

/** A zombie counts as dead: a container's first process may never collect it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return process.platform !== 'linux' || !/\) [ZX] /.test(readProc(pid, 'stat'))
}

/**
 * On Linux a process id is believed only if it works in the folder: ids are used again, in
 * containers at once.
 */
export function worksIn(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    return false
  }
}

/**
 * Server processes whose postmaster was killed: one that is busy lives on for a while, and no new
 * postmaster may start beside it. They carry the title `postgres: …` and their parent is no
 * postmaster any more.
 */
export function orphansIn(folder: string): number[] {
  return processesIn(folder).filter((pid) => {
    if (!readProc(pid, 'cmdline').startsWith('postgres: ')) return false
    const parent = / (\d+)/.exec(readProc(pid, 'stat').replace(/^.*\) \S/s, ''))?.[1]
    return !worksIn(Number(parent), folder)
  })
}

/** Everything that works in the folder; only Linux tells. */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return []
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.map(Number).filter((pid) => worksIn(pid, folder))
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
