// The market finder: what one product costs at every door, and what price it could bear there.
import type { Day } from '../basis/day.ts'
import { formatMinor } from '../basis/money.ts'
import { minorDigits } from '../basis/currency.ts'
import { roundQuotient } from '../basis/rounding.ts'
import type { AssessOptions, Assessment, Status } from './assess/assess-basket.ts'
import type { Basket, BasketLine } from './basket.ts'
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
  const { basket } = prepared.state
  const [line, ...others] = basket.lines
  const limit = limitInTerritory(wanted, tariff)
  if (!line || others.length > 0 || limit === undefined) return null
  const fits = (priceMinor: bigint): boolean => {
    const { proposed, status } = assess({ ...basket, lines: [{ ...line, priceMinor }] })
    return status.startsWith('complete') && proposed !== undefined && proposed.route.landed <= limit
  }
  const factor = tariff.conversion(basket.currency)?.perMinor
  if (!factor) return null
  const most = (limit * factor.d) / factor.n + 1n
  const edges = [...new Set([0n, ...thresholds(tariff, line, basket, factor), most])]
    .filter((edge) => edge >= 0n && edge <= most)
    .sort((a, b) => (a < b ? 1 : -1))
  for (let at = 1; at < edges.length; at += 1) {
    const [above, from] = [edges[at - 1] as bigint, edges[at] as bigint]
    const found = highestWithin(from, above, fits)
    if (found === undefined) continue
    const unit = (found * line.quantity.d) / line.quantity.n
    return { amount: formatMinor(unit, basket.currency), currency: basket.currency }
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

/** Prices of the line at which a limit of the territory's rules may be crossed, with their neighbours. */
function thresholds(
  tariff: TariffOnDay,
  line: BasketLine,
  basket: Basket,
  factor: { n: bigint; d: bigint },
): bigint[] {
  const freight = basket.freight.minor + (basket.insurance?.minor ?? 0n)
  return tariff.limits.flatMap((amount) => {
    const [figure = '0', currency = ''] = amount.split(' ')
    const limit = tariff.conversion(currency)?.factor
    if (!limit) return []
    const [whole = '0', fraction = ''] = figure.split('.')
    const minor =
      (BigInt(`${whole}${fraction}`) * limit.n * factor.d) /
      (10n ** BigInt(fraction.length) * limit.d * factor.n)
    const perItem = (minor * line.quantity.n) / line.quantity.d
    return [minor, minor - freight, perItem, perItem - freight].flatMap((edge) => [
      edge - 1n,
      edge,
      edge + 1n,
      edge + 2n,
    ])
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
