// Etsy's listings, and Google's product data specification. Pure.
import { activeVariants, optionsText, type Variant } from '../offer.ts'
import {
  mainText,
  number,
  priceOf,
  shifted,
  tableForm,
  type ExportedOffer,
} from './exported-offer.ts'

const etsyColumns = [
  ...['TITLE', 'DESCRIPTION', 'PRICE', 'CURRENCY_CODE', 'QUANTITY', 'TAGS', 'MATERIALS'],
  ...Array.from({ length: 10 }, (_, at) => `IMAGE${at + 1}`),
  ...[1, 2].flatMap((n) => ['TYPE', 'NAME', 'VALUES'].map((word) => `VARIATION ${n} ${word}`)),
  'SKU',
]

/** One row holds one price: goods with several prices become a row for each variant. */
export const etsy = tableForm(etsyColumns, ({ offer, pictures }) => {
  const variants = activeVariants(offer)
  const { title, description } = mainText(offer)
  const base = (variant: Variant, name: string) => ({
    TITLE: name,
    DESCRIPTION: description,
    PRICE: priceOf(offer, variant),
    CURRENCY_CODE: offer.currency,
    MATERIALS: offer.materials ?? '',
    ...Object.fromEntries(
      pictures.slice(0, 10).map(({ address }, at) => [`IMAGE${at + 1}`, address]),
    ),
  })
  const [first] = variants
  if (!first) return []
  const names = first.options.map(({ name }) => name)
  const onePrice = variants.every(({ priceMinor }) => priceMinor === first.priceMinor)
  if (
    names.length <= 1 &&
    onePrice &&
    !variants.some(({ options }) => options.some(({ value }) => value.includes(',')))
  )
    return [
      {
        ...base(first, title),
        QUANTITY: String(variants.reduce((sum, { onHand }) => sum + onHand, 0n)),
        SKU: variants.map(({ sku }) => sku ?? '').join(','),
        ...(names[0]
          ? {
              'VARIATION 1 TYPE': names[0],
              'VARIATION 1 NAME': names[0],
              'VARIATION 1 VALUES': variants
                .map(({ options }) => options[0]?.value ?? '')
                .join(','),
            }
          : {}),
      },
    ]
  return variants.map((variant) => ({
    ...base(variant, [title, optionsText(variant.options)].filter(Boolean).join(', ')),
    QUANTITY: String(variant.onHand),
    SKU: variant.sku ?? '',
  }))
})

/** The names of Google's product data specification. */
export const googleColumns = [
  ...['id', 'title', 'description', 'link', 'image_link', 'additional_image_link', 'availability'],
  ...['price', 'brand', 'condition', 'item_group_id', 'color', 'size', 'pattern', 'material'],
  ...['shipping_weight', 'shipping_length', 'shipping_width', 'shipping_height'],
]

const googleOptions = ['color', 'size', 'pattern']

export function googleRecords({
  offer,
  pictures,
  shown,
  link,
}: ExportedOffer): Record<string, string>[] {
  const { title, description } = mainText(offer)
  const addresses = pictures.map(({ address }) => address)
  /** The picture of the variant itself comes first. */
  const imagesOf = ({ variantId }: Variant): string[] => {
    const own = shown.get(variantId)
    return own === undefined ? addresses : [own, ...addresses]
  }
  const unit = (figure: string, name: string) => (figure === '' ? '' : `${figure} ${name}`)
  const variants = activeVariants(offer)
  return variants.map((variant) => ({
    id: variant.sku ?? variant.variantId,
    title,
    description,
    link,
    image_link: imagesOf(variant)[0] ?? '',
    additional_image_link: imagesOf(variant).slice(1).join(','),
    availability: variant.onHand > 0n ? 'in_stock' : 'out_of_stock',
    price: `${priceOf(offer, variant)} ${offer.currency}`,
    brand: offer.brand ?? '',
    condition: 'new',
    item_group_id: variants.length > 1 ? offer.slug : '',
    material: offer.materials ?? '',
    shipping_weight: unit(number(variant.grossMassG), 'g'),
    shipping_length: unit(shifted(variant.lengthMm, 1), 'cm'),
    shipping_width: unit(shifted(variant.widthMm, 1), 'cm'),
    shipping_height: unit(shifted(variant.heightMm, 1), 'cm'),
    ...Object.fromEntries(
      variant.options.map(({ name, value }, at) => [
        googleOptions.find((each) => each === name.toLowerCase().replace('colour', 'color')) ??
          googleOptions[at] ??
          'pattern',
        value,
      ]),
    ),
  }))
}
