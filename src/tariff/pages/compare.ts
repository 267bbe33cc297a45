// The answers side by side: what a table, a map and a sort need of each, in the reader's own currency.
import type { Day } from '../../basis/day.ts'
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { minorDigits } from '../../basis/currency.ts'
import { multiply, ratio } from '../../basis/ratio.ts'
import { round } from '../../basis/rounding.ts'
import type { Answer } from '../assess/answer.ts'
import type { Basket } from '../basket.ts'
import type { Tariff } from '../create-tariff.ts'
import { RulesError } from '../rules/read-yaml.ts'
import type { Ask } from './ask.ts'
import { answerAll, type TariffParts, type Unavailable } from './landed-cost.ts'

export type Row = {
  to: string
  answer?: Answer
  /** Why there is no answer at all. */
  missing?: Unavailable['reason'] | 'same-country' | 'same-union'
  /** The price at the door in the currency of the goods, at the newest rate: to compare, not to pay. */
  comparable?: string
  /** Duty, tax and fees in per cent of the price at the door. */
  share?: number
}

export const sorts = ['price', 'share', 'name'] as const
export type Sort = (typeof sorts)[number]

/** One row per destination asked, in the order asked. */
export function compare(ask: Ask, basket: Basket, parts: TariffParts): Row[] {
  const tariff = parts.tariff()
  const inside = new Map(ask.to.flatMap((to) => within(ask.from, to, tariff)))
  const abroad = ask.to.filter((to) => !inside.has(to))
  const { answers, unavailable = [] } = answerAll(basket, abroad, ask.on, parts, {
    strict: ask.strict,
  })
  return ask.to.map((to): Row => {
    const answer = answers.find((each) => each.to === to)
    if (answer) return rowOf(answer, ask.currency, ask.on, tariff)
    const reason = unavailable.find((each) => each.to === to)?.reason ?? 'rules-broken'
    return { to, missing: inside.get(to) ?? reason }
  })
}

/** Goods that stay in one country, or in one customs union, are not imported at all. */
export function within(
  from: string,
  to: string,
  tariff: Tariff,
): [to: string, why: 'same-country' | 'same-union'][] {
  if (from === to) return [[to, 'same-country']]
  const unions = unionsOf(from, tariff)
  return unionsOf(to, tariff).some((union) => unions.includes(union)) ? [[to, 'same-union']] : []
}

function unionsOf(country: string, tariff: Tariff): readonly string[] {
  if (!tariff.territories.includes(country)) return []
  try {
    return tariff.rules(country).chain.filter((code) => code !== country)
  } catch (error) {
    // The answer says that its rules cannot be read.
    if (error instanceof RulesError) return []
    throw error
  }
}

function rowOf(answer: Answer, currency: string, on: Day, tariff: Tariff): Row {
  const { to, totals } = answer
  if (totals.landed === null) return { to, answer }
  const comparable = convert(totals.landed, answer.currency, currency, on, tariff)
  return {
    to,
    answer,
    ...(comparable === undefined ? {} : { comparable }),
    share: shareOf(answer),
  }
}

/** Whatever was published last, whoever asks. */
export const newest = { source: 'ecb', rule: 'latest' } as const

/** At the newest rate held on the day; undefined without one. */
export function convert(
  amount: string,
  from: string,
  to: string,
  on: Day,
  tariff: Tariff,
): string | undefined {
  if (from === to) return amount
  const rate = tariff.exchange.rate(from, to, on, newest)?.rate
  const minor = parseAmount(amount, from)
  if (!rate || minor === undefined) return undefined
  const major = ratio(minor, 10n ** BigInt(minorDigits(from) ?? 2))
  const scaled = multiply(multiply(major, rate), ratio(10n ** BigInt(minorDigits(to) ?? 2)))
  return formatMinor(round(scaled, 'half-up'), to)
}

function shareOf({ totals, currency }: Answer): number {
  const minor = (text: string | null): bigint => parseAmount(text ?? '0', currency) ?? 0n
  const landed = minor(totals.landed)
  if (landed <= 0n) return 0
  const charges = minor(totals.duty) + minor(totals.tax) + minor(totals.fees)
  return Number((charges * 1000n) / landed) / 10
}

/** Those with a price first; the others keep the order in which they were asked. */
export function sortRows(rows: readonly Row[], sort: Sort, isDown: boolean, names: Names): Row[] {
  const key = (row: Row): number =>
    sort === 'share' ? (row.share as number) : Number(row.comparable ?? Infinity)
  const order = (a: Row, b: Row): number =>
    sort === 'name' ? names.compare(names.of(a.to), names.of(b.to)) : key(a) - key(b)
  const isPriced = (row: Row): boolean => row.share !== undefined
  if (sort === 'name') return [...rows].sort((a, b) => (isDown ? order(b, a) : order(a, b)))
  const priced = rows.filter(isPriced).sort((a, b) => (isDown ? order(b, a) : order(a, b)))
  return [...priced, ...rows.filter((row) => !isPriced(row))]
}

export type Names = { of(code: string): string; compare(a: string, b: string): number }

/** How dark a country is on the map: by the share of charges, in steps that the legend names. */
export const shareSteps = [10, 20, 35] as const
export const levelOf = (share: number): 2 | 3 | 4 | 5 =>
  (shareSteps.filter((step) => share >= step).length + 2) as 2 | 3 | 4 | 5
