import type { RandomBytes } from '../../basis/uuid.ts'
import type { Database } from '../../db/index.ts'
import type { Screening } from './open-screening.ts'

/** What the officers' desk needs of the hub. */
export interface ScreeningParts {
  db: Database
  /** Unix milliseconds. */
  now(): number
  random: RandomBytes
  hub: { id: string; name: string }
  screening: Screening
}
