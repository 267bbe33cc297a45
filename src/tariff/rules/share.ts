import type { LineTest } from './condition.ts'
import type { TariffOnDay } from './law.ts'

/**
 * Tens of thousands of codes fall under a few hundred different sets of rules. What is alike is made once, so that the law
 * of a busy day stays in the processor's cache.
 */
export type Shared = { readonly kept: Map<string, unknown>; readonly numbers: Map<unknown, number> }

export const nothingShared = (): Shared => ({ kept: new Map(), numbers: new Map() })

export function share<T>(shared: Shared, key: string, make: () => T): T {
  if (!shared.kept.has(key)) shared.kept.set(key, make())
  return shared.kept.get(key) as T
}

/** One object for all that have the very same members. */
export function shareWhole<T extends object>(shared: Shared, whole: T): T {
  const key = Object.values(whole).map((member: unknown) => {
    const number = shared.numbers.get(member) ?? shared.numbers.size
    shared.numbers.set(member, number)
    return number
  })
  return share(shared, `whole:${key.join()}`, () => whole)
}

/** The members of a list that fit; the same members are the same array. */
export function shareFitting<T>(
  shared: Shared,
  name: string,
  all: readonly T[],
  fits: (each: T) => boolean,
): readonly T[] {
  const chosen = all.filter(fits)
  const key = `${name}:${chosen.map((each) => all.indexOf(each)).join()}`
  return share(shared, key, () => chosen)
}

/** The conditions on codes that hold for some of the candidate lines and not for others. */
export function differingConditions(
  candidates: readonly string[],
  origin: string,
  tariff: TariffOnDay,
): readonly LineTest[] {
  if (candidates.length < 2) return none
  const first = candidates[0] as string
  const all = [
    ...tariff.regimes.flatMap(({ lines }) => lines.map(({ when }) => when)),
    ...tariff.reliefs.map(({ lines }) => lines),
    ...tariff.taxes.flatMap(({ lines, reduced }) => [lines, ...reduced.map((each) => each.lines)]),
    ...tariff.fees.map(({ lines }) => lines),
  ]
  return all.filter(({ matches }) =>
    candidates.some((each) => matches(each, origin) !== matches(first, origin)),
  )
}

const none: readonly LineTest[] = []
