import { isCountry } from '../basis/country.ts'
import { isRefused, refused, type Refused } from '../basis/refusal.ts'
import { uuidv7 } from '../basis/uuid.ts'
import { appendEvent, constraintName, timestamptz, transact } from '../db/index.ts'
import { businessNameFrom } from './names.ts'
import type { PartiesParts } from './parts.ts'
import { blockedAmong } from './screening/find-blocked.ts'
import { rotateSessions } from './sessions.ts'
import './schema.ts'

export interface CreateBusiness {
  personId: string
  name: string
  country: string
  /** Names the shop in addresses; made from the name when empty. */
  slug: string
}

/**
 * Opens a business; who does is its owner. The slug stays for ever, as links to the shop are kept. Whoever is blocked, or owns
 * a business that is, may not go on under another name: what a listed owner holds is listed with them (OFAC's 50 percent
 * rule of 2014; EU Best Practices on restrictive measures, ownership and control).
 */
export async function createBusiness(
  parts: PartiesParts,
  { personId, name: typed, country, slug }: CreateBusiness,
): Promise<{ businessId: string; slug: string } | Refused> {
  const name = businessNameFrom(typed)
  if (isRefused(name)) return name
  if (!isCountry(country)) return refused('country-missing')
  if (slug !== '' && !isSlug(slug)) return refused('slug-not-valid')
  if (await isBlocked(parts, personId)) return refused('owner-blocked')
  const businessId = uuidv7(parts.now(), parts.random)
  // A name in letters that addresses do not have gets a name from the id.
  const made = slug || slugFrom(name) || `shop-${businessId.slice(-8)}`
  const tries = slug
    ? [slug]
    : [made, `${made}-${country.toLowerCase()}`, `${made}-${businessId.slice(-6)}`]
  for (const each of tries) {
    const written = await write(parts, { personId, name, country, slug: each }, businessId)
    if (written) return { businessId, slug: each }
  }
  return refused('slug-taken', { slug })
}

async function isBlocked({ db, hub }: PartiesParts, personId: string): Promise<boolean> {
  const owned = await db.kysely
    .selectFrom('memberships')
    .select('business_id')
    .where('home_hub', '=', hub.id)
    .where('person_id', '=', personId)
    .where('role', '=', 'owner')
    .execute()
  const blocked = await blockedAmong(db.kysely, hub.id, [
    { kind: 'person', id: personId },
    ...owned.map((row) => ({ kind: 'business' as const, id: row.business_id })),
  ])
  return blocked.size > 0
}

/** False when the slug is taken. */
async function write(
  parts: PartiesParts,
  { personId, name, country, slug }: CreateBusiness,
  businessId: string,
): Promise<boolean> {
  const { hub } = parts
  const at = timestamptz(parts.now())
  try {
    await transact(parts.db, async (tx) => {
      await tx
        .insertInto('businesses')
        .values({
          home_hub: hub.id,
          id: businessId,
          slug,
          name,
          country,
          employees: null,
          turnover_band: null,
          ownership: null,
          ship_from: null,
          created_at: at,
          updated_at: at,
        })
        .execute()
      await tx
        .insertInto('memberships')
        .values({
          home_hub: hub.id,
          business_id: businessId,
          person_id: personId,
          role: 'owner',
          since: at,
        })
        .execute()
      await rotateSessions(tx, hub.id, personId)
      await appendEvent(tx, {
        hub: hub.id,
        at: parts.now(),
        kind: 'business.created',
        subject: businessId,
        actor: personId,
        body: { country, slug },
      })
    })
    return true
  } catch (error) {
    if (constraintName(error) === 'businesses_slug_is_used_once') return false
    throw error
  }
}

export const isSlug = (text: string): boolean =>
  text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

/** `Café Amina & Co.` becomes `cafe-amina-co`. Empty when nothing of it is Latin. */
export function slugFrom(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '')
}
