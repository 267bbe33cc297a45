import { activeVariants } from '../offer.ts'
import { mainText, priceOf, type ExportedOffer, type TableForm } from './exported-offer.ts'

const codeColumn = 'hs_code'

/** Our own columns, with those of each language; docs and pages name them from here. */
export function ownForm(locales: readonly string[]): TableForm {
  const columns = [
    ...['slug', 'status', 'title', 'description'],
    ...locales.flatMap((locale) => [`title:${locale}`, `description:${locale}`]),
    ...[codeColumn, 'origin', 'materials', 'brand', 'currency', 'sku'],
    ...[1, 2, 3].flatMap((n) => [`option${n}_name`, `option${n}_value`]),
    ...['price', 'stock', 'net_mass_g', 'gross_mass_g', 'length_mm', 'width_mm', 'height_mm'],
    ...['pictures', 'picture'],
  ]
  return {
    columns,
    rows: (exported) =>
      ownRecords(exported).map((record) => columns.map((name) => record[name] ?? '')),
  }
}

function ownRecords({ offer, pictures, shown }: ExportedOffer): Record<string, string>[] {
  const text = (value: number | string | null): string => (value === null ? '' : String(value))
  return activeVariants(offer).map((variant, at) => ({
    slug: offer.slug,
    ...(at === 0
      ? {
          status: offer.status,
          title: mainText(offer).title,
          description: mainText(offer).description,
          ...Object.fromEntries(
            offer.texts
              .filter(({ locale }) => locale !== offer.mainLocale)
              .flatMap(({ locale, title, description }) => [
                [`title:${locale}`, title],
                [`description:${locale}`, description],
              ]),
          ),
          [codeColumn]: text(offer.subheading),
          origin: text(offer.origin),
          materials: text(offer.materials),
          brand: text(offer.brand),
          pictures: pictures.map(({ address }) => address).join(', '),
        }
      : {}),
    currency: offer.currency,
    sku: text(variant.sku),
    ...Object.fromEntries(
      variant.options.flatMap(({ name, value }, option) => [
        [`option${option + 1}_name`, name],
        [`option${option + 1}_value`, value],
      ]),
    ),
    price: priceOf(offer, variant),
    stock: String(variant.onHand),
    net_mass_g: text(variant.netMassG),
    gross_mass_g: text(variant.grossMassG),
    length_mm: text(variant.lengthMm),
    width_mm: text(variant.widthMm),
    height_mm: text(variant.heightMm),
    picture: shown.get(variant.variantId) ?? '',
  }))
}

/** One offer as it is written in a file of JSON. */
export function ownJson({ offer, pictures, shown }: ExportedOffer): object {
  const main = mainText(offer)
  return {
    slug: offer.slug,
    status: offer.status,
    title: main.title,
    description: main.description,
    texts: offer.texts
      .filter(({ locale }) => locale !== offer.mainLocale)
      .map(({ locale, title, description }) => ({ locale, title, description })),
    subheading: offer.subheading,
    origin: offer.origin,
    materials: offer.materials,
    brand: offer.brand,
    currency: offer.currency,
    pictures: pictures.map(({ address }) => address),
    variants: activeVariants(offer).map((variant) => ({
      sku: variant.sku,
      options: variant.options,
      price: priceOf(offer, variant),
      stock: Number(variant.onHand),
      netMassG: variant.netMassG,
      grossMassG: variant.grossMassG,
      lengthMm: variant.lengthMm,
      widthMm: variant.widthMm,
      heightMm: variant.heightMm,
      picture: shown.get(variant.variantId) ?? null,
    })),
  }
}
