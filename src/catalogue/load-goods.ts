import { sql } from 'kysely'
import { isUuid } from '../basis/uuid.ts'
import type { Tx } from '../db/index.ts'
import { findOffers, type OfferKey } from './find-offers.ts'
import type { Offer, OfferDraft, OfferStatus, Owner } from './offer.ts'
import type { SaveOffer } from './save-offers.ts'
import { lockPictures } from './pictures/forget-pictures.ts'
import { isSlug, slugCandidates } from './slug.ts'

/** The goods of the businesses as far as the batch needs them; `offers` is what they have become so far. */
export type Goods = {
  readonly before: ReadonlyMap<string, Offer>
  readonly offers: Map<string, Offer>
  readonly wanted: Map<string, OfferStatus>
  readonly idOfSlug: Map<string, string>
  readonly offerOfSku: Map<string, string>
  /** Whose the ids are that drafts name, where they are other businesses'. */
  readonly idsOfOthers: ReadonlySet<string>
  /** Digests of the pictures that drafts name and that are kept here; they stay while the batch is saved. */
  readonly pictures: ReadonlySet<string>
}

export const within = ({ homeHub, businessId }: Owner, name: string): string =>
  `${homeHub} ${businessId} ${name}`

/** Three statements for any number of drafts. `ids` are those of offers that are new. */
export async function loadGoods(
  tx: Tx,
  commands: readonly SaveOffer[],
  ids: readonly string[],
): Promise<Goods> {
  const slugs = commands.map(({ draft, ...owner }, index) => ({
    ...owner,
    // A slug that is none is refused later; it must not reach the database.
    names:
      draft.slug === undefined
        ? candidatesOf(draft, ids[index] as string)
        : [draft.slug].filter(isSlug),
  }))
  const asked = JSON.stringify(
    slugs.flatMap(({ homeHub, businessId, names }) =>
      names.map((s) => ({ h: homeHub, b: businessId, s })),
    ),
  )
  const { rows: taken } = await sql<{
    home_hub: string
    business_id: string
    offer_id: string
    slug: string
  }>`
    select distinct o.home_hub, o.business_id, o.offer_id, o.slug
      from jsonb_to_recordset(${asked}::jsonb) as k(h uuid, b uuid, s text)
      join offers o on (o.home_hub, o.business_id, o.slug) = (k.h, k.b, k.s)`.execute(tx)
  const idOfSlug = new Map(
    taken.map((row) => [
      within({ homeHub: row.home_hub, businessId: row.business_id }, row.slug),
      row.offer_id,
    ]),
  )
  const keys = new Map<string, OfferKey>()
  for (const { homeHub, businessId, draft } of commands) {
    const offerId =
      draft.offerId ??
      (draft.slug ? idOfSlug.get(within({ homeHub, businessId }, draft.slug)) : undefined)
    if (offerId) keys.set(offerId, { homeHub, businessId, offerId })
  }
  const before = new Map(
    (await findOffers(tx, [...keys.values()])).map((offer) => [offer.offerId, offer]),
  )
  return {
    before,
    offers: new Map(before),
    wanted: new Map(),
    idOfSlug,
    offerOfSku: await ownersOfSkus(tx, commands),
    idsOfOthers: await idsOfOthers(tx, commands),
    pictures: await lockPictures(
      tx,
      commands.flatMap(({ draft }) => (draft.pictures ?? []).map(({ digest }) => digest)),
    ),
  }
}

/** As `within(owner, id)`: ids that a draft names and that another business has given. */
async function idsOfOthers(tx: Tx, commands: readonly SaveOffer[]): Promise<Set<string>> {
  const named = commands.flatMap(({ homeHub, businessId, draft: { offerId } }) =>
    offerId && isUuid(offerId) ? [{ h: homeHub, b: businessId, o: offerId }] : [],
  )
  if (named.length === 0) return new Set()
  const { rows } = await sql<{ h: string; b: string; o: string }>`
    select distinct k.h, k.b, k.o from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as k(h uuid, b uuid, o uuid)
      join offers on offer_id = k.o and (home_hub, business_id) <> (k.h, k.b)`.execute(tx)
  return new Set(rows.map(({ h, b, o }) => within({ homeHub: h, businessId: b }, o)))
}

/** Slugs for a new offer, from its English title if it has one. */
export const candidatesOf = ({ texts = [], mainLocale }: OfferDraft, offerId: string): string[] => {
  const english = texts.filter(({ locale }) => locale === 'en')
  const main = texts.filter(({ locale }) => locale === mainLocale)
  return slugCandidates(
    [...english, ...main, ...texts].map(({ title }) => title),
    offerId,
  )
}

/** Which offer holds a seller's number now. */
async function ownersOfSkus(tx: Tx, commands: readonly SaveOffer[]): Promise<Map<string, string>> {
  const asked = commands.flatMap(({ homeHub, businessId, draft }) =>
    (draft.variants ?? []).flatMap(({ sku }) =>
      sku ? [{ h: homeHub, b: businessId, s: sku.toWellFormed().replaceAll('\0', '') }] : [],
    ),
  )
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{
    home_hub: string
    business_id: string
    offer_id: string
    sku: string
  }>`
    select v.home_hub, v.business_id, v.offer_id, v.sku
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as k(h uuid, b uuid, s text)
      join variants v on (v.home_hub, v.business_id, v.sku) = (k.h, k.b, k.s) and v.active`.execute(
    tx,
  )
  return new Map(
    rows.map((row) => [
      within({ homeHub: row.home_hub, businessId: row.business_id }, row.sku),
      row.offer_id,
    ]),
  )
}
