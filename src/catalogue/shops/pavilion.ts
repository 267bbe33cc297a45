// The pavilion of a country: made from the goods that come from there, and from what its curators say about them.
import { sql } from 'kysely'
import { appendEvent, timestamptz, type Db, type Tx } from '../../db/index.ts'
import type { OfferKey } from '../find-offers.ts'
import '../search/schema.ts'

export interface Collection {
  collectionId: string
  /** By locale. */
  title: Readonly<Record<string, string>>
  offers: readonly string[]
}

export interface Pavilion {
  country: string
  /** By locale. */
  story: Readonly<Record<string, string>>
  /** Digest of a stored picture. */
  picture: string | null
  /** Ids of businesses, in their order. */
  featured: readonly string[]
  collections: readonly Collection[]
  /** 0 before anybody has written anything. */
  version: bigint
}

export async function findPavilion(db: Db, country: string): Promise<Pavilion> {
  const row = await db
    .selectFrom('pavilions')
    .selectAll()
    .where('country', '=', country)
    .executeTakeFirst()
  if (!row) return { country, story: {}, picture: null, featured: [], collections: [], version: 0n }
  const collections = await db
    .selectFrom('pavilion_collections')
    .select(['collection_id', 'title', 'offers'])
    .where('country', '=', country)
    .orderBy('position')
    .execute()
  return {
    country,
    story: row.story,
    picture: row.picture,
    featured: row.featured,
    collections: collections.map(({ collection_id, title, offers }) => ({
      collectionId: collection_id,
      title,
      offers,
    })),
    version: row.version,
  }
}

/** The text of the reader's language, else in English, else in whatever there is; with its language. */
export function wordsIn(
  texts: Readonly<Record<string, string>>,
  locale: string,
): { text: string; locale: string } | undefined {
  const found = [locale, 'en', ...Object.keys(texts)].find((each) => texts[each])
  return found === undefined ? undefined : { text: texts[found] ?? '', locale: found }
}

export interface SavePavilion extends Omit<Pavilion, 'version'> {
  /** The version that the change rests on. */
  version: bigint
  actor: string
  hub: string
}

/** False when somebody else changed the pavilion since. */
export async function savePavilion(tx: Tx, change: SavePavilion, now: number): Promise<boolean> {
  const { country, collections, version } = change
  if (!(await writePavilion(tx, change, now))) return false
  await tx.deleteFrom('pavilion_collections').where('country', '=', country).execute()
  if (collections.length > 0)
    await tx
      .insertInto('pavilion_collections')
      .values(
        collections.map(({ collectionId, title, offers }, position) => ({
          country,
          collection_id: collectionId,
          position,
          title: JSON.stringify(title),
          offers: [...offers],
        })),
      )
      .execute()
  await appendEvent(tx, {
    hub: change.hub,
    kind: 'pavilion.changed',
    subject: country,
    actor: change.actor,
    body: { version: String(version + 1n) },
    at: now,
  })
  return true
}

/** The first version is new, every other one follows the one it rests on. */
async function writePavilion(tx: Tx, change: SavePavilion, now: number): Promise<boolean> {
  const { country, story, picture, featured, version } = change
  const row = {
    story: JSON.stringify(story),
    picture,
    featured: [...featured],
    version: version + 1n,
    updated_at: timestamptz(now),
  }
  const { rows } = await (
    version === 0n
      ? sql`insert into pavilions (country, story, picture, featured, version, updated_at)
        values (${country}, ${row.story}::jsonb, ${picture}, ${row.featured}::uuid[], 1, ${row.updated_at})
        on conflict do nothing returning 1`
      : sql`update pavilions set story = ${row.story}::jsonb, picture = ${picture},
          featured = ${row.featured}::uuid[], version = ${row.version}, updated_at = ${row.updated_at}
        where country = ${country} and version = ${version} returning 1`
  ).execute(tx)
  return rows.length > 0
}

/** Published offers among these, in their order: what was withdrawn since is left out. */
export async function keysOf(db: Db, offerIds: readonly string[]): Promise<OfferKey[]> {
  if (offerIds.length === 0) return []
  const rows = await db
    .selectFrom('offer_documents')
    .select(['home_hub', 'business_id', 'offer_id'])
    .where('offer_id', '=', sql<string>`any(${[...offerIds]}::uuid[])`)
    .execute()
  const found = new Map(rows.map((row) => [row.offer_id, row]))
  return offerIds.flatMap((id) => {
    const row = found.get(id)
    return row ? [{ homeHub: row.home_hub, businessId: row.business_id, offerId: id }] : []
  })
}

/** The offers that addresses such as `/shop/amina/scarf` name; undefined for one that names none. */
export async function offersAt(
  db: Db,
  addresses: readonly string[],
): Promise<(string | undefined)[]> {
  const parts = addresses.map((address) => /\/shop\/([a-z0-9-]+)\/([^/?#\s]+)/.exec(address))
  const { rows } = await sql<{ shop: string; slug: string; offer_id: string }>`
    select b.slug as shop, o.slug, o.offer_id
    from unnest(${parts.map((part) => part?.[1] ?? '')}::text[],
        ${parts.map((part) => decoded(part?.[2] ?? ''))}::text[]) as k(shop, slug)
      join businesses b on b.slug = k.shop
      join offers o on o.home_hub = b.home_hub and o.business_id = b.id and o.slug = k.slug
    where o.status = 'published'`.execute(db)
  const found = new Map(rows.map((row) => [`${row.shop}/${row.slug}`, row.offer_id]))
  return parts
    .map((part) => part && found.get(`${part[1]}/${decoded(part[2] ?? '')}`))
    .map((id) => id ?? undefined)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll('\0', '')
  } catch {
    return ''
  }
}
