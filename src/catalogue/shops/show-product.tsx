/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { findOfferBySlug } from '../find-offers.ts'
import { activeVariants, type Offer, type Variant } from '../offer.ts'
import type { DoorAsk, DoorPrice } from '../price-at-door.ts'
import { leadVariant } from '../readiness.ts'
import { findSeller, isOpen, readSizes, type ShopSeller } from './goods.ts'
import { NotFoundPage } from './not-found-page.tsx'
import type { ShopParts } from './parts.ts'
import { ProductPage } from './product-page.tsx'
import { visitorOf } from './visitor.ts'

export const mostPieces = 999

/** A product as it is asked for: which variant, how many, to where. */
export interface ShownProduct {
  offer: Offer
  seller: ShopSeller
  variant: Variant
  /** As typed. */
  quantity: string
  badQuantity: boolean
  ask: DoorAsk
  price: DoorPrice
  /** Whether the seller sells it at the visitor's destination. */
  isOpen: boolean
  sizes: ReadonlyMap<string, { digest: string; width: number; height: number }>
}

/** GET /shop/:slug/:offer */
export async function showProduct(c: Context, parts: ShopParts): Promise<Response> {
  const visitor = visitorOf(c, parts)
  const db = parts.db.kysely
  const seller = await findSeller(db, textOf(c, 'slug'))
  const found =
    seller &&
    (await findOfferBySlug(
      db,
      { homeHub: seller.homeHub, businessId: seller.id },
      textOf(c, 'offer'),
    ))
  const offer = found?.status === 'published' ? found : undefined
  const variant = offer && chosen(offer, c.req.query('variant'))
  if (!seller || !offer || !variant) return c.html(<NotFoundPage {...{ visitor, parts }} />, 404)
  const quantity = (c.req.query('quantity') ?? '1').trim()
  const pieces = /^\d{1,3}$/.test(quantity) ? Number(quantity) : 0
  const ask: DoorAsk = {
    from: seller.from,
    destination: visitor.destination,
    quantity: Math.max(1, pieces),
    day: parts.today(),
  }
  const [price, open, sizes] = await Promise.all([
    parts.doors.priceAtDoor(offer, variant, ask),
    isOpen(db, offer, visitor.destination),
    readSizes(
      db,
      offer.pictures.map(({ digest }) => digest),
      'large',
    ),
  ])
  const product = { offer, seller, variant, ask, price, sizes, isOpen: open }
  return c.html(
    <ProductPage
      {...{ visitor, parts }}
      product={{ ...product, quantity: quantity.slice(0, 12), badQuantity: pieces < 1 }}
    />,
  )
}

/** A path parameter that may be asked of the database. */
export const textOf = (c: Context, name: string): string =>
  (c.req.param(name) ?? '').slice(0, 200).replaceAll('\0', '')

const chosen = (offer: Offer, wanted: string | undefined): Variant | undefined =>
  activeVariants(offer).find(({ variantId }) => variantId === wanted) ?? leadVariant(offer)
