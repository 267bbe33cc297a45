import { sql } from 'kysely'
import { appendEvents, type Tx } from '../../db/index.ts'
import { findOffers } from '../find-offers.ts'
import { lockGoods } from '../lock-goods.ts'
import type { Offer, OfferDraft } from '../offer.ts'
import { saveOffers, type SaveParts } from '../save-offers.ts'
import type { StoredItem } from './find-items.ts'
import type { ProductImport } from './find-imports.ts'
import type { ItemOutcome } from './save-chunk.ts'

/**
 * Takes back what an import did to some offers, as far as nobody has changed them since: those it
 * made go, those it changed become what they were. What was sold meanwhile stays sold.
 */
export async function undoChunk(
  tx: Tx,
  found: ProductImport,
  items: readonly StoredItem[],
  parts: SaveParts,
): Promise<ItemOutcome[]> {
  await lockGoods(tx, [found])
  const ids = items.flatMap(({ offerId }) => (offerId ? [{ ...found, offerId }] : []))
  const offers = new Map((await findOffers(tx, ids)).map((offer) => [offer.offerId, offer]))
  const plans = items.map((item) => planOf(item, offers.get(item.offerId ?? '')))
  await removeOffers(
    tx,
    found,
    plans.flatMap((plan) => (plan.kind === 'remove' ? [plan.offer] : [])),
    parts.now,
  )

  const restoring = plans.flatMap((plan, at) => (plan.kind === 'restore' ? [{ at, plan }] : []))
  const restored = await saveOffers(
    tx,
    restoring.map(({ plan }) => ({
      homeHub: found.homeHub,
      businessId: found.businessId,
      draft: plan.draft,
      ...(found.actor ? { actor: found.actor } : {}),
    })),
    parts,
  )
  const outcomes = plans.map(({ kind }) => ({ outcome: words[kind] }))
  for (const [index, { at }] of restoring.entries())
    if ('refused' in (restored[index] as object)) outcomes[at] = { outcome: words.changed }
  return outcomes
}

const words = {
  nothing: 'nothing',
  changed: 'changed-since',
  remove: 'removed',
  restore: 'restored',
} as const

type Plan =
  | { readonly kind: 'nothing' | 'changed' }
  | { readonly kind: 'remove'; readonly offer: Offer }
  | { readonly kind: 'restore'; readonly draft: OfferDraft }

function planOf(item: StoredItem, offer: Offer | undefined): Plan {
  if (item.outcome !== 'created' && item.outcome !== 'updated') return { kind: 'nothing' }
  if (!offer || offer.version !== item.versionAfter) return { kind: 'changed' }
  if (item.outcome === 'created') return { kind: 'remove', offer }
  if (!item.before) return { kind: 'changed' }
  const { draft, onHandAfter } = item.before
  const onHand = new Map(offer.variants.map((each) => [each.variantId, String(each.onHand)]))
  const variants = draft.variants?.map(({ stock, ...variant }) => {
    const id = variant.variantId ?? ''
    const untouched = onHand.get(id) === onHandAfter[id]
    return untouched && stock !== undefined ? { ...variant, stock } : variant
  })
  return { kind: 'restore', draft: { ...draft, variants } }
}

/** In an order that nothing is left without what it belongs to. */
const tables = [
  'stock',
  'variants',
  'offer_texts',
  'offer_pictures',
  'offer_markets',
  'offers',
] as const

async function removeOffers(
  tx: Tx,
  { homeHub, businessId, actor }: ProductImport,
  offers: readonly Offer[],
  now: number,
): Promise<void> {
  if (offers.length === 0) return
  const ids = offers.map(({ offerId }) => offerId)
  const variantIds = offers.flatMap(({ variants }) => variants.map(({ variantId }) => variantId))
  for (const table of [...tables, 'product_origins', 'picture_addresses'] as const) {
    const [column, wanted] = table === 'stock' ? ['variant_id', variantIds] : ['offer_id', ids]
    await sql`
      delete from ${sql.table(table)}
       where home_hub = ${homeHub} and business_id = ${businessId}
         and ${sql.ref(column as string)} = any(${wanted}::uuid[])`.execute(tx)
  }
  await appendEvents(
    tx,
    offers.flatMap(({ offerId, status }) =>
      [...(status === 'published' ? ['offer.withdrawn'] : []), 'offer.removed'].map((kind) => ({
        hub: homeHub,
        kind,
        subject: offerId,
        ...(actor ? { actor } : {}),
        body: { business: businessId },
        at: now,
      })),
    ),
  )
}
