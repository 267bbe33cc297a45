// Goods of this hub in the words of other shops, so that they can be taken there as they were brought here: what is
// written is read back as the same offer. Pure.
import { activeVariants, type Variant } from '../offer.ts'
import { etsy, googleColumns, googleRecords } from './export-feeds.ts'
import { mainText, number, priceOf, shifted, tableForm, type TableForm } from './exported-offer.ts'
import type { PictureAddress } from './item.ts'

export const exportForms = [
  'shopify',
  'shopify-2025',
  'woocommerce',
  'etsy',
  'google',
  'google-xml',
  'csv',
  'json',
] as const

export type ExportForm = (typeof exportForms)[number]

/** Text as HTML that says the same. */
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>')

const optionNumbers = [0, 1, 2] as const

const optionCells = (
  { options }: Variant,
  nameOf: (at: number) => string,
  valueOf: (at: number) => string,
): Record<string, string> =>
  Object.fromEntries(
    optionNumbers.flatMap((at) => {
      const option = options[at]
      if (option)
        return [[nameOf(at + 1), option.name] as const, [valueOf(at + 1), option.value] as const]
      return at === 0 ? [[nameOf(1), 'Title'] as const, [valueOf(1), 'Default Title'] as const] : []
    }),
  )

/** Shopify keeps the brand under this name. */
const brandColumn = 'Vendor'

const shopifyOld = tableForm(
  [
    ...['Handle', 'Title', 'Body (HTML)', brandColumn, 'Published'],
    ...optionNumbers.flatMap((at) => [`Option${at + 1} Name`, `Option${at + 1} Value`]),
    ...['Variant SKU', 'Variant Grams', 'Variant Inventory Qty', 'Variant Price'],
    ...['Variant HS Code', 'Variant Country of Origin', 'Image Src', 'Image Alt Text'],
    ...['Variant Image', 'Status'],
  ],
  ({ offer, pictures, shown }) =>
    withPictures(
      activeVariants(offer).map((variant, at) => ({
        Handle: offer.slug,
        ...(at === 0
          ? {
              Title: mainText(offer).title,
              'Body (HTML)': html(mainText(offer).description),
              [brandColumn]: offer.brand ?? '',
              Published: String(offer.status === 'published'),
              Status: offer.status === 'published' ? 'active' : 'draft',
            }
          : {}),
        ...optionCells(
          variant,
          (n) => `Option${n} Name`,
          (n) => `Option${n} Value`,
        ),
        'Variant SKU': variant.sku ?? '',
        'Variant Grams': number(variant.grossMassG),
        'Variant Inventory Qty': String(variant.onHand),
        'Variant Price': priceOf(offer, variant),
        'Variant HS Code': offer.subheading ?? '',
        'Variant Country of Origin': offer.origin ?? '',
        'Variant Image': shown.get(variant.variantId) ?? '',
      })),
      { Handle: offer.slug },
      pictures,
      ['Image Src', 'Image Alt Text'],
    ),
)

const shopifyNew = tableForm(
  [
    ...['Title', 'URL handle', 'Description', brandColumn, 'Published on online store', 'Status'],
    'SKU',
    ...optionNumbers.flatMap((at) => [`Option${at + 1} name`, `Option${at + 1} value`]),
    ...['Price', 'Inventory quantity', 'Weight value (grams)', 'Weight unit for display'],
    ...['HS code', 'Country of origin', 'Product image URL', 'Image alt text'],
    'Variant image URL',
  ],
  ({ offer, pictures, shown }) =>
    withPictures(
      activeVariants(offer).map((variant, at) => ({
        'URL handle': offer.slug,
        ...(at === 0
          ? {
              Title: mainText(offer).title,
              Description: html(mainText(offer).description),
              [brandColumn]: offer.brand ?? '',
              'Published on online store': String(offer.status === 'published'),
              Status: offer.status === 'published' ? 'active' : 'draft',
            }
          : {}),
        SKU: variant.sku ?? '',
        ...optionCells(
          variant,
          (n) => `Option${n} name`,
          (n) => `Option${n} value`,
        ),
        Price: priceOf(offer, variant),
        'Inventory quantity': String(variant.onHand),
        'Weight value (grams)': number(variant.grossMassG),
        'Weight unit for display': variant.grossMassG === null ? '' : 'g',
        'HS code': offer.subheading ?? '',
        'Country of origin': offer.origin ?? '',
        'Variant image URL': shown.get(variant.variantId) ?? '',
      })),
      { 'URL handle': offer.slug },
      pictures,
      ['Product image URL', 'Image alt text'],
    ),
)

/** A picture in each row; those that are left over get rows of their own. */
function withPictures(
  records: readonly Record<string, string>[],
  key: Record<string, string>,
  pictures: readonly PictureAddress[],
  [address, alt]: readonly [string, string],
): Record<string, string>[] {
  const count = Math.max(records.length, pictures.length)
  return Array.from({ length: count }, (_, at) => ({
    ...(records[at] ?? key),
    ...(pictures[at] ? { [address]: pictures[at].address, [alt]: pictures[at].alt } : {}),
  }))
}

const wooColumns = [
  ...['ID', 'Type', 'SKU', 'Name', 'Published', 'Description', 'Stock', 'Weight (kg)'],
  ...['Length (cm)', 'Width (cm)', 'Height (cm)', 'Regular price', 'Images', 'Parent', 'Brands'],
  ...['HS code', 'Country of origin'],
  ...optionNumbers.flatMap((at) => [`Attribute ${at + 1} name`, `Attribute ${at + 1} value(s)`]),
]

const woocommerce = tableForm(wooColumns, ({ offer, pictures, shown }) => {
  const variants = activeVariants(offer)
  const figures = (variant: Variant) => ({
    Stock: String(variant.onHand),
    'Weight (kg)': shifted(variant.grossMassG, 3),
    'Length (cm)': shifted(variant.lengthMm, 1),
    'Width (cm)': shifted(variant.widthMm, 1),
    'Height (cm)': shifted(variant.heightMm, 1),
    'Regular price': priceOf(offer, variant),
  })
  const head = {
    ID: offer.slug,
    Name: mainText(offer).title,
    Published: offer.status === 'published' ? '1' : '0',
    Description: html(mainText(offer).description),
    Images: pictures.map(({ address }) => address).join(', '),
    Brands: offer.brand ?? '',
    'HS code': offer.subheading ?? '',
    'Country of origin': offer.origin ?? '',
  }
  const [only] = variants
  if (only && variants.length === 1 && only.options.length === 0)
    return [{ ...head, Type: 'simple', SKU: only.sku ?? '', ...figures(only) }]
  return [
    { ...head, Type: 'variable' },
    ...variants.map((variant) => ({
      Type: 'variation',
      SKU: variant.sku ?? '',
      Name: mainText(offer).title,
      Published: '1',
      Parent: `id:${offer.slug}`,
      Images: shown.get(variant.variantId) ?? '',
      ...figures(variant),
      ...Object.fromEntries(
        variant.options.flatMap(({ name, value }, at) => [
          [`Attribute ${at + 1} name`, name],
          [`Attribute ${at + 1} value(s)`, value],
        ]),
      ),
    })),
  ]
})

export const tableForms = {
  shopify: shopifyOld,
  'shopify-2025': shopifyNew,
  woocommerce,
  etsy,
  google: tableForm(googleColumns, googleRecords),
} as const satisfies Partial<Record<ExportForm, TableForm>>
