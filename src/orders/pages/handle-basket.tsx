/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { refused, type Refused } from '../../basis/refusal.ts'
import {
  activeVariants,
  destinationOf,
  findOfferBySlug,
  leadVariant,
} from '../../catalogue/index.ts'
import { actorOf, findBusinessBySlug, limits, tryOnce, visitorOf } from '../../parties/index.ts'
import { dropSecret, keepSecret, readSecret } from '../baskets/basket-cookie.ts'
import { readKey } from '../baskets/basket.ts'
import { estimateBasket } from '../baskets/estimate-basket.ts'
import {
  findBasket,
  isKept,
  keepShipTo,
  putInBasket,
  setPieces,
  takeOut,
} from '../baskets/keep-basket.ts'
import type { OrderParts } from '../parts.ts'
import { mostPieces, type WantedLine } from '../quotes/group-lines.ts'
import { refusalSentence } from '../words.ts'
import { BasketPage } from './basket-page.tsx'
import { readForm, readPieces } from './read-form.ts'
import { readerOf } from './shell.tsx'

type Trouble = {
  readonly refused: Refused
  /** The field that it is about. */
  readonly field: string
  readonly typed?: string
}

export const showBasket = (c: Context, parts: OrderParts): Promise<Response> => basketPage(c, parts)

async function basketPage(c: Context, parts: OrderParts, trouble?: Trouble): Promise<Response> {
  const reader = readerOf(c)
  const destination = destinationOf(c, parts)
  const { lines } = await findBasket(parts.db.kysely, parts.hub.id, readSecret(c))
  const own = new Set(actorOf(c)?.businesses.keys())
  const groups = await estimateBasket(parts, lines, destination, own)
  const errors = trouble
    ? [
        {
          field: trouble.field,
          message: refusalSentence(reader.language, trouble.refused, { destination }),
        },
      ]
    : []
  return c.html(
    <BasketPage
      {...{ reader, groups, destination, errors }}
      typed={trouble?.typed ?? ''}
      added={c.req.query('added') ?? ''}
      destinations={parts.tariff().destinations}
    />,
    !trouble ? 200 : c.res.headers.has('retry-after') ? 429 : 422,
  )
}

/** From a product's page, whose address names the goods: so many pieces of a variant into the basket. */
export async function addToBasket(c: Context, parts: OrderParts): Promise<Response> {
  const form = await readForm(c)
  const { shop = '', offer = '' } = c.req.query()
  const wanted = form.text('variant')
  const found = await goodsAt(parts, shop, offer, wanted)
  if (!found) return c.redirect('/search', 303)
  const quantity = readPieces(form.text('quantity') || '1', 1)
  if (quantity === undefined) {
    const typed = new URLSearchParams({ variant: wanted, quantity: form.text('quantity') || '-' })
    return c.redirect(`/shop/${shop}/${offer}?${typed}`, 303)
  }
  const line = { ...found, quantity }
  const many = await tooManyBaskets(c, parts)
  const no = many ?? (await putInBasket(parts, keepSecret(c, parts.random), line))
  if (no) return basketPage(c, parts, { refused: no, field: `quantity-${line.variantId}` })
  return c.redirect(`/basket?added=${line.variantId}`, 303)
}

/** Whoever has no basket yet gets one, but no address gets them by the thousand. */
async function tooManyBaskets(c: Context, parts: OrderParts): Promise<Refused | undefined> {
  const secret = readSecret(c)
  const { db, hub, now } = parts
  if (secret !== undefined && (await isKept(db.kysely, hub.id, secret))) return undefined
  const { address } = visitorOf(c, parts)
  const once = await tryOnce(db.kysely, limits.basketFromAddress, address, now())
  if (once.allowed) return undefined
  c.header('retry-after', String(once.wait))
  return refused('too-many-baskets', { wait: once.wait })
}

async function goodsAt(
  { db }: OrderParts,
  shop: string,
  slug: string,
  wanted: string,
): Promise<Omit<WantedLine, 'quantity'> | undefined> {
  const readable = /^[a-z0-9-]{1,200}$/
  if (!readable.test(shop) || !readable.test(slug)) return undefined
  const seller = await findBusinessBySlug(db.kysely, shop)
  const owner = seller && { homeHub: seller.homeHub, businessId: seller.id }
  const offer = owner && (await findOfferBySlug(db.kysely, owner, slug))
  if (!offer || offer.status !== 'published') return undefined
  const variant =
    activeVariants(offer).find(({ variantId }) => variantId === wanted) ?? leadVariant(offer)
  return (
    variant && {
      ...{ sellerHub: offer.homeHub, sellerId: offer.businessId },
      ...{ offerId: offer.offerId, variantId: variant.variantId },
    }
  )
}

/** Another number of pieces, or none at all. */
export async function changeLine(c: Context, parts: OrderParts): Promise<Response> {
  const form = await readForm(c)
  const secret = readSecret(c)
  const key = readKey(form.text('line'))
  if (!secret || !key) return c.redirect('/basket', 303)
  const field = `quantity-${key.variantId}`
  const typed = form.text(field)
  const quantity = form.text('remove') === '' ? readPieces(typed, 0) : 0
  if (quantity === undefined) {
    const no = refused('quantity-not-allowed', { most: mostPieces })
    return basketPage(c, parts, { refused: no, field, typed })
  }
  await setPieces(parts, secret, key, quantity)
  keepSecret(c, parts.random)
  return c.redirect('/basket', 303)
}

export async function emptyBasket(c: Context, parts: OrderParts): Promise<Response> {
  const secret = readSecret(c)
  if (secret) await takeOut(parts, secret, 'all')
  return c.redirect('/basket', 303)
}

/** Who signs out leaves neither basket nor address to whoever sits there next. */
export async function leaveBasket(c: Context, parts: OrderParts): Promise<void> {
  const secret = readSecret(c)
  if (secret) await keepShipTo(parts, secret, undefined)
  dropSecret(c)
}
