import { realClock } from '../../src/app/clock.ts'
import type { Clock, Random } from '../../src/app/index.ts'

/**
 * A clock that stands still until it is set; its sleeps take real time, as the database's answers
 * do.
 */
export function testClock(now = Date.UTC(2026, 10, 22, 9)): Clock & { set(now: number): void } {
  let at = now
  return {
    now: () => at,
    today: () => new Date(at).toISOString().slice(0, 10),
    sleep: realClock().sleep,
    set: (to) => (at = to),
  }
}

/** Small numbers in a row: the same in every run, never for keys. */
export function testRandom(): Random {
  let next = 0
  const byte = () => (next = (next + 1) % 251)
  return { bytes: (length) => Uint8Array.from({ length }, byte), fraction: () => byte() / 251 }
}
