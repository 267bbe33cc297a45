import type { Day } from '../basis/day.ts'
import type { Tariff } from './create-tariff.ts'

/** What a regime allows each consignee in a calendar year: the fact by which a basket tells what was used, and how much. */
export type YearlyLimit = {
  readonly fact: string
  /** A plain decimal and its currency. */
  readonly amount: string
  readonly currency: string
  /** What counts of each consignment: `cif`, `price`. */
  readonly of: string
}

/** The yearly limit of the regime that an answer proposes (`answer.route`), if it has one. */
export function yearlyLimitOf(
  tariff: Tariff,
  territory: string,
  day: Day,
  route: string | null,
): YearlyLimit | undefined {
  const regime = tariff
    .rules(territory)
    .regimes.find(
      ({ id, from, to }) =>
        id === route && (from === undefined || from <= day) && (to === undefined || day <= to),
    )
  const yearly = regime?.when?.yearly
  if (!yearly) return undefined
  const [amount = '', currency = ''] = yearly.limit.split(' ')
  return { fact: yearly.fact, amount, currency, of: yearly.of }
}
