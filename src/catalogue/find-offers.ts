import { sql } from 'kysely'
import { instantOf, type Db, type Tx } from '../db/index.ts'
import type { Offer, OfferStatus, Owner, Variant } from './offer.ts'
import './schema.ts'

export type OfferKey = Owner & { readonly offerId: string }

/** One text for a key. The id alone would let goods of one business pass for another's. */
export const keyOf = ({ homeHub, businessId, offerId }: OfferKey): string =>
  `${homeHub} ${businessId} ${offerId}`

/** One offer with all its parts, or undefined. Who may see it is asked before. */
export async function findOffer(db: Db, key: OfferKey): Promise<Offer | undefined> {
  const [offer] = await findOffers(db, [key])
  return offer
}

/** The same by the part of its address. */
export async function findOfferBySlug(
  db: Db,
  { homeHub, businessId }: Owner,
  slug: string,
): Promise<Offer | undefined> {
  const row = await db
    .selectFrom('offers')
    .select('offer_id')
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row && findOffer(db, { homeHub, businessId, offerId: row.offer_id })
}

/** Whole offers, in the order of the keys; those that do not exist are left out. Five statements for any number. */
export async function findOffers(db: Db | Tx, keys: readonly OfferKey[]): Promise<Offer[]> {
  if (keys.length === 0) return []
  const wanted = JSON.stringify(
    keys.map(({ homeHub, businessId, offerId }) => ({ h: homeHub, b: businessId, o: offerId })),
  )
  const { rows } = await sql<OfferRow>`
    select o.home_hub, o.business_id, o.offer_id, o.slug, o.status, o.main_locale, o.subheading, o.classified,
      o.national_codes, o.origin, o.materials, o.brand, o.measures, o.facts, o.proofs, o.currency, o.version,
      o.created_at, o.updated_at, o.published_at,
      coalesce((select jsonb_agg(jsonb_build_object('locale', t.locale, 'title', t.title,
          'description', t.description, 'source', t.source) order by t.locale)
        from offer_texts t where (t.home_hub, t.business_id, t.offer_id) = (o.home_hub, o.business_id, o.offer_id)),
        '[]') as texts,
      coalesce((select jsonb_agg(jsonb_build_object('pictureId', p.picture_id, 'digest', p.digest, 'alt', p.alt)
          order by p.position, p.picture_id)
        from offer_pictures p where (p.home_hub, p.business_id, p.offer_id) = (o.home_hub, o.business_id, o.offer_id)),
        '[]') as pictures,
      coalesce((select jsonb_agg(jsonb_build_object('variantId', v.variant_id, 'sku', v.sku, 'options', v.options,
          'priceMinor', v.price_minor::text, 'netMassG', v.net_mass_g, 'grossMassG', v.gross_mass_g,
          'lengthMm', v.length_mm, 'widthMm', v.width_mm, 'heightMm', v.height_mm, 'pictureId', v.picture_id,
          'active', v.active, 'onHand', coalesce(s.on_hand, 0)::text)
          order by v.active desc, v.position, v.variant_id)
        from variants v left join stock s
          on (s.home_hub, s.business_id, s.variant_id) = (v.home_hub, v.business_id, v.variant_id)
        where (v.home_hub, v.business_id, v.offer_id) = (o.home_hub, o.business_id, o.offer_id)),
        '[]') as variants
    from jsonb_to_recordset(${wanted}::jsonb) as k(h uuid, b uuid, o uuid)
    join offers o on (o.home_hub, o.business_id, o.offer_id) = (k.h, k.b, k.o)`.execute(db)
  const found = new Map(rows.map(toOffer).map((offer) => [keyOf(offer), offer]))
  return keys.flatMap((key) => {
    const offer = found.get(keyOf(key))
    return offer ? [offer] : []
  })
}

type OfferRow = {
  home_hub: string
  business_id: string
  offer_id: string
  slug: string
  status: OfferStatus
  main_locale: string
  subheading: string | null
  classified: Offer['classified']
  national_codes: Record<string, string>
  origin: string | null
  materials: string | null
  brand: string | null
  measures: Record<string, string>
  facts: Record<string, string | boolean>
  proofs: string[]
  currency: string
  version: bigint
  created_at: string
  updated_at: string
  published_at: string | null
  texts: Offer['texts']
  pictures: Offer['pictures']
  variants: (Omit<Variant, 'priceMinor' | 'onHand'> & { priceMinor: string; onHand: string })[]
}

function toOffer(row: OfferRow): Offer {
  return {
    homeHub: row.home_hub,
    businessId: row.business_id,
    offerId: row.offer_id,
    slug: row.slug,
    status: row.status,
    mainLocale: row.main_locale,
    texts: row.texts,
    subheading: row.subheading,
    classified: row.classified,
    nationalCodes: row.national_codes,
    origin: row.origin,
    materials: row.materials,
    brand: row.brand,
    measures: row.measures,
    facts: row.facts,
    proofs: row.proofs,
    currency: row.currency,
    variants: row.variants.map((each) => ({
      ...each,
      priceMinor: BigInt(each.priceMinor),
      onHand: BigInt(each.onHand),
    })),
    pictures: row.pictures,
    version: row.version,
    createdAt: instantOf(row.created_at),
    updatedAt: instantOf(row.updated_at),
    publishedAt: row.published_at === null ? null : instantOf(row.published_at),
  }
}
