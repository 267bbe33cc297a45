import type { Logger } from 'pino'
import {
  closedNet,
  createHub,
  silentLog,
  type Clock,
  type Hub,
  type Random,
} from '../../src/app/index.ts'
import type { Database } from '../../src/db/index.ts'
import type { Keys } from '../../src/keys/index.ts'

/**
 * A clock that stands still until it is set; its sleeps take real time, as the database's answers
 * do.
 */
export function testClock(now = Date.UTC(2026, 10, 22, 9)): Clock & { set(now: number): void } {
  let at = now
  return {
    now: () => at,
    today: () => new Date(at).toISOString().slice(0, 10),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    set: (to) => (at = to),
  }
}

/** Small numbers in a row: the same in every run, never for keys. */
export function testRandom(): Random {
  let next = 0
  const byte = () => (next = (next + 1) % 251)
  return { bytes: (length) => Uint8Array.from({ length }, byte), fraction: () => byte() / 251 }
}

export interface TestHubOptions {
  clock?: Clock
  keys?: Keys
  log?: Logger
}

/** A hub over a test database; the test file owns the database and closes it. */
export function testHub(
  db: Database,
  { clock = testClock(), keys, log = silentLog() }: TestHubOptions = {},
): Hub {
  const config = {
    id: '0199d2f0-0000-7000-8000-000000000001',
    name: 'Test hub',
    territory: 'MY',
    version: '0.0.0',
  }
  const noKeys = new Proxy({} as Keys, {
    get: () => {
      throw new Error('This test hub has no keys: give testHub some')
    },
  })
  return createHub({
    db,
    clock,
    random: testRandom(),
    net: closedNet(),
    keys: keys ?? noKeys,
    config,
    log,
  })
}
