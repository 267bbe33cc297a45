import { isRefused, type Refused } from '../../basis/refusal.ts'

/** All parts, in a list or by name; or the first refusal among them. */
export function whole<T extends object>(parts: T): Whole<T> | Refused {
  return Object.values(parts).find(isRefused) ?? (parts as Whole<T>)
}

type Whole<T> = { [Key in keyof T]: Exclude<T[Key], Refused> }

/** The parts that are there. */
export function given<T extends object>(parts: T): Given<T> {
  const there = Object.entries(parts).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as Given<T>
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }
