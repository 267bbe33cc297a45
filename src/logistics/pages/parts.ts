import type { Day } from '../../basis/day.ts'
import type { RandomBytes } from '../../basis/uuid.ts'
import type { Database } from '../../db/index.ts'

/** What this capability needs of the hub. */
export type LogisticsParts = {
  readonly db: Database
  /** Unix milliseconds. */
  now(): number
  today(): Day
  readonly random: RandomBytes
  readonly hub: { readonly id: string; readonly name: string }
}

/** What the hub puts into the context of every request. */
export type LogisticsEnv = { Variables: { requestId: string } }
