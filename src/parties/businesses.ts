import type { Db } from '../db/index.ts'
import type { Address } from './address.ts'
import type { Screening } from './schema.ts'
import './schema.ts'

/** A business as other capabilities see it. */
export interface Business {
  homeHub: string
  id: string
  name: string
  /** Names its shop in addresses. */
  slug: string
  /** ISO 3166. */
  country: string
  about: string
  shipFrom?: Address
  screening: Screening
}

/** A business by its id, if this hub knows it. */
export async function findBusiness(
  db: Db,
  homeHub: string,
  businessId: string,
): Promise<Business | undefined> {
  const row = await businesses(db)
    .where('home_hub', '=', homeHub)
    .where('id', '=', businessId)
    .executeTakeFirst()
  return row && businessOf(row)
}

/** A business by the name of its shop in addresses. */
export async function findBusinessBySlug(db: Db, slug: string): Promise<Business | undefined> {
  const row = await businesses(db).where('slug', '=', slug).executeTakeFirst()
  return row && businessOf(row)
}

const businesses = (db: Db) =>
  db
    .selectFrom('businesses')
    .select(['home_hub', 'id', 'name', 'slug', 'country', 'about', 'ship_from', 'screening'])

interface Row extends Omit<Business, 'homeHub' | 'shipFrom'> {
  home_hub: string
  ship_from: Address | null
}

const businessOf = ({ home_hub, ship_from, ...row }: Row): Business => ({
  ...row,
  homeHub: home_hub,
  ...(ship_from ? { shipFrom: ship_from } : {}),
})
