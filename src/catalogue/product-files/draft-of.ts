import { formatMinor } from '../../basis/money.ts'
import { activeVariants, pictureOf, type Offer, type OfferDraft } from '../offer.ts'

/** A draft that makes the offer what it was, out of what it has become. */
export function draftOf(then: Offer, now: Offer | undefined): OfferDraft {
  const added = (now?.texts ?? []).filter(
    ({ locale }) => !then.texts.some((text) => text.locale === locale),
  )
  return {
    offerId: then.offerId,
    slug: then.slug,
    mainLocale: then.mainLocale,
    texts: [
      ...then.texts.map(({ locale, title, description }) => ({ locale, title, description })),
      // A text with nothing in it goes.
      ...added.map(({ locale }) => ({ locale, title: '', description: '' })),
    ],
    subheading: then.subheading,
    classified: then.classified,
    nationalCodes: then.nationalCodes,
    origin: then.origin,
    materials: then.materials,
    brand: then.brand,
    measures: then.measures,
    facts: then.facts,
    proofs: then.proofs,
    currency: then.currency,
    variants: activeVariants(then).map((variant) => ({
      variantId: variant.variantId,
      sku: variant.sku,
      options: variant.options,
      price: formatMinor(variant.priceMinor, then.currency),
      stock: Number(variant.onHand),
      netMassG: variant.netMassG,
      grossMassG: variant.grossMassG,
      lengthMm: variant.lengthMm,
      widthMm: variant.widthMm,
      heightMm: variant.heightMm,
      picture: pictureOf(then, variant)?.digest ?? null,
    })),
    pictures: then.pictures.map(({ digest, alt }) => ({ digest, alt })),
    status: then.status,
  }
}
