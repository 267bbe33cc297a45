import type { LineTest } from './condition.ts'
import type { TariffOnDay } from './law.ts'

/**
 * Tens of thousands of codes fall under a few hundred different sets of rules. What is alike is made once, so that the law
 * of a busy day stays in the processor's cache.
 */
export type Shared = Map<string, unknown>

export function share<T>(shared: Shared, key: string, make: () => T): T {
  if (!shared.has(key)) shared.set(key, make())
  return shared.get(key) as T
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

/** Which conditions on codes hold, as text: two lines with the same text are treated alike. */
export function conditionBits(digits: string, origin: string, tariff: TariffOnDay): string {
  const bit = ({ matches }: LineTest): string => (matches(digits, origin) ? '1' : '0')
  return [
    ...tariff.regimes.flatMap(({ lines }) => lines.map(({ when }) => bit(when))),
    ...tariff.reliefs.map(({ lines }) => bit(lines)),
    ...tariff.taxes.flatMap(({ lines, reduced }) => [
      bit(lines),
      ...reduced.map((each) => bit(each.lines)),
    ]),
    ...tariff.fees.map(({ lines }) => bit(lines)),
  ].join('')
}
