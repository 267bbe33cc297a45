// From the rows of data/ to offers as a seller would save them. Pure: the same data gives the same drafts.
import { formatMinor, parseAmount, portion } from '../../basis/money.ts'
import type { OfferDraft, VariantDraft } from '../../catalogue/index.ts'
import { messagesFor } from '../../ui/index.ts'
import type { Drawing } from './draw-goods.ts'
import { cell, ownLocales, titleLocales, type DemoData, type Row } from './read-data.ts'
import { numberOf } from './seeded-random.ts'
import './words.ts'

const currencies: Readonly<Record<string, string>> = {
  MY: 'MYR',
  CA: 'CAD',
  CN: 'CNY',
  TH: 'THB',
  RW: 'RWF',
  IE: 'EUR',
  IT: 'EUR',
  JP: 'JPY',
  IN: 'INR',
  AU: 'AUD',
}

export type DemoGoods = {
  /** The slug of who sells it. */
  readonly seller: string
  readonly country: string
  readonly slug: string
  readonly drawing: Drawing
  readonly draft: OfferDraft
}

/** Every goods of the data in every version it comes in. */
export function makeGoods({ goods, versions, sellers, nationalCodes }: DemoData): DemoGoods[] {
  const bySlug = new Map(sellers.map((row) => [cell(row, 'slug'), row]))
  const codes = Map.groupBy(nationalCodes, goodsKey)
  return goods.flatMap((row) => {
    const seller = bySlug.get(cell(row, 'seller'))
    const set = versions.get(cell(row, 'versions'))
    if (!seller || !set) throw new Error(`Nobody sells, or nothing names, ${cell(row, 'slug')}`)
    return set.map((version) => oneOffer(row, version, seller, codes.get(goodsKey(row)) ?? []))
  })
}

const goodsKey = (row: Row): string => `${cell(row, 'seller')}/${cell(row, 'slug')}`

function oneOffer(
  row: Row & { country: string },
  version: Row,
  seller: Row,
  codes: readonly Row[],
): DemoGoods {
  const { country } = row
  const slug = `${cell(row, 'slug')}-${cell(version, 'version')}`
  const name = `${cell(row, 'seller')}/${slug}`
  const texts = textsOf(row, version, seller)
  return {
    seller: cell(row, 'seller'),
    country,
    slug,
    drawing: {
      shape: cell(row, 'shape'),
      colours: cell(version, 'colours').split(','),
      pattern: cell(version, 'pattern'),
      seed: numberOf(name),
    },
    draft: {
      slug,
      mainLocale: 'en',
      texts,
      subheading: cell(row, 'code'),
      classified: { stated: true },
      nationalCodes: Object.fromEntries(
        codes.map((code) => [cell(code, 'territory'), cell(code, 'code')]),
      ),
      origin: country,
      // What tariffs charge by besides mass and number.
      ...(row['m2'] ? { measures: { m2: row['m2'] } } : {}),
      materials: cell(row, 'materials'),
      currency: currencyOf(country),
      variants: variantsOf(row, version, name),
      status: 'published',
    },
  }
}

function currencyOf(country: string): string {
  const currency = currencies[country]
  if (!currency) throw new Error(`No currency for ${country}`)
  return currency
}

/** Titles in every language, and what there is to say about it in English and in the language of the place. */
function textsOf(row: Row & { country: string }, version: Row, seller: Row) {
  const own = ownLocales[row.country]
  const abouts = new Map([
    ['en', cell(row, 'about')],
    ...(own ? [[own, cell(row, 'about_own')] as const] : []),
  ])
  const facts = { seller: cell(seller, 'name'), grams: massOf(row, version).net }
  const native = seller['town'] || cell(seller, 'region')
  const texts = titleLocales.map((locale) => {
    const t = messagesFor(locale)
    return {
      locale: locale as string,
      title: titled(locale, cell(row, locale), cell(version, locale)),
      description: [
        ...(abouts.has(locale) ? [abouts.get(locale)] : []),
        t('demo.version', { version: cell(version, locale) }),
        t('demo.sent', { ...facts, town: locale === own ? native : cell(seller, 'place') }),
        t('demo.invented'),
      ].join('\n'),
    }
  })
  const further = own !== undefined && !titleLocales.some((locale) => locale === own)
  if (further)
    texts.push({
      locale: own,
      title: titled(own, cell(row, 'own'), cell(version, own)),
      description: cell(row, 'about_own'),
    })
  return texts
}

/** Goods and version as the language puts them side by side. */
function titled(locale: string, name: string, version: string): string {
  if (locale === 'zh-Hans' || locale === 'ja') return `${name}（${version}）`
  return locale === 'th' ? `${name} ${version}` : `${name}, ${version}`
}

/** Mass in grams, without and with what it is packed in; some versions are larger. */
function massOf(row: Row, version: Row): { net: number; gross: number } {
  const percent = Number(cell(version, 'percent'))
  const grown = cell(row, 'versions') === 'size' ? percent : 100
  const grams = (column: string): number => Math.round((Number(cell(row, column)) * grown) / 100)
  return { net: grams('net'), gross: grams('gross') }
}

type Choice = {
  readonly option: string
  readonly value: string
  /** How many of the goods are in it, for its mass. */
  readonly pieces?: number
  /** Of the price of one, in percent. */
  readonly percent?: number
}

const sized = (...values: string[]): Choice[] => values.map((value) => ({ option: 'Size', value }))

const choices: Readonly<Record<string, readonly Choice[]>> = {
  sml: sized('S', 'M', 'L', 'XL'),
  shoe: sized('37', '39', '41', '43'),
  length: [85, 95, 105].map((cm) => ({ option: 'Length', value: `${cm} cm` })),
  ring: [16, 17, 18, 19].map((mm) => ({ option: 'Inside', value: `${mm} mm` })),
  double: [
    { option: 'Pack', value: '1' },
    { option: 'Pack', value: '2', pieces: 2, percent: 190 },
  ],
  pack: [
    { option: 'Pack', value: '1' },
    { option: 'Pack', value: '3', pieces: 3, percent: 280 },
  ],
}

function variantsOf(row: Row & { country: string }, version: Row, name: string): VariantDraft[] {
  const [length = 0, width = 0, height = 0] = cell(row, 'size').split('x').map(Number)
  const { net, gross } = massOf(row, version)
  const wanted = choices[row['variants'] ?? '']
  return (wanted ?? [undefined]).map((choice, at) => {
    const { pieces = 1, percent = 100 } = choice ?? {}
    return {
      sku: `${name.replace('/', '-')}${choice ? `-${choice.value.replaceAll(/\W/g, '')}` : ''}`.slice(
        0,
        64,
      ),
      ...(choice ? { options: [{ name: choice.option, value: choice.value }] } : {}),
      price: priceOf(row, Number(cell(version, 'percent')) * percent),
      stock: 3 + (numberOf(`${name} ${at}`) % 60),
      netMassG: net * pieces,
      grossMassG: gross * pieces,
      lengthMm: length,
      widthMm: width,
      heightMm: height * pieces,
    }
  })
}

/** The row's price times a share in hundredths of a percent, in the currency of its country. */
function priceOf(row: Row & { country: string }, share: number): string {
  const currency = currencyOf(row.country)
  const minor = parseAmount(cell(row, 'price'), currency)
  if (minor === undefined) throw new Error(`${cell(row, 'slug')} has no price in ${currency}`)
  const price = portion({ minor, currency }, { n: BigInt(share), d: 10_000n }, 'half-up')
  return formatMinor(price.minor, currency)
}
