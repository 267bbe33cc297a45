import type { Basket, BasketLine } from '../basket.ts'
import type { LineLaw } from '../rules/line-law.ts'

/** One line with its values in minor units of the territory's currency. */
export type LineState = {
  readonly index: number
  readonly line: BasketLine
  readonly law: LineLaw
  readonly price: bigint
  readonly freight: bigint
  readonly insurance: bigint
  customsValue: bigint
  /** The lines that the code may stand for are treated unlike: nothing can be said of it. */
  linesDiffer: boolean
}

/** A basket as one territory sees it on one day. */
export type BasketState = {
  readonly basket: Basket
  readonly lines: readonly LineState[]
  readonly price: bigint
  readonly freight: bigint
  readonly insurance: bigint
  readonly cif: bigint
  customsValue: bigint
  /** Currencies of limits that could not be converted. */
  readonly unconverted: string[]
}
