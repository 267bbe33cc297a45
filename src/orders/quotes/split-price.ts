// Who gets what of a price at the door: its legs, which add up to it to the last minor unit. Pure.
import { parseAmount } from '../../basis/money.ts'
import type { DoorLine, DoorPrice } from '../../catalogue/index.ts'
import { currencyOf, payableAccount, type EscrowLeg } from '../../ledger/index.ts'
import type { LaneQuote } from '../../logistics/index.ts'
import type { QuoteLeg } from './quote.ts'

/** A price at the door with a figure. */
export type KnownPrice = DoorPrice & {
  readonly total: NonNullable<DoorPrice['total']>
  readonly lane: LaneQuote
  readonly answer: NonNullable<DoorPrice['answer']>
  readonly basket: NonNullable<DoorPrice['basket']>
}

/** Where what is owed for goods goes, by the currency of the goods: a wallet, or the position with the seller's own hub. */
export type SellerAccount = (currency: string) => string

/**
 * The legs of a price, none of them nothing. Undefined where the share of somebody who is owed something is too small to be
 * said in the buyer's money. Throws where the parts do not add up to the whole, which no rule of law can bring about.
 */
export function splitPrice(
  price: KnownPrice,
  lines: readonly DoorLine[],
  seller: SellerAccount,
): readonly QuoteLeg[] | undefined {
  const { destination, lane, total } = price
  const { currency } = total
  const parts = partsOf(price, lines)
  const accounts: Readonly<Record<EscrowLeg, string>> = {
    goods: seller(offerCurrency(lines)),
    freight: payableAccount('freight', lane.lane.carrier, lane.currency),
    insurance: payableAccount('insurance', lane.lane.carrier, currency),
    duty: payableAccount('duty', destination, currency),
    tax: payableAccount('tax', destination, currency),
    fee: payableAccount('fee', destination, currency),
  }
  const owed = { goods: goodsOf(lines), freight: lane.amountMinor }
  if ((parts.goods === 0n && owed.goods > 0n) || (parts.freight === 0n && owed.freight > 0n))
    return undefined
  const legs = (Object.keys(accounts) as EscrowLeg[])
    .filter((leg) => parts[leg] !== 0n)
    .map((leg): QuoteLeg => {
      const to = accounts[leg]
      const own = currencyOf(to) === currency ? undefined : owed[leg as keyof typeof owed]
      return {
        ...{ leg, amount: String(parts[leg]), to },
        ...(own === undefined ? {} : { as: String(own) }),
      }
    })
  const whole = legs.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  if (whole !== minor(total.amount, currency) || legs.some(({ amount }) => BigInt(amount) < 0n))
    throw new RangeError(`${JSON.stringify(legs)} are not the parts of ${total.amount} ${currency}`)
  return legs
}

/**
 * What a seller or a carrier is owed in another money is paid for at the dealer's rate, not at the customs' one: the legs
 * that are changed hold what the dealer asks. Within a border nothing is charged on the way: what the seller asks, and
 * the freight.
 */
function partsOf(
  { status, answer: { totals }, exchange, lane, total: { currency } }: KnownPrice,
  lines: readonly DoorLine[],
): Readonly<Record<EscrowLeg, bigint>> {
  if (status === 'no-border')
    return {
      ...{ goods: goodsOf(lines), freight: lane.amountMinor, insurance: 0n },
      ...{ duty: 0n, tax: 0n, fee: 0n },
    }
  return {
    goods: minor(totals.goods, currency) + (exchange?.goods ?? 0n),
    freight: minor(totals.freight, currency) + (exchange?.freight ?? 0n),
    insurance: minor(totals.insurance, currency),
    duty: minor(totals.duty, currency),
    tax: minor(totals.tax, currency),
    fee: minor(totals.fees, currency),
  }
}

function minor(amount: string, currency: string): bigint {
  const found = parseAmount(amount, currency)
  if (found === undefined) throw new RangeError(`${amount} is no amount of ${currency}`)
  return found
}

const goodsOf = (lines: readonly DoorLine[]): bigint =>
  lines.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * BigInt(quantity), 0n)

const offerCurrency = ([line]: readonly DoorLine[]): string => line?.offer.currency ?? ''
