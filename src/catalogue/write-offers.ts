import { sql } from 'kysely'
import { timestamptz, type Tx } from '../db/index.ts'
import type { Offer, Variant } from './offer.ts'

/** An offer before and after; `opened` are destinations to open unless the seller has decided on them. */
export type OfferChange = {
  readonly before: Offer | undefined
  readonly after: Offer
  readonly opened: readonly string[]
}

/** Writes a whole batch in at most nine statements, whatever its size. Locks stock last, by key. */
export async function writeOffers(
  tx: Tx,
  changes: readonly OfferChange[],
  now: number,
): Promise<void> {
  if (changes.length === 0) return
  const versioned = changes.filter(({ before, after }) => before?.version !== after.version)
  const parts = versioned.filter(({ before, after }) => before?.variants !== after.variants)
  await writeHeads(tx, versioned)
  await writeTexts(
    tx,
    versioned.filter(({ before, after }) => before?.texts !== after.texts),
  )
  await writePictures(
    tx,
    versioned.filter(({ before, after }) => before?.pictures !== after.pictures),
  )
  await writeVariants(tx, parts)
  await openMarkets(tx, changes, now)
  await writeStock(tx, changes, now)
}

const keyOf = ({ homeHub, businessId, offerId }: Offer) => ({
  home_hub: homeHub,
  business_id: businessId,
  offer_id: offerId,
})

/** Rows as one jsonb parameter; numbers of 64 bits travel as text. */
const recordset = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

async function writeHeads(tx: Tx, changes: readonly OfferChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ after }) => ({
    ...keyOf(after),
    slug: after.slug,
    status: after.status,
    main_locale: after.mainLocale,
    subheading: after.subheading,
    classified: after.classified,
    national_codes: after.nationalCodes,
    origin: after.origin,
    materials: after.materials,
    brand: after.brand,
    measures: after.measures,
    facts: after.facts,
    proofs: after.proofs,
    currency: after.currency,
    version: after.version,
    created_at: timestamptz(after.createdAt),
    updated_at: timestamptz(after.updatedAt),
    published_at: after.publishedAt === null ? null : timestamptz(after.publishedAt),
  }))
  // A slug that moves from one offer of the batch to another would meet itself.
  const moved = changes
    .filter(({ before, after }) => before && before.slug !== after.slug)
    .map(({ after }) => keyOf(after))
  if (moved.length > 0)
    await sql`
      update offers o set slug = 'moving-' || o.offer_id
        from jsonb_to_recordset(${recordset(moved)}::jsonb) as k(home_hub uuid, business_id uuid, offer_id uuid)
       where (o.home_hub, o.business_id, o.offer_id) = (k.home_hub, k.business_id, k.offer_id)`.execute(
      tx,
    )
  await sql`
    insert into offers
    select * from jsonb_populate_recordset(null::offers, ${recordset(rows)}::jsonb)
    on conflict (home_hub, business_id, offer_id) do update set
      slug = excluded.slug, status = excluded.status, main_locale = excluded.main_locale,
      subheading = excluded.subheading, classified = excluded.classified, national_codes = excluded.national_codes,
      origin = excluded.origin, materials = excluded.materials, brand = excluded.brand, measures = excluded.measures,
      facts = excluded.facts, proofs = excluded.proofs, currency = excluded.currency, version = excluded.version,
      updated_at = excluded.updated_at, published_at = excluded.published_at`.execute(tx)
}

async function writeTexts(tx: Tx, changes: readonly OfferChange[]): Promise<void> {
  await clear(tx, 'offer_texts', changes)
  const rows = changes.flatMap(({ after }) =>
    after.texts.map((text) => ({ ...keyOf(after), ...text })),
  )
  if (rows.length === 0) return
  await sql`
    insert into offer_texts
    select * from jsonb_populate_recordset(null::offer_texts, ${recordset(rows)}::jsonb)`.execute(
    tx,
  )
}

async function writePictures(tx: Tx, changes: readonly OfferChange[]): Promise<void> {
  await clear(tx, 'offer_pictures', changes)
  const rows = changes.flatMap(({ after }) =>
    after.pictures.map(({ pictureId, digest, alt }, position) => ({
      ...keyOf(after),
      picture_id: pictureId,
      position,
      digest,
      alt,
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into offer_pictures
    select * from jsonb_populate_recordset(null::offer_pictures, ${recordset(rows)}::jsonb)`.execute(
    tx,
  )
}

/** New offers have nothing to clear. */
async function clear(
  tx: Tx,
  table: 'offer_texts' | 'offer_pictures',
  changes: readonly OfferChange[],
): Promise<void> {
  const old = changes.flatMap(({ before }) => (before ? [keyOf(before)] : []))
  if (old.length === 0) return
  await sql`
    delete from ${sql.table(table)} t
     using jsonb_to_recordset(${recordset(old)}::jsonb) as k(home_hub uuid, business_id uuid, offer_id uuid)
     where (t.home_hub, t.business_id, t.offer_id) = (k.home_hub, k.business_id, k.offer_id)`.execute(
    tx,
  )
}

async function writeVariants(tx: Tx, changes: readonly OfferChange[]): Promise<void> {
  const old = changes.flatMap(({ before }) => (before ? [keyOf(before)] : []))
  // Numbers that change places within the batch would meet themselves.
  if (old.length > 0)
    await sql`
      update variants v set sku = null
        from jsonb_to_recordset(${recordset(old)}::jsonb) as k(home_hub uuid, business_id uuid, offer_id uuid)
       where (v.home_hub, v.business_id, v.offer_id) = (k.home_hub, k.business_id, k.offer_id)
         and v.sku is not null`.execute(tx)
  const rows = changes.flatMap(({ after }) =>
    after.variants.map((variant, position) => ({ ...keyOf(after), ...rowOf(variant), position })),
  )
  if (rows.length === 0) return
  await sql`
    insert into variants
    select * from jsonb_populate_recordset(null::variants, ${recordset(rows)}::jsonb)
    on conflict (home_hub, business_id, offer_id, variant_id) do update set
      position = excluded.position, sku = excluded.sku, options = excluded.options,
      price_minor = excluded.price_minor, net_mass_g = excluded.net_mass_g, gross_mass_g = excluded.gross_mass_g,
      length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm,
      picture_id = excluded.picture_id, active = excluded.active`.execute(tx)
}

const rowOf = (variant: Variant) => ({
  variant_id: variant.variantId,
  sku: variant.sku,
  options: variant.options,
  price_minor: variant.priceMinor,
  net_mass_g: variant.netMassG,
  gross_mass_g: variant.grossMassG,
  length_mm: variant.lengthMm,
  width_mm: variant.widthMm,
  height_mm: variant.heightMm,
  picture_id: variant.pictureId,
  active: variant.active,
})

async function openMarkets(tx: Tx, changes: readonly OfferChange[], now: number): Promise<void> {
  const rows = changes.flatMap(({ after, opened }) =>
    opened.map((destination) => ({
      ...keyOf(after),
      destination,
      open: true,
      changed_at: timestamptz(now),
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into offer_markets
    select * from jsonb_populate_recordset(null::offer_markets, ${recordset(rows)}::jsonb)
    on conflict do nothing`.execute(tx)
}

/** Only numbers that were sent: what a sale took meanwhile stays taken elsewhere. */
async function writeStock(tx: Tx, changes: readonly OfferChange[], now: number): Promise<void> {
  const rows = changes.flatMap(({ before, after }) => {
    const old = new Map(before?.variants.map(({ variantId, onHand }) => [variantId, onHand]))
    return after.variants
      .filter(({ variantId, onHand }) => old.get(variantId) !== onHand)
      .map(({ variantId, onHand }) => ({
        home_hub: after.homeHub,
        business_id: after.businessId,
        variant_id: variantId,
        on_hand: onHand,
        updated_at: timestamptz(now),
      }))
  })
  if (rows.length === 0) return
  await sql`
    insert into stock
    select * from jsonb_populate_recordset(null::stock, ${recordset(rows)}::jsonb)
     order by home_hub, business_id, variant_id
    on conflict (home_hub, business_id, variant_id) do update set
      on_hand = excluded.on_hand, updated_at = excluded.updated_at`.execute(tx)
}
