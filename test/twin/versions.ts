import type { Dated } from './types.ts'

/** Section 2, "Which version holds on day D". */

export interface Holding<T> {
  record: T
  firm: boolean
  /** When L and N stand in different versions: the one that N stands in. */
  next?: T
}

export function whichVersionHolds<T extends Dated>(
  versions: T[],
  on: string,
): Holding<T> | undefined {
  for (const version of versions) {
    if (version.seen === undefined && isWithin(version, on)) return { record: version, firm: true }
  }
  let last: { version: T; day: string } | undefined
  let next: { version: T; day: string } | undefined
  for (const version of versions) {
    for (const day of version.seen ?? []) {
      if (day <= on && (last === undefined || day > last.day)) last = { version, day }
      if (day >= on && (next === undefined || day < next.day)) next = { version, day }
    }
  }
  if (last && last.day === on) return { record: last.version, firm: true }
  if (last && next && last.version === next.version) return { record: last.version, firm: true }
  if (last && next) return { record: last.version, firm: false, next: next.version }
  if (last) return { record: last.version, firm: false }
  if (next) return { record: next.version, firm: false }
  return undefined
}

/** All rules of a list that hold on a day, in the order of the file. */
export function inForce<T extends Dated & { id: string }>(records: T[], on: string): Holding<T>[] {
  const versions = new Map<string, T[]>()
  for (const record of records) {
    versions.set(record.id, [...(versions.get(record.id) ?? []), record])
  }
  const found = new Map<T, Holding<T>>()
  for (const ofOneId of versions.values()) {
    const holding = whichVersionHolds(ofOneId, on)
    if (holding) found.set(holding.record, holding)
  }
  return records.flatMap((record) => found.get(record) ?? [])
}

export function isWithin({ from, to }: Dated, on: string): boolean {
  return (from === undefined || from <= on) && (to === undefined || on <= to)
}
