import type { Context } from 'hono'
import { findBusiness, signedInActor } from '../../parties/index.ts'
import type { Holder } from '../../ledger/index.ts'
import type { PaymentParts } from '../parts.ts'

/** Whose money a page is about, and where its pages are. */
export type Purse = {
  readonly holder: Holder
  readonly name: string
  /** `/wallet` or `/business/<id>/money`. */
  readonly base: string
  /** Of the business, for the way back. */
  readonly business: string | undefined
  /** Of the business, ISO 3166. */
  readonly country?: string
  /** May ask for money, pay, top up and pay out; staff only look. */
  readonly mayMove: boolean
}

/** The purse of the address: the business in it, else the person's own. */
export async function purseOf(c: Context, { db, hub }: PaymentParts): Promise<Purse | undefined> {
  const actor = signedInActor(c)
  const id = c.req.param('business')
  if (id === undefined)
    return {
      holder: { kind: 'person', id: actor.personId },
      ...{ name: actor.name, base: '/wallet', business: undefined, mayMove: true },
    }
  const business = await findBusiness(db.kysely, hub.id, id)
  if (!business) return undefined
  return {
    holder: { kind: 'business', id },
    ...{ name: business.name, base: `/business/${id}/money`, business: id },
    country: business.country,
    mayMove: actor.businesses.get(id) === 'owner',
  }
}

/** The purses that somebody may pay from: their own first. */
export async function pursesToPayFrom(c: Context, parts: PaymentParts): Promise<Purse[]> {
  const actor = signedInActor(c)
  const own: Purse = {
    holder: { kind: 'person', id: actor.personId },
    ...{ name: actor.name, base: '/wallet', business: undefined, mayMove: true },
  }
  const others = await Promise.all(
    [...actor.businesses]
      .filter(([, role]) => role === 'owner')
      .map(async ([id]): Promise<Purse | undefined> => {
        const business = await findBusiness(parts.db.kysely, parts.hub.id, id)
        return (
          business && {
            holder: { kind: 'business', id },
            ...{ name: business.name, base: `/business/${id}/money`, business: id, mayMove: true },
          }
        )
      }),
  )
  return [own, ...others.filter((each) => each !== undefined)]
}
