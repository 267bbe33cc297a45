// How much money somebody may move in a day and in a month, by how well the hub knows them. Pure.
import type { Day } from '../../basis/day.ts'
import type { Ratio } from '../../basis/ratio.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { Holder } from '../../ledger/index.ts'
import { convertMinor } from '../exchange/convert-minor.ts'
import { useAllowance, type AllowanceDraft, type AllowanceKey } from '../../zones/index.ts'

/**
 * `new`: an address that was never confirmed, a business without a number of any register. `known`: a confirmed address, a
 * business with its number. `verified`: an operator has looked at a document that bears the name (verification/).
 */
export type Level = 'new' | 'known' | 'verified'

/** `out`: paid, paid out, bought for. `in`: brought into the wallet. */
export type Way = 'in' | 'out'

/** In cents of a euro. */
export type LevelLimits = { readonly day: bigint; readonly month: bigint }

/** A level without limits is undefined. */
export type Limits = Readonly<Record<Level, LevelLimits | undefined>>

/**
 * Where real money moves and the operator has set nothing. 150 euros a month is what the EU lets electronic money hold and
 * move without knowing whose it is (Directive (EU) 2015/849 article 12, as amended by 2018/843); the others are this
 * hub's own choice.
 */
export const usualLimits: Limits = {
  new: { day: 150_00n, month: 150_00n },
  known: { day: 10_000_00n, month: 50_000_00n },
  verified: { day: 100_000_00n, month: 500_000_00n },
}

/**
 * Limits as an operator writes them, in whole euros: `new=150/150,known=10000/50000,verified=-`, day and month. Whoever is
 * verified has those of `known` where nothing else is said. Undefined for anything else.
 */
export function parseLimits(text: string): Limits | undefined {
  const found: Partial<Record<Level, LevelLimits | undefined>> = {}
  for (const part of text.split(',')) {
    const [, level, day, month] =
      /^(new|known|verified)=(?:-|(\d{1,9})\/(\d{1,9}))$/.exec(part.trim()) ?? []
    if (level === undefined || level in found) return undefined
    found[level as Level] =
      day === undefined || month === undefined
        ? undefined
        : { day: BigInt(day) * 100n, month: BigInt(month) * 100n }
  }
  if (!('new' in found && 'known' in found)) return undefined
  const { known } = found
  return { new: found.new, known, verified: 'verified' in found ? found.verified : known }
}

/** The next level at which more may be moved than at this one; `none` where there is no such. */
export function nextLevel(limits: Limits, level: Level): Exclude<Level, 'new'> | 'none' {
  const { [level]: here, known, verified } = limits
  const isMore = (there: LevelLimits | undefined): boolean =>
    here !== undefined && (there === undefined || there.day > here.day || there.month > here.month)
  if (level === 'new' && isMore(known)) return 'known'
  return level !== 'verified' && isMore(verified) ? 'verified' : 'none'
}

/** What limits need of the hub. */
export type LimitParts = {
  /** Undefined where nobody is limited, as in a sandbox. */
  readonly limits: Limits | undefined
  readonly today: () => Day
  /** Euros for one unit of a currency, exact; undefined where no rate is held. */
  readonly rate: (currency: string) => Ratio | undefined
}

/** Nobody is limited. */
export const unlimited: LimitParts = {
  limits: undefined,
  today: () => '1970-01-01',
  rate: () => undefined,
}

export const holderKey = ({ kind, id }: Holder): string => `${kind}:${id}`

/** The counters of a holder whose level is limited: of the day and of the month. */
export function limitKeys(
  { limits, today }: LimitParts,
  levels: ReadonlyMap<string, Level>,
  holder: Holder,
  way: Way,
): AllowanceKey[] {
  const level = levels.get(holderKey(holder)) ?? 'new'
  if (!limits?.[level]) return []
  const day = today()
  return [day, day.slice(0, 7)].map((period) => ({
    subject: holderKey(holder),
    allowance: `money/${way}`,
    period,
    currency: 'EUR',
  }))
}

/**
 * Counts what a holder moves. Refused: `over-limit` with the level and the next one, the period (`day`, `month`), the limit and what is left,
 * in cents of a euro (`currency`); `limit-no-rate` where the amount cannot be told in euros. Whoever calls takes it back when the rest of
 * the command is refused (journal).
 */
export function countMoved(
  parts: LimitParts,
  levels: ReadonlyMap<string, Level>,
  draft: AllowanceDraft,
  { holder, way, amount, currency }: { holder: Holder; way: Way; amount: bigint; currency: string },
): Refused | undefined {
  const level = levels.get(holderKey(holder)) ?? 'new'
  const limits = parts.limits?.[level]
  if (!parts.limits || !limits) return undefined
  const rate = parts.rate(currency)
  if (rate === undefined) return refused('limit-no-rate', { currency })
  const euros = convertMinor(amount, currency, 'EUR', rate, 'up')
  const keys = limitKeys(parts, levels, holder, way)
  for (const [index, period] of (['day', 'month'] as const).entries()) {
    const over = useAllowance(draft, keys[index] as AllowanceKey, euros, limits[period])
    if (over)
      return refused('over-limit', {
        ...{ level, period, way, currency: 'EUR', limit: String(limits[period]) },
        ...{ left: String(over.facts['left']), next: nextLevel(parts.limits, level) },
      })
  }
  return undefined
}
