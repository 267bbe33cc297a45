import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Invented territories whose rules are as they should be: a broken folder is these with one thing changed. */
export const soundRules = join(import.meta.dirname, 'sound')

/** What to do with a file: put this text in its place, replace one passage of it, or take it away. */
export type Change = string | readonly [passage: string, by: string] | null
export type Changes = Readonly<Record<string, Change>>

/** A copy of the sound rules with some files changed, for as long as `use` runs. */
export const withRules = <T>(changes: Changes, use: (folder: string) => T): T =>
  inFolder((folder) => {
    cpSync(soundRules, folder, { recursive: true })
    for (const [name, change] of Object.entries(changes)) changeFile(join(folder, name), change)
    return use(folder)
  })

/** A folder that holds these files and no others: an operator's own rules, or a few csv files. */
export const withFiles = <T>(files: Readonly<Record<string, string>>, use: (folder: string) => T) =>
  inFolder((folder) => {
    for (const [name, text] of Object.entries(files)) changeFile(join(folder, name), text)
    return use(folder)
  })

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-rules-'))
  try {
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
  const text = readFileSync(path, 'utf8')
  const [passage, by] = change
  if (!text.includes(passage)) throw new Error(`${path} has no “${passage}”`)
  writeFileSync(path, text.replace(passage, by))
}
