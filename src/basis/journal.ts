// What a command of a batch changes in memory, so that it can be taken back as a whole: each part of a hot command
// (taking stock, posting an entry) works on one journal, and a refusal of any of them undoes all of them.
import { isRefused, type Refused } from './refusal.ts'

/** Changes that can be undone, the latest first. One journal for one batch. */
export type Journal = {
  /** Sets a value under a key of a map. */
  put<K, V>(map: Map<K, V>, key: K, value: V): void
  /** Appends to a list. */
  append<T>(list: T[], value: T): void
  /** Does the work; where it refuses, everything that it changed through this journal is as it was before. */
  attempt<T>(work: () => T | Refused): T | Refused
}

export function openJournal(): Journal {
  const undo: (() => void)[] = []
  return {
    put(map, key, value) {
      const before = map.get(key)
      const had = before !== undefined || map.has(key)
      undo.push(had ? () => map.set(key, before as typeof value) : () => map.delete(key))
      map.set(key, value)
    },
    append(list, value) {
      undo.push(() => list.pop())
      list.push(value)
    },
    attempt(work) {
      const mark = undo.length
      let kept = false
      try {
        const result = work()
        kept = !isRefused(result)
        return result
      } finally {
        while (!kept && undo.length > mark) undo.pop()?.()
      }
    },
  }
}
