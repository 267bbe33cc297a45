// A price at the door where law limits what one buyer may bring in per year: the tariff is told what this buyer has used, and
// the quote says what it will use.
import { formatMinor, parseAmount } from '../../basis/money.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { DoorLine, DoorPrice, Journey } from '../../catalogue/index.ts'
import { yearlyLimitOf, type Answer, type YearlyLimit } from '../../tariff/index.ts'
import { findUsed, type AllowanceKey } from '../../zones/index.ts'
import type { OrderParts } from '../parts.ts'
import type { QuoteAllowance } from './quote.ts'

/** What quotes of the same asking would use already, in minor units by allowance. */
export type Planned = Map<string, bigint>

export type PriceParts = Pick<OrderParts, 'db' | 'tariff' | 'doors'>

/**
 * Prices first as if nothing was used; where the way that is proposed has a yearly limit and something of it was, prices
 * again with that. Refused: `no-price`, where the limit is in another money than the price.
 */
export async function priceWithAllowance(
  { db, tariff, doors }: PriceParts,
  lines: readonly DoorLine[],
  journey: Journey,
  { buyer, planned }: { readonly buyer: string; readonly planned: Planned },
): Promise<{ price: DoorPrice; allowance?: QuoteAllowance } | Refused> {
  const { destination, day } = journey
  const facts: Record<string, string> = {}
  for (;;) {
    const told = Object.keys(facts).length > 0 ? { facts } : {}
    const price = await doors.together(lines, { ...journey, ...told })
    const { answer } = price
    const limit = answer && yearlyLimitOf(tariff(), destination, day, answer.route)
    if (!answer || !limit) return { price }
    if (limit.currency !== answer.currency)
      return refused('no-price', { status: 'cannot-decide', reasons: ['limit-in-other-money'] })
    const key = keyOf(buyer, destination, day, limit)
    const used = (await findUsed(db.kysely, key)) + (planned.get(nameOf(key)) ?? 0n)
    if (used === 0n || limit.fact in facts) return { price, allowance: useOf(key, limit, answer) }
    facts[limit.fact] = formatMinor(used, limit.currency)
  }
}

const keyOf = (
  buyer: string,
  territory: string,
  day: string,
  { fact, currency }: YearlyLimit,
): AllowanceKey => ({
  subject: `person:${buyer}`,
  allowance: `${territory}/${fact}`,
  period: day.slice(0, 4),
  currency,
})

const nameOf = ({ allowance, period, currency }: Omit<AllowanceKey, 'subject'>): string =>
  `${allowance} ${period} ${currency}`

function useOf(key: AllowanceKey, { amount, of }: YearlyLimit, answer: Answer): QuoteAllowance {
  const { allowance, period, currency } = key
  const limit = parseAmount(amount, currency) ?? 0n
  return { allowance, period, currency, limit: String(limit), amount: String(counted(answer, of)) }
}

/** What of the goods counts against the limit, in minor units of the answer's currency. */
function counted({ totals, lines, currency }: Answer, of: string): bigint {
  const minor = (amount: string): bigint => parseAmount(amount, currency) ?? 0n
  if (of === 'price') return minor(totals.goods)
  if (of === 'cif') return minor(totals.goods) + minor(totals.freight) + minor(totals.insurance)
  return lines.reduce((sum, line) => sum + minor(line.customsValue), 0n)
}

/** Notes what a quote will use, for those that are made after it in the same asking. */
export function plan(planned: Planned, allowance: QuoteAllowance | undefined): void {
  if (!allowance) return
  const name = nameOf(allowance)
  planned.set(name, (planned.get(name) ?? 0n) + BigInt(allowance.amount))
}
