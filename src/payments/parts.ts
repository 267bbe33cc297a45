import type { RandomBytes } from '../basis/uuid.ts'
import type { Answer, Command, Database, Gathered } from '../db/index.ts'
import type { Pay } from './pay.ts'
import type { RailParts } from './rails/rails.ts'

/** What this capability needs of the hub. */
export type PaymentParts = {
  readonly db: Database
  /** Unix milliseconds. */
  now(): number
  readonly random: RandomBytes
  readonly hub: { readonly id: string; readonly name: string; readonly territory: string | null }
  /** The money that people here think in, ISO 4217. */
  currency(): string
  sleep(milliseconds: number): Promise<void>
  /** The providers that bring money in and out. */
  readonly rails: RailParts
  /** Payments that are asked for at the same time are made in one transaction. */
  readonly pay: Gathered<Command<Pay>, Answer>
}

/** What the hub puts into the context of every request. */
export type PaymentEnv = { Variables: { requestId: string; origin?: string } }
