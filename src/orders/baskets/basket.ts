// What a visitor has put aside to buy, from any number of sellers. It belongs to whoever has its secret, which a cookie keeps;
// stored is only the secret's hash.
import { createHash } from 'node:crypto'
import { isUuid } from '../../basis/uuid.ts'
import type { ShipTo } from '../order.ts'
import type { WantedLine } from '../quotes/group-lines.ts'

export type Basket = {
  /** Where the goods shall go, once it was said, and who said it. */
  readonly shipTo: (ShipTo & { readonly saidBy?: string }) | undefined
  /** In the order in which they were put in. */
  readonly lines: readonly WantedLine[]
}

/** What names a line within its basket. */
export type LineKey = Pick<WantedLine, 'sellerHub' | 'sellerId' | 'variantId'>

export const mostLines = 50

/** So long after the last change a basket is forgotten. */
export const basketLife = 30 * 24 * 60 * 60 * 1000

export const noBasket: Basket = { shipTo: undefined, lines: [] }

/** Where somebody's goods go, in a country: a browser that two people share shows neither the other's address. */
export function shipToOf(
  { shipTo }: Basket,
  person: string,
  destination: string,
): ShipTo | undefined {
  if (shipTo?.saidBy !== person || shipTo.address.country !== destination) return undefined
  const { name, phone, address } = shipTo
  return { name, phone, address }
}

/** SHA-256, hex: enough for a secret of 256 bits. */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex')

/** Changes when anything in it does: what was quoted for another basket is quoted anew. */
export const basketState = ({ lines }: Basket, destination: string): string =>
  createHash('sha256')
    .update(JSON.stringify([destination, lines]))
    .digest('base64url')
    .slice(0, 16)

/** A line as forms name it: hub, seller and variant. */
export const writeKey = ({ sellerHub, sellerId, variantId }: LineKey): string =>
  [sellerHub, sellerId, variantId].join(' ')

/** Undefined for what is no line. */
export function readKey(text: string): LineKey | undefined {
  const [sellerHub = '', sellerId = '', variantId = '', ...more] = text.split(' ')
  const isKey = [sellerHub, sellerId, variantId].every(isUuid) && more.length === 0
  return isKey ? { sellerHub, sellerId, variantId } : undefined
}
