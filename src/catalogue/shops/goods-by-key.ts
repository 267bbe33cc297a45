// All goods on sale, or those of one shop, by their keys: what a program takes as a whole is read a batch at a time.
import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import { findOffers, type OfferKey } from '../find-offers.ts'
import { readSellers, type Goods, type ShopSeller } from './goods.ts'

/** Offers that are in memory together. */
const batch = 200

/** Without what it costs somewhere: a file for everybody has no destination. */
export type ForFeed = Pick<Goods, 'offer' | 'seller'>

/** Each of the goods once; what is published meanwhile may be missing until the next time. */
export async function* goodsByKey(db: Db, seller?: ShopSeller): AsyncGenerator<ForFeed[]> {
  let keys = await keysAfter(db, undefined, seller)
  while (keys.length > 0) {
    const [offers, sellers] = await Promise.all([
      findOffers(db, keys),
      readSellers(db, [...new Set(keys.map(({ businessId }) => businessId))]),
    ])
    yield offers.flatMap((offer) => {
      const of = sellers.get(offer.businessId)
      return of && of.screening !== 'blocked' && offer.status === 'published'
        ? [{ offer, seller: of }]
        : []
    })
    keys = keys.length < batch ? [] : await keysAfter(db, keys.at(-1), seller)
  }
}

/** In the order of the primary key, which is that of the index as well. */
async function keysAfter(
  db: Db,
  last: OfferKey | undefined,
  seller: ShopSeller | undefined,
): Promise<OfferKey[]> {
  const beyond = last
    ? sql`(home_hub, business_id, offer_id) > (${last.homeHub}, ${last.businessId}, ${last.offerId})`
    : sql`true`
  const ofSeller = seller
    ? sql`home_hub = ${seller.homeHub} and business_id = ${seller.id}`
    : sql`true`
  const { rows } = await sql<OfferKey>`
    select home_hub as "homeHub", business_id as "businessId", offer_id as "offerId"
    from offer_documents where ${beyond} and ${ofSeller}
    order by home_hub, business_id, offer_id limit ${batch}`.execute(db)
  return rows
}
