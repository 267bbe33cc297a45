import { apportion, roundQuotient, roundToStep } from '../../basis/rounding.ts'
import type { Money } from '../../basis/money.ts'
import { minorDigits } from '../../basis/currency.ts'
import { editionOn } from '../rules/editions.ts'
import type { Basket } from '../basket.ts'
import type { CompiledValuation, TariffOnDay } from '../rules/compile.ts'
import type { BasketState, LineState } from './state.ts'

export type Prepared = {
  readonly state: BasketState
  readonly valuation?: CompiledValuation
  /** Currencies that could not be converted: nothing can be said of the basket. */
  readonly noRate: readonly string[]
  /** Currencies that were converted. */
  readonly converted: readonly string[]
}

/**
 * Steps 1 to 3 of the order of work: prices into the territory's minor units, freight and insurance apportioned over
 * the lines by price so that the parts re-add, customs values by the territory's valuation rule.
 * `ownDigits`: national digits count for this territory even where the line does not say whose code it is.
 */
export function prepare(basket: Basket, tariff: TariffOnDay, ownDigits: boolean): Prepared {
  const converter = makeConverter(tariff)
  const hs = basket.hs ?? editionOn(tariff.day)
  const prices = basket.lines.map((line) => converter.convert(line.priceMinor, basket.currency))
  const freight = converter.money(basket.freight)
  const insurance = basket.insurance ? converter.money(basket.insurance) : 0n
  const freights = apportion(freight, prices)
  const insurances = insurance === 0n ? undefined : apportion(insurance, prices)
  const lines = basket.lines.map((line, index): LineState => {
    const counts =
      line.code.length <= 6 ||
      (line.codeOf === undefined ? ownDigits : tariff.chain.includes(line.codeOf))
    return {
      index,
      line,
      law: tariff.lineLaw(counts ? line.code : line.code.slice(0, 6), hs, line.origin),
      price: prices[index] as bigint,
      freight: freights[index] as bigint,
      insurance: insurances?.[index] ?? 0n,
      customsValue: 0n,
    }
  })
  const price = prices.reduce((sum, each) => sum + each, 0n)
  const state: BasketState = {
    basket,
    lines,
    price,
    freight,
    insurance,
    cif: price + freight + insurance,
    customsValue: 0n,
    unconverted: new Set(),
  }
  const valuation = tariff.valuations.find(({ when }) => !when || when(state, none))
  if (valuation) setCustomsValues(state, valuation, tariff)
  return {
    state,
    ...(valuation ? { valuation } : {}),
    noRate: converter.missing,
    converted: converter.used,
  }
}

const none: ReadonlySet<string> = new Set()

function setCustomsValues(
  state: BasketState,
  { price, freight, insurance }: CompiledValuation,
  tariff: TariffOnDay,
): void {
  const { step, mode } = tariff.rounding('customs-value')
  const d = price.d * freight.d * insurance.d
  const weights = {
    price: price.n * freight.d * insurance.d,
    freight: freight.n * price.d * insurance.d,
    insurance: insurance.n * price.d * freight.d,
  }
  for (const line of state.lines) {
    const n =
      line.price * weights.price +
      line.freight * weights.freight +
      line.insurance * weights.insurance
    line.customsValue = roundToStep({ n, d }, step, mode)
    state.customsValue += line.customsValue
  }
}

function makeConverter(tariff: TariffOnDay) {
  const { step, mode } = tariff.rounding('conversion')
  const missing: string[] = []
  const used: string[] = []
  const convert = (minor: bigint, currency: string): bigint => {
    if (currency === tariff.currency && step === 1n) return minor
    const conversion = tariff.conversion(currency)
    if (!conversion) {
      if (!missing.includes(currency)) missing.push(currency)
      return 0n
    }
    if (currency !== tariff.currency && !used.includes(currency)) used.push(currency)
    const { n, d } = conversion.factor
    return (
      roundQuotient(minor * n, d * 10n ** BigInt(minorDigits(currency) ?? 2) * step, mode) * step
    )
  }
  return {
    convert,
    money: (amount: Money) => convert(amount.minor, amount.currency),
    missing,
    used,
  }
}
