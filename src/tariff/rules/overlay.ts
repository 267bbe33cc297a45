import type { Lists } from './read-rules.ts'

/**
 * An operator's own rules over the shipped ones: a record replaces every version of the shipped rule with the same id, in
 * its place; a new one goes first, or, where records build on earlier ones (taxes, fees), last. A schedule stands alone for
 * its chapters.
 */
export function joinOverlay(base: Lists, over: Lists): Lists {
  const { schedules: shipped, taxes, fees, ...others } = base
  const joined = Object.fromEntries(
    (Object.keys(others) as (keyof typeof others)[]).map((list) => [
      list,
      join<{ id: string }>(others[list], over[list], 'first'),
    ]),
  ) as unknown as typeof others
  return {
    ...joined,
    taxes: join(taxes, over.taxes, 'last'),
    fees: join(fees, over.fees, 'last'),
    schedules: [...over.schedules.map((each) => ({ ...each, over: true as const })), ...shipped],
  }
}

function join<T extends { id: string }>(
  shipped: readonly T[],
  own: readonly T[],
  fresh: 'first' | 'last',
): T[] {
  const placed = new Set<string>()
  const kept = shipped.flatMap((record) => {
    const versions = own.filter(({ id }) => id === record.id)
    if (versions.length === 0) return [record]
    if (placed.has(record.id)) return []
    placed.add(record.id)
    return versions
  })
  const added = own.filter(({ id }) => !placed.has(id))
  return fresh === 'first' ? [...added, ...kept] : [...kept, ...added]
}
