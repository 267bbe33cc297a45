// The two sets of texts in EWTP_REFERENCE_DATA/classify: one half is open to whoever tunes, the other is held out and
// nobody has looked at it. Which half a text is in follows from a hash of its words, so that nobody chose.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

export type Half = 'open' | 'held out'
export type Sample = {
  readonly text: string
  /** Six digits; empty for a text that is too vague for any. */
  readonly code: string
  readonly half: Half
  /** Texts that are nearly the same have one number. */
  readonly group: number
}
export type Sets = { readonly consignments: readonly Sample[]; readonly vague: readonly Sample[] }

/** Undefined where the folder is not there. */
export function readSets(folder: string): Sets {
  const read = (name: string): string[][] =>
    parse(readFileSync(join(folder, 'classify', `${name}-texts-dev.csv`), 'utf8'), {
      from: 2,
      relax_column_count: true,
    })
  const rows = [...read('consignment'), ...read('vague')]
  const groups = groupsOf(rows.map(([text = '']) => text))
  const samples = rows.map(([text = '', code = ''], at) => ({
    text,
    code: code.slice(0, 6),
    half: halfOf(text),
    group: groups[at] as number,
  }))
  const consignments = read('consignment').length
  return { consignments: samples.slice(0, consignments), vague: samples.slice(consignments) }
}

export const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim()

const halfOf = (text: string): Half => {
  const digest = createHash('sha256').update(normalised(text)).digest('hex')
  return Number.parseInt(digest.slice(0, 8), 16) % 2 === 0 ? 'open' : 'held out'
}

/** Texts that share most of their words, or begin with the same two, are of one group. */
function groupsOf(texts: readonly string[]): number[] {
  const parent = texts.map((_, at) => at)
  const rootOf = (at: number): number => {
    let root = at
    while (parent[root] !== root) root = parent[root] as number
    return root
  }
  const words = texts.map((text) => [
    ...new Set(
      normalised(text)
        .replaceAll('_', ' ')
        .split(' ')
        .filter((word) => /\p{L}{2}/u.test(word)),
    ),
  ])
  const byWord = new Map<string, number[]>()
  for (const [at, own] of words.entries())
    for (const word of own) byWord.set(word, [...(byWord.get(word) ?? []), at])
  for (const [at, own] of words.entries()) {
    const shared = new Map<number, number>()
    for (const word of own)
      for (const other of byWord.get(word) as number[])
        if (other < at) shared.set(other, (shared.get(other) ?? 0) + 1)
    for (const [other, count] of shared) {
      const theirs = words[other] as string[]
      const isAlike = count / (own.length + theirs.length - count) >= 0.6
      const beginsAlike = own.length > 1 && own[0] === theirs[0] && own[1] === theirs[1]
      if (isAlike || beginsAlike) parent[rootOf(at)] = rootOf(other)
    }
  }
  return texts.map((_, at) => rootOf(at))
}
