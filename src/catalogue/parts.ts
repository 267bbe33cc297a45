// What the pages and the API of this capability need of the hub.
import type { Context } from 'hono'
import type { Day } from '../basis/day.ts'
import { Refusal } from '../basis/refusal.ts'
import type { RandomBytes } from '../basis/uuid.ts'
import type { Database } from '../db/index.ts'
import type { Answered, Classification } from '../nomenclature/index.ts'
import { findBusiness, type Business } from '../parties/index.ts'
import type { Tariff } from '../tariff/index.ts'
import type { DoorPrices } from './door-prices.ts'
import { judgeWith } from './judge-offers.ts'
import type { Owner } from './offer.ts'
import type { Seller } from './readiness.ts'
import type { SaveParts } from './save-offers.ts'
import type { Tx } from '../db/index.ts'

export type CatalogueParts = {
  readonly db: Database
  /** Unix milliseconds. */
  readonly now: () => number
  readonly today: () => Day
  readonly random: RandomBytes
  readonly hub: { readonly id: string; readonly name: string }
  readonly tariff: () => Tariff
  readonly doors: DoorPrices
  /** Whether six digits are a subheading of HS 2022. */
  readonly knowsCode: (code: string) => boolean
  /** The plain name of a code. */
  readonly nameOf?: ((code: string, locale: string) => string | undefined) | undefined
  readonly classify?:
    | ((text: string, options: { locale: string; answers: readonly Answered[] }) => Classification)
    | undefined
  readonly judge: () => NonNullable<SaveParts['judge']>
}

/** The parts that are made from the others, so that the hub need not know how. */
export function completeParts(parts: Omit<CatalogueParts, 'judge'>): CatalogueParts {
  const whole: CatalogueParts = {
    ...parts,
    judge: () => judgeWith({ ...judgeOf(whole), seller: findSeller }),
  }
  return whole
}

export const judgeOf = ({ doors, today }: CatalogueParts): { doors: DoorPrices; day: Day } => ({
  doors,
  day: today(),
})

/** The business of the path. Who may see it was asked before; one that is gone meanwhile is not found. */
export async function businessOf({ db, hub }: CatalogueParts, c: Context): Promise<Business> {
  const found = await findBusiness(db.kysely, hub.id, c.req.param('business') ?? '')
  if (!found) throw new Refusal('not-found')
  return found
}

export const sellerOf = ({ country, shipFrom, screening }: Business): Seller => ({
  from: shipFrom?.country ?? country,
  hasAddress: shipFrom !== undefined,
  blocked: screening === 'blocked',
})

async function findSeller(tx: Tx, { homeHub, businessId }: Owner): Promise<Seller> {
  const business = await findBusiness(tx, homeHub, businessId)
  return business ? sellerOf(business) : { from: null, blocked: true }
}
