import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files of a checkout, or a few invented ones: what a rule looks at. Paths are relative, with `/`. */
export interface Project {
  text(path: string): string
  paths: readonly string[]
}

/** A rule says every place where it is broken, as `path:line what is wrong`. */
export type Rule = (project: Project) => string[]

const root = fileURLToPath(new URL('../../', import.meta.url))
const left = new Set(['node_modules', '.git', '.ewtp', 'coverage', 'test-artifacts', 'data'])

/** The whole checkout, without what git ignores. */
export function checkout(): Project {
  const paths = walk('').sort()
  const known = new Map<string, string>()
  const text = (path: string): string => {
    const found = known.get(path) ?? readFileSync(join(root, path), 'utf8')
    known.set(path, found)
    return found
  }
  return { paths, text }
}

/** A small project that breaks a rule; what a rule reads its own data from is lent by the checkout. */
export function fixture(files: Readonly<Record<string, string>>): Project {
  const real = checkout()
  return { paths: Object.keys(files), text: (path) => files[path] ?? real.text(path) }
}

/** Code that runs in a hub: TypeScript of `src/` without its tests. */
export const isHubCode = (path: string): boolean => /^src\/.*\.tsx?$/.test(path) && !isTest(path)

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

/** The line of an offset, from 1. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length

/** Every place where a pattern (with the flag g) stands in a text. */
export function* matches(
  text: string,
  pattern: RegExp,
): Generator<{ line: number; found: string }> {
  for (const match of text.matchAll(pattern))
    yield { line: lineAt(text, match.index), found: match[0] }
}

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (left.has(entry.name)) return []
    const path = folder ? `${folder}/${entry.name}` : entry.name
    return entry.isDirectory() ? walk(path) : [path]
  })
}
