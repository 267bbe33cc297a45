import type { Day } from '../basis/day.ts'
import type { TariffCode, HsEdition } from '../basis/hs.ts'
import type { Money } from '../basis/money.ts'
import type { Ratio } from '../basis/ratio.ts'

export type Transport = 'post' | 'courier' | 'air' | 'sea' | 'road'

/** What is to be sent, as the engine takes it: every text already read into exact values (parse-basket.ts). */
export type Basket = {
  /** Country of dispatch. */
  readonly from: string
  readonly on: Day | undefined
  readonly transport: Transport
  readonly consignee: 'consumer' | 'business'
  readonly incoterm: 'DDP' | 'DAP'
  readonly freight: Money
  readonly insurance: Money | undefined
  /** Registrations the seller or its marketplace holds; undefined = not stated. */
  readonly schemes: ReadonlySet<string> | undefined
  readonly facts: Readonly<Record<string, string>>
  readonly hs: HsEdition | undefined
  /** The one currency of all prices. */
  readonly currency: string
  readonly lines: readonly BasketLine[]
}

export type BasketLine = {
  readonly id: string
  readonly description: string
  readonly code: TariffCode
  /** Whose national code it is, when it has more than six digits. */
  readonly codeOf: string | undefined
  readonly origin: string
  readonly quantity: Ratio
  readonly unit: string
  /** Quantity x unit price in minor units of the basket's currency, rounded half-up. */
  readonly priceMinor: bigint
  /** Quantities of the whole line in the base unit of their dimension; per cents as they are. */
  readonly quantities: { get(base: string): Ratio | undefined }
  readonly facts: Readonly<Record<string, string | boolean>>
  readonly proofs: ReadonlySet<string>
}
