import type { Db } from '../db/index.ts'
import type { StepFacts } from '../parties/index.ts'
import type { Owner } from './offer.ts'
import './schema.ts'

/** What goods say of a business's set-up: a first one, one with a code, one with open destinations, one on sale. */
export async function findGoodsFacts(db: Db, { homeHub, businessId }: Owner): Promise<StepFacts> {
  const own = db
    .selectFrom('offers')
    .where('home_hub', '=', homeHub)
    .where('business_id', '=', businessId)
  const [any, coded, open, published] = await Promise.all([
    own.select('offer_id').orderBy('offer_id').limit(1).executeTakeFirst(),
    own.select('offer_id').where('subheading', 'is not', null).limit(1).executeTakeFirst(),
    db
      .selectFrom('offer_markets')
      .select('offer_id')
      .where('home_hub', '=', homeHub)
      .where('business_id', '=', businessId)
      .where('open', '=', true)
      .limit(1)
      .executeTakeFirst(),
    own.select('offer_id').where('status', '=', 'published').limit(1).executeTakeFirst(),
  ])
  const goods = `/business/${businessId}/goods`
  const first = any ? `${goods}/${any.offer_id}` : `${goods}/new`
  return {
    'first-product': { done: any !== undefined, href: first },
    'hs-code': { done: coded !== undefined, href: first },
    'prices-markets': { done: open !== undefined, href: any ? `${first}/markets` : first },
    publish: { done: published !== undefined, href: first },
  }
}
