// What programs read on the page of a product: schema.org Product with its Offer and OfferShippingDetails, as JSON-LD.
import { formatMinor } from '../../basis/money.ts'
import { picturesFor, textFor, type Offer, type Variant } from '../offer.ts'
import { pictureUrl } from '../pictures/serve-picture.ts'
import type { DoorPrice } from '../price-at-door.ts'
import { offerHref } from './card.tsx'
import type { ShopSeller } from './goods.ts'

interface Facts {
  offer: Offer
  variant: Variant
  seller: ShopSeller
  price: DoorPrice
  locale: string
  site: string
}

export function productData({ offer, variant, seller, price, locale, site }: Facts): object {
  const found = textFor(offer, locale)
  const url = site + offerHref(seller, offer)
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: found?.text.title,
    description: found?.text.description || undefined,
    url,
    sku: variant.sku ?? offer.offerId,
    image: picturesFor(offer, variant).map(({ digest }) => site + pictureUrl(digest, 'large')),
    ...(offer.brand ? { brand: { '@type': 'Brand', name: offer.brand } } : {}),
    ...(offer.materials ? { material: offer.materials } : {}),
    ...(offer.origin ? { countryOfOrigin: { '@type': 'Country', name: offer.origin } } : {}),
    ...(variant.grossMassG || variant.netMassG
      ? {
          weight: {
            '@type': 'QuantitativeValue',
            value: variant.grossMassG ?? variant.netMassG,
            unitCode: 'GRM',
          },
        }
      : {}),
    offers: {
      '@type': 'Offer',
      url,
      price: formatMinor(variant.priceMinor, offer.currency),
      priceCurrency: offer.currency,
      itemCondition: 'https://schema.org/NewCondition',
      availability: `https://schema.org/${variant.onHand > 0n ? 'InStock' : 'OutOfStock'}`,
      seller: { '@type': 'Organization', name: seller.name, url: `${site}/shop/${seller.slug}` },
      ...(price.lane ? { shippingDetails: shippingOf(price, price.lane) } : {}),
    },
  }
}

function shippingOf({ destination }: DoorPrice, lane: NonNullable<DoorPrice['lane']>): object {
  const { days } = lane
  return {
    '@type': 'OfferShippingDetails',
    shippingDestination: { '@type': 'DefinedRegion', addressCountry: destination },
    shippingRate: {
      '@type': 'MonetaryAmount',
      value: formatMinor(lane.amountMinor, lane.currency),
      currency: lane.currency,
    },
    deliveryTime: {
      '@type': 'ShippingDeliveryTime',
      transitTime: {
        '@type': 'QuantitativeValue',
        minValue: days.min,
        maxValue: days.max,
        unitCode: 'DAY',
      },
    },
  }
}

/** JSON that may stand in a script element: nothing in it can end that element. */
export const scriptJson = (data: object): string =>
  JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
