// Goods for programs: product data after Google's specification (RSS 2.0 with the namespace g) and new goods as Atom
// (RFC 4287). Prices are those of the seller, in the seller's currency: what comes on top hangs on the destination.
import type { Context } from 'hono'
import { formatMinor } from '../../basis/money.ts'
import { languageFor } from '../../ui/index.ts'
import { searchOffers } from '../search/search-offers.ts'
import { activeVariants, optionsText, textFor, type Offer, type Variant } from '../offer.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import { offerHref } from './card.tsx'
import { findSeller, readGoods, type Goods, type ShopSeller } from './goods.ts'
import { goodsByKey, type ForFeed } from './goods-by-key.ts'
import type { ShopParts } from './parts.ts'
import { textOf } from './show-product.tsx'
import { escapeXml, xml, xmlStream } from './sitemap.ts'
import { siteOf, visitorOf } from './visitor.ts'

const mostNew = 50

/** GET /feeds/google.xml: the goods of all sellers, each of them. */
export const googleFeedOfAll = (c: Context, parts: ShopParts): Response =>
  googleFeed(c, parts, undefined)

/** GET /feeds/google/:slug.xml */
export async function googleFeedOfShop(c: Context, parts: ShopParts): Promise<Response> {
  const slug = textOf(c, 'file').replace(/\.xml$/, '')
  const seller = await findSeller(parts.db.kysely, slug)
  return seller ? googleFeed(c, parts, seller) : c.notFound()
}

function googleFeed(c: Context, { db, hub }: ShopParts, seller: ShopSeller | undefined): Response {
  const site = siteOf(c)
  const title = seller?.name ?? hub.name
  return xmlStream(c, feedOf())

  /** A batch at a time, as fast as the reader takes it: a hub's goods are never in memory together. */
  async function* feedOf(): AsyncGenerator<string> {
    yield [
      '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>',
      tag('title', title),
      tag('link', site + (seller ? `/shop/${seller.slug}` : '/')),
      tag('description', title),
    ].join('\n')
    for await (const goods of goodsByKey(db.kysely, seller))
      yield goods
        .flatMap((each) => activeVariants(each.offer).map((one) => itemOf(each, one, site)))
        .join('\n')
    yield '</channel></rss>'
  }
}

const tag = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

function itemOf({ offer, seller }: ForFeed, variant: Variant, site: string): string {
  const words = textFor(offer, offer.mainLocale)?.text
  const url = site + offerHref(seller, offer)
  const variants = activeVariants(offer)
  const options = optionsText(variant.options)
  const title = [words?.title ?? offer.slug, options].filter(Boolean).join(' - ').slice(0, 150)
  const [first, ...others] = offer.pictures
  const grams = variant.grossMassG ?? variant.netMassG
  return [
    '<item>',
    tag('g:id', variant.variantId),
    variants.length > 1 ? tag('g:item_group_id', offer.offerId) : '',
    tag('g:title', title),
    tag('g:description', (words?.description || title).slice(0, 5_000)),
    tag('g:link', variants.length > 1 ? `${url}?variant=${variant.variantId}` : url),
    first ? tag('g:image_link', site + pictureUrl(first.digest, 'large')) : '',
    ...others
      .slice(0, 10)
      .map(({ digest }) => tag('g:additional_image_link', site + pictureUrl(digest, 'large'))),
    tag('g:availability', variant.onHand > 0n ? 'in_stock' : 'out_of_stock'),
    tag('g:price', `${formatMinor(variant.priceMinor, offer.currency)} ${offer.currency}`),
    tag('g:condition', 'new'),
    offer.brand ? tag('g:brand', offer.brand.slice(0, 70)) : tag('g:identifier_exists', 'no'),
    variant.sku ? tag('g:mpn', variant.sku.slice(0, 70)) : '',
    offer.materials ? tag('g:material', offer.materials.slice(0, 200)) : '',
    grams ? tag('g:shipping_weight', `${grams} g`) : '',
    tag('g:ships_from_country', seller.from),
    '</item>',
  ]
    .filter((line) => line !== '')
    .join('')
}

/** GET /feeds/new.atom: what came last, in the reader's language; `next` leads to what came before (RFC 5005). */
export async function newFeed(c: Context, parts: ShopParts): Promise<Response> {
  const { language, destination, site, hub } = visitorOf(c, parts)
  const after = c.req.query('after')
  const search = { words: '', size: mostNew, sort: 'newest' as const }
  const { keys, next } = await searchOffers(parts.db.kysely, { ...search, after })
  const goods = await readGoods(parts, keys, destination)
  const link = (rel: string, from: string | undefined): string => {
    const query = from === undefined ? '' : `?after=${encodeURIComponent(from)}`
    return `<link rel="${rel}" href="${escapeXml(`${site}/feeds/new.atom${query}`)}"/>`
  }
  const updated = Math.max(0, ...goods.map(({ offer }) => offer.updatedAt))
  return xml(
    [
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language.locale}">`,
      tag('title', language.t('shops.feed.new', { hub: hub.name })),
      tag('id', `urn:uuid:${parts.hub.id}`),
      link('self', after),
      ...(next ? [link('next', next)] : []),
      `<link href="${escapeXml(`${site}/`)}"/>`,
      tag('updated', new Date(updated).toISOString()),
      ...goods.map((each) => entryOf(each, site, language.locale)),
      '</feed>',
    ].join('\n'),
    'application/atom+xml',
  )
}

function entryOf({ offer, seller }: Goods, site: string, locale: string): string {
  const words = textFor(offer, locale)?.text
  return [
    '<entry>',
    tag('title', words?.title ?? offer.slug),
    tag('id', `urn:uuid:${offer.offerId}`),
    `<link href="${escapeXml(site + offerHref(seller, offer))}"/>`,
    tag('published', new Date(offer.publishedAt ?? offer.createdAt).toISOString()),
    tag('updated', new Date(offer.updatedAt).toISOString()),
    `<author>${tag('name', seller.name)}</author>`,
    tag('summary', summaryOf(offer, words?.description ?? '', locale)),
    '</entry>',
  ].join('')
}

function summaryOf({ origin }: Offer, description: string, locale: string): string {
  const from = origin ? `${languageFor(locale).country(origin)}. ` : ''
  return `${from}${description.slice(0, 300)}`
}
