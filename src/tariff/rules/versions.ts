import { daysBetween, type Day } from '../../basis/day.ts'

/** The dates a record carries: the law's own, or the days a publication was seen to show it. */
export type Dated = {
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  readonly seen?: readonly Day[] | undefined
}

/** How far a figure that is not firm is from the sighting it rests on; days are negative when it was seen later. */
export type Sighting = { readonly seen: Day; readonly ageDays: number }

export type Held<T> = { readonly record: T; readonly sighting?: Sighting }

/** Whether the law's dates hold the day. */
export const isInForce = (record: Dated, day: Day): boolean =>
  !record.seen &&
  (record.from === undefined || record.from <= day) &&
  (record.to === undefined || record.to >= day)

/**
 * Which of a rule's versions holds on the day (docs/rules-schema.md section 2): a dated one that holds the day,
 * else the last sighting, else the first later one. Undefined: the rule is absent that day.
 */
export function versionOn<T extends Dated>(versions: readonly T[], day: Day): Held<T> | undefined {
  const inForce = versions.find((version) => isInForce(version, day))
  if (inForce) return { record: inForce }
  let last: { seen: Day; record: T } | undefined
  let next: { seen: Day; record: T } | undefined
  for (const record of versions)
    for (const seen of record.seen ?? []) {
      if (seen <= day && (!last || seen > last.seen)) last = { seen, record }
      if (seen >= day && (!next || seen < next.seen)) next = { seen, record }
    }
  const nearest = last ?? next
  if (!nearest) return undefined
  if (nearest.seen === day || (last && next && last.record === next.record))
    return { record: nearest.record }
  return {
    record: nearest.record,
    sighting: { seen: nearest.seen, ageDays: daysBetween(nearest.seen, day) },
  }
}

/** The first pair of versions whose dates clash, if any: every day has one law. */
export function overlap<T extends Dated>(versions: readonly T[]): [T, T] | undefined {
  for (const [index, a] of versions.entries())
    for (const b of versions.slice(index + 1)) {
      if (a.seen || b.seen) {
        if (a.seen && b.seen && a.seen.some((day) => b.seen?.includes(day))) return [a, b]
      } else if ((a.from ?? '') <= (b.to ?? '9999') && (b.from ?? '') <= (a.to ?? '9999'))
        return [a, b]
    }
  return undefined
}
