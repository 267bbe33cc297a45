import { apportion, roundQuotient, roundToStep } from '../../basis/rounding.ts'
import type { Basket, BasketLine } from '../basket.ts'
import type { CompiledValuation, TariffOnDay } from '../rules/law.ts'
import type { BasketState, LineState } from './state.ts'

export type Prepared = {
  readonly state: BasketState
  readonly valuation: CompiledValuation | undefined
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
  const hs = basket.hs ?? tariff.edition
  const notes: Notes = { noRate: undefined, converted: undefined }
  const count = basket.lines.length
  const prices = new Array<bigint>(count)
  let price = 0n
  for (let index = 0; index < count; index += 1) {
    const { priceMinor } = basket.lines[index] as BasketLine
    const minor = toTerritory(priceMinor, basket.currency, tariff, notes)
    prices[index] = minor
    price += minor
  }
  const freight = toTerritory(basket.freight.minor, basket.freight.currency, tariff, notes)
  const insurance = basket.insurance
    ? toTerritory(basket.insurance.minor, basket.insurance.currency, tariff, notes)
    : 0n
  const freights = apportion(freight, prices, price)
  const insurances = insurance === 0n ? undefined : apportion(insurance, prices, price)
  const lines = new Array<LineState>(count)
  for (let index = 0; index < count; index += 1) {
    const line = basket.lines[index] as BasketLine
    const code = digitsThatCount(line, tariff, ownDigits)
    lines[index] = {
      index,
      line,
      law: tariff.lineLaw(code, hs, line.origin),
      price: prices[index] as bigint,
      freight: freights[index] as bigint,
      insurance: insurances ? (insurances[index] as bigint) : 0n,
      customsValue: 0n,
      linesDiffer: false,
    }
  }
  const state: BasketState = {
    basket,
    lines,
    price,
    freight,
    insurance,
    cif: price + freight + insurance,
    customsValue: 0n,
    unconverted: [],
  }
  let valuation: CompiledValuation | undefined
  for (const each of tariff.valuations)
    if (!each.when || each.when(state, none)) {
      valuation = each
      break
    }
  if (valuation) setCustomsValues(state, valuation, tariff)
  for (const line of lines) line.linesDiffer = treatedUnlike(line, state)
  return {
    state,
    valuation,
    noRate: notes.noRate ?? nothingNoted,
    converted: notes.converted ?? nothingNoted,
  }
}

/** A condition that holds for some candidate lines alone counts when the rest of it holds, too. */
function treatedUnlike(line: LineState, state: BasketState): boolean {
  for (const { rest } of line.law.differing) if (!rest || rest(line, state)) return true
  return false
}

type Notes = { noRate: string[] | undefined; converted: string[] | undefined }
const nothingNoted: readonly string[] = []

/** National digits count where the line says whose they are, or where only one territory can be meant. */
function digitsThatCount(line: BasketLine, tariff: TariffOnDay, ownDigits: boolean): string {
  if (line.code.length <= 6) return line.code
  const counts = line.codeOf === undefined ? ownDigits : tariff.chain.includes(line.codeOf)
  return counts ? line.code : line.code.slice(0, 6)
}

/** An amount in minor units of the territory, by stage `conversion`. */
function toTerritory(minor: bigint, currency: string, tariff: TariffOnDay, notes: Notes): bigint {
  const { step, mode } = tariff.rounding.conversion
  if (currency === tariff.currency && step === 1n) return minor
  const conversion = tariff.conversion(currency)
  if (!conversion) {
    notes.noRate ??= []
    if (!notes.noRate.includes(currency)) notes.noRate.push(currency)
    return 0n
  }
  if (currency !== tariff.currency) {
    notes.converted ??= []
    if (!notes.converted.includes(currency)) notes.converted.push(currency)
  }
  const { n, d } = conversion.perMinor
  return step === 1n
    ? roundQuotient(minor * n, d, mode)
    : roundQuotient(minor * n, d * step, mode) * step
}

const none: ReadonlySet<string> = new Set()

function setCustomsValues(
  state: BasketState,
  { shares, denominator: d }: CompiledValuation,
  tariff: TariffOnDay,
): void {
  const { step, mode } = tariff.rounding['customs-value']
  for (const line of state.lines) {
    const n =
      times(line.price, shares.price) +
      times(line.freight, shares.freight) +
      times(line.insurance, shares.insurance)
    line.customsValue = d === 1n && step === 1n ? n : roundToStep({ n, d }, step, mode)
    state.customsValue += line.customsValue
  }
}

/** Most shares are all or nothing, and a product is a new number in memory. */
const times = (amount: bigint, share: bigint): bigint =>
  share === 1n ? amount : share === 0n ? 0n : amount * share
