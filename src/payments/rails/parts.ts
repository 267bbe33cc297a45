import type { RandomBytes } from '../../basis/uuid.ts'
import type { Database } from '../../db/index.ts'
import type { LimitParts } from '../limits/limits.ts'
import type { Rail } from './rail.ts'
import { usualPace, type Pace } from './transfer.ts'

/** What moving money over rails needs of the hub. */
export type RailParts = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly now: () => number
  readonly random: RandomBytes
  readonly hub: { readonly id: string }
  /** By name. */
  readonly rails: ReadonlyMap<string, Rail>
  /** What a provider or the database did not do; it is tried again. */
  readonly report?: ((error: unknown, message: string) => void) | undefined
  /** Without it nobody is limited. */
  readonly limits?: LimitParts | undefined
  readonly pace?: Partial<Pace> | undefined
}

export const paceOf = ({ pace }: Pick<RailParts, 'pace'>): Pace => ({ ...usualPace, ...pace })
