import { expect } from 'vitest'
import type { Command, Database } from '../../src/db/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import type { MoveName, Role } from '../../src/orders/order.ts'
import { moveOrders, type MoveOrder, type MoveParts } from '../../src/orders/life/move-orders.ts'
import {
  hub,
  moving,
  now,
  placeThem,
  saidOf,
  type Placed,
  type Wanted,
} from '../support/placed-orders.ts'

export const onItsWay = ['pack seller', 'hand-over seller']
export const delivered = [...onItsWay, 'release customs', 'deliver carrier']

/** Orders after checkout, and what tests do with them. */
export interface LifeWorld {
  parts: MoveParts
  place(wanted?: Wanted): Promise<Placed>
  /** Makes moves as one batch; tells `201 packed`, `409 move-not-lawful`. */
  move(commands: readonly Command<MoveOrder>[], at?: number): Promise<string[]>
  /** Makes moves such as `pack seller` one after the other. */
  walk(order: Placed, steps: readonly string[], at?: number): Promise<void>
  booksAreRight(): Promise<void>
}

export function lifeWorld(db: Database, tariff: MoveParts['tariff'] = noRules): LifeWorld {
  const parts: MoveParts = {
    ...{ db, hub: { id: hub, name: 'Hangzhou', territory: 'CN' } },
    ...{ today: () => '2027-02-01', tariff },
  }
  const world: LifeWorld = {
    parts,
    place: async (wanted) => (await placeThem(db, 1, wanted))[0] as Placed,
    move: async (commands, at = now) => (await moveOrders(parts, commands, at)).map(saidOf),
    async walk(order, steps, at = now) {
      for (const step of steps) {
        const [name, role] = step.split(' ') as [MoveName, Role]
        const [said] = await world.move([moving(order, name, role)], at)
        expect(said).toMatch(/^201 /)
      }
    },
    async booksAreRight() {
      expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
    },
  }
  return world
}

const noRules = (): never => {
  throw new Error('The rates of the quote hold: no rules are read')
}
