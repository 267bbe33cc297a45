import type { ListedEntry, ListedName } from './listed.ts'
import { indexNames, type NameIndex } from './name-index.ts'
import { nameKey, readName } from './name-words.ts'
import { findCandidates, type Candidate } from './find-candidates.ts'
import { inOneGo } from './near-words.ts'
import { explainName, scoreName, type Reason } from './score-name.ts'

/** An entry of a list that a name resembles. */
export interface Hit {
  entry: ListedEntry
  /** The listed name that resembles it most. */
  listed: ListedName
  /** 0 to 100; 100 is the same name letter for letter. */
  score: number
  reasons: readonly Reason[]
}

export interface Screening {
  name: string
  /** The name as it is compared; results are kept under it. */
  key: string
  /** The most alike first; empty where nothing comes near. */
  hits: readonly Hit[]
}

/** From here on an officer must look; below it a hit is shown and nothing more. */
export const reviewFrom = 78

/** Below this nothing is said at all. */
export const showFrom = 68

/** The longest list of hits that helps anybody. */
const mostHits = 25

export interface Screener {
  /** Of which lists, in which versions, by which method. */
  version: string
  entries: number
  /** Different names, aliases included. */
  names: number
  check(name: string): Screening
}

/** Changes whenever the same lists could give other scores, so that kept results are not mixed. */
export const method = 'names-2'

/** A pure value over the entries: it holds its index and answers; nothing is written anywhere. */
export function createScreener(entries: readonly ListedEntry[], version: string): Screener {
  return screenerOver(inOneGo(indexNames(entries)), entries, version)
}

/** The same without keeping others waiting: it pauses every few milliseconds of its two seconds. */
export async function createScreenerInSlices(
  entries: readonly ListedEntry[],
  version: string,
  pause: () => Promise<void>,
): Promise<Screener> {
  const work = indexNames(entries)
  for (;;) {
    const step = work.next()
    if (step.done) return screenerOver(step.value, entries, version)
    await pause()
  }
}

function screenerOver(
  index: NameIndex,
  entries: readonly ListedEntry[],
  version: string,
): Screener {
  return {
    version,
    entries: entries.length,
    names: index.names.length,
    check: (name) => check(index, name),
  }
}

function check(index: NameIndex, name: string): Screening {
  const parts = readName(name)
  const key = nameKey(parts)
  if (parts.words.length === 0) return { name, key, hits: [] }
  const { words, candidates } = findCandidates(index, parts, showFrom / 100)
  const best = new Map<ListedEntry, Best>()
  for (const candidate of candidates) {
    const score = scoreName(index, parts, words, candidate, showFrom / 100)
    if (score < showFrom) continue
    for (const { entry, listed } of index.names[candidate.name]?.of ?? []) {
      const weighed = listed.quality === 'weak' ? Math.round(score * 9.7) / 10 : score
      if (weighed < showFrom || weighed <= (best.get(entry)?.score ?? 0)) continue
      best.set(entry, { entry, listed, score: weighed, candidate })
    }
  }
  const hits = [...best.values()].toSorted((a, b) => b.score - a.score).slice(0, mostHits)
  return {
    name,
    key,
    hits: hits.map(({ candidate, ...hit }) => ({
      ...hit,
      reasons: explainName(index, parts, words, candidate),
    })),
  }
}

type Best = Omit<Hit, 'reasons'> & { candidate: Candidate }
