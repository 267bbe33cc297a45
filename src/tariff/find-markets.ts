// The market finder: what one product costs at every door, and what price it could bear there.
import type { Day } from '../basis/day.ts'
import { formatMinor } from '../basis/money.ts'
import { minorDigits } from '../basis/currency.ts'
import { parseDecimal } from '../basis/ratio.ts'
import { roundQuotient } from '../basis/rounding.ts'
import type { AssessOptions, Assessment } from './assess/assess-basket.ts'
import type { Status } from './assess/judge-route.ts'
import type { Basket } from './basket.ts'
import type { Tariff } from './create-tariff.ts'
import type { TariffOnDay } from './rules/law.ts'

export type Market = {
  readonly to: string
  readonly status: Status
  readonly currency: string
  readonly route: string | null
  /** What the buyer pays in all, in the destination's currency; null without a figure. */
  readonly landed: string | null
  readonly duty: string
  readonly tax: string
  readonly fees: string
  /** Duty, tax and fees as a share of the landed price, in per cent with one digit. */
  readonly chargesShare: string | null
  /** Codes of what is missing. */
  readonly reasons: readonly string[]
  /** For a wanted price at the door: the highest unit price of the seller that stays within it. */
  readonly highestPrice?: { readonly amount: string; readonly currency: string } | null
}
export type WantedPrice = { readonly minor: bigint; readonly currency: string }

/** Every destination with rules, cheapest share of charges first, those without a figure last. */
export function findMarkets(
  tariff: Tariff,
  basket: Basket,
  on: Day,
  { wanted, ...options }: AssessOptions & { wanted?: WantedPrice } = {},
): Market[] {
  return tariff.destinations
    .filter((to) => to !== basket.from)
    .map((to) =>
      marketOf(tariff.assess(basket, to, on, { ...options, ownDigits: false }), wanted, (each) =>
        tariff.assess(each, to, on, { ...options, ownDigits: false }),
      ),
    )
    .sort(byShare)
}

function byShare(a: Market, b: Market): number {
  if ((a.chargesShare === null) !== (b.chargesShare === null))
    return a.chargesShare === null ? 1 : -1
  return Number(a.chargesShare ?? 0) - Number(b.chargesShare ?? 0) || (a.to < b.to ? -1 : 1)
}

function marketOf(
  assessment: Assessment,
  wanted: WantedPrice | undefined,
  assess: (basket: Basket) => Assessment,
): Market {
  const { tariff, status, proposed, reasons } = assessment
  const { currency } = tariff
  const text = (minor: bigint): string => formatMinor(minor, currency)
  const route = proposed?.route
  const known = status === 'complete' || status === 'complete-except'
  const charges = route ? route.duty + route.tax + route.fees : 0n
  return {
    to: tariff.territory,
    status,
    currency,
    route: route?.regime.ref.id ?? null,
    landed: known && route ? text(route.landed) : null,
    duty: text(route?.duty ?? 0n),
    tax: text(route?.tax ?? 0n),
    fees: text(route?.fees ?? 0n),
    chargesShare:
      known && route && route.landed > 0n
        ? tenths(roundQuotient(charges * 1000n, route.landed, 'half-up'))
        : null,
    reasons: [
      ...new Set([
        ...reasons.map(({ code }) => code),
        ...(proposed?.lines.flatMap((line) => line.reasons.map(({ code }) => code)) ?? []),
      ]),
    ],
    ...(wanted ? { highestPrice: highestPrice(assessment, wanted, assess) } : {}),
  }
}

const tenths = (value: bigint): string => `${value / 10n}.${value % 10n}`

/**
 * The highest unit price at which the product still lands within the wanted price. Between two thresholds the price at
 * the door only grows with the price of the goods, so each stretch is halved; at a threshold it may fall (a flat duty
 * that ends, a relief by value), so stretches are searched from the dearest down.
 */
function highestPrice(
  { tariff, prepared }: Assessment,
  wanted: WantedPrice,
  assess: (basket: Basket) => Assessment,
): { amount: string; currency: string } | null {
  const { state } = prepared
  const { basket } = state
  const [line, ...others] = basket.lines
  const limit = limitInTerritory(wanted, tariff)
  const factor = tariff.conversion(basket.currency)?.perMinor
  if (!line || others.length > 0 || limit === undefined || !factor) return null
  const { quantity } = line
  // One piece's price for a price of the line in the territory's money, cut.
  const unitFor = (minor: bigint): bigint =>
    (minor * factor.d * quantity.d) / (factor.n * quantity.n)
  const fits = (unit: bigint): boolean => {
    const priceMinor = roundQuotient(unit * quantity.n, quantity.d, 'half-up')
    const { proposed, status } = assess({ ...basket, lines: [{ ...line, priceMinor }] })
    return status.startsWith('complete') && proposed !== undefined && proposed.route.landed <= limit
  }
  const above = unitFor(limit + 1n) + 2n
  const step = unitFor(1n) + 1n
  const carriage = state.freight + state.insurance
  const edges = limitsInTerritory(tariff).flatMap((minor) =>
    [minor, minor - carriage, (minor * quantity.n) / quantity.d].flatMap((value) => {
      const edge = unitFor(value)
      return [edge - step, edge - 1n, edge, edge + 1n, edge + 2n, edge + step, edge + 2n * step]
    }),
  )
  const sorted = [...new Set([0n, ...edges, above])]
    .filter((edge) => edge >= 0n && edge <= above)
    .sort((a, b) => (a < b ? 1 : -1))
  for (let at = 1; at < sorted.length; at += 1) {
    const found = highestWithin(sorted[at] as bigint, sorted[at - 1] as bigint, fits)
    if (found !== undefined)
      return { amount: formatMinor(found, basket.currency), currency: basket.currency }
  }
  return null
}

/** The highest price in [from, above) that fits; undefined when not even the lowest does. */
function highestWithin(
  from: bigint,
  above: bigint,
  fits: (price: bigint) => boolean,
): bigint | undefined {
  if (from >= above || !fits(from)) return undefined
  let [low, high] = [from, above]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

function limitInTerritory(
  { minor, currency }: WantedPrice,
  tariff: TariffOnDay,
): bigint | undefined {
  const factor = tariff.conversion(currency)?.perMinor
  return factor && (minor * factor.n) / factor.d
}

/** Every limit of the territory's conditions in its own minor units, cut; one without an exchange rate is left out. */
function limitsInTerritory(tariff: TariffOnDay): bigint[] {
  return tariff.limits.flatMap((amount) => {
    const [figure = '0', currency = ''] = amount.split(' ')
    const factor = tariff.conversion(currency)?.factor
    const value = parseDecimal(figure)
    return factor && value ? [(value.n * factor.n) / (value.d * factor.d)] : []
  })
}

/** A wanted price read from text; undefined when it is no amount of the currency. */
export function wantedPrice(amount: string, currency: string): WantedPrice | undefined {
  const digits = minorDigits(currency)
  if (digits === undefined || !/^\d{1,15}(\.\d+)?$/.test(amount)) return undefined
  const [whole = '0', fraction = ''] = amount.split('.')
  if (fraction.length > digits) return undefined
  return { minor: BigInt(whole + fraction.padEnd(digits, '0')), currency }
}
