import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { lineAt, matches, type Rule } from './project.ts'
import { parse, texts } from './syntax.ts'

const machinePath = /(?<![\w.])\/(work|root|tmp)\//g

/** A hub runs anywhere: no path of one machine is written into it. */
export const machinePaths: Rule = (project) =>
  project.paths.flatMap((path) => {
    if (!/^(src|db|bin|messages|contract)\//.test(path)) return []
    const text = project.text(path)
    if (!/\.tsx?$/.test(path)) {
      const code = path.endsWith('.sql') || /\.m?js$/.test(path) ? withoutComments(text) : text
      return [...matches(code, machinePath)].map(({ line, found }) => `${path}:${line} ${found}`)
    }
    return [...texts(parse(path, text))].flatMap(({ node, text: written }) =>
      [...matches(written, machinePath)].map(
        ({ found }) => `${path}:${lineAt(text, node.start)} ${found}`,
      ),
    )
  })

/** The lock file names versions and their checksums; from which mirror they come is the reader's own business. */
export const lockFile: Rule = (project) =>
  project.paths
    .filter((path) => basename(path) === 'package-lock.json')
    .flatMap((path) =>
      [
        ...matches(project.text(path), /"resolved":\s*"(?!https:\/\/registry\.npmjs\.org\/)[^"]+/g),
      ].map(({ line, found }) => `${path}:${line} ${found}`),
    )

/**
 * Reference files serve tests from a folder beside the checkout (EWTP_REFERENCE_DATA) and never ship: neither under
 * their own names, packed or not, nor, where that folder is at hand, under another.
 */
export const referenceFiles =
  (names: readonly string[], folder?: string): Rule =>
  (project) => {
    const plain = (name: string): string => name.replace(/(\.tar)?\.gz$/, '')
    const known = new Set(names.map(plain))
    const named = project.paths
      .filter((path) => known.has(plain(basename(path))))
      .map((path) => `${path}:1 has the name of a reference file`)
    if (!folder) return named
    const contents = referenceContents(folder)
    const copied = project.paths
      .filter((path) => contents.has(digest(Buffer.from(project.text(path)))))
      .map((path) => `${path}:1 has the content of a reference file`)
    return [...named, ...copied]
  }

const read = new Map<string, Set<string>>()

function referenceContents(folder: string): Set<string> {
  const known = read.get(folder)
  if (known) return known
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const contents = new Set(
    files.flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return name.endsWith('.gz') ? [digest(bytes), digest(gunzipSync(bytes))] : [digest(bytes)]
    }),
  )
  read.set(folder, contents)
  return contents
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const withoutComments = (text: string): string =>
  text.replace(/\/\*[^]*?\*\/|(^|\s)(\/\/|--).*/g, (comment) => comment.replace(/./g, ' '))

interface LockFile {
  packages?: Record<string, { optionalDependencies?: Record<string, string> }>
}

/**
 * A package that comes in one shape per machine needs all of them in the lock file, or `npm ci` refuses it. npm leaves
 * out those it did not find when the lock file was made.
 */
export const lockIsWhole: Rule = (project) =>
  project.paths
    .filter((path) => basename(path) === 'package-lock.json')
    .flatMap((path) => {
      const { packages = {} } = JSON.parse(project.text(path)) as LockFile
      const held = new Set(Object.keys(packages).map((at) => at.replace(/^.*node_modules\//, '')))
      return Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies)
          .filter((name) => !held.has(name))
          .map((name) => `${path}: ${at} needs ${name}, which is not in it`),
      )
    })
