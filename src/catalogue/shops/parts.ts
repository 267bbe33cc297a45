import type { Day } from '../../basis/day.ts'
import type { Database } from '../../db/index.ts'
import type { Tariff } from '../../tariff/index.ts'
import type { DoorPrices } from '../door-prices.ts'
import type { NamesOfCode } from '../search/refresh-documents.ts'

/** What the shops need of the hub. */
export interface ShopParts {
  db: Database
  /** Unix milliseconds. */
  now(): number
  today(): Day
  random(length: number): Uint8Array
  hub: { id: string; name: string; territory: string | null }
  tariff(): Tariff
  doors: DoorPrices
  /** The short plain name of 2, 4 or 6 digits; undefined for a code that is in no edition. */
  nameOf(code: string, locale: string): { name: string; locale: string } | undefined
  namesOf: NamesOfCode
}
