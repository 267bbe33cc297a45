import type { Day } from '../basis/day.ts'
import type { RandomBytes } from '../basis/uuid.ts'
import type { DoorPrices } from '../catalogue/index.ts'
import type { Answer, Command, Database, Gathered } from '../db/index.ts'
import type { Keys } from '../keys/index.ts'
import type { LimitParts } from '../payments/index.ts'
import type { Tariff } from '../tariff/index.ts'
import type { CheckoutThread } from './checkout/checkout-thread.ts'
import type { PlaceOrders } from './checkout/place-orders.ts'
import type { OtherHub } from './elsewhere/other-hub.ts'
import type { MoveOrder } from './life/move-orders.ts'

/** What this capability needs of the hub. */
export type OrderParts = {
  readonly db: Database
  /** Unix milliseconds. */
  now(): number
  today(): Day
  readonly random: RandomBytes
  readonly hub: {
    readonly id: string
    readonly name: string
    readonly territory: string | null
    /** A proxy of the operator's own stands in front and adds the visitor's address. */
    readonly behindProxy?: boolean | undefined
  }
  readonly keys: Keys
  tariff(): Tariff
  readonly doors: DoorPrices
  /** Registrations under customs schemes that the hub holds as a marketplace; undefined: not stated. */
  readonly schemes?: readonly string[] | undefined
  sleep(milliseconds: number): Promise<void>
  /** Other hubs that this one trades with, by their id; without it there are none. */
  otherHub?(id: string): OtherHub | undefined
  /** How much money somebody may move; without it nobody is limited. */
  readonly limits?: LimitParts | undefined
  /** Where checkouts of a busy hour are placed; without it all are placed on the thread that asks. */
  readonly checkoutThread?: CheckoutThread | undefined
}

/** The same with the commands that are gathered into batches, for pages and API. */
export type OrderDesk = OrderParts & {
  readonly place: Gathered<Command<PlaceOrders>, Answer>
  readonly move: Gathered<Command<MoveOrder>, Answer>
}
