import type { Logger } from 'pino'
import { closedNet, createHub, silentLog } from '../../src/app/index.ts'
import type { Clock, Hub } from '../../src/app/index.ts'
import type { Database } from '../../src/db/index.ts'
import type { Keys } from '../../src/keys/index.ts'
import { testClock, testRandom } from './clock.ts'

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
