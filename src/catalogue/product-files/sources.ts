// Where product files come from, how each is known by its columns, and what those columns mean. Shopify's two templates
// (before and since 2025), WooCommerce's product CSV, Etsy's listings download, Google's product data specification, and
// our own. Pure.
import { lengthUnits, massUnits, type Field, type Mapping, type Settings } from './fields.ts'

export const sources = [
  'shopify',
  'shopify-2025',
  'woocommerce',
  'etsy',
  'google',
  'own',
  'other',
] as const

export type Source = (typeof sources)[number]

/**
 * How rows belong together: under one key; to a parent named in another column; or one row for all,
 * with the values of an option listed in one cell.
 */
export type Grouping = 'keys' | 'parents' | 'lists'

type SourceRule = {
  readonly grouping: Grouping
  /** All of them, in small letters, name the source. */
  readonly signs: readonly string[]
  /** By field, the columns that hold it; the first that is there counts, of pictures all. */
  readonly columns: Partial<Record<Field, readonly string[]>>
}

const numbered = (name: (at: number) => string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => name(index + 1))

const shopifyOptions = (name: string, value: string): SourceRule['columns'] => ({
  option1Name: [`option1 ${name}`],
  option1Value: [`option1 ${value}`],
  option2Name: [`option2 ${name}`],
  option2Value: [`option2 ${value}`],
  option3Name: [`option3 ${name}`],
  option3Value: [`option3 ${value}`],
})

const rules: Readonly<Record<Exclude<Source, 'other'>, SourceRule>> = {
  shopify: {
    grouping: 'keys',
    signs: ['handle', 'variant price'],
    columns: {
      key: ['handle'],
      title: ['title'],
      description: ['body (html)', 'body html'],
      brand: ['vendor'],
      subheading: ['variant hs code', 'hs code', 'harmonized system code'],
      origin: ['variant country of origin', 'country of origin', 'coo'],
      price: ['variant price'],
      sku: ['variant sku'],
      stock: ['variant inventory qty'],
      mass: ['variant grams'],
      pictures: ['image src'],
      pictureText: ['image alt text'],
      status: ['status', 'published'],
      kind: ['gift card'],
      ...shopifyOptions('name', 'value'),
    },
  },
  'shopify-2025': {
    grouping: 'keys',
    signs: ['url handle', 'option1 value', 'price'],
    columns: {
      key: ['url handle'],
      title: ['title'],
      description: ['description'],
      brand: ['vendor'],
      subheading: ['hs code', 'harmonized system code'],
      origin: ['country of origin', 'coo'],
      price: ['price'],
      sku: ['sku'],
      stock: ['inventory quantity'],
      mass: ['weight value (grams)'],
      pictures: ['product image url'],
      pictureText: ['image alt text'],
      status: ['status', 'published on online store'],
      kind: ['gift card'],
      ...shopifyOptions('name', 'value'),
    },
  },
  woocommerce: {
    grouping: 'parents',
    signs: ['type', 'name', 'regular price', 'parent'],
    columns: {
      key: ['id'],
      parent: ['parent'],
      kind: ['type'],
      title: ['name'],
      description: ['description', 'short description'],
      brand: ['brands'],
      subheading: ['hs code', 'meta: hs_code', 'meta: _hs_code'],
      origin: ['country of origin', 'meta: country_of_origin'],
      price: ['regular price'],
      sku: ['sku'],
      stock: ['stock'],
      mass: ['weight (kg)', 'weight (g)', 'weight (lbs)', 'weight (oz)'],
      length: ['length (cm)', 'length (mm)', 'length (m)', 'length (in)'],
      width: ['width (cm)', 'width (mm)', 'width (m)', 'width (in)'],
      height: ['height (cm)', 'height (mm)', 'height (m)', 'height (in)'],
      option1Name: ['attribute 1 name'],
      option1Value: ['attribute 1 value(s)'],
      option2Name: ['attribute 2 name'],
      option2Value: ['attribute 2 value(s)'],
      option3Name: ['attribute 3 name'],
      option3Value: ['attribute 3 value(s)'],
      pictures: ['images'],
      status: ['published'],
    },
  },
  etsy: {
    grouping: 'lists',
    signs: ['title', 'currency_code', 'quantity', 'variation 1 name'],
    columns: {
      title: ['title'],
      description: ['description'],
      materials: ['materials'],
      price: ['price'],
      currency: ['currency_code'],
      sku: ['sku'],
      stock: ['quantity'],
      option1Name: ['variation 1 name'],
      option1Value: ['variation 1 values'],
      option2Name: ['variation 2 name'],
      option2Value: ['variation 2 values'],
      option3Name: ['variation 3 name'],
      option3Value: ['variation 3 values'],
      pictures: numbered((at) => `image${at}`, 10),
    },
  },
  google: {
    grouping: 'keys',
    signs: ['id', 'title', 'price', 'availability'],
    columns: {
      key: ['item_group_id', 'item group id'],
      title: ['title'],
      description: ['description'],
      brand: ['brand'],
      materials: ['material'],
      price: ['price'],
      sku: ['id'],
      mass: ['shipping_weight', 'shipping weight', 'product_weight'],
      length: ['shipping_length', 'shipping length'],
      width: ['shipping_width', 'shipping width'],
      height: ['shipping_height', 'shipping height'],
      option1Value: ['color', 'colour'],
      option2Value: ['size'],
      option3Value: ['pattern'],
      pictures: ['image_link', 'image link', 'additional_image_link', 'additional image link'],
      status: ['availability'],
    },
  },
  own: {
    grouping: 'keys',
    signs: ['slug', 'title', 'price'],
    columns: {
      key: ['slug'],
      title: ['title'],
      description: ['description'],
      brand: ['brand'],
      materials: ['materials'],
      subheading: ['hs_code', 'subheading'],
      origin: ['origin'],
      price: ['price'],
      currency: ['currency'],
      sku: ['sku'],
      stock: ['stock'],
      mass: ['gross_mass_g', 'grossmassg'],
      netMass: ['net_mass_g', 'netmassg'],
      length: ['length_mm', 'lengthmm'],
      width: ['width_mm', 'widthmm'],
      height: ['height_mm', 'heightmm'],
      option1Name: ['option1_name'],
      option1Value: ['option1_value'],
      option2Name: ['option2_name'],
      option2Value: ['option2_value'],
      option3Name: ['option3_name'],
      option3Value: ['option3_value'],
      pictures: ['pictures'],
      status: ['status'],
    },
  },
}

/** Of files that nobody knows: what columns are often called. */
const guesses: SourceRule['columns'] = {
  key: ['slug', 'handle', 'group', 'product id', 'parent sku'],
  title: ['title', 'name', 'product name', 'product', 'product title'],
  description: ['description', 'body', 'details', 'product description'],
  brand: ['brand', 'manufacturer'],
  materials: ['materials', 'material', 'composition'],
  subheading: ['hs code', 'hs_code', 'hscode', 'hs', 'tariff code', 'commodity code', 'subheading'],
  origin: ['origin', 'country of origin', 'country_of_origin', 'made in'],
  price: ['price', 'unit price', 'regular price', 'retail price'],
  currency: ['currency', 'currency_code', 'currency code'],
  sku: ['sku', 'item number', 'article number', 'product code', 'code'],
  stock: ['stock', 'quantity', 'qty', 'inventory'],
  mass: ['weight', 'gross weight', 'weight (kg)', 'weight (g)', 'weight_g', 'weight_kg'],
  netMass: ['net weight', 'net weight (kg)', 'net weight (g)'],
  length: ['length', 'length (cm)', 'length_mm'],
  width: ['width', 'width (cm)', 'width_mm'],
  height: ['height', 'height (cm)', 'height_mm'],
  option1Value: ['color', 'colour'],
  option2Value: ['size'],
  pictures: ['image', 'images', 'picture', 'pictures', 'image url', 'image_link', 'photo'],
}

export const groupingOf = (source: Source): Grouping =>
  source === 'other' ? 'keys' : rules[source].grouping

/** The source whose columns are all there; where several fit, the one with the most columns known. */
export function detectSource(columns: readonly string[]): Source {
  const names = new Set(columns.map(plain))
  const fitting = (Object.keys(rules) as Exclude<Source, 'other'>[])
    .filter((source) => rules[source].signs.every((sign) => names.has(sign)))
    .map((source) => [source, Object.keys(mappingFor(source, columns)).length] as const)
  return fitting.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'other'
}

export function mappingFor(source: Source, columns: readonly string[]): Mapping {
  const wanted = source === 'other' ? guesses : rules[source].columns
  const places = new Map(columns.map((name, at) => [plain(name), at]))
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([field, names]) => {
      const found = names.flatMap((name) => places.get(name) ?? [])
      return found.length > 0 ? [[field, field === 'pictures' ? found : found.slice(0, 1)]] : []
    }),
  )
}

const plain = (name: string): string =>
  name.replace(/^g:/i, '').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** What the names of the columns and the prices say of units and signs; the seller may say otherwise. */
export function settingsFor(
  columns: readonly string[],
  mapping: Mapping,
  rows: readonly { readonly cells: readonly string[] }[],
  locale: string,
): Settings {
  const unitIn = (field: 'mass' | 'length'): string =>
    /[(_]([a-z]+)\)?$/i.exec(columns[mapping[field]?.[0] ?? -1] ?? '')?.[1]?.toLowerCase() ?? ''
  const mass = { lbs: 'lb', grams: 'g' }[unitIn('mass')] ?? unitIn('mass')
  const price = mapping.price?.[0]
  const prices =
    price === undefined ? [] : rows.slice(0, 500).map(({ cells }) => cells[price] ?? '')
  const comma = prices.some((text) => /,\d{1,2}(\D|$)/.test(text))
  const point = prices.some((text) => /\.\d{1,2}(\D|$)/.test(text))
  return {
    locale,
    currency: '',
    decimalSign: comma && !point ? ',' : '.',
    massUnit: massUnits.find((unit) => unit === mass) ?? (mapping.mass ? 'g' : 'kg'),
    lengthUnit: lengthUnits.find((unit) => unit === unitIn('length')) ?? 'cm',
    publish: false,
  }
}
