// What a basket costs at the visitor's door by today's rules and rate cards: an estimate, of which nothing is kept. What is
// owed stands in the quotes that checkout makes.
import { parseAmount } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import {
  findOffers,
  findSoldThere,
  type DoorLine,
  type DoorPrice,
  type Journey,
  type Offer,
  type Variant,
} from '../../catalogue/index.ts'
import { findProfile, type Profile } from '../../parties/index.ts'
import type { OrderParts } from '../parts.ts'
import {
  checkGroup,
  groupLines,
  offerKey,
  type Group,
  type Offers,
  type WantedLine,
} from '../quotes/group-lines.ts'
import { isKnown, noPrice } from '../quotes/refuse-price.ts'

export type EstimatedLine = {
  readonly wanted: WantedLine
  readonly offer: Offer | undefined
  readonly variant: Variant | undefined
  /** Why it cannot be bought as it stands: what `checkGroup` refuses, `own-goods`, or `no-price`. */
  readonly problem: Refused | undefined
}

/** Goods of one seller in one currency, which go together. */
export type EstimatedGroup = {
  readonly seller: Profile | undefined
  readonly lines: readonly EstimatedLine[]
  /** Of the lines without a problem, all in; undefined where nothing of the group can go. */
  readonly price: DoorPrice | undefined
  /** Each can go alone, but not all of them in one parcel. */
  readonly problem: Refused | undefined
}

export type EstimateParts = Pick<OrderParts, 'db' | 'doors' | 'today' | 'schemes'>

/** In the order in which sellers were first put in. `own`: businesses of who looks, who cannot buy of them. */
export async function estimateBasket(
  parts: EstimateParts,
  wanted: readonly WantedLine[],
  destination: string,
  own: ReadonlySet<string> = new Set(),
): Promise<EstimatedGroup[]> {
  const keys = wanted.map(({ sellerHub, sellerId, offerId }) => ({
    ...{ homeHub: sellerHub, businessId: sellerId, offerId },
  }))
  const found = await findOffers(parts.db.kysely, keys)
  const offers: Offers = new Map(found.map((offer) => [keyOf(offer), offer]))
  return Promise.all(
    groupLines(wanted, offers).map((group) =>
      estimateGroup(parts, group, offers, destination, own.has(group.seller.id)),
    ),
  )
}

const keyOf = ({ homeHub, businessId, offerId }: Offer): string =>
  offerKey({ sellerHub: homeHub, sellerId: businessId, offerId })

async function estimateGroup(
  parts: EstimateParts,
  group: Group,
  offers: Offers,
  destination: string,
  isOwn: boolean,
): Promise<EstimatedGroup> {
  const { hub, id } = group.seller
  const db = parts.db.kysely
  const [seller, sold] = await Promise.all([
    findProfile(db, hub, id),
    findSoldThere(
      db,
      { homeHub: hub, businessId: id },
      group.lines.map(({ offerId }) => offerId),
      destination,
    ),
  ])
  const from = seller?.shipFrom?.country ?? seller?.country ?? ''
  const { schemes } = parts
  const journey: Journey = {
    ...{ from, destination, day: parts.today() },
    ...(schemes === undefined ? {} : { schemes }),
  }
  const lines = await Promise.all(
    group.lines.map(async (line) => {
      const { offer, variant } = goodsOf(line, offers)
      const checked =
        seller && !isOwn
          ? checkGroup({ ...group, lines: [line] }, offers, seller, sold)
          : isOwn
            ? refused('own-goods')
            : refused('offer-gone', { offer: line.offerId })
      const problem = isRefused(checked) ? checked : await alone(parts, checked[0], journey)
      return { wanted: line, offer, variant, problem }
    }),
  )
  const good = lines.flatMap(({ wanted, offer, variant, problem }): DoorLine[] =>
    offer && variant && !problem ? [{ offer, variant, quantity: wanted.quantity }] : [],
  )
  if (good.length === 0) return { seller, lines, price: undefined, problem: undefined }
  const price = await parts.doors.together(good, journey)
  return isKnown(price)
    ? { seller, lines, price, problem: undefined }
    : { seller, lines, price: undefined, problem: noPrice(price) }
}

const goodsOf = (line: WantedLine, offers: Offers) => {
  const offer = offers.get(offerKey(line))
  return { offer, variant: offer?.variants.find(({ variantId }) => variantId === line.variantId) }
}

/** Why goods cannot go even by themselves; the price of one line is remembered for a minute. */
async function alone(
  { doors }: EstimateParts,
  line: DoorLine | undefined,
  { from, destination, day }: Journey,
): Promise<Refused | undefined> {
  if (!line) return undefined
  const { offer, variant, quantity } = line
  const price = await doors.priceAtDoor(offer, variant, { from, destination, quantity, day })
  return isKnown(price) ? undefined : noPrice(price)
}

/** What all groups with a price come to, in minor units by currency. */
export function totalsOf(groups: readonly EstimatedGroup[]): Map<string, bigint> {
  const totals = new Map<string, bigint>()
  for (const { price } of groups) {
    if (!price?.total) continue
    const { amount, currency } = price.total
    totals.set(currency, (totals.get(currency) ?? 0n) + (parseAmount(amount, currency) ?? 0n))
  }
  return totals
}
