import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import { findOffers } from '../find-offers.ts'
import { activeVariants, pictureOf, type Offer, type Owner } from '../offer.ts'
import { googleRecords } from './export-feeds.ts'
import { tableForms, type ExportForm } from './export-forms.ts'
import type { ExportedOffer } from './exported-offer.ts'
import { ownForm, ownJson } from './export-own.ts'
import type { PictureAddress } from './item.ts'
import { csvLine } from '../../basis/csv.ts'

export type ExportOptions = {
  readonly form: ExportForm
  /** Languages that our own table has columns for. */
  readonly locales: readonly string[]
  /** Where a buyer finds an offer. */
  readonly linkOf: (slug: string) => string
  /** Where a picture that is kept here can be fetched. */
  readonly pictureAt: (digest: string) => string
  readonly shop: string
}

export const fileOf: Readonly<
  Record<ExportForm, { readonly name: string; readonly type: string }>
> = {
  shopify: { name: 'shopify.csv', type: 'text/csv; charset=utf-8' },
  'shopify-2025': { name: 'shopify-2025.csv', type: 'text/csv; charset=utf-8' },
  woocommerce: { name: 'woocommerce.csv', type: 'text/csv; charset=utf-8' },
  etsy: { name: 'etsy.csv', type: 'text/csv; charset=utf-8' },
  google: { name: 'google.tsv', type: 'text/tab-separated-values; charset=utf-8' },
  'google-xml': { name: 'google.xml', type: 'application/xml; charset=utf-8' },
  csv: { name: 'goods.csv', type: 'text/csv; charset=utf-8' },
  json: { name: 'goods.json', type: 'application/json; charset=utf-8' },
}

/** The whole file, some offers at a time, so that a large shop takes no more memory than a small one. */
export async function* exportOffers(
  db: Db,
  owner: Owner,
  options: ExportOptions,
): AsyncGenerator<string> {
  const { form } = options
  if (form === 'google-xml') return yield* asXml(db, owner, options)
  if (form === 'json') return yield* asJson(db, owner, options)
  const table = form === 'csv' ? ownForm(options.locales) : tableForms[form]
  const delimiter = form === 'google' ? '\t' : ','
  // The mark that tells spreadsheets the encoding.
  yield `\ufeff${csvLine(table.columns, delimiter)}`
  for await (const part of partsOf(db, owner, options))
    yield part
      .flatMap((exported) => table.rows(exported))
      .map((cells) => csvLine(cells, delimiter))
      .join('')
}

async function* asXml(db: Db, owner: Owner, options: ExportOptions): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n'
  yield `<channel>\n<title>${xml(options.shop)}</title>\n<link>${xml(options.linkOf(''))}</link>\n<description>${xml(options.shop)}</description>\n`
  for await (const part of partsOf(db, owner, options))
    yield part.flatMap(googleRecords).map(xmlItem).join('')
  yield '</channel>\n</rss>\n'
}

const xmlItem = (record: Readonly<Record<string, string>>): string =>
  `<item>\n${Object.entries(record)
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) =>
      (name === 'additional_image_link' ? value.split(',') : [value]).map(
        (each) => `<g:${name}>${xml(each)}</g:${name}>\n`,
      ),
    )
    .join('')}</item>\n`

const xml = (text: string): string =>
  text
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

async function* asJson(db: Db, owner: Owner, options: ExportOptions): AsyncGenerator<string> {
  let before = '{ "offers": [\n'
  for await (const part of partsOf(db, owner, options)) {
    for (const exported of part) {
      yield before + JSON.stringify(ownJson(exported))
      before = ',\n'
    }
  }
  yield before.startsWith('{') ? `${before}] }\n` : '\n] }\n'
}

const atOnce = 200

async function* partsOf(
  db: Db,
  { homeHub, businessId }: Owner,
  { linkOf, pictureAt }: ExportOptions,
): AsyncGenerator<ExportedOffer[]> {
  let last = ''
  for (;;) {
    const { rows } = await sql<{ offer_id: string; pictures: PictureAddress[] }>`
      select o.offer_id, coalesce((
               select jsonb_agg(jsonb_build_object('address', p.address, 'alt', p.alt) order by p.position)
                 from picture_addresses as p
                where (p.home_hub, p.business_id, p.offer_id) = (o.home_hub, o.business_id, o.offer_id)),
               '[]') as pictures
        from offers as o
       where o.home_hub = ${homeHub} and o.business_id = ${businessId}
         and o.offer_id > ${last || '00000000-0000-0000-0000-000000000000'}::uuid
       order by o.offer_id limit ${atOnce}`.execute(db)
    if (rows.length === 0) return
    const pictures = new Map(rows.map((row) => [row.offer_id, row.pictures]))
    const offers = await findOffers(
      db,
      rows.map((row) => ({ homeHub, businessId, offerId: row.offer_id })),
    )
    yield offers.map((offer) => ({
      offer,
      pictures: pictures.get(offer.offerId) ?? [],
      shown: shownIn(offer, pictureAt),
      link: linkOf(offer.slug),
    }))
    last = rows.at(-1)?.offer_id ?? ''
  }
}

function shownIn(offer: Offer, pictureAt: ExportOptions['pictureAt']): Map<string, string> {
  return new Map(
    activeVariants(offer).flatMap((variant) => {
      const picture = pictureOf(offer, variant)
      return picture ? [[variant.variantId, pictureAt(picture.digest)] as const] : []
    }),
  )
}
