// What somebody wants to buy, by seller and currency of the goods, and whether it can be sold at all. Pure.
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import type { DoorLine, Offer } from '../../catalogue/index.ts'
import type { Profile } from '../../parties/index.ts'

export type WantedLine = {
  readonly sellerHub: string
  readonly sellerId: string
  readonly offerId: string
  readonly variantId: string
  /** Pieces, 1 to 999. */
  readonly quantity: number
}

export type Group = {
  readonly seller: { readonly hub: string; readonly id: string }
  /** Of the goods; undefined where they are not on offer. */
  readonly currency: string | undefined
  /** As they were asked for, pieces of one variant together. */
  readonly lines: readonly WantedLine[]
}

/** Offers that are there, by `offerKey`. */
export type Offers = ReadonlyMap<string, Offer>

export const sellerKey = (line: Pick<WantedLine, 'sellerHub' | 'sellerId'>): string =>
  `${line.sellerHub} ${line.sellerId}`
export const offerKey = (line: Omit<WantedLine, 'variantId' | 'quantity'>): string =>
  `${sellerKey(line)} ${line.offerId}`

/** In the order in which they are first named. Goods that are no longer on offer are groups of their own. */
export function groupLines(wanted: readonly WantedLine[], offers: Offers): Group[] {
  const currencyOf = (line: WantedLine): string | undefined =>
    onSale(offers.get(offerKey(line)))?.currency
  const groups = Map.groupBy(wanted, (line) => `${sellerKey(line)} ${currencyOf(line) ?? ''}`)
  return [...groups.values()].map((lines) => {
    const [first] = lines as [WantedLine]
    return {
      seller: { hub: first.sellerHub, id: first.sellerId },
      currency: currencyOf(first),
      lines: together(lines),
    }
  })
}

function together(lines: readonly WantedLine[]): WantedLine[] {
  const variants = Map.groupBy(lines, (line) => `${line.offerId} ${line.variantId}`)
  return [...variants.values()].map((same) => ({
    ...(same[0] as WantedLine),
    quantity: same.reduce((sum, { quantity }) => sum + quantity, 0),
  }))
}

const onSale = (offer: Offer | undefined): Offer | undefined =>
  offer?.status === 'published' ? offer : undefined

export const mostPieces = 999

/**
 * The lines with their offers, or why they cannot be bought, in this order: `offer-gone`, `variant-gone`,
 * `quantity-not-allowed`, `seller-blocked`, `not-sold-there`, `out-of-stock` with what is left.
 */
export function checkGroup(
  group: Group,
  offers: Offers,
  { screening }: Profile,
  /** Ids of the offers that are sold to the destination. */
  soldThere: ReadonlySet<string>,
): readonly DoorLine[] | Refused {
  const lines: DoorLine[] = []
  for (const line of group.lines) {
    const found = lineOf(line, offers)
    if (isRefused(found)) return found
    lines.push(found)
  }
  if (screening === 'blocked') return refused('seller-blocked')
  const closed = group.lines.find(({ offerId }) => !soldThere.has(offerId))
  if (closed) return refused('not-sold-there', { offer: closed.offerId })
  const short = lines.find(({ variant, quantity }) => variant.onHand < BigInt(quantity))
  if (!short) return lines
  const { variantId, onHand } = short.variant
  return refused('out-of-stock', { variant: variantId, left: Number(onHand) })
}

function lineOf(line: WantedLine, offers: Offers): DoorLine | Refused {
  const { offerId, variantId, quantity } = line
  const offer = onSale(offers.get(offerKey(line)))
  if (!offer) return refused('offer-gone', { offer: offerId })
  const variant = offer.variants.find((each) => each.variantId === variantId)
  if (!variant?.active) return refused('variant-gone', { offer: offerId, variant: variantId })
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > mostPieces)
    return refused('quantity-not-allowed', { variant: variantId, most: mostPieces })
  return { offer, variant, quantity }
}
