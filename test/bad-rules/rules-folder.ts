import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The rules of invented territories that are as they should be; every broken folder is these with one thing changed. */
export const soundRules = join(import.meta.dirname, 'sound')

/** What to do with a file: put this text in its place, replace one passage of it, or take it away. */
export type Change = string | readonly [passage: string, by: string] | null

/** A copy of the sound rules with some files changed, for as long as `use` runs. */
export function withRules<T>(changes: Readonly<Record<string, Change>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-rules-'))
  try {
    cpSync(soundRules, folder, { recursive: true })
    for (const [name, change] of Object.entries(changes)) changeFile(join(folder, name), change)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A folder of an operator's own rules: these files and no others. */
export function withOverlay<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-own-rules-'))
  try {
    for (const [name, text] of Object.entries(files)) changeFile(join(folder, name), text)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function changeFile(path: string, change: Change): void {
  if (change === null) return rmSync(path)
  if (typeof change === 'string') {
    mkdirSync(dirname(path), { recursive: true })
    return writeFileSync(path, change)
  }
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const [passage, by] = change
  if (!text.includes(passage)) throw new Error(`${path} has no “${passage}”`)
  writeFileSync(path, text.replace(passage, by))
}
