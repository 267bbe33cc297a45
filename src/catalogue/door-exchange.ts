// What a price at the door says of changing money: the law converts by the rate of customs, but who pays in one money what is
// owed in another buys it of a dealer.
import { parseAmount } from '../basis/money.ts'
import type { Ratio } from '../basis/ratio.ts'
import { isRefused, type Refused } from '../basis/refusal.ts'
import type { LaneQuote } from '../logistics/index.ts'
import type { Answer } from '../tariff/index.ts'
import { goodsMinor } from './door-basket.ts'
import type { DoorLine } from './price-at-door.ts'

/**
 * What is to be paid in `from` so that somebody gets `gets` in `to`, in minor units, at which rate (units of `to` for one of
 * `from`) and with which spread, in basis points. Refused where no rate is good enough.
 */
export type MoneyChanger = (
  gets: bigint,
  from: string,
  to: string,
) =>
  | Refused
  | {
      readonly gives: bigint
      readonly rate: { readonly mid: Ratio; readonly source: string; readonly day: string }
      readonly spreadPoints: number
    }

/** How much more, or less, than at the rate of customs the buyer pays: minor units of the currency of the price. */
export type DoorExchange = {
  readonly goods: bigint
  readonly freight: bigint
  readonly spreadPoints: number
  /** By currency that is owed; `rate` is how much of it one unit of the buyer's money is, as `n/d`. */
  readonly rates: Readonly<Record<string, UsedRate>>
}

export type UsedRate = { readonly rate: string; readonly source: string; readonly day: string }

/** Undefined where nothing is owed in another money than the buyer's. */
export function doorExchange(
  change: MoneyChanger,
  lines: readonly DoorLine[],
  lane: Pick<LaneQuote, 'amountMinor' | 'currency'>,
  { totals, currency }: Pick<Answer, 'totals' | 'currency'>,
): Refused | DoorExchange | undefined {
  const [{ offer }] = lines as readonly [DoorLine]
  const owed = [
    { part: 'goods', minor: goodsMinor(lines), in: offer.currency },
    { part: 'freight', minor: lane.amountMinor, in: lane.currency },
  ] as const
  const more = { goods: 0n, freight: 0n }
  const rates: Record<string, UsedRate> = {}
  let spreadPoints: number | undefined
  for (const { part, minor, in: own } of owed) {
    if (own === currency) continue
    const asked = change(minor, currency, own)
    if (isRefused(asked)) return asked
    const { mid, source, day } = asked.rate
    rates[own] = { rate: `${mid.n}/${mid.d}`, source, day }
    more[part] = asked.gives - (parseAmount(totals[part], currency) ?? 0n)
    spreadPoints = asked.spreadPoints
  }
  return spreadPoints === undefined ? undefined : { ...more, spreadPoints, rates }
}
